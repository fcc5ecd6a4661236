import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS, type SecondsRange } from '../../calculus/aws-facts';
import type { Fact } from '../../calculus/fact';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import { RegionRole } from '../../objectives/region-role';
import type { AssessedService } from '../assessed-service';
import { GLOBAL_PLANE } from '../control-planes';
import { isRebuildable } from '../data-owed';
import type { FaultEvent } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { peakAfterFailover } from '../peak';
import { isGrown, mostRunningOf, plansScale } from '../standing';
import { isOnlyRead } from '../switching/promotion';
import { promotes } from '../switching/switch-plan';
import { type Arrival, arrivalAfter } from './arrival';
import { originalOf } from './copies';
import { timeToLive, trafficSwitchOf } from './dns-switch';
import { planeOfCopies, restoredElsewhere } from './impaired';
import { leftBehind, lostForGood } from './left-behind';
import { regionNoticed } from './noticing';
import { AT_ONCE, backSometime, inSequence, longest, neverBack, type Path, type Step, taking } from './path';
import { peopleDecide } from './people';
import { PROMOTED } from './promoted';
import { bestPoint, beyond } from './recovery-point';
import { type SwitchPlan, switchPlanOf } from './region-plan';
import type { Store } from './store';
import { holdsOwnData, storeFor } from './stores';
import { SPREAD_TYPES, started, unitsOf } from './units';
import type { Loss, Structure } from './walk';

const REGION = 'region:';
const MOST_REGIONS = 40;

/** The way back from the loss of the region that hurts most. */
export function regionLost(structure: Structure, service: AssessedService, model: Modelling): Path {
  const regions = structure.events
    .filter(({ kind }) => kind === 'region')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return longest(
    regions
      .slice(0, MOST_REGIONS)
      .map(({ id }) => new LostRegion(id.slice(REGION.length), service, model).wayBack(structure)),
  );
}

/** What else is so when users leave a region. */
export interface Leaving {
  /** All regions that are left together. @default - this one */
  readonly gone?: ReadonlySet<string>;

  /** What tells somebody. @default - that the region is gone */
  readonly noticed?: Step;
}

/** One region that is lost for good, as one service sees it. */
export class LostRegion {
  private readonly gone: ReadonlySet<string>;
  readonly #noticed: Step;
  readonly #plan: SwitchPlan | undefined;
  readonly #known = new Map<string, Path>();
  #elsewhere: boolean | undefined;

  constructor(
    readonly region: string,
    private readonly service: AssessedService,
    private readonly model: Modelling,
    { gone = new Set([region]), noticed = regionNoticed(service, region) }: Leaving = {},
  ) {
    this.gone = gone;
    this.#noticed = noticed;
    this.#plan = switchPlanOf(service, region, this.#noticed);
  }

  wayBack(structure: Structure): Path {
    const loss = (arrival: Arrival): Loss => ({
      event: (event, of, from) => this.#remembered(event, of, from),
      beside: (of) => this.scaledUp(of, arrival),
    });
    const arrival = arrivalAfter(structure, loss, (event) => this.led(event));
    const path = structure.wayBackFrom(loss(arrival));
    return longest([ledToNewPlace(path, structure), this.leftBehind(structure)]);
  }

  /** The data that no other region has. */
  leftBehind(structure: Structure): Path {
    const { region, gone, service, model } = this;
    return leftBehind(structure, { region, gone, service, model, noticed: this.#noticed });
  }

  #remembered(event: FaultEvent, of: Resource | undefined, from: string | undefined): Path {
    const key = `${event.id} ${of?.id} ${from}`;
    const path = this.#known.get(key) ?? this.#path(event, of, from);
    this.#known.set(key, path);
    return path;
  }

  #path(event: FaultEvent, of: Resource | undefined, from: string | undefined): Path {
    if (event.kind === 'switch') return this.switched(event);
    if (of === undefined) return AT_ONCE;
    if (event.id === `${REGION}${this.region}`) return this.rebuilt(of, from);
    return event.kind === 'resource' ? this.takenOver(of) : AT_ONCE;
  }

  /** Traffic moves by itself, by the plan, or by a person; what it comes to may have to be promoted meanwhile. */
  switched(event: FaultEvent): Path {
    const promoted = startsUnits(event) ? undefined : event.promoted;
    return longest([this.led(event), promoted ? this.#followed(promoted) : AT_ONCE]);
  }

  /** The same without what must be promoted. */
  led(event: FaultEvent): Path {
    if (startsUnits(event)) return AT_ONCE;
    const traffic = trafficSwitchOf(event);
    if (traffic?.detection) return inSequence(traffic.detection, traffic.spread);
    const spread = traffic?.spread ?? AT_ONCE;
    if (this.#plan) return inSequence(this.#plan.path, spread);
    const [record] = event.byPeople ? event.resources : [];
    const fix = record
      ? `let ${nameOf(record)} fail over by itself: EvaluateTargetHealth, or a HealthCheckId that turns`
      : 'let health checks move the traffic, or a Region switch plan';
    return this.#byPeople(
      taking(RECOVERY_FACTS.switchByHandSeconds, {
        what: 'a person moves the traffic',
        fix,
        ...(record && { resource: record }),
        // A routing control is flipped by the data plane; records are changed by the control plane of Route 53.
        ...(!traffic?.flipped && { controlPlane: 'changes records of Route 53', plane: GLOBAL_PLANE }),
        ...(!traffic && { open: 'what leads users to the other region is not in the app' }),
      }),
      spread,
    );
  }

  /** Something that stood in the lost region is built in another one, and its data restored there. */
  rebuilt(resource: Resource, from: string | undefined): Path {
    const anew = this.#byPeople(
      taking(RECOVERY_FACTS.newRegionSeconds, {
        what: 'everything is deployed to another region',
        fix: 'keep a standby in another region',
        controlPlane: 'creates all resources of a region',
        rebuilds: true,
        ...(this.#standsElsewhere() && { alone: resource }),
      }),
    );
    if (resource.type === 'AWS::KMS::Key') return this.#keyServes(resource, from);
    const original = originalOf(resource);
    // A copy whose original is lost too has its data from nowhere else.
    if (original instanceof Resource && this.gone.size > 1 && this.gone.has(regionKey(original)))
      return this.#dataBack(original, anew);
    return this.#dataBack(resource, anew);
  }

  /** Whether other regions have something of the service: then what they lack is worth its name. */
  #standsElsewhere(): boolean {
    this.#elsewhere ??= this.service.resources.some(
      (each) => each.region !== undefined && !this.gone.has(regionKey(each)),
    );
    return this.#elsewhere;
  }

  #dataBack(resource: Resource, anew: Path): Path {
    const store = storeFor(resource, this.model);
    if (!store || !holdsOwnData(resource, true) || isRebuildable(resource, this.service.dataClasses) === true)
      return anew;
    if (store.unknown !== undefined)
      return backSometime({ what: store.unknown, source: 'not modelled', resource });
    const { copies, points } = beyond(store, this.gone);
    if (copies.length > 0) return this.#copyServes(store);
    if (!store.repairable && store.holds) return anew;
    const point = bestPoint({ ...store, points }, ({ elsewhere }) => elsewhere);
    if (point) return inSequence(anew, ...restoredElsewhere(point));
    return lostForGood(store, this.service);
  }

  /** A key matters elsewhere to what needs it there; what needs it in its own region is built anew with it. */
  #keyServes(key: Resource, from: string | undefined): Path {
    const apart = from === undefined || from === this.region || key.text('MultiRegion') === 'true';
    if (apart) return AT_ONCE;
    return neverBack({
      what: `${nameOf(key)} is a key of one region only, and ${from} needs it`,
      source: 'MultiRegion',
      resource: key,
      fix: 'make it a multi-Region key with a replica there, or use a key of that region',
    });
  }

  /** A copy in another region serves: at once where all take writes, else once it is told to. */
  #copyServes({ resource, copies }: Store): Path {
    const fact = PROMOTED.get(resource.type);
    return fact ? this.#promoted(resource, fact, planeOfCopies(copies)) : AT_ONCE;
  }

  /** A copy that follows becomes the one that takes writes, where something of the app writes to it. */
  takenOver(resource: Resource): Path {
    return isOnlyRead(resource) ? AT_ONCE : this.#followed(resource);
  }

  #followed(resource: Resource): Path {
    if (this.gone.has(regionKey(resource))) return AT_ONCE;
    const original = originalOf(resource);
    const follows =
      original instanceof Resource ? regionKey(original) === this.region : original instanceof Unknown;
    const fact = PROMOTED.get(resource.type);
    return follows && fact ? this.#promoted(resource, fact) : AT_ONCE;
  }

  #promoted(resource: Resource, fact: Fact<SecondsRange>, plane = regionKey(resource)): Path {
    const reconnected = taking(AWS_FACTS.reconnectSeconds, {
      what: 'clients open their connections again',
      resource,
    });
    if (this.#plan && promotes(this.#plan.plan, resource)) return inSequence(this.#plan.path, reconnected);
    const fix = 'promote it by a step of a Region switch plan';
    return this.#byPeople(
      taking(fact, {
        what: `the copy of ${nameOf(resource)} is promoted`,
        resource,
        fix,
        controlPlane: 'promotes a copy',
        plane,
        open: `nothing in the app promotes the copy of ${nameOf(resource)}: a person, or what another app holds`,
      }),
      reconnected,
    );
  }

  /** Units of a standby that runs fewer than the region that serves. What load asks for comes after the users. */
  scaledUp(resource: Resource, arrival: Arrival): Path {
    if (
      this.gone.has(regionKey(resource)) ||
      !SPREAD_TYPES.has(resource.type) ||
      this.service.roles.get(regionKey(resource)) !== RegionRole.STANDBY
    )
      return AT_ONCE;
    const own = unitsOf(resource);
    const needed = this.#unitsNeeded(resource);
    if (own === undefined || own >= needed) return AT_ONCE;
    const fix = 'run as many units in the standby as in the region that serves';
    const units = inSequence(...started(resource, undefined, fix));
    // A plan that starts no units leaves them to the load that it leads there.
    if (this.#plan && own === 0) return inSequence(this.#plan.path, units);
    if (this.#plan && plansScale(resource.stack.graph)) return this.#plan.path;
    const grown = isGrown(resource) && (mostRunningOf(resource) ?? needed) >= needed;
    if (own === 0 || !grown) return this.#byPeople(units);
    return inSequence(
      arrival(resource),
      taking(RECOVERY_FACTS.scalingAlarmSeconds, { what: 'an alarm asks for more units', resource, fix }),
      units,
    );
  }

  #unitsNeeded(resource: Resource): number {
    const peak = peakAfterFailover(resource, this.model.services);
    return Math.max(this.#unitsLost(resource), peak?.units ?? 0);
  }

  /** What the same kind of resource runs in the region that is lost. */
  #unitsLost({ type, logicalId }: Resource): number {
    const there = this.service.resources.filter(
      (other) => other.type === type && regionKey(other) === this.region,
    );
    const same = there.filter((other) => other.logicalId === logicalId);
    return Math.max(0, ...(same.length > 0 ? same : there).map((other) => unitsOf(other) ?? 0));
  }

  #byPeople(...steps: readonly (Step | Path)[]): Path {
    const fix = 'let a Region switch plan with triggers do it';
    return inSequence(this.#noticed, ...peopleDecide(fix), ...steps);
  }
}

/** What starts units is counted with the units. */
function startsUnits({ resources }: FaultEvent): boolean {
  return resources.some(({ type }) => SPREAD_TYPES.has(type));
}

/** Where something is built anew, records are changed to lead there. */
export function ledToNewPlace(path: Path, { nodes }: Structure): Path {
  if (!path.steps.some(({ rebuilds }) => rebuilds)) return path;
  const records = nodes
    .map(({ resource }) => resource)
    .filter(({ type }) => type.startsWith('AWS::Route53::RecordSet'))
    .flatMap((resource) => {
      const held = dnsRecordsOf(resource.stack.graph).of(resource);
      return held instanceof Unknown ? [] : held;
    });
  if (records.length === 0) return path;
  const changed = taking(RECOVERY_FACTS.recordChangeSeconds, {
    what: 'records are changed to lead to the new place',
    controlPlane: 'changes records of Route 53',
  });
  return inSequence(path, changed, longest(records.map((record) => inSequence(timeToLive(record)))));
}
