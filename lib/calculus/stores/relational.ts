import { BY_SNAPSHOTS, RESTORED_ELSEWHERE_SECONDS } from './snapshots';
import { LOST, type StoreFact, type StoreRecovery } from './store';

const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const AURORA = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

/**
 * A restore to a point in time ends about five minutes before now (documented). How long it takes depends on the size:
 * four hours is what we reckon with.
 */
const POINT_IN_TIME: StoreRecovery = { rpoSeconds: 300, rtoSeconds: 4 * 3600 };

/** Failover to the synchronous standby: typically 60 to 120 s, longer where large transactions must be recovered. */
const TO_STANDBY: StoreRecovery = { rpoSeconds: 0, rtoSeconds: 120 };

/** Failover to a reader with the same storage: typically less than 60 s, often less than 30 s. */
const TO_READER: StoreRecovery = { rpoSeconds: 0, rtoSeconds: 60 };

const MULTI_AZ_INSTANCE = {
  family: 'relational',
  instance: TO_STANDBY,
  availabilityZone: TO_STANDBY,
  dataRepair: POINT_IN_TIME,
  asOf: '2026-11',
} as const;

const AURORA_CLUSTER = {
  family: 'relational',
  instance: TO_READER,
  availabilityZone: TO_READER,
  dataRepair: POINT_IN_TIME,
  asOf: '2026-11',
} as const;

const GLOBAL_SOURCE = `${AURORA}/aurora-global-database-disaster-recovery.html`;

/** The least that `rds.global_db_rpo` takes, in seconds. Commits wait while every other region is further behind. */
export const MANAGED_RPO_FLOOR_SECONDS = 20;

/**
 * The lag of a global database is typically under a second, and nothing bounds it: a minute is what we reckon with.
 * Promotion takes minutes (documented); ten are what we reckon with, and thirty where instances must be created first.
 */
const GLOBAL_LAG_SECONDS = 60;
const PROMOTION_SECONDS = 600;
const HEADLESS_PROMOTION_SECONDS = 1800;

function auroraGlobal(store: string, rpoSeconds: number, rtoSeconds: number): StoreFact {
  return {
    ...AURORA_CLUSTER,
    store,
    region: { rpoSeconds, rtoSeconds },
    source: GLOBAL_SOURCE,
    confidence: 'assumed',
  };
}

/** Stores of this family, each in every way of replicating. @internal */
export const RELATIONAL = {
  rdsMultiAzInstance: {
    ...MULTI_AZ_INSTANCE,
    store: 'RDS Multi-AZ instance',
    region: LOST,
    source: `${RDS}/Concepts.MultiAZ.Failover.html`,
    confidence: 'assumed',
  },

  // Backups follow by 5 to 30 minutes, and are restored as any other; AWS offers it for instances only.
  rdsMultiAzInstanceWithBackupReplication: {
    ...MULTI_AZ_INSTANCE,
    store: 'RDS Multi-AZ instance with automated backups in another region',
    region: { rpoSeconds: 1800, rtoSeconds: RESTORED_ELSEWHERE_SECONDS },
    source:
      'https://docs.aws.amazon.com/prescriptive-guidance/latest/dr-standard-edition-amazon-rds/rds-pitr-snapshot.html',
    confidence: 'assumed',
  },

  // Nothing bounds the lag of a read replica: with an alarm on it, five minutes are what we reckon with.
  rdsMultiAzInstanceWithReadReplica: {
    ...MULTI_AZ_INSTANCE,
    store: 'RDS Multi-AZ instance with a read replica in another region',
    region: { rpoSeconds: 300, rtoSeconds: 1800 },
    source: `${RDS}/USER_ReadRepl.XRgn.html`,
    confidence: 'assumed',
  },

  // Typically under 35 s, longer with replica lag. It can neither be replicated to another region, nor can its backups.
  rdsMultiAzCluster: {
    family: 'relational',
    store: 'RDS Multi-AZ cluster',
    instance: TO_READER,
    availabilityZone: TO_READER,
    region: LOST,
    dataRepair: POINT_IN_TIME,
    source: `${RDS}/multi-az-db-clusters-concepts-failover.html`,
    asOf: '2026-11',
    confidence: 'assumed',
  },

  auroraCluster: {
    ...AURORA_CLUSTER,
    store: 'Aurora cluster with readers',
    region: LOST,
    source: `${AURORA}/Concepts.AuroraHighAvailability.html`,
    confidence: 'assumed',
  },

  auroraGlobal: auroraGlobal('Aurora Global Database', GLOBAL_LAG_SECONDS, PROMOTION_SECONDS),

  auroraGlobalManagedRpo: auroraGlobal(
    'Aurora Global Database (PostgreSQL) with rds.global_db_rpo',
    MANAGED_RPO_FLOOR_SECONDS,
    PROMOTION_SECONDS,
  ),

  auroraGlobalHeadless: auroraGlobal(
    'Aurora Global Database without instances in the standby',
    GLOBAL_LAG_SECONDS,
    HEADLESS_PROMOTION_SECONDS,
  ),

  auroraGlobalHeadlessManagedRpo: auroraGlobal(
    'Aurora Global Database (PostgreSQL) with rds.global_db_rpo, without instances in the standby',
    MANAGED_RPO_FLOOR_SECONDS,
    HEADLESS_PROMOTION_SECONDS,
  ),

  // No instances to lose and nothing to fail over; open transactions are retried. It has no point-in-time recovery.
  dsql: {
    family: 'relational',
    store: 'Aurora DSQL',
    instance: { rpoSeconds: 0, rtoSeconds: 10 },
    availabilityZone: { rpoSeconds: 0, rtoSeconds: 60 },
    region: LOST,
    dataRepair: BY_SNAPSHOTS,
    source: 'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/disaster-recovery-resiliency.html',
    asOf: '2026-11',
    confidence: 'assumed',
  },

  // Both regions write; callers of the lost one go to the other's endpoint.
  dsqlMultiRegion: {
    family: 'relational',
    store: 'Aurora DSQL in two regions with a witness',
    instance: { rpoSeconds: 0, rtoSeconds: 10 },
    availabilityZone: { rpoSeconds: 0, rtoSeconds: 60 },
    region: { rpoSeconds: 0, rtoSeconds: 60 },
    dataRepair: BY_SNAPSHOTS,
    source: 'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/configuring-multi-region-clusters.html',
    asOf: '2026-11',
    confidence: 'assumed',
  },
} as const satisfies Record<string, StoreFact>;
