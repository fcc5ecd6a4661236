import { refuse } from './mistakes';
import { AVAILABILITY, type AvailabilityPolicy } from './policy/availability';
import { BACKUP, type BackupPolicy } from './policy/backup';
import { CAPACITY, type CapacityPolicy } from './policy/capacity';
import { column } from './policy/decided';
import { MESSAGES, type MessagePolicy } from './policy/messages';
import { OPERATIONS, type OperationsPolicy } from './policy/operations';
import { type RecoveryPolicies, recoveryPolicies } from './policy/recovery';
import { PLACEMENT, type PlacementPolicy } from './policy/regions';
import { TRAFFIC, type TrafficPolicy } from './policy/traffic';
import { TIERS, type Tier, tierMistakes } from './tier';

/** Everything that a tier decides. Each value can be overridden; a weaker one needs a reason. */
export interface TierPolicy
  extends AvailabilityPolicy,
    PlacementPolicy,
    TrafficPolicy,
    CapacityPolicy,
    BackupPolicy,
    MessagePolicy,
    OperationsPolicy {
  readonly tier: Tier;

  /** Recovery time and recovery point for each kind of disruption. */
  readonly recovery: RecoveryPolicies;
}

const POLICIES: readonly TierPolicy[] = TIERS.map((tier) => ({
  tier,
  ...column(AVAILABILITY, tier),
  ...column(PLACEMENT, tier),
  ...column(TRAFFIC, tier),
  ...column(CAPACITY, tier),
  ...column(BACKUP, tier),
  ...column(MESSAGES, tier),
  ...column(OPERATIONS, tier),
  recovery: recoveryPolicies(tier),
}));

/**
 * What a tier decides, each value with its reason and its source. Pure data.
 *
 * @throws ConfigurationError for what is no tier
 */
export function tierPolicy(tier: Tier): TierPolicy {
  refuse('tier', tierMistakes(tier));
  return POLICIES[tier] as TierPolicy;
}
