import type { UnitLoad } from './unit-load';

/** How much a service on instances has to carry, as far as nobody but its owner can know. */
export interface DeclaredInstanceLoad {
  /** How many instances carry the peak of the whole service, all regions together, when nothing is broken. */
  readonly peakInstances: number;

  /** How many requests a minute one instance serves, well, at the most. Measure it with a load test. */
  readonly requestsPerInstancePerMinute: number;

  /**
   * How many instances carry the average. Counts at tier 2 only, which owes to carry it after the loss of a zone.
   *
   * @default - half of `peakInstances`: an assumption
   */
  readonly averageInstances?: number;

  /**
   * What a standby region runs of the peak before a failover, as a fraction from 0 to 1.
   *
   * @default - 1 in a hot standby; 0 (nothing runs) in a pilot light or where backups are restored; in a warm standby 1
   * at tier 0, 0.5 at tier 1 (0.25 is the least without a reason), else the least number of instances
   */
  readonly standbyCapacity?: number;

  /**
   * Instances that are never stopped.
   *
   * @default - what carries the peak (tiers 0, 1) or the average (tier 2) after a zone is lost, else one
   */
  readonly minInstances?: number;

  /**
   * Instances that scaling may start.
   *
   * @default - twice as many as carry the peak
   */
  readonly maxInstances?: number;
}

/** A declared load in units. @internal */
export function instanceLoad(load: DeclaredInstanceLoad): UnitLoad {
  return {
    unit: 'Instance',
    peak: load.peakInstances,
    average: load.averageInstances,
    min: load.minInstances,
    max: load.maxInstances,
    requestsPerMinute: load.requestsPerInstancePerMinute,
    standbyCapacity: load.standbyCapacity,
  };
}
