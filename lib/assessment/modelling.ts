import type { Graph } from '../assembly/graph';
import { regionByZones } from '../assembly/network/region-of-zones';
import type { ZoneSet } from '../assembly/network/zones';
import type { Resource } from '../assembly/resource';
import type { Fact } from '../calculus/fact';
import {
  ASSUMED_UNAVAILABILITY,
  type AssumptionName,
  type Likelihood,
  without,
} from '../calculus/likelihood';
import { MEAN_REPAIR_SECONDS } from '../calculus/switching';
import type { AssessedService } from './assessed-service';
import {
  allOf,
  anyOf,
  atLeast,
  eventFailure,
  type Failure,
  type FaultEvent,
  type FaultEventKind,
  failureOf,
} from './failure';

/** Something that was taken as given because the app does not show it. */
export interface Assumption {
  readonly what: string;

  /** The resource that it is about. @default - the whole app */
  readonly resource?: Resource;

  /** Whether it says how many units of the resource carry its load. @default false */
  readonly aboutLoad?: boolean;
}

/** What replaces our assumptions, as fractions of time. */
export interface AssumedUnavailability extends Readonly<Partial<Record<AssumptionName, number>>> {
  /** How long what fails stays broken on average, in hours. @default - an hour */
  readonly repairHours?: number;
}

/** Equal units of one resource that are spread over zones. */
export interface Spread {
  readonly units: number;

  /** How many of them must work. */
  readonly needed: number;

  /** What one of them is, such as `task`. */
  readonly noun: string;

  /** One unit by itself, its zone left out. */
  readonly each: Likelihood;

  /** What else takes the units of one zone away, such as its NAT gateway. @default - nothing */
  readonly inZone?: (zone: string) => Failure;
}

/** A service that AWS runs as a whole, in each region or for the world: all that is made of it there fails together. */
export interface SharedService {
  /** Part of the id of its event: `lambda` */
  readonly id: string;

  /** As AWS calls it: `AWS Lambda` */
  readonly name: string;
  readonly likelihood: Likelihood;
}

/** What components build their failures with. Events are made once: what many share is one object. */
export class Modelling {
  readonly #events = new Map<string, FaultEvent>();
  readonly #assumptions = new Map<string, Assumption>();
  readonly #leftToDeploy = new Set<string>();

  constructor(
    readonly graph: Graph,
    private readonly assumed: AssumedUnavailability = {},
    /** The services of the app, with what each region does for them. */
    readonly services: readonly AssessedService[] = [],
  ) {}

  get assumptions(): readonly Assumption[] {
    return [...this.#assumptions.values()];
  }

  get events(): readonly FaultEvent[] {
    return [...this.#events.values()];
  }

  /** Says that something was taken as given. */
  assume(what: string, resource?: Resource): void {
    this.#assumptions.set(`${resource?.id ?? ''} ${what}`, { what, ...(resource && { resource }) });
  }

  /** The same of how many units carry the load: whoever asks what the loss of some comes to must know it too. */
  assumeLoad(what: string, resource: Resource): void {
    this.#assumptions.set(`${resource.id} ${what}`, { what, resource, aboutLoad: true });
  }

  /**
   * Says that something was taken at its best, which only deployment knows: what falls short even so surely does, and what does
   * not is not known.
   */
  leaveToDeploy(what: string, resource?: Resource): void {
    this.assume(what, resource);
    this.#leftToDeploy.add(what);
  }

  /** All that was left to deployment. */
  get leftToDeploy(): readonly string[] {
    return [...this.#leftToDeploy];
  }

  /** The failure of another resource, whatever that comes to, as seen from where it is needed. */
  of(resource: Resource, neededBy?: Resource): Failure {
    return failureOf(resource, neededBy?.region);
  }

  /** One of our assumptions, or what the user set in its place. */
  assumption(name: AssumptionName): Likelihood {
    const [value, ours] = [this.assumed[name], ASSUMED_UNAVAILABILITY[name]];
    if (value === undefined) return ours;
    const what = ours.terms[0]?.what ?? name;
    return {
      unavailability: value,
      terms: [{ what, value, source: 'set by the user', confidence: 'assumed' }],
    };
  }

  /** How long what fails stays broken on average, in seconds: ours, or what the user set in its place. */
  get repair(): Fact<number> {
    const { repairHours } = this.assumed;
    if (repairHours === undefined) return MEAN_REPAIR_SECONDS;
    return { value: repairHours * 3600, source: 'set by the user', asOf: '', confidence: 'assumed' };
  }

  /** An event by its id; the first who names it says what it is. */
  event(event: FaultEvent): Failure {
    const known = this.#events.get(event.id) ?? event;
    this.#events.set(event.id, known);
    return eventFailure(known);
  }

  /** The loss of the region that a resource stands in. */
  region(resource: Resource): Failure {
    return this.regionNamed(regionKey(resource));
  }

  regionNamed(region: string): Failure {
    return this.#domain('region', `region:${region}`, `region ${region}`, this.assumption('region'));
  }

  /** The loss of a zone by its name, letter or symbol. */
  zone(resource: Resource, zone: string): Failure {
    // A letter or a symbol of a stack that is bound to no region is the same zone for all that stand there.
    const name = zone.replace(/^(\{[^}]*\}|AWS::Region(?=#))/, regionKey(resource));
    return this.#domain('zone', `zone:${name}`, `zone ${name}`, this.assumption('zone'));
  }

  /** What changes resources in the region does not work. */
  regionalControlPlane(resource: Resource): Failure {
    const region = regionKey(resource);
    const likelihood = this.assumption('regionalControlPlane');
    return this.#domain('controlPlane', `control-plane:${region}`, `control plane of ${region}`, likelihood);
  }

  /** What changes global services (DNS, distributions, roles) does not work. */
  globalControlPlane(): Failure {
    const likelihood = this.assumption('globalControlPlane');
    return this.#domain(
      'controlPlane',
      'control-plane:global',
      'control plane of global services',
      likelihood,
    );
  }

  /** A resource by itself. `part` tells apart several events of one resource. */
  own(
    resource: Resource,
    likelihood: Likelihood,
    part?: { readonly id: string; readonly what: string },
  ): Failure {
    return this.event({
      id: part === undefined ? `resource:${resource.id}` : `resource:${resource.id}#${part.id}`,
      kind: 'resource',
      what: part === undefined ? nameOf(resource) : `${part.what} of ${nameOf(resource)}`,
      resources: [resource],
      likelihood,
    });
  }

  /**
   * A service of AWS in one region, by which a resource fails together with all others that are made of it there.
   *
   * @param region where the resource is served. @default - its own region
   */
  shared(service: SharedService, resource: Resource, region = regionKey(resource)): Failure {
    return anyOf(this.sharedIn(service, region, [resource]), this.regionNamed(region));
  }

  /** The same without its region; of a service that AWS runs for the whole world no region is named. */
  sharedIn(
    { id, name, likelihood }: SharedService,
    region: string | undefined,
    resources: readonly Resource[],
  ): Failure {
    const eventId = region === undefined ? `service:${id}` : `service:${id}@${region}`;
    const known = this.#events.get(eventId) ?? {
      id: eventId,
      kind: 'awsService',
      what: region === undefined ? name : `${name} in ${region}`,
      likelihood: region === undefined ? likelihood : without(this.assumption('region'), likelihood),
      resources: [],
    };
    this.#events.set(eventId, known);
    return eventFailure({ ...known, resources });
  }

  /** One thing that AWS spreads over the zones of a region: it fails by itself, or with its region. */
  regional(resource: Resource, likelihood: Likelihood): Failure {
    const own = without(this.assumption('region'), likelihood);
    return anyOf(this.own(resource, own), this.region(resource));
  }

  /** A resource that stands in one zone: it fails by itself, with its zone, or with its region. */
  zonal(resource: Resource, zone: string, likelihood: Likelihood): Failure {
    const own = without(this.assumption('zone'), likelihood);
    return anyOf(this.own(resource, own), this.zone(resource, zone), this.region(resource));
  }

  /** Units spread evenly over zones, so many of which must work. */
  spread(
    resource: Resource,
    zones: readonly string[],
    { units, needed, noun, each, inZone }: Spread,
  ): Failure {
    const own = without(this.assumption('zone'), each);
    const failures = Array.from({ length: units }, (_, index) => {
      const zone = zones[index % Math.max(zones.length, 1)];
      const part = { id: `${noun} ${index + 1}`, what: `${noun} ${index + 1}` };
      const around = zone === undefined ? [] : [this.zone(resource, zone), ...(inZone ? [inZone(zone)] : [])];
      return anyOf(this.own(resource, own, part), ...around);
    });
    return anyOf(atLeast(units - needed + 1, failures), this.region(resource));
  }

  /** The loss of several regions together. */
  allRegions(regions: readonly string[]): Failure {
    return allOf(...regions.map((region) => this.regionNamed(region)));
  }

  /** What needs at least one of its zones. */
  allZones(resource: Resource, zones: readonly string[]): Failure {
    return allOf(...zones.map((zone) => this.zone(resource, zone)));
  }

  /** The zones of a set by name; where only their number is known, symbols stand for them, and that is said. */
  zoneNames(resource: Resource, zones: ZoneSet, fallback = 1): readonly string[] {
    const names = [...zones.names].sort();
    if (zones.unknowns.length === 0 && !zones.whole && names.length > 0) return names;
    const wanted = Math.max(zones.least, zones.whole ? 3 : fallback, names.length);
    const region = regionKey(resource);
    const symbols = Array.from({ length: wanted }, (_, index) => `${region}#${index}`);
    const invented = symbols.filter((symbol) => !names.includes(symbol)).slice(0, wanted - names.length);
    if (invented.length > 0)
      this.assume(
        wanted === 1
          ? `${nameOf(resource)} is taken to stand in one zone: the app does not name its zones`
          : `${nameOf(resource)} stands in ${wanted} zones; the app does not name them`,
        resource,
      );
    return [...names, ...invented];
  }

  #domain(kind: FaultEventKind, id: string, what: string, likelihood: Likelihood): Failure {
    return this.event({ id, kind, what, resources: [], likelihood });
  }
}

/** The region of a resource; stacks that are bound to none are taken to go to one, the one that their zones name. */
export function regionKey({ region, stack }: Resource): string {
  return region ?? regionByZones(stack.graph) ?? 'any-region';
}

/** What people call a resource: its construct path, else its logical id. */
export function nameOf(resource: Resource): string {
  return resource.origin?.path ?? resource.id;
}
