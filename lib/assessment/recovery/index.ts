import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import {
  DATA_DISRUPTIONS,
  type DataDisruption,
  DISRUPTIONS,
  type Disruption,
} from '../../objectives/disruption';
import { RegionRole } from '../../objectives/region-role';
import type { AssessedService } from '../assessed-service';
import type { ControlPlaneNeed, Recovery, ServiceAssessment } from '../assessment';
import { isRebuildable } from '../data-owed';
import { type Modelling, nameOf, regionKey } from '../modelling';
import type { ServiceFailures } from '../service-failure';
import { recoveryAfter } from './after-loss';
import { dataRepaired } from './data-repair';
import { planeOf } from './impaired';
import { LocalLosses } from './local-losses';
import { nothingSeen } from './nothing-seen';
import { besideOwed, type OwedLoss } from './owed-loss';
import type { Path } from './path';
import { dataLost } from './recovery-point';
import { regionLost } from './region-loss';
import { rolledBack } from './rollback';
import type { Store } from './store';
import { holdsOwnData, storeFor } from './stores';
import { recovery } from './verdict';
import { Structure } from './walk';

/** What recovery is worked out from. */
export interface RecoveryInput {
  readonly service: AssessedService;
  readonly failures: ServiceFailures;
  readonly model: Modelling;
}

/** How a service comes back, and what of AWS must work for it. */
export interface Recoveries {
  readonly recovery: Readonly<Record<Disruption, Recovery>>;

  /** How it comes back from what is named. */
  readonly recoveryFrom: ServiceAssessment['recoveryFrom'];

  /** What a recovery needs of a control plane: while only the data plane of AWS works, it waits. */
  readonly controlPlane: readonly ControlPlaneNeed[];
}

/** How a service comes back from each kind of disruption. */
export function recoveryOf({ service, failures, model }: RecoveryInput): Recoveries {
  const structure = new Structure(failures.ofService(service), failures.ofResource);
  const stores = storesOf(service, structure, model);
  const keepsData = () => service.resources.some((resource) => storeFor(resource, model) !== undefined);
  const paths: Readonly<Record<Disruption, Path>> = {
    rollback: rolledBack(service, structure),
    dataRepair: dataRepaired(stores),
    instance: new LocalLosses(structure, service, model).instance(),
    availabilityZone: new LocalLosses(structure, service, model).zone(),
    region: regionLost(structure, service, model),
  };
  const entries = DISRUPTIONS.map((disruption) => [
    disruption,
    recovery(service, disruption, paths[disruption], {
      losses: lossesOf(service, stores, disruption),
      nothingSeen: nothingSeen(disruption, paths[disruption], { structure, keepsData }),
    }),
  ]);
  return {
    recovery: Object.fromEntries(entries) as Record<Disruption, Recovery>,
    recoveryFrom: (lost, disruption) =>
      recoveryAfter({ service, structure, stores, model }, lost, disruption),
    controlPlane: DISRUPTIONS.flatMap((disruption) => needsOf(paths[disruption], disruption)),
  };
}

/** What a service keeps and cannot make again. */
function storesOf(service: AssessedService, { nodes }: Structure, model: Modelling): readonly Store[] {
  const used = new Set(nodes.map(({ resource }) => resource));
  return service.resources.flatMap((resource) => {
    const store = storeFor(resource, model);
    return store && holdsOwnData(resource, used.has(resource)) && isKept(resource, service, model)
      ? [store]
      : [];
  });
}

function isKept(resource: Resource, { dataClasses }: AssessedService, model: Modelling): boolean {
  const rebuildable = isRebuildable(resource, dataClasses);
  if (rebuildable instanceof Unknown)
    model.assume(`${nameOf(resource)} counts as not rebuildable: ${rebuildable.reason}`, resource);
  return rebuildable !== true;
}

/** What each store loses, beside what its data is owed. */
function lossesOf(
  service: AssessedService,
  stores: readonly Store[],
  disruption: Disruption,
): readonly OwedLoss[] {
  if (!isDataDisruption(disruption)) return [];
  return stores.flatMap((store): readonly OwedLoss[] => {
    // What a standby has is there in the region that serves.
    if (disruption === 'region' && isStandby(store, service)) return [];
    const lost = dataLost(store, disruption);
    return lost ? [besideOwed(lost, disruption, service)] : [];
  });
}

function isStandby({ resource }: Store, { roles }: AssessedService): boolean {
  return roles.size > 1 && roles.get(regionKey(resource)) === RegionRole.STANDBY;
}

function isDataDisruption(disruption: Disruption): disruption is DataDisruption {
  return (DATA_DISRUPTIONS as readonly Disruption[]).includes(disruption);
}

function needsOf({ controlPlane }: Path, disruption: Disruption): readonly ControlPlaneNeed[] {
  const needs = controlPlane.map((step) => {
    const { resource, controlPlane: what = '', source } = step;
    return { ...(resource && { resource }), disruption, what, plane: planeOf(step), source };
  });
  const key = ({ resource, what, plane }: ControlPlaneNeed) => `${resource?.id} ${what} ${plane}`;
  return [...new Map(needs.map((need) => [key(need), need] as const)).values()];
}
