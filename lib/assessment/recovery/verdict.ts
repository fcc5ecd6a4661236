import { printable } from '../../assembly/source/printable';
import { formatSeconds } from '../../calculus/time-span';
import { type Disruption, disruptionName } from '../../objectives/disruption';
import type { AssessedService } from '../assessed-service';
import type { Recovery, RecoveryTerm } from '../assessment';
import { nameOf } from '../modelling';
import type { Path, Step } from './path';
import type { DataLost } from './recovery-point';

/** A loss with what its data is owed. */
interface Loss extends DataLost {
  readonly owedSeconds: number | undefined;
}

/** What a way back and a loss come to, beside what is owed. */
export function recovery(
  service: AssessedService,
  disruption: Disruption,
  path: Path,
  loss: Loss | undefined,
): Recovery {
  const { rtoSeconds: owed } = service.recovery[disruption];
  const late = path.worstSeconds > owed;
  const loses = loss?.owedSeconds !== undefined && loss.seconds > loss.owedSeconds;
  const because = [
    ...(late ? [whyLate(path, disruption, owed)] : []),
    ...(loses ? [whyLost(loss, disruption, loss.owedSeconds)] : []),
  ];
  const open =
    path.steps.find((step) => step.open !== undefined)?.open ?? (loses ? loss.store.open : undefined);
  return {
    rtoSeconds: path.worstSeconds,
    rtoTerms: path.steps.map(termOf),
    typicalRtoSeconds: path.typicalSeconds,
    rpoSeconds: loss?.seconds,
    rpoTerms: loss?.terms ?? [],
    meets: !late && !loses,
    ...(because.length > 0 && { because: because.join('; ') }),
    ...(because.length > 0 && open !== undefined && { open }),
  };
}

function termOf({ what, worstSeconds, source, resource }: Step): RecoveryTerm {
  return { what, seconds: worstSeconds, source, ...(resource && { resource }) };
}

function whyLate({ steps, worstSeconds }: Path, disruption: Disruption, owed: number): string {
  const after = `after ${disruptionName(disruption)}`;
  const [never] = steps.filter((step) => step.worstSeconds === Number.POSITIVE_INFINITY);
  if (never)
    return `no way back ${after}: ${never.what}, but an RTO of ${formatSeconds(owed)} is owed${fixOf([never])}`;
  const parts = steps.map((step) => `${formatSeconds(step.worstSeconds)} ${wordsOf(step)}`);
  return `back up to ${formatSeconds(worstSeconds)} ${after} (${parts.join(' + ')}), but an RTO of ${formatSeconds(owed)} is owed${fixOf(steps)}`;
}

function wordsOf({ what, resource }: Step): string {
  return resource ? `${what}: ${nameOf(resource)}` : what;
}

function whyLost({ store, seconds, terms }: Loss, disruption: Disruption, owed: number): string {
  const name = printable(nameOf(store.resource));
  const at = `at ${disruptionName(disruption)}`;
  const fix =
    disruption === 'region'
      ? store.spread
      : disruption === 'dataRepair'
        ? store.protect
        : `let it stand in two zones; ${store.protect}`;
  if (!Number.isFinite(seconds))
    return `${name} loses all of its data ${at}: nothing brings it back, but an RPO of ${formatSeconds(owed)} is owed; fix: ${fix}`;
  const parts = terms.map((term) => `${formatSeconds(term.seconds)} ${term.what}`);
  const shorter =
    seconds > owed && terms.length > 1
      ? `${fix}, or back it up more often within a shorter start window`
      : fix;
  return `${name} loses up to ${formatSeconds(seconds)} ${at} (${parts.join(' + ')}), but an RPO of ${formatSeconds(owed)} is owed; fix: ${shorter}`;
}

/** What shortens the longest step that an app decides. */
function fixOf(steps: readonly Step[]): string {
  const [longest] = steps
    .filter(({ fix }) => fix !== undefined)
    .sort((a, b) => b.worstSeconds - a.worstSeconds);
  return longest?.fix === undefined ? '' : `; fix: ${longest.fix}`;
}
