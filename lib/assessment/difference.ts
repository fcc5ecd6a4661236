import { DISRUPTIONS, type Disruption } from '../objectives/disruption';
import type { Assessment, EventShare, Recovery, ServiceAssessment } from './assessment';
import { type CapacityDifference, capacityDifference } from './capacity-difference';
import { haveSameStages, labelOf, shareStages } from './stages';

/** How one number moves. `Infinity` is never. */
export interface Moved {
  readonly before: number;
  readonly after: number;
}

/** How the minutes down a year move; undefined where nothing comes in, so that nobody knows. */
export interface MovedMinutes {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** How a span of time moves: in seconds, `Infinity` is never, and undefined where it is not known. */
export interface MovedTime {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** How what is owed moves, or whether it is kept. */
export interface MovedOwed {
  /** The downtime that is owed at most, in minutes a year. */
  readonly minutesPerYear: Moved;

  /** Undefined where nothing was found that serves. */
  readonly meets: { readonly before: boolean | undefined; readonly after: boolean | undefined };
}

/** How one recovery moves. */
export interface MovedRecovery {
  readonly disruption: Disruption;
  readonly rto: MovedTime;
  readonly rpo: MovedTime;

  /** Undefined where it is not known. */
  readonly meets: { readonly before: boolean | undefined; readonly after: boolean | undefined };
}

/** How the minutes a year that one event costs move. */
export interface MovedCost {
  readonly share: EventShare;
  readonly minutesPerYear: Moved;
}

/** What a change does to one service. */
export interface ServiceDifference {
  readonly name: string;

  /** The stage that tells it from others of its name. @default - it is the only one */
  readonly stage?: string;

  /** Undefined where it is new. */
  readonly before: ServiceAssessment | undefined;

  /** Undefined where it is gone. */
  readonly after: ServiceAssessment | undefined;

  /** Of a service that is new or gone the other side is 0. */
  readonly minutesPerYear: MovedMinutes;

  /** Whether it is as available as owed, and what is owed. @default - neither moves */
  readonly owed?: MovedOwed;

  /** Events that stop it alone now, and did not. */
  readonly newSinglePoints: readonly EventShare[];

  /** Events that stopped it alone, and do no more. */
  readonly mendedSinglePoints: readonly EventShare[];

  /** Events of both that cost another time than before, the largest step first. */
  readonly costs: readonly MovedCost[];

  /** The recoveries that move. */
  readonly recovery: readonly MovedRecovery[];

  /** The units that move, and what falls short of the peak by that. */
  readonly capacity: CapacityDifference;

  /** Whether it was assessed, and is gone now, or nothing of it is found any more that users come in through. */
  readonly noLongerAssessed: boolean;

  /** Whether it met an objective, carried a peak or was assessed at all, and does or is no more. */
  readonly worse: boolean;
}

/** What the step from one assessment to another does to each service, by its name. */
export function differenceOf(base: Assessment, head: Assessment): readonly ServiceDifference[] {
  const [before, after] = [byLabel(base), byLabel(head)];
  const kept = after.flatMap((one): readonly Pair[] => {
    const found = counterparts(one, before);
    return found.length === 0 ? [[undefined, one]] : found.map((other): Pair => [other, one]);
  });
  const known = new Set(kept.map(([one]) => one));
  const gone = before.filter((one) => !known.has(one)).map((one): Pair => [one, undefined]);
  return [...kept, ...gone]
    .map(([one, other]) => serviceDifference(one, other))
    .sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1));
}

/** A service before and after. */
type Pair = readonly [ServiceAssessment | undefined, ServiceAssessment | undefined];

function byLabel({ services }: Assessment): readonly ServiceAssessment[] {
  return [...new Map(services.map((service) => [labelOf(service.service), service])).values()];
}

/** What a service was: that of its stages; where stages were joined, or are joined now, each of those that it shares. */
function counterparts(
  { service }: ServiceAssessment,
  all: readonly ServiceAssessment[],
): readonly ServiceAssessment[] {
  const named = all.filter((other) => other.service.name === service.name);
  const same =
    named.find((other) => other.service.stage !== undefined && other.service.stage === service.stage) ??
    named.find((other) => haveSameStages(other.service, service)) ??
    named.find((other) => labelOf(other.service) === labelOf(service) && named.length === 1);
  return same ? [same] : named.filter((other) => shareStages(other.service, service));
}

function serviceDifference(
  before: ServiceAssessment | undefined,
  after: ServiceAssessment | undefined,
): ServiceDifference {
  const recovery = before && after ? movedRecoveries(before, after) : [];
  const owed = before && after ? movedOwed(before, after) : undefined;
  const capacity = before && after ? capacityDifference(before, after) : { units: [], lost: [] };
  const lostAvailability = before?.availability.meets === true && after?.availability.meets === false;
  const noLongerAssessed = isAssessed(before) && !isAssessed(after);
  return {
    ...calledAfter(before, after),
    before,
    after,
    minutesPerYear: { before: minutesDown(before), after: minutesDown(after) },
    ...(owed && { owed }),
    ...movedEvents(before, after),
    recovery,
    capacity,
    noLongerAssessed,
    worse:
      noLongerAssessed ||
      lostAvailability ||
      capacity.lost.length > 0 ||
      recovery.some(({ meets }) => meets.before === true && meets.after === false),
  };
}

type MovedEvents = Pick<ServiceDifference, 'newSinglePoints' | 'mendedSinglePoints' | 'costs'>;

/** What stops a service of which nothing is known is neither new nor mended. */
function movedEvents(
  before: ServiceAssessment | undefined,
  after: ServiceAssessment | undefined,
): MovedEvents {
  const newSinglePoints = isKnown(after) ? onlyIn(after, before) : [];
  if (!isKnown(before) || !isKnown(after)) return { newSinglePoints, mendedSinglePoints: [], costs: [] };
  return {
    newSinglePoints,
    mendedSinglePoints: onlyIn(before, after),
    costs: movedCosts(before, after),
  };
}

/** Of what nobody is seen to come in to, no number says anything. */
function isKnown(service: ServiceAssessment | undefined): boolean {
  return service?.availability.unknown === undefined;
}

function isAssessed(service: ServiceAssessment | undefined): boolean {
  return service !== undefined && isKnown(service);
}

function minutesDown(service: ServiceAssessment | undefined): number | undefined {
  if (service === undefined) return 0;
  return isKnown(service) ? service.availability.downtimeMinutesPerYear : undefined;
}

function calledAfter(
  before: ServiceAssessment | undefined,
  after: ServiceAssessment | undefined,
): Pick<ServiceDifference, 'name' | 'stage'> {
  const stage = after?.service.stage ?? before?.service.stage;
  return { name: (after ?? before)?.service.name ?? '', ...(stage !== undefined && { stage }) };
}

function onlyIn(
  one: ServiceAssessment | undefined,
  other: ServiceAssessment | undefined,
): readonly EventShare[] {
  const points = isKnown(other) ? (other?.availability.singlePointsOfFailure ?? []) : [];
  const known = new Set(points.map(({ event }) => event.id));
  return (one?.availability.singlePointsOfFailure ?? []).filter(({ event }) => !known.has(event.id));
}

/** Less than this is no news to anybody, in minutes a year. */
const LEAST_STEP = 0.1;

function movedCosts(
  before: ServiceAssessment | undefined,
  after: ServiceAssessment | undefined,
): readonly MovedCost[] {
  const was = new Map(before?.availability.shares.map((share) => [share.event.id, share.minutesPerYear]));
  const step = ({ minutesPerYear }: MovedCost) => Math.abs(minutesPerYear.after - minutesPerYear.before);
  return (after?.availability.shares ?? [])
    .flatMap((share): readonly MovedCost[] => {
      const known = was.get(share.event.id);
      return known === undefined
        ? []
        : [{ share, minutesPerYear: { before: known, after: share.minutesPerYear } }];
    })
    .filter((cost) => step(cost) >= LEAST_STEP)
    .sort((a, b) => step(b) - step(a));
}

const MINUTES_A_YEAR = 365 * 24 * 60;

function movedOwed(before: ServiceAssessment, after: ServiceAssessment): MovedOwed | undefined {
  const meets = { before: before.availability.meets, after: after.availability.meets };
  const owed = ({ service }: ServiceAssessment) => (1 - service.slo) * MINUTES_A_YEAR;
  const moves = meets.before !== meets.after || before.service.slo !== after.service.slo;
  return moves ? { meets, minutesPerYear: { before: owed(before), after: owed(after) } } : undefined;
}

function movedRecoveries(before: ServiceAssessment, after: ServiceAssessment): readonly MovedRecovery[] {
  return DISRUPTIONS.map((disruption): MovedRecovery => {
    const [was, is] = [before.recovery[disruption], after.recovery[disruption]];
    return {
      disruption,
      rto: { before: timeBack(was), after: timeBack(is) },
      rpo: { before: dataLost(before, was), after: dataLost(after, is) },
      meets: { before: was.meets, after: is.meets },
    };
  }).filter(
    ({ rto, rpo, meets }) =>
      rto.before !== rto.after || rpo.before !== rpo.after || meets.before !== meets.after,
  );
}

function timeBack({ unknown, rtoSeconds }: Recovery): number | undefined {
  return unknown === undefined ? rtoSeconds : undefined;
}

/** Of what nobody is seen to come in to, nothing is known. */
function dataLost({ availability }: ServiceAssessment, { rpoSeconds = 0 }: Recovery): number | undefined {
  return availability.unknown === undefined ? rpoSeconds : undefined;
}
