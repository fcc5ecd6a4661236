import type { Range } from '../assembly/range';
import { RegionRole } from '../objectives/region-role';
import type { ResolvedService } from './services';

/**
 * Whether nothing runs on purpose: in the standby region of a service whose tier has compute started by the failover (a
 * pilot light, or a restore).
 */
export function startsLate({ catalogue, policy }: ResolvedService, units: Range): boolean {
  return (
    units.most === 0 &&
    catalogue?.role === RegionRole.STANDBY &&
    policy.minimumStandbyRegionCapacity.value === 0
  );
}

/** Why a rule on what runs does not apply there. */
export const STARTS_LATE =
  'nothing runs in a standby region before the failover starts it, as the tier allows';
