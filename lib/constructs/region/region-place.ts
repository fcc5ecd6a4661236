import type { RegionRole } from '../../objectives/region-role';

/** A region that a service runs in. */
export interface RegionPlace {
  /** The region by its code: `eu-west-1`. */
  readonly region: string;

  /** What it does for the service. */
  readonly role: RegionRole;

  /** Its zones by name: `eu-west-1a`. Named, so that nothing is looked up. */
  readonly availabilityZones: string[];

  /**
   * The account.
   *
   * @default - the account of the region set
   */
  readonly account?: string;
}
