import type { Resource } from '../assembly/resource';
import type { Availability } from './assessment';
import type { FaultEvent } from './failure';
import type { FaultModel } from './fault-model';
import { AloneStops } from './topology/alone';
import { type Leaning, type View, viewsOf } from './topology/view';

/** Where a component stands in one zone. */
export interface ZonePart {
  readonly zone: string;

  /** How many of its units stand there; 0 where it has none that could be counted. */
  readonly units: number;
}

/** A resource as it takes part in a service. */
export interface TopologyComponent {
  readonly resource: Resource;

  /** Whether users and schedules come in through it. */
  readonly entry: boolean;

  /** The regions that matter to it, by name: one, several of which it stands in together, none for what is global. */
  readonly regions: readonly string[];

  /** The zones that matter to it, by name; empty for what AWS spreads over its region. */
  readonly zones: readonly ZonePart[];

  /** The downtime that its own failures cost, in minutes a year. */
  readonly minutesPerYear: number;

  /** The same of the services of AWS on which it stands together with others. */
  readonly sharedMinutesPerYear: number;

  /** Whether its own failure stops the service, while all that stands on the same services of AWS goes on. */
  readonly stopsAlone: boolean;
}

/** One component leans on another. */
export interface TopologyEdge {
  /** The id of a resource; undefined for the users of the service. */
  readonly from: string | undefined;
  readonly to: string;
  readonly leaning: Leaning;

  /** The switch by which it fails over. @default - none */
  readonly switch?: string;
}

/** Something whose failure strikes many components at once. */
export interface SharedDomain {
  readonly event: FaultEvent;

  /** How many components it strikes directly; 0 where it strikes the service as a whole. */
  readonly components: number;
  readonly minutesPerYear: number;
}

/** A region with its zones. */
export interface TopologyRegion {
  readonly name: string;
  readonly zones: readonly string[];
}

/** What a service is made of, and where it stands, as the fault model sees it. */
export interface Topology {
  readonly regions: readonly TopologyRegion[];

  /** In the order in which they are reached from the users. */
  readonly components: readonly TopologyComponent[];
  readonly edges: readonly TopologyEdge[];

  /** The costliest first. */
  readonly domains: readonly SharedDomain[];
}

/** The picture of a service, from the expressions by which it fails. */
export function topologyOf({ model, shares, singlePointsOfFailure }: Availability): Topology {
  const minutes = new Map(shares.map(({ event, minutesPerYear }) => [event.id, minutesPerYear]));
  const single = new Set(singlePointsOfFailure.map(({ event }) => event.id));
  const about = eventsAboutIn(model);
  const alone = aloneIn(model, { single, about });
  const views = viewsOf(model);
  const entries = new Set(
    views.filter(({ resource }) => !resource).flatMap(({ leanings }) => [...leanings.keys()]),
  );
  const components = views
    .filter(({ resource }) => resource !== undefined)
    .map((view) => component(view, { minutes, about, alone, entries }));
  return {
    regions: regionsOf(components, model),
    components,
    edges: views.flatMap(edgesOf),
    domains: domainsOf(views, model, minutes),
  };
}

interface Known {
  readonly minutes: ReadonlyMap<string, number>;
  readonly about: (view: View) => readonly FaultEvent[];
  readonly alone: (view: View) => boolean;
  readonly entries: ReadonlySet<string>;
}

function component(view: View, { minutes, about, alone, entries }: Known): TopologyComponent {
  const { resource, events, units } = view;
  const costOf = (some: readonly FaultEvent[]) =>
    some.reduce((sum, { id }) => sum + (minutes.get(id) ?? 0), 0);
  const own = about(view);
  const together = own.filter((event) => isForMany(event));
  const regions = [...events].filter(({ kind }) => kind === 'region');
  const zones = [...events].filter(({ kind }) => kind === 'zone').map(({ id }) => id);
  return {
    resource: resource as Resource,
    entry: entries.has(resource?.id ?? ''),
    regions: regions.length > 0 ? regions.map(({ id }) => domainName(id)).sort() : placeOf(resource),
    zones: zones.sort().map((id) => ({ zone: domainName(id), units: units.get(id) ?? 0 })),
    minutesPerYear: costOf(own.filter((event) => !isForMany(event))),
    sharedMinutesPerYear: costOf(together),
    stopsAlone: alone(view),
  };
}

/** Tells which events are about a resource; of services of AWS on which thousands stand, without asking each of them. */
function eventsAboutIn({ events }: FaultModel): (view: View) => readonly FaultEvent[] {
  const all = new Map([...events.values()].map((event) => [event, new Set(event.resources)]));
  return ({ resource, events: own }) =>
    [...own].filter((event) => resource !== undefined && all.get(event)?.has(resource));
}

/** A service of AWS on which several resources stand. */
function isForMany({ kind, resources }: FaultEvent): boolean {
  return kind === 'awsService' && resources.length > 1;
}

/** Tells of a component whether it stops the service by itself; one of many that stand on a service of AWS, without the others. */
function aloneIn(
  model: FaultModel,
  { single, about }: { readonly single: ReadonlySet<string>; readonly about: Known['about'] },
): Known['alone'] {
  const stops = new AloneStops(model);
  return (view) => {
    const own = about(view);
    const standing = view.resource && own.some(isForMany) ? view.resource : undefined;
    return (
      own.some((event) => !isForMany(event) && single.has(event.id)) ||
      (standing !== undefined && stops.withOut(standing))
    );
  };
}

/** Services whose resources a stack of some region declares, and that stand in none. */
const GLOBAL = /^AWS::(?:(?:Route53|CloudFront|GlobalAccelerator|IAM)::|S3::MultiRegionAccessPoint$)/;

function placeOf(resource: Resource | undefined): readonly string[] {
  if (!resource || GLOBAL.test(resource.type)) return [];
  return resource.region === undefined ? [] : [resource.region];
}

function regionsOf(
  components: readonly TopologyComponent[],
  { events }: FaultModel,
): readonly TopologyRegion[] {
  const names = [...events.values()].filter(({ kind }) => kind === 'region').map(({ id }) => domainName(id));
  const byName = new Map(names.sort().map((name) => [name, new Set<string>()]));
  for (const { regions, zones } of components)
    for (const { zone } of zones) byName.get(regionOfZone(zone, regions, names))?.add(zone);
  return [...byName].map(([name, zones]) => ({ name, zones: [...zones].sort() }));
}

/** What stands in several regions says of no zone whose it is; but its name begins with that of its region. */
function regionOfZone(zone: string, own: readonly string[], all: readonly string[]): string {
  const [only] = own;
  return own.length === 1 && only !== undefined ? only : (all.find((name) => zone.startsWith(name)) ?? '');
}

/** `eu-west-1a` of `zone:eu-west-1a`. */
function domainName(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

function edgesOf({ resource, leanings }: View): readonly TopologyEdge[] {
  return [...leanings].map(([to, leaning]) => ({ from: resource?.id, to, ...leaning }));
}

function domainsOf(
  views: readonly View[],
  { events }: FaultModel,
  minutes: ReadonlyMap<string, number>,
): readonly SharedDomain[] {
  const counts = new Map<FaultEvent, number>();
  for (const { events: own } of views.filter(({ resource }) => resource !== undefined))
    for (const event of own) counts.set(event, (counts.get(event) ?? 0) + 1);
  return [...events.values()]
    .filter(({ kind, resources }) => kind !== 'resource' && (kind !== 'switch' || resources.length === 0))
    .map((event) => ({
      event,
      components: counts.get(event) ?? 0,
      minutesPerYear: minutes.get(event.id) ?? 0,
    }))
    .sort((a, b) => b.minutesPerYear - a.minutesPerYear || (a.event.id < b.event.id ? -1 : 1));
}
