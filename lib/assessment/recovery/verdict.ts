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
    ...(late ? [whyLate(service, path, disruption)] : []),
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

function whyLate(
  { name, recovery: owed }: AssessedService,
  { steps, worstSeconds }: Path,
  disruption: Disruption,
): string {
  const after = `after ${disruptionName(disruption)}`;
  const needed = `but an RTO of ${formatSeconds(owed[disruption].rtoSeconds)} is owed`;
  const never = steps.find((step) => step.worstSeconds === Number.POSITIVE_INFINITY);
  if (never) return `no way back ${after}, ${needed}: ${never.what}${fixOf([never])}`;
  const parts = steps.map((step) => `${formatSeconds(step.worstSeconds)} ${step.what}`);
  return `${namedIn(steps) ?? name} is back up to ${formatSeconds(worstSeconds)} ${after}, ${needed}${fixOf(steps)} (it takes ${parts.join(' + ')})`;
}

/** The component that takes longest; an alarm only tells of it. */
function namedIn(steps: readonly Step[]): string | undefined {
  const [longest] = steps
    .filter(({ resource }) => resource !== undefined && resource.type !== 'AWS::CloudWatch::Alarm')
    .sort((a, b) => b.worstSeconds - a.worstSeconds);
  return longest?.resource && nameOf(longest.resource);
}

function whyLost({ store, seconds, terms }: Loss, disruption: Disruption, owed: number): string {
  const name = nameOf(store.resource);
  const at = `at ${disruptionName(disruption)}`;
  const fix =
    disruption === 'region'
      ? store.spread
      : disruption === 'dataRepair'
        ? store.protect
        : `let it stand in two zones; ${store.protect}`;
  const needed = `but an RPO of ${formatSeconds(owed)} is owed`;
  if (!Number.isFinite(seconds))
    return `${name} loses all of its data ${at}, ${needed}: nothing brings it back; fix: ${fix}`;
  const parts = terms.map((term) => `${formatSeconds(term.seconds)} ${term.what}`);
  const more = terms.length > 1 ? `${fix}, or back it up more often and within a shorter start window` : fix;
  return `${name} loses up to ${formatSeconds(seconds)} ${at}, ${needed}; fix: ${more} (${parts.join(' + ')})`;
}

/** What shortens the longest step that an app decides. */
function fixOf(steps: readonly Step[]): string {
  const [longest] = steps
    .filter(({ fix }) => fix !== undefined)
    .sort((a, b) => b.worstSeconds - a.worstSeconds);
  return longest?.fix === undefined ? '' : `; fix: ${longest.fix}`;
}
