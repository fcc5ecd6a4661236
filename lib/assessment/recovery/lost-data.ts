import type { Resource } from '../../assembly/resource';
import { RegionRole } from '../../objectives/region-role';
import type { AssessedService } from '../assessed-service';
import { standingIn } from '../lost-zones';
import { regionKey } from '../modelling';
import type { NamedLoss } from '../named-loss';
import { withoutItsZones } from './elsewhere';
import { beyond, type DataLost, dataLost } from './recovery-point';
import type { Store } from './store';
import type { Structure } from './walk';

/** Tables that take writes in each of their regions: the loss of one takes what it has not sent on yet. */
const WRITTEN_EVERYWHERE: ReadonlySet<string> = new Set([
  'AWS::Cassandra::Table',
  'AWS::DynamoDB::GlobalTable',
]);

/** What a store loses by losses that are named; of what is not hit, nothing. */
export class LostData {
  constructor(
    private readonly service: AssessedService,
    private readonly structure: Structure,
    private readonly lost: NamedLoss,
  ) {}

  of(store: Store): readonly DataLost[] {
    return [this.#withRegions(store), this.#withZones(store), this.#withInstances(store)].filter(
      (each) => each !== undefined,
    );
  }

  #withRegions(store: Store): DataLost | undefined {
    const { regions } = this.lost;
    if (regions.size === 0 || this.#isSpare(store.resource)) return undefined;
    const here = regions.has(regionKey(store.resource));
    const replica =
      WRITTEN_EVERYWHERE.has(store.resource.type) &&
      store.copies.some(({ region = '' }) => regions.has(region));
    return here || replica ? dataLost(here ? beyond(store, regions) : store, 'region') : undefined;
  }

  /** What a standby has is there in the region that serves, as long as one does. */
  #isSpare(resource: Resource): boolean {
    const { roles } = this.service;
    if (roles.get(regionKey(resource)) !== RegionRole.STANDBY) return false;
    return [...roles].some(([region, role]) => role !== RegionRole.STANDBY && !this.lost.regions.has(region));
  }

  #withZones(store: Store): DataLost | undefined {
    const { resource } = store;
    const standing = standingIn(resource, this.lost.zones);
    if (standing === 'only') return dataLost(withoutItsZones(store), 'availabilityZone');
    const zonal = this.structure.zonal.has(resource);
    const hit = zonal ? this.#worksThere(resource) : standing !== 'elsewhere';
    return hit ? dataLost(store, 'availabilityZone') : undefined;
  }

  /** Whether something that stands in single zones works in one that is lost. */
  #worksThere(resource: Resource): boolean {
    return this.structure.zonesOf(resource).some((zone) => this.lost.zones.has(zone));
  }

  #withInstances(store: Store): DataLost | undefined {
    const { resources, units } = this.lost;
    const unit = [...units].some((id) => id.startsWith(`resource:${store.resource.id}#`));
    return resources.has(store.resource) || unit ? dataLost(store, 'instance') : undefined;
  }
}
