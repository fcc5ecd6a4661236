/** A metric that shows how far a copy is behind. */
export interface LagMetric {
  readonly name: string;

  /** How many seconds one of its unit is; left out where it counts something else than time. */
  readonly secondsPerUnit?: number;
}

/** How the lag of one kind of replication is seen. */
export interface ReplicationLag {
  /** Any of them will do. */
  readonly metrics: readonly LagMetric[];

  /** The page that describes them. */
  readonly source: string;
}

const DOCS = 'https://docs.aws.amazon.com';
const SECONDS = 1;
const MILLISECONDS = 0.001;

/** The metrics that show how far a copy is behind, by the type that replicates. */
export const REPLICATION_LAGS: Readonly<Record<string, ReplicationLag>> = {
  'AWS::DocDB::GlobalCluster': {
    metrics: [{ name: 'GlobalClusterReplicationLag', secondsPerUnit: MILLISECONDS }],
    source: `${DOCS}/documentdb/latest/developerguide/global-clusters-monitor.html`,
  },
  'AWS::DynamoDB::GlobalTable': {
    metrics: [{ name: 'ReplicationLatency', secondsPerUnit: MILLISECONDS }],
    source: `${DOCS}/amazondynamodb/latest/developerguide/metrics-dimensions.html`,
  },
  'AWS::EFS::FileSystem': {
    metrics: [{ name: 'TimeSinceLastSync', secondsPerUnit: SECONDS }],
    source: `${DOCS}/efs/latest/ug/efs-metrics.html`,
  },
  'AWS::ElastiCache::GlobalReplicationGroup': {
    metrics: [{ name: 'GlobalDatastoreReplicationLag', secondsPerUnit: SECONDS }],
    source: `${DOCS}/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html`,
  },
  'AWS::MSK::Replicator': {
    metrics: [{ name: 'ReplicationLatency', secondsPerUnit: MILLISECONDS }, { name: 'MessageLag' }],
    source: `${DOCS}/msk/latest/developerguide/msk-replicator-metrics-ref.html`,
  },
  'AWS::Neptune::GlobalCluster': {
    metrics: [{ name: 'GlobalDbProgressLag', secondsPerUnit: MILLISECONDS }],
    source: `${DOCS}/neptune/latest/userguide/neptune-global-db-monitoring.html`,
  },
  'AWS::RDS::DBInstance': {
    metrics: [{ name: 'ReplicaLag', secondsPerUnit: SECONDS }],
    source: `${DOCS}/AmazonRDS/latest/UserGuide/rds-metrics.html`,
  },
  'AWS::RDS::GlobalCluster': {
    metrics: [
      { name: 'AuroraGlobalDBReplicationLag', secondsPerUnit: MILLISECONDS },
      { name: 'AuroraGlobalDBRPOLag', secondsPerUnit: MILLISECONDS },
    ],
    source: `${DOCS}/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html`,
  },
  'AWS::S3::Bucket': {
    metrics: [
      { name: 'ReplicationLatency', secondsPerUnit: SECONDS },
      { name: 'BytesPendingReplication' },
      { name: 'OperationsPendingReplication' },
    ],
    source: `${DOCS}/AmazonS3/latest/userguide/repl-metrics.html`,
  },
};
