import { Span, type TimeSpan } from '../calculus/time-span';
import { ReplicationMode } from './policy/regions';

/** How late asynchronous replication may be. */
export interface AsynchronousReplication {
  /** The most that the second place may be behind, and so the data that may be lost. */
  readonly maxLag: TimeSpan;
}

/**
 * How data reaches its second place, and how late.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export class Replication {
  /** A write is acknowledged when both places have it: nothing is lost. */
  static synchronous(): Replication {
    return new Replication(ReplicationMode.SYNCHRONOUS, Span.ZERO);
  }

  /** A write is acknowledged before the other place has it: what it has not got yet is lost. */
  static asynchronous({ maxLag }: AsynchronousReplication): Replication {
    return new Replication(ReplicationMode.ASYNCHRONOUS, maxLag);
  }

  private constructor(
    readonly mode: ReplicationMode,

    /** The most that the second place is behind. */
    readonly lag: TimeSpan,
  ) {}
}
