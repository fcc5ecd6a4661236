import { type Chosen, decide } from '../../objectives/decision';
import { RegionRole } from '../../objectives/region-role';
import type { Tier } from '../../objectives/tier';
import { tierPolicy } from '../../objectives/tier-policy';
import type { Weakening } from '../../objectives/weakening';
import type { RegionPlace } from './region-place';

/** The regions of a set, and leave to have fewer than the tier owes. @internal */
export interface CountedRegions {
  readonly regions: readonly RegionPlace[];
  readonly weakening: Weakening | undefined;

  /**
   * Whether standby regions hold copies of backups alone, which does not count.
   *
   * @default false
   */
  readonly copiesOnly?: boolean;
}

/**
 * Holds the number of regions that run the service against its tier. A witness runs nothing.
 *
 * @throws ConfigurationError when there are fewer than the tier owes and no weakening
 * @internal
 */
export function decideRegionCount(
  path: string,
  tier: Tier,
  { regions, weakening, copiesOnly = false }: CountedRegions,
): Chosen<number> {
  const runs = ({ role }: RegionPlace): boolean =>
    role !== RegionRole.WITNESS && !(copiesOnly && role === RegionRole.STANDBY);
  return decide({
    path,
    what: 'regions',
    owed: tierPolicy(tier).regionCount,
    override: regions.filter(runs).length,
    isWeaker: (mine, owed) => mine < owed,
    weakening,
  });
}
