import type { StoreFamily } from '../calculus/stores/store';
import type { TimeSpan } from '../calculus/time-span';
import type { Residency } from './residency';

/** What readers must see of a write. */
export enum ReadConsistency {
  /** Every reader sees the last write, wherever it was made. */
  STRONG = 'strong',

  /** Readers elsewhere may see it some seconds later. */
  EVENTUAL = 'eventual',
}

/** What happens when two regions write the same thing at once. */
export enum WriteConflicts {
  /** They never do: each thing has a region of its own, or is only added to. */
  NONE = 'none',

  /** The last one may win, or the service can merge them. */
  RESOLVABLE = 'resolvable',

  /** One of them would be wrong: stock, balances. */
  HARMFUL = 'harmful',
}

/** What a service needs when a region is lost. */
export interface TopologyNeeds {
  /** Whether it keeps data of its own. */
  readonly stateful: boolean;

  /** Recovery time objective for the loss of a region. */
  readonly rto: TimeSpan;

  /**
   * Recovery point objective for the loss of a region.
   *
   * @default - none is owed, which a service with data cannot have
   */
  readonly rpo?: TimeSpan;

  /**
   * Recovery point objective for damage to the data, which replication copies: a store with snapshots only loses hours.
   *
   * @default - not judged
   */
  readonly dataRepairRpo?: TimeSpan;

  /**
   * What readers must see of a write.
   *
   * @default ReadConsistency.EVENTUAL
   */
  readonly consistency?: ReadConsistency;

  /**
   * What happens when two regions write the same thing at once.
   *
   * @default WriteConflicts.HARMFUL
   */
  readonly writeConflicts?: WriteConflicts;

  /**
   * What kind of store the data needs.
   *
   * @default - a relational or a key-value store
   */
  readonly family?: StoreFamily;

  /**
   * The availability that is owed, as a fraction. One recovery must fit the year.
   *
   * @default - not judged
   */
  readonly slo?: number;

  /**
   * Whether users must stay with the server that they began with.
   *
   * @default false
   */
  readonly sessionAffinity?: boolean;

  /**
   * Where data may lie.
   *
   * @default - anywhere
   */
  readonly residency?: Residency;

  /**
   * Whether a second region at full size can be paid.
   *
   * @default true
   */
  readonly fullSecondRegion?: boolean;
}
