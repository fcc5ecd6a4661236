import { regionOfZone } from '../assembly/network/region-of-zones';
import { Resource } from '../assembly/resource';
import type { ServiceAssessment } from './assessment';
import { impairedWith, planesOf } from './control-planes';
import type { FaultEvent } from './failure';
import { EVENT_PREFIX, eventNamesOf, isEventKind, type LostEventKind, softNamesOf } from './lost-events';
import { mayStandIn, zoneNamesOf } from './lost-zones';
import { nameOf } from './modelling';
import { MEMBER, type NamedLoss, NO_LOSS, unitIdOf } from './named-loss';

/** What kind of thing is lost. */
export type LostKind = 'zone' | 'region' | 'resource' | 'controlPlane' | LostEventKind;

/** Something that is lost in a simulation. */
export interface LostThing {
  readonly kind: LostKind;

  /** As it was named: `eu-west-1a`, `eu-west-1`, a construct path or a logical id, `lambda@eu-west-1`. */
  readonly name: string;
}

/** Whether a service declares that it goes on without it. */
export function isSoft(service: ServiceAssessment, { kind, name }: LostThing): boolean {
  return isEventKind(kind) && softNamesOf(service, kind).includes(name);
}

/** What a loss takes of a service; undefined where it does not depend on it. */
export function hitOf(service: ServiceAssessment, { kind, name }: LostThing): NamedLoss | undefined {
  if (kind === 'region')
    return regionsOf(service).includes(name) ? { ...NO_LOSS, regions: new Set([name]) } : undefined;
  if (kind === 'zone') return knowsZone(service, name) ? { ...NO_LOSS, zones: new Set([name]) } : undefined;
  if (kind === 'resource') return resourcesHit(service, name);
  if (isEventKind(kind)) {
    const events = new Set([`${EVENT_PREFIX[kind]}${name}`]);
    return eventNamesOf(service, kind).includes(name) ? { ...NO_LOSS, events } : undefined;
  }
  const planes = impairedWith(name);
  return planesOf(service).some((plane) => planes.has(plane)) ? { ...NO_LOSS, planes } : undefined;
}

function resourcesHit(service: ServiceAssessment, name: string): NamedLoss | undefined {
  const resources = new Set(lossable(service).filter((resource) => isNamed(resource, name)));
  const units = new Set([...unitsNamed(service, name), ...membersNamed(service, name, resources)]);
  return resources.size + units.size > 0 ? { ...NO_LOSS, resources, units } : undefined;
}

/** All of some losses together. */
export function together(hits: readonly NamedLoss[]): NamedLoss {
  return {
    regions: new Set(hits.flatMap(({ regions }) => [...regions])),
    zones: new Set(hits.flatMap(({ zones }) => [...zones])),
    resources: new Set(hits.flatMap(({ resources }) => [...resources])),
    units: new Set(hits.flatMap(({ units }) => [...units])),
    planes: new Set(hits.flatMap(({ planes }) => [...planes])),
    events: new Set(hits.flatMap(({ events }) => [...events])),
  };
}

/** Every zone that a service stands in, by the names that the app has for them. */
export function zonesOf({ service, availability: { model } }: ServiceAssessment): readonly string[] {
  const events = [...model.events.values()].filter(({ kind }) => kind === 'zone');
  const resources = new Set([...model.resources.values(), ...service.resources]);
  const placed = [...resources].flatMap((resource) => zoneNamesOf(resource));
  return [...new Set([...events.map(({ id }) => id.slice('zone:'.length)), ...placed])].sort();
}

/** The regions that a service stands in. */
export function regionsOf({ availability: { model } }: ServiceAssessment): readonly string[] {
  const events = [...model.events.values()].filter(({ kind }) => kind === 'region');
  return events.map(({ id }) => id.slice('region:'.length));
}

/** A zone that is not named may be one that has only a symbol. */
function knowsZone(service: ServiceAssessment, name: string): boolean {
  const known = zonesOf(service);
  if (known.includes(name)) return true;
  const isZone = regionOfZone(name) !== undefined || /^[a-z]+\d-az\d+$/.test(name);
  return (
    isZone && known.some((zone) => zone.includes('#') && mayStandIn(name, zone.slice(0, zone.indexOf('#'))))
  );
}

/** What of a service can be lost by itself. */
function lossable({ availability: { model } }: ServiceAssessment): readonly Resource[] {
  const own = [...model.events.values()].flatMap(({ resources }) => resources);
  return [...new Set([...model.resources.values(), ...own])];
}

/** A construct path also names what stands below it. */
function isNamed(resource: Resource, name: string): boolean {
  const path = nameOf(resource);
  return path === name || resource.logicalId === name || resource.id === name || path.startsWith(`${name}/`);
}

/** One unit, as the output calls it: `task 1 of Shop/Web/Service`. */
function unitsNamed({ availability: { model } }: ServiceAssessment, name: string): readonly string[] {
  const units = [...model.events.values()].filter(({ kind, id }) => kind === 'resource' && id.includes('#'));
  const own = units.filter(({ id, what }) => what === name || id === name).map(({ id }) => id);
  return own.length > 0 ? own : [...new Set(units.flatMap((event) => countedUnit(event, name)))];
}

/** Where there are many, each has no event of its own: it is one of those that are counted. */
function countedUnit({ counted, resources }: FaultEvent, name: string): readonly string[] {
  const [, noun, number] = /(?:^|#)(\S+) (\d+)(?: of |$)/.exec(name) ?? [];
  if (counted?.noun !== noun || !(Number(number) >= 1 && Number(number) <= (counted?.total ?? 0))) return [];
  const unit = `${noun} ${Number(number)}`;
  return resources
    .filter((resource) => [`${unit} of ${nameOf(resource)}`, unitIdOf(resource, unit)].includes(name))
    .map((resource) => unitIdOf(resource, unit));
}

/** The cluster answers for its instances: one of several is a unit of it, all of them are all of it. */
function membersNamed(service: ServiceAssessment, name: string, lost: Set<Resource>): readonly string[] {
  const members = membersOf(service);
  const gone = members.filter(({ member, cluster }) => isNamed(member, name) && !lost.has(cluster));
  for (const { cluster } of gone)
    if (members.every((each) => each.cluster !== cluster || gone.includes(each))) lost.add(cluster);
  return [...new Set(gone.map(({ cluster }) => cluster))]
    .filter((cluster) => !lost.has(cluster))
    .map((cluster) => `resource:${cluster.id}${MEMBER}`);
}

/** What a service has that can be lost by itself, by name. */
export function lossableNames(service: ServiceAssessment): readonly string[] {
  return [...lossable(service), ...membersOf(service).map(({ member }) => member)].map(nameOf);
}

/** The instances of the clusters of a service. */
function membersOf({ service, availability: { model } }: ServiceAssessment): readonly Member[] {
  const clusters = new Set(model.resources.values());
  return service.resources.flatMap((member) => {
    const cluster = /::DBInstance$/.test(member.type) ? member.target('DBClusterIdentifier') : undefined;
    return cluster instanceof Resource && clusters.has(cluster) ? [{ member, cluster }] : [];
  });
}

interface Member {
  readonly member: Resource;
  readonly cluster: Resource;
}
