import { registrationsOf } from '../../assembly/compute/load-balancer-targets';
import type { Resource } from '../../assembly/resource';
import type { DataDisruption } from '../../objectives/disruption';
import type { AssessedService } from '../assessed-service';
import type { Recovery } from '../assessment';
import type { FaultEvent } from '../failure';
import { mayStandIn, standingIn } from '../lost-zones';
import { type Modelling, regionKey } from '../modelling';
import { MEMBER, type NamedLoss } from '../named-loss';
import { inAnotherZone, inNewZones } from './elsewhere';
import { instancePath, LocalLosses, TARGET_GROUPS } from './local-losses';
import { LostData } from './lost-data';
import { troubleNoticed } from './noticing';
import { besideOwed, worstOf } from './owed-loss';
import { AT_ONCE, longest, type Path } from './path';
import { LostRegion, ledToNewPlace } from './region-loss';
import { comesBack } from './resource-loss';
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
export function recoveryAfter(input: AfterLossInput, lost: NamedLoss, disruption: DataDisruption): Recovery {
  const { service, structure, stores } = input;
  const here = new AfterLoss(input, lost).wayBack();
  const left = Number.isFinite(here.worstSeconds) ? undefined : leavingRegion(input, lost);
  const path = left?.path ?? here;
  const regions = new Set([...lost.regions, ...(left ? [left.region] : [])]);
  const data = new LostData(service, structure, { ...lost, regions });
  const losses = stores.flatMap((store) => data.of(store));
  const loss = worstOf(losses.map((each) => besideOwed(each, disruption, service)));
  return recovery(service, disruption, path, { loss });
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

function regionsHit({ nodes }: Structure, { zones, resources, units }: NamedLoss): readonly string[] {
  const ofUnits = [...nodes.map(({ resource }) => resource)].filter(({ id }) =>
    [...units].some((unit) => unit.startsWith(`resource:${id}#`)),
  );
  const all = [...new Set(nodes.map(({ resource }) => regionKey(resource)))];
  return [
    ...new Set([
      ...[...resources, ...ofUnits].map(regionKey),
      ...all.filter((region) => [...zones].some((zone) => mayStandIn(zone, region))),
    ]),
  ];
}

class AfterLoss {
  readonly #local: LocalLosses;
  readonly #regions: readonly LostRegion[];

  constructor(
    private readonly input: AfterLossInput,
    private readonly lost: NamedLoss,
    /** Regions that still stand, and that users are led out of. */
    left: ReadonlySet<string> = new Set(),
  ) {
    const { service, structure, model } = input;
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
    const known = new Map<Resource, Path>();
    const loss: Loss = {
      event: (event, of, from) => this.#event(event, of, from),
      beside: (of) => {
        const path = known.get(of) ?? this.#beside(of);
        known.set(of, path);
        return path;
      },
    };
    const lost = this.#regions.filter(({ region }) => this.lost.regions.has(region));
    return longest([
      ledToNewPlace(structure.wayBackFrom(loss), structure),
      ...lost.map((region) => region.leftBehind(structure)),
    ]);
  }

  #event(event: FaultEvent, of: Resource | undefined, from: string | undefined): Path {
    const { kind, id } = event;
    if (kind === 'switch') return this.#switched(event);
    if (of === undefined) return AT_ONCE;
    const { service, model } = this.input;
    const name = id.slice(id.indexOf(':') + 1);
    if (kind === 'region' && this.lost.regions.has(name))
      return this.#regions.find(({ region }) => region === name)?.rebuilt(of, from) ?? AT_ONCE;
    if (kind === 'zone' && this.lost.zones.has(name)) return inAnotherZone(of, service, model);
    return this.lost.units.has(id) ? instancePath(of, model) : AT_ONCE;
  }

  #switched(event: FaultEvent): Path {
    if (this.#regions.length === 0) return this.#local.switched(event);
    return longest(this.#regions.map((region) => region.switched(event)));
  }

  /** What a resource takes by itself: it is lost, it fails over, it takes over, it leaves out what is lost. */
  #beside(of: Resource): Path {
    const { service, model } = this.input;
    const standing = standingIn(of, this.lost.zones);
    return longest([
      ...this.#regions.flatMap((region) => [region.takenOver(of), region.scaledUp(of)]),
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
