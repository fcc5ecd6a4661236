import type { Construct } from 'constructs';
import { RegionRole } from '../../objectives/region-role';
import { membershipOf } from '../region/membership';

/** Whether the region of a construct serves, as every region does that belongs to no set of them. @internal */
export function serves(construct: Construct): boolean {
  const role = membershipOf(construct)?.place.role;
  return role === undefined || role === RegionRole.PRIMARY || role === RegionRole.ACTIVE;
}
