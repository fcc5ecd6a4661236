import { STORE_FACTS } from '../../../calculus/store-facts';
import type { StoreFact } from '../../../calculus/stores/store';
import { ReplicationMode } from '../../../objectives/policy/regions';
import { DatabaseEngine } from './database-engine';

/** A store that a {@link ReplicatedDatabase} can be built on. */
export enum DatabaseBackEnd {
  /** `RdsMultiAzInstance`. */
  RDS_MULTI_AZ_INSTANCE = 'rds-multi-az-instance',

  /** `RdsMultiAzCluster`. */
  RDS_MULTI_AZ_CLUSTER = 'rds-multi-az-cluster',

  /** `AuroraCluster`. */
  AURORA_CLUSTER = 'aurora-cluster',

  /** `GlobalAurora`. */
  GLOBAL_AURORA = 'global-aurora',

  /** `DsqlCluster`. */
  DSQL = 'dsql',
}

/** A store in one way of reaching the other region. @internal */
export interface BackEndMode {
  readonly backEnd: DatabaseBackEnd;
  readonly mode: ReplicationMode;
  readonly store: StoreFact;
  readonly engines: readonly DatabaseEngine[];
}

const { SYNCHRONOUS, ASYNCHRONOUS, BACKUP_COPIES } = ReplicationMode;
const { POSTGRESQL, MYSQL, MARIADB } = DatabaseEngine;

/** The stores in the order in which they are tried: the plainest first. @internal */
export const BACK_END_MODES: readonly BackEndMode[] = [
  {
    backEnd: DatabaseBackEnd.RDS_MULTI_AZ_INSTANCE,
    mode: BACKUP_COPIES,
    store: STORE_FACTS.rdsMultiAzInstance,
    engines: [POSTGRESQL, MYSQL, MARIADB],
  },
  {
    backEnd: DatabaseBackEnd.RDS_MULTI_AZ_CLUSTER,
    mode: BACKUP_COPIES,
    store: STORE_FACTS.rdsMultiAzCluster,
    engines: [POSTGRESQL, MYSQL],
  },
  {
    backEnd: DatabaseBackEnd.AURORA_CLUSTER,
    mode: BACKUP_COPIES,
    store: STORE_FACTS.auroraCluster,
    engines: [POSTGRESQL, MYSQL],
  },
  {
    backEnd: DatabaseBackEnd.DSQL,
    mode: BACKUP_COPIES,
    store: STORE_FACTS.dsql,
    engines: [POSTGRESQL],
  },
  {
    backEnd: DatabaseBackEnd.RDS_MULTI_AZ_INSTANCE,
    mode: ASYNCHRONOUS,
    store: STORE_FACTS.rdsMultiAzInstanceWithReadReplica,
    engines: [POSTGRESQL, MYSQL, MARIADB],
  },
  {
    backEnd: DatabaseBackEnd.GLOBAL_AURORA,
    mode: ASYNCHRONOUS,
    store: STORE_FACTS.auroraGlobal,
    engines: [POSTGRESQL, MYSQL],
  },
  {
    backEnd: DatabaseBackEnd.GLOBAL_AURORA,
    mode: ASYNCHRONOUS,
    store: STORE_FACTS.auroraGlobalManagedRpo,
    engines: [POSTGRESQL],
  },
  {
    backEnd: DatabaseBackEnd.DSQL,
    mode: SYNCHRONOUS,
    store: STORE_FACTS.dsqlMultiRegion,
    engines: [POSTGRESQL],
  },
];
