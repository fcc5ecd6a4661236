import { registrationsOf } from '../../assembly/compute/load-balancer-targets';
import type { Resource } from '../../assembly/resource';
import type { Disruption } from '../../objectives/disruption';
import type { AssessedService } from '../assessed-service';
import type { Recovery } from '../assessment';
import type { FaultEvent } from '../failure';
import { mayStandIn, standingIn } from '../lost-zones';
import { type Modelling, regionKey } from '../modelling';
import { areUnitsLost, MEMBER, type NamedLoss } from '../named-loss';
import { scalingIdOf } from '../scaling';
import { type Arrival, arrivalAfter } from './arrival';
import { inAnotherZone, inNewZones } from './elsewhere';
import { waitsFor, whileImpaired } from './impaired';
import { instancePath, LocalLosses, TARGET_GROUPS } from './local-losses';
import { LostData } from './lost-data';
import { troubleNoticed } from './noticing';
import { besideOwed } from './owed-loss';
import { AT_ONCE, backSometime, longest, type Path } from './path';
import { LostRegion, ledToNewPlace } from './region-loss';
import { comesBack } from './resource-loss';
import { rolledBack } from './rollback';
import type { Store } from './store';
import { targetOut } from './units';
import { recovery } from './verdict';
import type { Loss, Structure } from './walk';

/** What the way back from a loss is worked out from. */
export interface AfterLossInput {
  readonly service: AssessedService;
  readonly structure: Structure;
  readonly stores: readonly Store[];
  readonly model: Modelling;
}

/** How a service comes back from losses that are named, together: along what they hit, and nothing else. */
export function recoveryAfter(input: AfterLossInput, lost: NamedLoss, disruption: Disruption): Recovery {
  const { service, structure, stores } = input;
  const here = new AfterLoss(input, lost).wayBack();
  const left = Number.isFinite(here.worstSeconds) ? undefined : leavingRegion(input, lost);
  const path = left?.path ?? here;
  const regions = new Set([...lost.regions, ...(left ? [left.region] : [])]);
  const data = new LostData(service, structure, { ...lost, regions });
  const losses = stores.flatMap((store) => data.of(store));
  const owed = disruption === 'rollback' ? 'instance' : disruption;
  return recovery(service, disruption, path, {
    losses: losses.map((each) => besideOwed(each, owed, service)),
  });
}

/** Where nothing comes back in a region, or nobody knows when, users are led to another one as if it were lost. */
function leavingRegion(
  input: AfterLossInput,
  lost: NamedLoss,
): { readonly region: string; readonly path: Path } | undefined {
  const [region, ...others] = regionsHit(input.structure, lost);
  if (region === undefined || others.length > 0 || lost.regions.size > 0) return undefined;
  const path = new AfterLoss(input, lost, new Set([region])).wayBack();
  return Number.isFinite(path.worstSeconds) ? { region, path } : undefined;
}

function regionsHit({ nodes }: Structure, { zones, resources, units, events }: NamedLoss): readonly string[] {
  const ofUnits = [...nodes.map(({ resource }) => resource)].filter(({ id }) =>
    [...units].some((unit) => unit.startsWith(`resource:${id}#`)),
  );
  const all = [...new Set(nodes.map(({ resource }) => regionKey(resource)))];
  return [
    ...new Set([
      ...[...resources, ...ofUnits].map(regionKey),
      ...all.filter((region) => [...zones].some((zone) => mayStandIn(zone, region))),
      ...all.filter((region) => [...events].some((id) => id.endsWith(`@${region}`))),
    ]),
  ];
}

/** What the ids of control planes begin with. */
const PLANE = 'control-plane:';

class AfterLoss {
  readonly #local: LocalLosses;
  readonly #regions: readonly LostRegion[];
  readonly #happened: ReadonlySet<string>;

  constructor(
    private readonly input: AfterLossInput,
    private readonly lost: NamedLoss,
    /** Regions that still stand, and that users are led out of. */
    left: ReadonlySet<string> = new Set(),
  ) {
    const { service, structure, model } = input;
    this.#happened = new Set([...lost.events, ...[...lost.planes].map((plane) => `${PLANE}${plane}`)]);
    this.#local = new LocalLosses(structure, service, model);
    const gone = new Set([...lost.regions, ...left]);
    const [culprit] = [...lost.resources];
    this.#regions = [...gone].sort().map(
      (region) =>
        new LostRegion(region, service, model, {
          gone,
          ...(left.has(region) && { noticed: troubleNoticed(culprit) }),
        }),
    );
  }

  wayBack(): Path {
    const { structure } = this.input;
    const loss = (arrival: Arrival) => this.#loss(arrival);
    const arrival = arrivalAfter(structure, loss, (event) =>
      longest(this.#regions.map((region) => region.led(event))),
    );
    const lost = this.#regions.filter(({ region }) => this.lost.regions.has(region));
    return longest(
      [
        ledToNewPlace(structure.wayBackFrom(loss(arrival)), structure),
        ...lost.map((region) => region.leftBehind(structure)),
      ].map((path) => this.#unlessImpaired(path)),
    );
  }

  #loss(arrival: Arrival): Loss {
    const known = new Map<Resource, Path>();
    return {
      event: (event, of, from) => this.#unlessImpaired(this.#event(event, of, from)),
      beside: (of) => {
        const path = known.get(of) ?? this.#unlessImpaired(this.#beside(of, arrival));
        known.set(of, path);
        return path;
      },
    };
  }

  #unlessImpaired(path: Path): Path {
    return whileImpaired(path, this.lost.planes);
  }

  #event(event: FaultEvent, of: Resource | undefined, from: string | undefined): Path {
    const { kind, id } = event;
    if (this.#happened.has(id)) return this.#isBuiltAnew(event, of) ? AT_ONCE : this.#mended(event);
    if (kind === 'switch') return this.#switched(event);
    if (of === undefined) return AT_ONCE;
    const { service, model } = this.input;
    const name = id.slice(id.indexOf(':') + 1);
    if (kind === 'region' && this.lost.regions.has(name))
      return this.#regions.find(({ region }) => region === name)?.rebuilt(of, from) ?? AT_ONCE;
    if (kind === 'zone' && this.lost.zones.has(name)) return inAnotherZone(of, service, model);
    return areUnitsLost(event, this.lost) ? instancePath(of, model) : AT_ONCE;
  }

  /** Where the whole region is lost nothing is started there: what stood in it is built in another one, whose control plane works. */
  #isBuiltAnew({ id, kind, resources: [own] }: FaultEvent, of: Resource | undefined): boolean {
    if (of === undefined || !this.lost.regions.has(regionKey(of))) return false;
    return kind === 'controlPlane' || (own !== undefined && id === scalingIdOf(own));
  }

  /** What is neither a place nor a resource of the service comes back by whoever runs it; software by the version before. */
  #mended({ kind, what, id, resources: [resource] }: FaultEvent): Path {
    const { structure, model, service } = this.input;
    if (kind === 'controlPlane')
      return waitsFor({ controlPlane: 'is launched', plane: id.slice(PLANE.length) });
    if (kind === 'software') {
      const bad = [service, ...model.services].find(({ name }) => id === `software:${name}`);
      return rolledBack(bad ?? service, structure);
    }
    if (resource && id === scalingIdOf(resource) && this.lost.planes.has(regionKey(resource)))
      return waitsFor({ controlPlane: 'starts more units', resource });
    return backSometime({ what: `nothing says when it works again: ${what}`, source: 'no page says so' });
  }

  #switched(event: FaultEvent): Path {
    if (this.#regions.length === 0) return this.#local.switched(event);
    return longest(this.#regions.map((region) => region.switched(event)));
  }

  /** What a resource takes by itself: it is lost, it fails over, it takes over, it leaves out what is lost. */
  #beside(of: Resource, arrival: Arrival): Path {
    const { service, model } = this.input;
    const standing = standingIn(of, this.lost.zones);
    return longest([
      ...this.#regions.flatMap((region) => [region.takenOver(of), region.scaledUp(of, arrival)]),
      ...(this.lost.resources.has(of) ? [comesBack(of, model)] : []),
      ...(this.lost.units.has(`resource:${of.id}${MEMBER}`) ? [instancePath(of, model)] : []),
      standing === 'only' ? inNewZones(of, service, model) : AT_ONCE,
      standing === 'partly' || standing === 'perhaps' ? this.#local.failover(of) : AT_ONCE,
      TARGET_GROUPS.has(of.type) && this.#losesTargets(of) ? targetOut(of) : AT_ONCE,
    ]);
  }

  #losesTargets(group: Resource): boolean {
    const { resources, units, zones } = this.lost;
    return registrationsOf(group).registrations.some(
      (registration) =>
        resources.has(registration.by) ||
        [...units].some((id) => id.startsWith(`resource:${registration.by.id}#`)) ||
        standingIn(group, zones, registration.zones) !== 'elsewhere',
    );
  }
}
