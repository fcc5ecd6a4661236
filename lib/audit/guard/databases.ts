import {
  absent,
  atLeast,
  type Clause,
  filled,
  type GuardRule,
  guard,
  guardParts,
  guardWhen,
  has,
  is,
  isNot,
  type Need,
  NOT_REBUILDABLE,
  orAbsent,
  there,
} from './clause';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';
const DOCUMENTS = 'AWS::DocDB::DBCluster';
const GRAPHS = 'AWS::Neptune::DBCluster';
const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';
const DAYS = 7;

const notEngine = (pattern: string): readonly Clause[] => [
  absent('Engine'),
  { is: 'not matching', path: 'Engine', pattern },
];

/** A cluster answers for its members. */
const ALONE: readonly Need[] = [
  absent('DBClusterIdentifier'),
  notEngine('^([aA][uU][rR][oO][rR][aA]|neptune|docdb)'),
];

/** Where the data of a database comes from another one, that one decides what its own properties leave open. */
const COPIES = [
  'DBSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'SnapshotIdentifier',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
  'SourceDbClusterResourceId',
  'RestoreToPointInTime',
  'RestoreTime',
  'UseLatestRestorableTime',
];
const REPLICAS = [
  'SourceDBInstanceIdentifier',
  'SourceDBClusterIdentifier',
  'ReplicationSourceIdentifier',
  'GlobalClusterIdentifier',
];

const unlessFrom = (sources: readonly string[], decided: Clause): readonly Need[] =>
  sources.map((source) => [absent(source), decided]);

/** Of what is restored and says nothing, the retention is that of the backup. */
const KEEPS_KNOWN = [...unlessFrom(COPIES, there('BackupRetentionPeriod')), NOT_REBUILDABLE];

/** Storage that is said not to be encrypted never is; otherwise it is as where the data comes from. */
const ENCRYPTION_KNOWN = unlessFrom([...COPIES, ...REPLICAS], is('StorageEncrypted', false));

const encrypted = (id: string, type: string): GuardRule =>
  guardWhen(id, [type], ENCRYPTION_KNOWN, is('StorageEncrypted', true));

const keeps = (id: string, type: string): GuardRule =>
  guardWhen(
    id,
    [type],
    [...KEEPS_KNOWN, ...unlessFrom(['SourceDBClusterIdentifier'], there('BackupRetentionPeriod'))],
    atLeast('BackupRetentionPeriod', DAYS),
  );

const exportsLog = (...logs: readonly string[]): readonly Need[] =>
  logs.map((log) => has('EnableCloudwatchLogsExports', log));

const POINT_IN_TIME = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

/** Databases, tables and caches. */
export const DATABASES: readonly GuardRule[] = [
  guardWhen(
    'RDS-01',
    [INSTANCE],
    [...ALONE, notEngine('^[sS][qQ][lL][sS][eE][rR][vV][eE][rR]-')],
    is('MultiAZ', true),
  ),
  guardParts(
    'RDS-05',
    {
      types: [INSTANCE],
      when: [...ALONE, ...KEEPS_KNOWN],
      needs: [atLeast('BackupRetentionPeriod', DAYS)],
    },
    {
      types: [CLUSTER],
      when: [...KEEPS_KNOWN, ...unlessFrom(['SourceDBClusterIdentifier'], there('BackupRetentionPeriod'))],
      needs: [atLeast('BackupRetentionPeriod', DAYS)],
    },
  ),
  guardWhen('RDS-09', [INSTANCE], ALONE, is('DeletionProtection', true)),
  guard('RDS-10', [CLUSTER, 'AWS::RDS::GlobalCluster'], is('DeletionProtection', true)),
  guardWhen(
    'RDS-14',
    [INSTANCE],
    [notEngine('^custom-'), absent('SourceDBInstanceIdentifier')],
    orAbsent(is('AutoMinorVersionUpgrade', true)),
  ),
  guardWhen('RDS-16', [INSTANCE], ALONE, is('CopyTagsToSnapshot', true)),
  guard('RDS-17', [CLUSTER], is('CopyTagsToSnapshot', true)),
  guardParts(
    'RDS-20',
    { types: [INSTANCE], when: [...ALONE, ...ENCRYPTION_KNOWN], needs: [is('StorageEncrypted', true)] },
    { types: [CLUSTER], when: ENCRYPTION_KNOWN, needs: [is('StorageEncrypted', true)] },
  ),
  guardWhen('DDB-01', [TABLE], [NOT_REBUILDABLE], is(POINT_IN_TIME, true)),
  guardWhen('DDB-02', [GLOBAL_TABLE], [there('Replicas[0]')], is(`Replicas[*].${POINT_IN_TIME}`, true)),
  guardParts(
    'DDB-05',
    { types: [TABLE], needs: [is('DeletionProtectionEnabled', true)] },
    {
      types: [GLOBAL_TABLE],
      when: [there('Replicas[0]')],
      needs: [is('Replicas[*].DeletionProtectionEnabled', true)],
    },
  ),
  guardWhen(
    'DDB-08',
    [GLOBAL_TABLE],
    [there('Replicas[0]')],
    filled('Replicas[*].SSESpecification.KMSMasterKeyId'),
    {
      is: 'not matching',
      path: 'Replicas[*].SSESpecification.KMSMasterKeyId',
      pattern: '(^|:|\\/)alias\\/aws\\/dynamodb$',
    },
  ),
  keeps('DOC-01', DOCUMENTS),
  guard('DOC-02', [DOCUMENTS], is('DeletionProtection', true)),
  encrypted('DOC-05', DOCUMENTS),
  keeps('NEP-01', GRAPHS),
  guard('NEP-02', [GRAPHS], is('DeletionProtection', true)),
  guard('NEP-04', ['AWS::Neptune::DBInstance'], orAbsent(is('AutoMinorVersionUpgrade', true))),
  guard('NEP-05', [GRAPHS], is('CopyTagsToSnapshot', true)),
  encrypted('NEP-06', GRAPHS),
  guard('NEP-07', [GRAPHS], ...exportsLog('audit')),
  {
    id: 'ELC-01',
    parts: ({ minimumDays }) => {
      const needs = [atLeast('SnapshotRetentionLimit', Number(minimumDays))];
      return [
        {
          types: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::ServerlessCache'],
          when: [NOT_REBUILDABLE],
          needs,
        },
        {
          types: ['AWS::ElastiCache::CacheCluster'],
          when: [NOT_REBUILDABLE, notEngine('^[mM]emcached$')],
          needs,
        },
      ];
    },
  },
  guard('ELC-02', ['AWS::ElastiCache::ReplicationGroup'], is('AutomaticFailoverEnabled', true)),
  guard(
    'ELC-04',
    ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
    isNot('AutoMinorVersionUpgrade', false),
  ),
  guard('MDB-02', ['AWS::MemoryDB::Cluster'], isNot('AutoMinorVersionUpgrade', false)),
  guard('MDB-03', ['AWS::MemoryDB::Cluster'], filled('KmsKeyId')),
  guard('QLD-01', ['AWS::QLDB::Ledger'], isNot('DeletionProtection', false)),
  guardWhen(
    'RSH-01',
    ['AWS::Redshift::Cluster'],
    [NOT_REBUILDABLE],
    orAbsent(is('AutomatedSnapshotRetentionPeriod', ...Array.from({ length: 35 }, (_, day) => day + 1))),
  ),
  guard(
    'RSH-04',
    ['AWS::Redshift::Cluster'],
    isNot('AllowVersionUpgrade', false),
    filled('PreferredMaintenanceWindow'),
    orAbsent(atLeast('AutomatedSnapshotRetentionPeriod', 1)),
  ),
  guard('RSH-06', ['AWS::Redshift::Cluster'], is('EnhancedVpcRouting', true)),
  guardParts(
    'OSS-01',
    ...searchParts((config) => [
      is(`${config}.ZoneAwarenessEnabled`, true),
      atLeast(`${config}.InstanceCount`, 3),
    ]),
  ),
  guardParts(
    'OSS-02',
    ...searchParts((config) => [
      is(`${config}.DedicatedMasterEnabled`, true),
      atLeast(`${config}.DedicatedMasterCount`, 3),
    ]),
  ),
  guard(
    'OSS-03',
    ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
    ...['ES_APPLICATION_LOGS', 'SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS'].flatMap((log) => [
      is(`LogPublishingOptions.${log}.Enabled`, true),
      filled(`LogPublishingOptions.${log}.CloudWatchLogsLogGroupArn`),
    ]),
  ),
  guard(
    'OSS-04',
    ['AWS::OpenSearchService::Domain'],
    is('SoftwareUpdateOptions.AutoSoftwareUpdateEnabled', true),
    orAbsent(is('OffPeakWindowOptions.Enabled', true)),
  ),
  guard('DMS-01', ['AWS::DMS::ReplicationInstance'], is('MultiAZ', true)),
  guard('DMS-02', ['AWS::DMS::ReplicationInstance'], orAbsent(is('AutoMinorVersionUpgrade', true))),
];

function searchParts(needs: (config: string) => readonly Need[]) {
  return [
    { types: ['AWS::OpenSearchService::Domain'], needs: needs('ClusterConfig') },
    { types: ['AWS::Elasticsearch::Domain'], needs: needs('ElasticsearchClusterConfig') },
  ];
}
