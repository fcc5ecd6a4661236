import { Span, type TimeSpan } from '../../calculus/time-span';
import type { Tier } from '../tier';
import { column, type Decided, type Rows, row } from './decided';
import { DR_WHITEPAPER, OWN_DECISION } from './sources';

/** What is owed after one kind of disruption. */
export interface RecoveryPolicy {
  /** Recovery time objective: from the start of the disruption until users are served again. */
  readonly rto: Decided<TimeSpan>;

  /** Recovery point objective: the most data, in time, that may be lost. */
  readonly rpo: Decided<TimeSpan>;
}

/** A bad deploy is rolled back: code moves, data does not, so there is no recovery point. */
export type RollbackPolicy = Pick<RecoveryPolicy, 'rto'>;

/** What is owed for each kind of disruption. */
export interface RecoveryPolicies {
  /** A bad deploy, rolled back. */
  readonly rollback: RollbackPolicy;

  /** Data deleted or corrupted by software or people, repaired from a backup. Replication is no help: it copies the damage. */
  readonly dataRepair: RecoveryPolicy;

  /** One instance, task or node is lost. */
  readonly instance: RecoveryPolicy;

  /** One availability zone is lost. */
  readonly availabilityZone: RecoveryPolicy;

  /** A whole region is lost. */
  readonly region: RecoveryPolicy;
}

const { hours, minutes } = Span;

const ROLLBACK: Rows<RollbackPolicy> = {
  rto: row({
    values: [minutes(15), minutes(30), hours(4), hours(24)],
    because: 'alarm, decision and one rolling deploy of the version before',
    source: OWN_DECISION,
  }),
};

const DATA_REPAIR: Rows<RecoveryPolicy> = {
  rto: row({
    values: [hours(4), hours(8), hours(24), hours(72)],
    because: 'restores take hours, make a new resource, and someone must decide the point in time',
    source: OWN_DECISION,
  }),
  rpo: row({
    values: [minutes(5), minutes(5), hours(1), hours(48)],
    because: [
      'point-in-time recovery ends about five minutes before now; less needs versioned or append-only data',
      'point-in-time recovery ends about five minutes before now; less needs versioned or append-only data',
      'point-in-time recovery, with room for finding the moment of the damage',
      'the worst case of a daily backup (day, start window, duration, copy) fits',
    ],
    source: OWN_DECISION,
  }),
};

const INSTANCE: Rows<RecoveryPolicy> = {
  rto: row({
    values: [minutes(1), minutes(2), minutes(15), hours(4)],
    because: [
      'others of its kind already serve; only detection counts',
      'others of its kind already serve, or a database fails over to its standby',
      'a replacement is started by itself',
      'a person restarts or restores it',
    ],
    source: OWN_DECISION,
  }),
  rpo: row({
    values: [Span.ZERO, Span.ZERO, minutes(5), hours(24)],
    because: [
      'data is written to two zones before it is acknowledged',
      'data is written to two zones before it is acknowledged',
      'point-in-time recovery',
      'a daily backup or better',
    ],
    source: OWN_DECISION,
  }),
};

const AVAILABILITY_ZONE: Rows<RecoveryPolicy> = {
  rto: row({
    values: [minutes(2), minutes(5), minutes(15), hours(4)],
    because: [
      'capacity for the peak already runs in the other zones; a database failover takes up to two minutes',
      'capacity for the peak already runs in the other zones; a database failover and reconnects fit',
      'the other zones scale up',
      'a person restores into another zone',
    ],
    source: OWN_DECISION,
  }),
  rpo: row({
    values: [Span.ZERO, Span.ZERO, minutes(5), hours(24)],
    because: [
      'data is written to two zones before it is acknowledged',
      'data is written to two zones before it is acknowledged',
      'point-in-time recovery',
      'a daily backup or better',
    ],
    source: OWN_DECISION,
  }),
};

const REGION: Rows<RecoveryPolicy> = {
  rto: row({
    values: [minutes(15), minutes(60), hours(8), hours(72)],
    because: [
      'traffic shifts by itself; 15 min is the disaster bound, and less than 10 min is seldom kept',
      'tens of minutes: a warm standby is promoted and scaled, with a gate for one person',
      'hours: the region is rebuilt from code and restored from copies',
      'days: the region is rebuilt from code and restored from copies in working hours',
    ],
    source: DR_WHITEPAPER,
  }),
  rpo: row({
    values: [minutes(1), minutes(5), hours(24), hours(48)],
    because: [
      'asynchronous replication lags by seconds; 0 needs a store that writes to two regions synchronously',
      'asynchronous replication lags by seconds, with room for a burst',
      'the worst case of copies made every 12 h (interval, start window, duration, copy) fits',
      'the worst case of daily copies fits; without copies the risk must be accepted',
    ],
    source: DR_WHITEPAPER,
  }),
};

/**
 * What a tier owes after each kind of disruption.
 *
 * @internal
 */
export function recoveryPolicies(tier: Tier): RecoveryPolicies {
  return {
    rollback: column(ROLLBACK, tier),
    dataRepair: column(DATA_REPAIR, tier),
    instance: column(INSTANCE, tier),
    availabilityZone: column(AVAILABILITY_ZONE, tier),
    region: column(REGION, tier),
  };
}
