import type { Range } from '../assembly/range';
import { RecoveryApproach } from '../objectives/policy/regions';
import { RegionRole } from '../objectives/region-role';
import type { ResolvedService } from './services';
import { OWES_ONE_UNIT, owesOneUnit } from './single-unit';

/**
 * Whether nothing runs on purpose: in the standby region of a service whose tier has compute started by the failover (a
 * pilot light, or a restore).
 */
export function startsLate({ role, approach, policy }: ResolvedService, units: Range): boolean {
  return (
    units.most === 0 &&
    role === RegionRole.STANDBY &&
    policy.minimumStandbyRegionCapacity.value === 0 &&
    (approach === undefined || STARTED_BY_FAILOVER.includes(approach))
  );
}

const { PILOT_LIGHT, BACKUP_AND_RESTORE, WARM_STANDBY } = RecoveryApproach;

/** The approaches in which nothing runs in the standby region before. */
const STARTED_BY_FAILOVER: readonly RecoveryApproach[] = [PILOT_LIGHT, BACKUP_AND_RESTORE];

/** The approaches in which less runs there before. */
const GROWN_BY_FAILOVER: readonly RecoveryApproach[] = [...STARTED_BY_FAILOVER, WARM_STANDBY];

/** Whether less runs on purpose, in the standby region of a service whose tier has it grown by the failover. */
function growsLate({ role, approach, policy }: ResolvedService): boolean {
  return (
    role === RegionRole.STANDBY &&
    policy.minimumStandbyRegionCapacity.value < 1 &&
    (approach === undefined || GROWN_BY_FAILOVER.includes(approach))
  );
}

/** Why a service owes no second unit, where it owes none. */
export function whyOneUnitWillDo(service: ResolvedService): string | undefined {
  if (owesOneUnit(service)) return OWES_ONE_UNIT;
  return growsLate(service) ? 'a standby region is grown by the failover, as the tier allows' : undefined;
}

/** Why a rule on what runs does not apply there. */
export const STARTS_LATE =
  'nothing runs in a standby region before the failover starts it, as the tier allows';
