import type { Service } from './service';
import type { Tier } from './tier';
import { tierPolicy } from './tier-policy';

/**
 * What detection may take of the time in which a service must be back after the loss of a region: the rest is for those who
 * decide and for what they do. An own decision.
 */
export const DETECTION_SHARE = 0.5;

/**
 * Seconds within which an outage must be found: of a service, else of what its tier owes.
 *
 * @throws ConfigurationError for a number that is no tier
 */
export function detectionSeconds(tier: Tier, service?: Service): number {
  const rto = service?.objectives.region.rto ?? tierPolicy(tier).recovery.region.rto.value;
  return rto.toSeconds() * DETECTION_SHARE;
}
