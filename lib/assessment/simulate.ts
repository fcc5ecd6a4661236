import type { Resource } from '../assembly/resource';
import { ConfigurationError } from '../errors';
import type { DataDisruption } from '../objectives/disruption';
import type { Assessment, Recovery, ServiceAssessment } from './assessment';
import type { FaultEvent } from './failure';
import { hitOf, type LostThing, meant, together, zonesOf } from './lost-things';
import { standingIn } from './lost-zones';
import { MEMBER, type NamedLoss } from './named-loss';
import { zonesThatMayBeMeant } from './possible-zones';
import { lost } from './what-if';

export type { LostThing } from './lost-things';

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

  /** How it comes back from what is lost, held against what is owed after the widest of the losses. @default - nothing of it is lost */
  readonly disruption?: DataDisruption;
  readonly recovery?: Recovery;
}

const DISRUPTION_OF = { region: 'region', zone: 'availabilityZone', resource: 'instance' } as const;

/**
 * Reads what `--lose` names: `az:eu-west-1a`, `region:eu-west-1`, or a resource.
 *
 * @throws ConfigurationError when nothing is named
 */
export function parseLoss(text: string): LostThing {
  const [, kind, name = ''] = /^(az|zone|region):(.*)$/.exec(text) ?? [undefined, 'resource', text];
  if (name === '')
    throw new ConfigurationError({
      path: `--lose ${text}`,
      problem: 'nothing is named',
      fix: 'write az:eu-west-1a, region:eu-west-1 or a resource',
    });
  return { kind: kind === 'region' ? 'region' : kind === 'resource' ? 'resource' : 'zone', name };
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

/**
 * What is lost, by the names that the app has for it: `az:1` is the zone `eu-west-1#1`.
 *
 * @throws ConfigurationError when no service knows one of them
 */
export function meantBy({ services }: Assessment, losses: readonly LostThing[]): readonly LostThing[] {
  return losses.map((loss) => meant(loss, services));
}

function lossOf(assessment: ServiceAssessment, things: readonly LostThing[]): ServiceLoss {
  const hits = things.flatMap((thing) => {
    const hit = hitOf(assessment, thing);
    return hit ? [{ kind: thing.kind, hit }] : [];
  });
  const kind = (['region', 'zone', 'resource'] as const).find((each) =>
    hits.some((hit) => hit.kind === each),
  );
  const named = together(hits.map(({ hit }) => hit));
  if (kind === undefined) return untouched(assessment);
  const zones = [...named.zones];
  const [first, ...others] = zonesThatMayBeMeant(zones, zonesOf(assessment)).map((also) => ({
    ...outcome(assessment, { ...named, zones: new Set([...zones, ...also]) }, DISRUPTION_OF[kind]),
    assumed: also.map((zone) => sameZone(zone, zones)),
  }));
  return others.reduce(
    (worst, each) => (isWorse(each, worst) ? each : worst),
    first ?? untouched(assessment),
  );
}

function untouched(assessment: ServiceAssessment): ServiceLoss {
  const left = new Set(assessment.availability.model.resources.values()).size;
  return { assessment, events: [], stops: false, failed: [], impaired: [], left, assumed: [] };
}

/** The safe side: nobody knows which zone a symbol stands for until it is deployed. */
function sameZone(zone: string, lostZones: readonly string[]): string {
  const which = lostZones.length === 1 ? lostZones[0] : `one of ${lostZones.join(', ')}`;
  return `${zone} counts as ${which}: the app does not say which zone it is, and this is the worst it can be`;
}

function outcome(assessment: ServiceAssessment, named: NamedLoss, disruption: DataDisruption): ServiceLoss {
  const { model } = assessment.availability;
  const events = eventsOf(named);
  const byId = new Map([...model.resources.values()].map((resource) => [resource.id, resource]));
  const stranded = [...byId.values()].filter((resource) => standingIn(resource, named.zones) === 'only');
  const happened = [...model.events.values()].filter((event) => happens(event, events, named));
  const gone = new Set([...named.resources, ...stranded]);
  const result = lost(
    model,
    happened.map(({ id }) => id),
    gone,
  );
  const resourcesOf = (ids: readonly string[]) =>
    ids.map((id) => byId.get(id)).filter((resource) => resource !== undefined);
  const failed = resourcesOf(result.failedResources);
  const members = [...byId.values()].filter(({ id }) => named.units.has(`resource:${id}${MEMBER}`));
  const found = assessment.recoveryFrom(named, disruption);
  return {
    assessment,
    events,
    stops: result.serviceStops,
    failed,
    impaired: [...resourcesOf(result.impairedResources), ...members],
    left: byId.size - failed.length,
    assumed: [],
    disruption,
    recovery: result.serviceStops && found.rtoSeconds === 0 ? unseen(found) : found,
  };
}

/** Events of a resource that is lost go with it; a service of AWS is not lost with one of its resources. */
function happens(
  { id, kind, resources }: FaultEvent,
  named: readonly string[],
  { resources: gone }: NamedLoss,
): boolean {
  if (named.includes(id)) return true;
  const own = kind === 'resource' || kind === 'switch';
  return own && resources.length > 0 && resources.every((resource) => gone.has(resource));
}

/** The ids of what happens: of a resource that is lost whole, whatever it can fail by. */
function eventsOf({ regions, zones, resources, units }: NamedLoss): readonly string[] {
  return [
    ...[...regions].map((name) => `region:${name}`),
    ...[...zones].map((name) => `zone:${name}`),
    ...[...resources].map(({ id }) => `resource:${id}`),
    ...units,
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
