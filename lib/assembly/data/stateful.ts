import { isBackedUpByAwsBackup } from '../backup/backup-arn';
import { backupCoverageOf, coveredByBackup } from '../backup/backup-coverage';
import { snapshotsByLifecycleManager } from '../backup/lifecycle-manager';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { takesOnlyLogs } from '../observe/log-destinations';
import type { Resource } from '../resource';
import { Unknown } from '../value';
import { holdsArtifacts } from '../wiring/pipeline-artifacts';
import { judgeStandalone } from './database-members';
import { isReadReplica } from './database-origin';
import {
  always,
  archivedByFirehose,
  atLeast,
  attachedTo,
  backup,
  efsBackupPolicy,
  entries,
  fsxBackups,
  inMultiRegionKeyspace,
  type Protection,
  type ProtectionKind,
  pointInTime,
  replica,
  replicatedByRegistry,
  retains,
  someEntry,
  versions,
  volumeSnapshots,
  when,
  withWitness,
} from './stateful-protections';

/** A type whose resources hold data that is lost with them. */
interface StatefulType {
  /** The ways in which they can be protected besides a backup plan. */
  readonly protections: readonly Protection[];

  /** Why a resource of the type holds no data of its own. @default - it does */
  readonly exempt?: (resource: Resource) => Judgement | undefined;
}

const BACKUP_RETENTION = 'BackupRetentionPeriod';
const PITR = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

/**
 * Every type that holds data, and how it is protected.
 *
 * A type without protections can be protected by a backup plan only, or not at all.
 */
const STATEFUL: Readonly<Record<string, StatefulType>> = {
  'AWS::Cassandra::Table': {
    protections: [pointInTime(when('PointInTimeRecoveryEnabled', true)), replica(inMultiRegionKeyspace)],
  },
  'AWS::Cognito::UserPool': { protections: [] },
  'AWS::DSQL::Cluster': {
    protections: [replica(entries('MultiRegionProperties.Clusters')), replica(withWitness)],
  },
  // Retention of the cluster types is a day where nothing is set.
  'AWS::DocDB::DBCluster': { protections: [pointInTime(retains(BACKUP_RETENTION, 1))] },
  'AWS::DocDBElastic::Cluster': { protections: [backup(retains(BACKUP_RETENTION, 1))] },
  'AWS::DynamoDB::GlobalTable': {
    protections: [pointInTime(someEntry('Replicas', PITR, true)), replica(entries('Replicas', 2))],
  },
  'AWS::DynamoDB::Table': { protections: [pointInTime(when(PITR, true))] },
  'AWS::EC2::Instance': { protections: [backup(snapshotsByLifecycleManager)] },
  'AWS::EC2::Volume': {
    protections: [
      backup(volumeSnapshots),
      backup((volume) => any(...attachedTo(volume).map((instance) => coveredByBackup(instance)))),
    ],
  },
  'AWS::ECR::Repository': { protections: [replica(replicatedByRegistry)] },
  'AWS::EFS::FileSystem': {
    protections: [backup(efsBackupPolicy), replica(entries('ReplicationConfiguration.Destinations'))],
  },
  'AWS::ElastiCache::CacheCluster': {
    protections: [backup(retains('SnapshotRetentionLimit', 0))],
    exempt: (cluster) => exemptIf(cluster, 'Engine', 'memcached', 'memcached keeps nothing'),
  },
  'AWS::ElastiCache::ReplicationGroup': {
    protections: [
      backup(retains('SnapshotRetentionLimit', 0)),
      replica(atLeast('NumCacheClusters', 2, 1)),
      replica(atLeast('ReplicasPerNodeGroup', 1, 0)),
    ],
  },
  'AWS::Elasticsearch::Domain': { protections: [backup(always('automated snapshots'))] },
  'AWS::FSx::FileSystem': { protections: [backup(fsxBackups)] },
  'AWS::Kinesis::Stream': {
    protections: [backup(archivedByFirehose), versions(atLeast('RetentionPeriodHours', 25, 24))],
  },
  'AWS::MemoryDB::Cluster': {
    protections: [
      backup(retains('SnapshotRetentionLimit', 0)),
      replica(atLeast('NumReplicasPerShard', 1, 1)),
    ],
  },
  'AWS::Neptune::DBCluster': { protections: [pointInTime(retains(BACKUP_RETENTION, 1))] },
  'AWS::OpenSearchService::Domain': { protections: [backup(always('automated snapshots every hour'))] },
  'AWS::RDS::DBCluster': { protections: [pointInTime(retains(BACKUP_RETENTION, 1))], exempt: exemptReplica },
  'AWS::RDS::DBInstance': {
    protections: [pointInTime(retains(BACKUP_RETENTION, 1))],
    exempt: (instance) => exemptMember(instance) ?? exemptReplica(instance),
  },
  'AWS::Redshift::Cluster': { protections: [backup(retains('AutomatedSnapshotRetentionPeriod', 1))] },
  'AWS::RedshiftServerless::Namespace': { protections: [backup(always('recovery points every 30 minutes'))] },
  'AWS::S3::Bucket': {
    protections: [
      versions(when('VersioningConfiguration.Status', 'Enabled')),
      replica(someEntry('ReplicationConfiguration.Rules', 'Status', 'Enabled')),
    ],
    exempt: exemptBucket,
  },
  'AWS::SSM::Parameter': { protections: [versions(always('the last 100 versions'))] },
  'AWS::Timestream::InfluxDBInstance': {
    protections: [replica(when('DeploymentType', 'WITH_MULTIAZ_STANDBY'))],
  },
  'AWS::Timestream::Table': { protections: [] },
};

/** Every type whose resources hold data. */
export const STATEFUL_TYPES: readonly string[] = Object.keys(STATEFUL);

/** Those that AWS Backup can back up. */
export const STATEFUL_BACKUP_TYPES: readonly string[] = STATEFUL_TYPES.filter(isBackedUpByAwsBackup);

/** Why a resource of a stateful type holds no data of its own, or that this is unknown; undefined where it holds some. */
export function withoutOwnData(resource: Resource): Judgement | undefined {
  return STATEFUL[resource.type]?.exempt?.(resource);
}

/** Judges whether the data of a resource can come back by any means that the app shows. */
export function recoverable(resource: Resource): Judgement {
  const { protections = [] } = STATEFUL[resource.type] ?? {};
  return any(coveredByBackup(resource), ...protections.map(({ judge }) => judge(resource)));
}

const WAYS: Readonly<Record<ProtectionKind, string>> = {
  backup: 'backups of its own',
  pointInTime: 'point-in-time recovery',
  versions: 'kept versions',
  replica: 'a replica',
};

/** What can bring the data of a type back, in words. */
export function waysToRecover(type: string): string {
  const plan = isBackedUpByAwsBackup(type) ? ['a backup plan'] : [];
  const own = (STATEFUL[type]?.protections ?? []).map(({ kind }) => WAYS[kind]);
  return [...new Set([...plan, ...own, 'a declaration that it is rebuildable'])].join(' or ');
}

/** Types of which AWS Backup makes continuous backups where a rule asks for them; of others it makes snapshots. */
const CONTINUOUS_TYPES: ReadonlySet<string> = new Set([
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
]);

/** Whether there is any way for a type to come back as it was at any moment. */
export function canComeBackToAnyMoment(type: string): boolean {
  const { protections = [] } = STATEFUL[type] ?? {};
  return CONTINUOUS_TYPES.has(type) || protections.some(isOfAnyMoment);
}

/** Judges whether data comes back as it was at any moment, without waiting for the next backup: by plan or by itself. */
export function recoverableToAnyMoment(resource: Resource): Judgement {
  const { protections = [] } = STATEFUL[resource.type] ?? {};
  const own = protections.filter(isOfAnyMoment);
  return any(continuousBackup(resource), ...own.map(({ judge }) => judge(resource)));
}

function isOfAnyMoment({ kind }: Protection): boolean {
  return kind === 'pointInTime' || kind === 'versions';
}

function continuousBackup(resource: Resource): Judgement {
  const { rules, unknown: others } = backupCoverageOf(resource);
  const none = fail({ found: 'no continuous backup', needed: 'a rule that makes continuous backups' });
  if (!CONTINUOUS_TYPES.has(resource.type)) return none;
  if (rules.some(({ continuous }) => continuous === true)) return pass({ found: 'continuous backups' });
  const open = rules.find(({ continuous }) => continuous instanceof Unknown)?.continuous ?? others;
  return open instanceof Unknown ? unknown(undefined, open) : none;
}

function exemptMember(instance: Resource): Judgement | undefined {
  const judged = judgeStandalone(instance, () => pass());
  return judged.outcome === 'pass' ? undefined : judged;
}

function exemptBucket(bucket: Resource): Judgement | undefined {
  if (takesOnlyLogs(bucket)) return notApplicable('the bucket is there for access or flow logs only');
  return holdsArtifacts(bucket)
    ? notApplicable('the bucket holds artifacts of a pipeline, which each run makes again')
    : undefined;
}

function exemptReplica(database: Resource): Judgement | undefined {
  const follows = isReadReplica(database);
  if (follows instanceof Unknown) return unknown(undefined, follows);
  return follows ? notApplicable('it follows another database, which holds the data') : undefined;
}

function exemptIf(resource: Resource, path: string, value: string, why: string): Judgement | undefined {
  const { outcome } = resource.is(path, value);
  if (outcome === 'fail') return undefined;
  return outcome === 'pass' ? notApplicable(why) : resource.is(path, value);
}
