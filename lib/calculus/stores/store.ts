import type { Confidence } from '../fact';

/** What kind of data a store is made for; stores of one family can take each other's place. */
export type StoreFamily =
  | 'relational'
  | 'key-value'
  | 'object'
  | 'file'
  | 'cache'
  | 'document'
  | 'graph'
  | 'search'
  | 'stream'
  | 'queue'
  | 'secret'
  | 'image'
  | 'key';

/** What is left after a disruption, and when, in seconds. `Infinity` where nothing is left. */
export interface StoreRecovery {
  /** The most data, in time, that is lost. */
  readonly rpoSeconds: number;

  /** From the start of the disruption until the data can be read and written again, at its worst. */
  readonly rtoSeconds: number;
}

/** A store in one way of replicating, and what it can keep. */
export interface StoreFact {
  /** The store with its replication, in words: `Aurora Global Database`. */
  readonly store: string;

  readonly family: StoreFamily;

  /** Without its own region's other parts: one instance or node lost. */
  readonly instance: StoreRecovery;

  /** One zone lost. */
  readonly availabilityZone: StoreRecovery;

  /** The region lost, by replication alone; copies of backups come beside it. */
  readonly region: StoreRecovery;

  /**
   * Data repaired by the store's own continuous backups or versions, else from the snapshots of AWS Backup. `Infinity` where
   * there are neither: then nothing is owed, and the row says why.
   */
  readonly dataRepair: StoreRecovery;

  /** The page that says so, for what a page says. */
  readonly source: string;

  /** When it was read, `YYYY-MM`. */
  readonly asOf: string;

  /** The weakest of what stands behind the numbers. */
  readonly confidence: Confidence;
}

/** Nothing is lost and nobody waits. @internal */
export const UNHARMED: StoreRecovery = { rpoSeconds: 0, rtoSeconds: 0 };

/** Nothing is left. @internal */
export const LOST: StoreRecovery = {
  rpoSeconds: Number.POSITIVE_INFINITY,
  rtoSeconds: Number.POSITIVE_INFINITY,
};
