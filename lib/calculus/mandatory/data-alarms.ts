import { AlarmSetting, type AlarmShape, alarmShape, RECOMMENDED } from './alarm-shape';

const MIB = 1_048_576;
const GIB = 1_073_741_824;

const CAPACITY = 'give it more, or find what uses it up';

/** So many in a hundred for five minutes. */
function busy(namespace: string, metric: string, percent: number): AlarmShape {
  return alarmShape({
    namespace,
    metrics: [metric],
    statistic: 'Average',
    periods: 5,
    threshold: percent,
    meaning: `has ${metric} at ${percent} % or more`,
    action: CAPACITY,
    ...(percent === RECOMMENDED_CPU && { source: RECOMMENDED }),
  });
}

const RECOMMENDED_CPU = 90;

/** The classes of instances differ in memory, so that no share of it can be told: below this a database soon swaps. */
function littleMemory(namespace: string): AlarmShape {
  return alarmShape({
    namespace,
    metrics: ['FreeableMemory'],
    statistic: 'Minimum',
    periods: 5,
    bad: 'less than',
    threshold: 256 * MIB,
    meaning: 'has less than 256 MiB of memory left',
    action: CAPACITY,
  });
}

/** The operations that applications call; their errors are counted one by one. An alarm takes ten metrics with its sum. */
const OPERATIONS: readonly string[] = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
];

const TABLE: readonly AlarmShape[] = [
  alarmShape({
    namespace: 'AWS/DynamoDB',
    metrics: ['SystemErrors'],
    each: { dimension: 'Operation', values: OPERATIONS },
    statistic: 'Sum',
    threshold: 5,
    meaning: 'fails five requests a minute or more, for reasons of AWS',
    action: 'see the AWS Health Dashboard; serve from another region where there is one',
  }),
  alarmShape({
    namespace: 'AWS/DynamoDB',
    metrics: ['ReadThrottleEvents', 'WriteThrottleEvents'],
    statistic: 'Sum',
    periods: 5,
    threshold: 5,
    meaning: 'refuses requests because there are too many at a time',
    action: 'find the hot key, or raise the capacity',
    source: RECOMMENDED,
  }),
];

/** What keeps data. */
export const DATA_ALARMS: Readonly<Record<string, readonly AlarmShape[]>> = {
  'AWS::DocDB::DBCluster': [busy('AWS/DocDB', 'CPUUtilization', RECOMMENDED_CPU), littleMemory('AWS/DocDB')],
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::DynamoDB::Table': TABLE,
  'AWS::EFS::FileSystem': [
    alarmShape({
      namespace: 'AWS/EFS',
      metrics: ['PercentIOLimit'],
      statistic: 'Average',
      threshold: 95,
      meaning: 'is at 95 % of the operations that its performance mode allows, or more',
      action: 'spread the load over several file systems',
    }),
  ],
  'AWS::ElastiCache::ReplicationGroup': [
    busy('AWS/ElastiCache', 'EngineCPUUtilization', RECOMMENDED_CPU),
    busy('AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', 85),
  ],
  'AWS::Kinesis::Stream': [
    alarmShape({
      namespace: 'AWS/Kinesis',
      metrics: ['GetRecords.IteratorAgeMilliseconds'],
      statistic: 'Maximum',
      threshold: { share: 0.25, of: AlarmSetting.RETENTION_MILLISECONDS, otherwise: 21_600_000 },
      meaning: 'has records that nobody has read for a quarter of the time that it keeps them',
      action: `see whether its consumers run; ${CAPACITY}`,
    }),
    alarmShape({
      namespace: 'AWS/Kinesis',
      metrics: ['WriteProvisionedThroughputExceeded'],
      statistic: 'Sum',
      periods: 5,
      threshold: 1,
      meaning: 'refuses records because there are too many at a time',
      action: 'find the hot key, or add shards',
    }),
  ],
  'AWS::MSK::Cluster': [
    alarmShape({
      namespace: 'AWS/Kafka',
      metrics: ['ActiveControllerCount'],
      // Each broker reports whether it is the one.
      statistic: 'Maximum',
      bad: 'less than',
      threshold: 1,
      silence: 'breaching',
      meaning: 'has no controller, so that no partition gets a new leader',
      action: 'see the AWS Health Dashboard, and reboot the broker that was the controller',
    }),
    alarmShape({
      namespace: 'AWS/Kafka',
      metrics: ['OfflinePartitionsCount'],
      statistic: 'Maximum',
      threshold: 1,
      meaning: 'has partitions that nobody can read or write',
      action: 'see which brokers are down',
    }),
    alarmShape({
      namespace: 'AWS/Kafka',
      metrics: ['KafkaDataLogsDiskUsed'],
      statistic: 'Maximum',
      periods: 5,
      threshold: 85,
      meaning: 'has a broker whose disk is full to 85 % or more',
      action: 'enlarge the storage, or keep records for a shorter time',
      source:
        'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#bestpractices-monitor-disk-space',
    }),
  ],
  'AWS::MemoryDB::Cluster': [
    busy('AWS/MemoryDB', 'EngineCPUUtilization', RECOMMENDED_CPU),
    busy('AWS/MemoryDB', 'DatabaseMemoryUsagePercentage', 85),
  ],
  'AWS::Neptune::DBCluster': [busy('AWS/Neptune', 'CPUUtilization', RECOMMENDED_CPU)],
  'AWS::OpenSearchService::Domain': [
    alarmShape({
      namespace: 'AWS/ES',
      metrics: ['ClusterStatus.red'],
      statistic: 'Maximum',
      periods: 1,
      threshold: 1,
      meaning: 'has shards that are on no node',
      action: 'see which indices are red, and restore them from a snapshot',
      source: RECOMMENDED,
    }),
    alarmShape({
      namespace: 'AWS/ES',
      metrics: ['FreeStorageSpace'],
      statistic: 'Minimum',
      bad: 'less than',
      threshold: { share: 0.25, of: AlarmSetting.STORAGE_MEBIBYTES, otherwise: 20_480 },
      meaning: 'has a node with less than a quarter of its storage left',
      action: 'enlarge the storage, or delete old indices',
      source: RECOMMENDED,
    }),
  ],
  'AWS::RDS::DBCluster': [busy('AWS/RDS', 'CPUUtilization', RECOMMENDED_CPU)],
  'AWS::RDS::DBInstance': [
    busy('AWS/RDS', 'CPUUtilization', RECOMMENDED_CPU),
    alarmShape({
      namespace: 'AWS/RDS',
      metrics: ['FreeStorageSpace'],
      statistic: 'Minimum',
      periods: 5,
      bad: 'less than',
      threshold: { share: 0.1, of: AlarmSetting.STORAGE_BYTES, otherwise: 10 * GIB },
      meaning: 'has less than a tenth of its storage left',
      action: 'enlarge the storage, or let it grow by itself (MaxAllocatedStorage)',
      source: RECOMMENDED,
    }),
  ],
  'AWS::Redshift::Cluster': [
    alarmShape({
      namespace: 'AWS/Redshift',
      metrics: ['HealthStatus'],
      statistic: 'Minimum',
      bad: 'less than',
      threshold: 1,
      silence: 'breaching',
      meaning: 'does not answer',
      action: 'see its events and the AWS Health Dashboard',
    }),
    alarmShape({
      namespace: 'AWS/Redshift',
      metrics: ['PercentageDiskSpaceUsed'],
      statistic: 'Average',
      periods: 5,
      threshold: 80,
      meaning: 'uses 80 % of its disks or more',
      action: 'resize it, or delete what is old',
    }),
  ],
};
