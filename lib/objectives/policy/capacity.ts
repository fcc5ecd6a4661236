import { type Decided, type Rows, row } from './decided';
import { OWN_DECISION, STATIC_STABILITY } from './sources';

/** The load that must be carried after a zone is lost, before anything is started. */
export enum ZoneLossLoad {
  /** The peak: nothing needs to be started (static stability). */
  PEAK = 'peak',

  /** The average: automatic scaling does the rest. */
  AVERAGE = 'average',

  /** Nothing is promised; automatic scaling replaces what is lost. */
  NONE = 'none',
}

/** How much runs before it is needed. */
export interface CapacityPolicy {
  /** What the other zones carry at once when one is lost. */
  readonly zoneLossLoad: Decided<ZoneLossLoad>;

  /** What a second region runs of the global peak before a failover, as a fraction; 0 where there is none. */
  readonly standbyRegionCapacity: Decided<number>;

  /** Less than this fraction needs a reason. */
  readonly minimumStandbyRegionCapacity: Decided<number>;

  /** Units (tasks, instances) that a service never goes below. */
  readonly minimumUnits: Decided<number>;
}

/**
 * Capacity by tier.
 *
 * @internal
 */
export const CAPACITY: Rows<CapacityPolicy> = {
  zoneLossLoad: row({
    values: [ZoneLossLoad.PEAK, ZoneLossLoad.PEAK, ZoneLossLoad.AVERAGE, ZoneLossLoad.NONE],
    because: [
      'launches may fail exactly when a zone is lost; three zones at 50 % of the peak each need none',
      'launches may fail exactly when a zone is lost; three zones at 50 % of the peak each need none',
      'scaling from the average to the peak fits the recovery time',
      'a replacement in another zone fits the recovery time',
    ],
    source: STATIC_STABILITY,
  }),
  standbyRegionCapacity: row({
    values: [1, 0.5, 0, 0],
    because: [
      'each region carries the whole peak alone, or is scaled before traffic arrives by a plan within the recovery time',
      'half of the peak at once, scaled to all of it by the failover plan',
      'nothing runs in the second region',
      'nothing runs in the second region',
    ],
    source: OWN_DECISION,
  }),
  minimumStandbyRegionCapacity: row({
    values: [1, 0.25, 0, 0],
    because: [
      'each region carries the whole peak alone',
      'a quarter of the peak is the least from which scaling fits the hour',
      'nothing runs in the second region',
      'nothing runs in the second region',
    ],
    source: OWN_DECISION,
  }),
  minimumUnits: row({
    values: [3, 3, 2, 1],
    because: [
      'one in each of three zones',
      'one in each of three zones',
      'one in each of two zones',
      'a single unit, replaced by itself',
    ],
    source: OWN_DECISION,
  }),
};
