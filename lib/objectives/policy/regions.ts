import { Span, type TimeSpan } from '../../calculus/time-span';
import { type Decided, type Rows, row } from './decided';
import { DR_WHITEPAPER, NAT_GATEWAYS, OWN_DECISION, STATIC_STABILITY } from './sources';

/** How a service comes back when a region is lost; the names of AWS Resilience Hub. */
export enum RecoveryApproach {
  /** Both regions serve. */
  ACTIVE_ACTIVE = 'ACTIVE_ACTIVE',

  /** The other region runs at full size and waits. */
  HOT_STANDBY = 'HOT_STANDBY',

  /** The other region runs at reduced size and is scaled up. */
  WARM_STANDBY = 'WARM_STANDBY',

  /** Only the data is in the other region; compute is started there. */
  PILOT_LIGHT = 'PILOT_LIGHT',

  /** Copies of backups are in another region; everything is built there. */
  BACKUP_AND_RESTORE = 'BACKUP_AND_RESTORE',
}

/** The shortest time in which an approach has been seen to bring a region back; shorter promises contradict it. */
export const FASTEST_RECOVERY: Readonly<Record<RecoveryApproach, Decided<TimeSpan>>> = {
  [RecoveryApproach.ACTIVE_ACTIVE]: fastest(Span.ZERO, 'the other region already serves'),
  [RecoveryApproach.HOT_STANDBY]: fastest(Span.minutes(1), 'the other region only has to be switched to'),
  [RecoveryApproach.WARM_STANDBY]: fastest(Span.minutes(5), 'minutes: promotion and scaling'),
  [RecoveryApproach.PILOT_LIGHT]: fastest(
    Span.minutes(20),
    'tens of minutes: compute is started from nothing',
  ),
  [RecoveryApproach.BACKUP_AND_RESTORE]: fastest(Span.hours(4), 'hours: everything is built and restored'),
};

function fastest(value: TimeSpan, because: string): Decided<TimeSpan> {
  return { value, because, source: `${DR_WHITEPAPER} for the order of magnitude; the number is our own` };
}

/** How data reaches its second place. */
export enum ReplicationMode {
  /** A write is acknowledged when both places have it: nothing is lost. */
  SYNCHRONOUS = 'synchronous',

  /** A write is acknowledged before the other place has it: the lag is lost. */
  ASYNCHRONOUS = 'asynchronous',

  /** The other place gets backups: the interval and more is lost. */
  BACKUP_COPIES = 'backup-copies',

  /** There is no second place. */
  NONE = 'none',
}

/** Where a tier runs and how its data gets there. */
export interface PlacementPolicy {
  /** How many regions run the service (copies of backups alone do not count). */
  readonly regionCount: Decided<number>;

  /** How it comes back when a region is lost. */
  readonly approach: Decided<RecoveryApproach>;

  /** Weaker than this needs a reason. */
  readonly weakestApproach: Decided<RecoveryApproach>;

  /** Zones that compute runs in. */
  readonly zones: Decided<number>;

  /** Fewer zones than this need a reason. */
  readonly minimumZones: Decided<number>;

  /** NAT gateways, each in its own zone. One regional NAT gateway does as well at every tier. */
  readonly natGateways: Decided<number>;

  /** How data reaches a second zone. */
  readonly zoneReplication: Decided<ReplicationMode>;

  /** How data reaches a second region. */
  readonly regionReplication: Decided<ReplicationMode>;

  /** Ways to store data that keep the promise, the preferred first, in words. */
  readonly dataReplication: Decided<readonly string[]>;
}

const { ACTIVE_ACTIVE, HOT_STANDBY, WARM_STANDBY, BACKUP_AND_RESTORE } = RecoveryApproach;
const { SYNCHRONOUS, ASYNCHRONOUS, BACKUP_COPIES } = ReplicationMode;

/** @internal */
export const PLACEMENT: Rows<PlacementPolicy> = {
  regionCount: row({
    values: [2, 2, 1, 1],
    because: [
      'a region is lost within the recovery time only if another one already serves; a witness may join as a third',
      'a warm standby answers within the hour',
      'hours are owed: copies in a second region are enough',
      'days are owed: copies in a second region are enough',
    ],
    source: DR_WHITEPAPER,
  }),
  approach: row({
    values: [ACTIVE_ACTIVE, WARM_STANDBY, BACKUP_AND_RESTORE, BACKUP_AND_RESTORE],
    because: [
      'near zero recovery time: a 15 min failover alone spends a quarter of the yearly budget',
      'minutes to tens of minutes at less than the cost of a second full region',
      'hours are owed; a pilot light shortens them',
      'days are owed',
    ],
    source: DR_WHITEPAPER,
  }),
  weakestApproach: row({
    values: [HOT_STANDBY, WARM_STANDBY, BACKUP_AND_RESTORE, BACKUP_AND_RESTORE],
    because: 'the cheapest approach that usually keeps the region recovery time of the tier',
    source: DR_WHITEPAPER,
  }),
  zones: row({
    values: [3, 3, 3, 2],
    because: [
      'three zones survive the loss of one with 150 % of the peak; two would need 200 %',
      'three zones survive the loss of one with 150 % of the peak; two would need 200 %',
      'three zones survive the loss of one with less spare capacity than two',
      'two zones are the least that survives the loss of one',
    ],
    source: STATIC_STABILITY,
  }),
  minimumZones: row({
    values: [3, 3, 2, 2],
    because: 'quorums and N+1 capacity need three zones; survival needs two',
    source: OWN_DECISION,
  }),
  natGateways: row({
    values: [3, 3, 3, 1],
    because: [
      'a NAT gateway lives in one zone: each zone leaves by its own',
      'a NAT gateway lives in one zone: each zone leaves by its own',
      'with two for three zones, two zones go when one does: the recovery time of a lost zone would not be kept',
      'one NAT gateway: its zone is a single point of failure for outgoing calls, as the tier allows',
    ],
    source: NAT_GATEWAYS,
  }),
  zoneReplication: row({
    values: [SYNCHRONOUS, SYNCHRONOUS, SYNCHRONOUS, SYNCHRONOUS],
    because:
      'regional services and Multi-AZ databases write to several zones; a single zone is for non-production only',
    source: OWN_DECISION,
  }),
  regionReplication: row({
    values: [ASYNCHRONOUS, ASYNCHRONOUS, BACKUP_COPIES, BACKUP_COPIES],
    because: [
      'seconds of lag keep the recovery point of a minute; a recovery point of 0 needs a synchronous store',
      'seconds of lag keep the recovery point of five minutes',
      'copies of backups keep the recovery point of a day',
      'copies of backups keep the recovery point of two days',
    ],
    source: DR_WHITEPAPER,
  }),
  dataReplication: row<readonly string[]>({
    values: [
      [
        'DynamoDB global table with strong consistency',
        'Aurora DSQL',
        'Aurora Global Database with write forwarding',
        'cache that can be rebuilt',
      ],
      [
        'Aurora Global Database',
        'DynamoDB global table with eventual consistency',
        'RDS Multi-AZ with a cross-region replica',
      ],
      ['Multi-AZ store with copies of backups in a second region'],
      ['Multi-AZ store with copies of backups in a second region', 'single-zone store outside production'],
    ],
    because: 'these keep the recovery points of the tier when a zone or a region is lost',
    source: OWN_DECISION,
  }),
};
