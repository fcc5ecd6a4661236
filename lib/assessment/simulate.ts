import type { Resource } from '../assembly/resource';
import type { Disruption } from '../objectives/disruption';
import type { Assessment, Recovery, ServiceAssessment } from './assessment';
import type { FaultEvent } from './failure';
import { meantBy } from './loss-names';
import { hitOf, isSoft, type LostThing, together, zonesOf } from './lost-things';
import { standingIn } from './lost-zones';
import { regionKey } from './modelling';
import { areUnitsLost, MEMBER, type NamedLoss } from './named-loss';
import { zonesThatMayBeMeant } from './possible-zones';
import { scalingIdOf } from './scaling';
import { type StandingStill, standingStill } from './standing-still';
import { lost } from './what-if';

export { meantBy, parseLoss, parseLosses } from './loss-names';
export type { LostThing } from './lost-things';
export type { StandingStill } from './standing-still';

/** What a loss does to one service. */
export interface ServiceLoss {
  readonly assessment: ServiceAssessment;

  /** The ids of the events that happen to it; of a service that does not depend on what is lost there are none. */
  readonly events: readonly string[];
  readonly stops: boolean;

  /** The resources that fail, and those of which a copy does. */
  readonly failed: readonly Resource[];
  readonly impaired: readonly Resource[];

  /** Those of its own that are left. */
  readonly left: number;

  /** What was taken as given about what is lost, in words. */
  readonly assumed: readonly string[];

  /** What cannot be done while a control plane is impaired: what runs goes on, and is not replaced. */
  readonly standsStill: readonly StandingStill[];

  /** What is owed after the widest of the losses. @default - nothing of it is lost, or nothing is owed after what is */
  readonly disruption?: Disruption;

  /** How it comes back from what is lost. @default - nothing of it is lost */
  readonly recovery?: Recovery;
}

/**
 * What happens to each service when all of these are lost together.
 *
 * @throws ConfigurationError when no service knows one of them
 */
export function simulate(assessment: Assessment, losses: readonly LostThing[]): readonly ServiceLoss[] {
  const things = meantBy(assessment, losses);
  return assessment.services.map((service) => lossOf(service, things));
}

function lossOf(assessment: ServiceAssessment, things: readonly LostThing[]): ServiceLoss {
  const hits = things.flatMap((thing) => {
    const hit = hitOf(assessment, thing);
    return hit ? [hit] : [];
  });
  const soft = things.filter((thing) => isSoft(assessment, thing));
  if (hits.length === 0) return untouched(assessment, soft);
  const named = together(hits);
  const zones = [...named.zones];
  const [first, ...others] = zonesThatMayBeMeant(zones, zonesOf(assessment)).map((also) => {
    const found = outcome(assessment, { ...named, zones: new Set([...zones, ...also]) });
    const assumed = [...also.map((zone) => sameZone(zone, zones)), ...soft.map(goesOnWithout)];
    return { ...found, assumed: [...assumed, ...found.assumed] };
  });
  return others.reduce(
    (worst, each) => (isWorse(each, worst) ? each : worst),
    first ?? untouched(assessment, soft),
  );
}

function untouched(assessment: ServiceAssessment, soft: readonly LostThing[]): ServiceLoss {
  const left = new Set(assessment.availability.model.resources.values()).size;
  const assumed = soft.map(goesOnWithout);
  return { assessment, events: [], stops: false, failed: [], impaired: [], left, assumed, standsStill: [] };
}

function goesOnWithout({ name }: LostThing): string {
  return `it goes on without ${name}, which it declares as a soft need`;
}

/** What is owed after the widest of the losses; after what is none of the kinds that are owed for, nothing. */
function disruptionOf({ regions, zones, resources, units, events }: NamedLoss): Disruption | undefined {
  if (regions.size > 0 || [...events].some((id) => /^service:.*@/.test(id))) return 'region';
  if (zones.size > 0) return 'availabilityZone';
  if (resources.size + units.size > 0) return 'instance';
  return [...events].some((id) => id.startsWith('software:')) ? 'rollback' : undefined;
}

/** The safe side: nobody knows which zone a symbol stands for until it is deployed. */
function sameZone(zone: string, lostZones: readonly string[]): string {
  const which = lostZones.length === 1 ? lostZones[0] : `one of ${lostZones.join(', ')}`;
  return `${zone} counts as ${which}: the app does not say which zone it is, and this is the worst it can be`;
}

function outcome(assessment: ServiceAssessment, hit: NamedLoss): ServiceLoss {
  const { model } = assessment.availability;
  const named = withoutScaling(assessment, hit);
  const ids = eventsOf(named);
  const byId = new Map([...model.resources.values()].map((resource) => [resource.id, resource]));
  const stranded = [...byId.values()].filter((resource) => standingIn(resource, named.zones) === 'only');
  const happened = [...model.events.values()].filter((event) => happens(event, ids, named));
  const result = lost(
    model,
    happened.map(({ id }) => id),
    new Set([...named.resources, ...stranded]),
  );
  const resourcesOf = (some: readonly string[]) =>
    some.map((id) => byId.get(id)).filter((resource) => resource !== undefined);
  const failed = resourcesOf(result.failedResources);
  const members = [...byId.values()].filter(({ id }) => named.units.has(`resource:${id}${MEMBER}`));
  const disruption = disruptionOf(hit);
  const found = wayBack(assessment, named, disruption);
  const stops = result.serviceStops || standsStillFor(assessment, hit, found);
  return {
    assessment,
    events: ids,
    stops,
    failed,
    impaired: [...resourcesOf(result.impairedResources), ...members],
    left: byId.size - failed.length,
    assumed: loadTaken(assessment, hit),
    standsStill: standingStill(assessment, named.planes),
    ...(disruption && { disruption }),
    recovery: stops && found.rtoSeconds === 0 ? unseen(found) : found,
  };
}

/** What must be scaled where a control plane is impaired: nothing stands in for the units that are lost. */
function withoutScaling({ availability: { model } }: ServiceAssessment, named: NamedLoss): NamedLoss {
  if (named.planes.size === 0) return named;
  const scaling = [...model.events.values()].filter(({ id, kind, resources: [resource] }) => {
    if (kind !== 'switch' || resource === undefined || id !== scalingIdOf(resource)) return false;
    return named.planes.has(regionKey(resource)) && mustGrow(resource, named);
  });
  return { ...named, events: new Set([...named.events, ...scaling.map(({ id }) => id)]) };
}

/** How many units carry the load where a loss takes some, or leads the load of another region to them. */
function loadTaken({ assumptions }: ServiceAssessment, hit: NamedLoss): readonly string[] {
  return assumptions
    .filter(({ resource, aboutLoad }) => aboutLoad && resource !== undefined && mustGrow(resource, hit))
    .map(({ what }) => what);
}

/** Whether a loss takes units of a resource, or leads the load of another region to it. */
function mustGrow(resource: Resource, { regions, zones, resources, units }: NamedLoss): boolean {
  return (
    regions.size > 0 ||
    resources.has(resource) ||
    standingIn(resource, zones) !== 'elsewhere' ||
    [...units].some((id) => id.startsWith(`resource:${resource.id}#`))
  );
}

/** How it comes back. Where nothing is owed after such a loss, none is missed. */
function wayBack(
  assessment: ServiceAssessment,
  named: NamedLoss,
  disruption: Disruption | undefined,
): Recovery {
  if (disruption) return assessment.recoveryFrom(named, disruption);
  const { because: _, ...found } = assessment.recoveryFrom(named, 'instance');
  return { ...found, shortfalls: [], meets: found.rtoSeconds === 0 ? true : undefined };
}

/** What waits for a control plane, and would come back with it, is not there meanwhile. */
function standsStillFor(
  assessment: ServiceAssessment,
  hit: NamedLoss,
  { rtoSeconds, unknown }: Recovery,
): boolean {
  if (hit.planes.size === 0 || Number.isFinite(rtoSeconds) || unknown !== undefined) return false;
  const working = assessment.recoveryFrom({ ...hit, planes: new Set() }, 'instance');
  return Number.isFinite(working.rtoSeconds);
}

/** Events of a resource that is lost go with it; a service of AWS is not lost with one of its resources. */
function happens(event: FaultEvent, named: readonly string[], hit: NamedLoss): boolean {
  const { id, kind, resources } = event;
  const { resources: gone } = hit;
  if (named.includes(id) || areUnitsLost(event, hit)) return true;
  const own = kind === 'resource' || kind === 'switch';
  return own && resources.length > 0 && resources.every((resource) => gone.has(resource));
}

/** The ids of what happens: of a resource that is lost whole, whatever it can fail by. */
function eventsOf({ regions, zones, resources, units, planes, events }: NamedLoss): readonly string[] {
  return [
    ...[...regions].map((name) => `region:${name}`),
    ...[...zones].map((name) => `zone:${name}`),
    ...[...resources].map(({ id }) => `resource:${id}`),
    ...units,
    ...[...planes].map((name) => `control-plane:${name}`),
    ...events,
  ];
}

/** What stops and has no way back that is seen is not back at once. */
function unseen(recovery: Recovery): Recovery {
  const never = Number.POSITIVE_INFINITY;
  const { meets } = recovery;
  return {
    ...recovery,
    rtoSeconds: never,
    typicalRtoSeconds: never,
    meets: meets === false ? false : undefined,
    unknown: 'nothing in the app brings back what stops it, or leads its users to what is left',
  };
}

function isWorse(one: ServiceLoss, other: ServiceLoss): boolean {
  if (one.stops !== other.stops) return one.stops;
  if (one.failed.length !== other.failed.length) return one.failed.length > other.failed.length;
  const [time, otherTime] = [one.recovery?.rtoSeconds ?? 0, other.recovery?.rtoSeconds ?? 0];
  if (time !== otherTime) return time > otherTime;
  return (one.recovery?.rpoSeconds ?? 0) > (other.recovery?.rpoSeconds ?? 0);
}
