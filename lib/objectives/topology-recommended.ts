import type { Design } from './feasibility';
import type { RecoveryApproach, ReplicationMode } from './policy/regions';

/** How DNS leads users to a region. */
export enum DnsRouting {
  /** To one region; a person moves the record. */
  SIMPLE = 'simple',

  /** To the primary, and to the standby while the primary is unhealthy. */
  FAILOVER = 'failover',

  /** To the healthy region that answers fastest. */
  LATENCY = 'latency',
}

/** One reason for a recommendation. */
export interface TopologyReason {
  readonly because: string;

  /** The page that says so, or the words "own decision" where no page does. */
  readonly source: string;
}

/** How a service should stand in regions, and why. */
export interface Topology {
  /** How it comes back when a region is lost. */
  readonly approach: RecoveryApproach;

  /** How its data gets to the other region; `NONE` for a service without data of its own. */
  readonly replication: ReplicationMode;

  /** How DNS leads users to a region. */
  readonly routing: DnsRouting;

  /** Stores that keep the recovery point and time, in words. Empty for a service without data of its own. */
  readonly stores: readonly string[];

  /** What `checkDesign` holds against objectives. */
  readonly design: Design;

  readonly reasons: readonly TopologyReason[];

  /** What would be recommended if one need were another, in words. */
  readonly wouldChange: readonly string[];
}
