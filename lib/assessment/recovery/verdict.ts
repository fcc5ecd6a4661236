import { durationWords } from '../../calculus/duration-words';
import { type Disruption, disruptionName } from '../../objectives/disruption';
import type { AssessedService } from '../assessed-service';
import type { Recovery, RecoveryTerm, Shortfall } from '../assessment';
import { nameOf } from '../modelling';
import { type OwedLoss, worstOf } from './owed-loss';
import { type Path, type Step, sureOf, unknownIn } from './path';
import { copiesServe, wayToSpread } from './spreading';
import { whyUncertain } from './uncertain';

/** What is held against what is owed, beside the way back. */
interface Judged {
  /** What each store loses. */
  readonly losses: readonly OwedLoss[];

  /** Why nothing is known of how it comes back. @default - it is known */
  readonly nothingSeen?: string | undefined;
}

/** What a way back and a loss come to, beside what is owed. */
export function recovery(
  service: AssessedService,
  disruption: Disruption,
  path: Path,
  { losses, nothingSeen }: Judged,
): Recovery {
  const { rtoSeconds } = service.recovery[disruption];
  const loss = worstOf(losses);
  const unknown = unknownIn(path)?.what ?? nothingSeen;
  const apart = disruption === 'region' ? whyApart(service) : undefined;
  const shortfalls = [
    ...latenessOf(path, rtoSeconds, unknown),
    ...shortOfData(losses, disruption, service),
  ].map((each) => (apart === undefined ? each : { open: apart, ...each }));
  const open = shortfalls.some(isSure) ? undefined : shortfalls[0]?.open;
  return {
    rtoSeconds: path.worstSeconds,
    rtoTerms: path.steps.map(termOf),
    typicalRtoSeconds: path.typicalSeconds,
    rpoSeconds: loss?.seconds,
    rpoTerms: loss?.terms ?? [],
    meets: isMet(shortfalls, unknown),
    ...(unknown !== undefined && { unknown }),
    ...(shortfalls.length > 0 && {
      because: shortfalls.map((each) => sentence(each, service, disruption)).join('; '),
    }),
    ...(open !== undefined && { open }),
    shortfalls,
  };
}

/** What surely takes too long is too late, whatever else is not known. */
function latenessOf(path: Path, owedSeconds: number, unknown: string | undefined): readonly Shortfall[] {
  const sure = sureOf(path);
  if (sure.worstSeconds > owedSeconds) return [tooLate(sure, owedSeconds)];
  return unknown === undefined && path.worstSeconds > owedSeconds ? [tooLate(path, owedSeconds)] : [];
}

/** Of the stores that lose more than they are owed, one that surely does goes before one that perhaps does. */
function shortOfData(
  losses: readonly OwedLoss[],
  disruption: Disruption,
  service: AssessedService,
): readonly Shortfall[] {
  const missing = losses.filter(
    ({ seconds, owedSeconds = Number.POSITIVE_INFINITY }) => seconds > owedSeconds,
  );
  const worst =
    worstOf(missing.filter((loss) => whyOpenOf(loss, disruption) === undefined)) ?? worstOf(missing);
  return worst?.owedSeconds === undefined ? [] : [tooMuchLost(worst, worst.owedSeconds, disruption, service)];
}

/** A store that may have a standby, or stand in several zones, may lose nothing with one instance or zone. */
function whyOpenOf({ store }: OwedLoss, disruption: Disruption): string | undefined {
  const isLocal = disruption === 'instance' || disruption === 'availabilityZone';
  return store.open ?? (isLocal ? whyUncertain(store.resource) : undefined);
}

/** What surely falls short is not met, whatever else is not known; what only may fall short is not known. */
function isMet(shortfalls: readonly Shortfall[], unknown: string | undefined): boolean | undefined {
  if (shortfalls.some(isSure)) return false;
  return shortfalls.length === 0 && unknown === undefined ? true : undefined;
}

function isSure({ open }: Shortfall): boolean {
  return open === undefined;
}

/** A region that has a role has another one beside it, in whatever app, unless its service says that there is none. */
function whyApart({ name, roles, onlyRegion = false }: AssessedService): string | undefined {
  return roles.size === 1 && !onlyRegion ? `the other regions of ${name} are not in the app` : undefined;
}

function termOf({ what, worstSeconds, source, resource }: Step): RecoveryTerm {
  return { what, seconds: worstSeconds, source, ...(resource && { resource }) };
}

/** The component, the number found, the number needed, and one fix; the terms come last. */
function sentence(shortfall: Shortfall, { name }: AssessedService, disruption: Disruption): string {
  const { objective, resource, foundSeconds, owedSeconds, found, fix } = shortfall;
  const who = resource ? nameOf(resource) : name;
  const endless = !Number.isFinite(foundSeconds);
  const amount = endless ? '' : ` up to ${durationWords(foundSeconds)}`;
  const what = disruptionName(disruption);
  const problem =
    objective === 'rto'
      ? endless
        ? `${who} has no way back after ${what}`
        : `${who} is back${amount} after ${what}`
      : `${who} loses ${endless ? 'all of its data' : amount.trim()} at ${what}`;
  const owed = `but an ${objective.toUpperCase()} of ${durationWords(owedSeconds)} is owed`;
  return `${problem}, ${owed}; fix: ${fix} (${found})`;
}

function tooLate({ steps, worstSeconds }: Path, owedSeconds: number): Shortfall {
  const never = steps.find((step) => step.worstSeconds === Number.POSITIVE_INFINITY);
  const resource = never ? never.resource : componentIn(steps);
  const parts = steps.map((step) => `${durationWords(step.worstSeconds)} ${inWords(step)}`);
  const open = (never ? [never] : steps).find((step) => step.open !== undefined)?.open;
  return {
    objective: 'rto',
    ...(resource && { resource }),
    foundSeconds: worstSeconds,
    owedSeconds,
    found: never ? never.what : parts.join(' + '),
    fix: fixIn(never ? [never] : steps),
    ...(open !== undefined && { open }),
  };
}

/** In a service with a standby, the part that has none is what people must know. */
function inWords({ what, alone }: Step): string {
  return alone ? `${what}, as nothing stands by for ${nameOf(alone)}` : what;
}

/** The component that takes longest; an alarm only tells of it. */
function componentIn(steps: readonly Step[]): Step['resource'] {
  const [longest] = steps
    .filter(({ resource }) => resource !== undefined && resource.type !== 'AWS::CloudWatch::Alarm')
    .sort((a, b) => b.worstSeconds - a.worstSeconds);
  return longest?.resource;
}

function tooMuchLost(
  loss: OwedLoss,
  owedSeconds: number,
  disruption: Disruption,
  service: AssessedService,
): Shortfall {
  const { store, seconds, terms } = loss;
  const endless = !Number.isFinite(seconds);
  const parts = terms.map((term) => `${durationWords(term.seconds)} ${term.what}`);
  const open = whyOpenOf(loss, disruption);
  const late = disruption === 'region' && store.copied !== undefined && !copiesServe(store, service);
  const more =
    terms.length > 1 && !late ? ', or back it up more often and within a shorter start window' : '';
  return {
    objective: 'rpo',
    resource: store.resource,
    foundSeconds: seconds,
    owedSeconds,
    found: endless ? 'nothing brings it back' : parts.join(' + '),
    fix: `${fixOfLoss(loss, disruption, service)}${more}`,
    ...(open !== undefined && { open }),
  };
}

function fixOfLoss({ store }: OwedLoss, disruption: Disruption, service: AssessedService): string {
  if (disruption === 'region') return wayToSpread(store, service);
  if (disruption === 'dataRepair') return store.protect;
  return store.repairable
    ? `let it stand in two zones, or ${store.protect}`
    : 'declare the data rebuildable, or keep it in a store that writes to several zones at once';
}

/** What shortens the longest step that an app decides. */
function fixIn(steps: readonly Step[]): string {
  const [longest] = steps
    .filter(({ fix }) => fix !== undefined)
    .sort((a, b) => b.worstSeconds - a.worstSeconds);
  return longest?.fix ?? 'owe less, or measure the assumed times in a drill';
}
