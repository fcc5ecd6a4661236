import { replicationLagIsWatched } from '../../../lib/audit/rules/replication-lag';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const MAYBE = { ...WITH_PARAMETER, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'yes'] } } };
const alarm = (MetricName: unknown, Threshold: unknown, of = 'Subject', more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    MetricName,
    Threshold,
    ComparisonOperator: 'GreaterThanThreshold',
    Dimensions: [{ Value: { Ref: of } }],
    ...more,
  },
});
const TABLE = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: { Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-central-1' }] },
};
const REPLICA = { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: 'orders' } };
const PLAIN = { Type: 'AWS::RDS::DBInstance', Properties: {} };
const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration: { Role: 'r' } } };
const FILES = {
  Type: 'AWS::EFS::FileSystem',
  Properties: { ReplicationConfiguration: { Destinations: [{ Region: 'eu-central-1' }] } },
};
const REPLICATOR = { Type: 'AWS::MSK::Replicator', Properties: { ReplicatorName: 'orders' } };
const ofReplicator = { Dimensions: [{ Value: 'orders' }] };
const GLOBAL = { Type: 'AWS::RDS::GlobalCluster', Properties: {} };
const cluster = (GlobalClusterIdentifier: unknown = { Ref: 'Global' }) => ({
  Type: 'AWS::RDS::DBCluster',
  Properties: { GlobalClusterIdentifier },
});
const aurora = (lag?: object) => ({
  Resources: { Global: GLOBAL, Subject: cluster(), Second: cluster(), ...lag },
});
const datastore = (members: unknown, lag?: object) => ({
  Resources: {
    Group: { Type: 'AWS::ElastiCache::GlobalReplicationGroup', Properties: { Members: members } },
    Subject: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} },
    Other: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} },
    ...lag,
  },
});
const MEMBERS = [{ ReplicationGroupId: { Ref: 'Subject' } }, { ReplicationGroupId: 'elsewhere' }];
const query = (more: object = {}) => ({
  MetricStat: { Metric: { MetricName: 'ReplicaLag', Dimensions: [{ Value: { Ref: 'Subject' } }] } },
  ...more,
});
const math = (...metrics: readonly unknown[]) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Metrics: metrics, Threshold: 60, ComparisonOperator: 'GreaterThanThreshold' },
});

checks(replicationLagIsWatched, {
  passes: {
    'the lag of a table may be a minute': {
      Resources: { Subject: TABLE, Lag: alarm('ReplicationLatency', 60_000) },
    },
    'the lag of a replica may be a minute': {
      Resources: { Subject: REPLICA, Other: PLAIN, Lag: alarm('ReplicaLag', 60) },
    },
    'what a bucket has yet to copy is watched': {
      Resources: { Subject: BUCKET, Lag: alarm('BytesPendingReplication', 1_000_000) },
    },
    'the lag of a global database is watched': aurora({
      Lag: alarm('AuroraGlobalDBReplicationLag', 60_000),
    }),
    'the lag of a datastore is watched': datastore(MEMBERS, {
      Lag: alarm('GlobalDatastoreReplicationLag', 60),
    }),
    'the time since files were copied may be a minute': {
      Resources: { Subject: FILES, Lag: alarm('TimeSinceLastSync', 60) },
    },
    'the lag of a replicator of topics may be a minute': {
      Resources: {
        Subject: REPLICATOR,
        Lag: alarm('ReplicationLatency', 60_000, 'Subject', ofReplicator),
      },
    },
    'an alarm has one query': {
      Resources: { Subject: REPLICA, Other: PLAIN, Lag: math(query()) },
    },
  },
  fails: {
    'nothing watches a table': { Resources: { Subject: TABLE } },
    'the lag of a table may be an hour': {
      Resources: { Subject: TABLE, Lag: alarm('ReplicationLatency', 3_600_000) },
    },
    'the lag of a replica may be a minute in milliseconds': {
      Resources: { Subject: REPLICA, Lag: alarm('ReplicaLag', 60_000) },
    },
    'the alarm fires when the lag is small': {
      Resources: {
        Subject: REPLICA,
        Lag: alarm('ReplicaLag', 60, 'Subject', { ComparisonOperator: 'LessThanThreshold' }),
      },
    },
    'the alarm watches another replica': {
      Resources: { Subject: REPLICA, Other: REPLICA, Lag: alarm('ReplicaLag', 60, 'Other') },
    },
    'nothing watches a bucket': { Resources: { Subject: BUCKET } },
    'nothing watches the copy of files': { Resources: { Subject: FILES } },
    'the lag of a replicator may be an hour': {
      Resources: {
        Subject: REPLICATOR,
        Lag: alarm('ReplicationLatency', 3_600_000, 'Subject', ofReplicator),
      },
    },
    'nothing watches a global database': aurora(),
    'nothing watches a datastore': datastore(MEMBERS),
  },
  unknown: {
    'the threshold is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: TABLE, Lag: alarm('ReplicationLatency', GIVEN) },
    },
    'the operator is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Subject: REPLICA,
        Lag: alarm('ReplicaLag', 60, 'Subject', { ComparisonOperator: GIVEN }),
      },
    },
    'the threshold is of something computed': {
      Resources: { Subject: REPLICA, Lag: math({ Expression: 'a * 2' }, query()) },
    },
    'there is no fixed threshold': {
      Resources: { Subject: REPLICA, Lag: alarm('ReplicaLag', undefined) },
    },
    'the replicas are given at deploy': {
      Resources: {
        Subject: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: { 'Fn::Transform': { Name: 'Company::Regions' } } },
        },
      },
    },
    'the consistency is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Subject: { ...TABLE, Properties: { ...TABLE.Properties, MultiRegionConsistency: GIVEN } },
      },
    },
    'whether a bucket replicates is decided at deploy': {
      ...MAYBE,
      Resources: {
        Subject: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: { 'Fn::If': ['Large', { Role: 'r' }, { Ref: 'AWS::NoValue' }] },
          },
        },
      },
    },
    'where files are copied to is given at deploy': {
      Resources: {
        Subject: {
          Type: 'AWS::EFS::FileSystem',
          Properties: { ReplicationConfiguration: { 'Fn::Transform': { Name: 'Company::Copies' } } },
        },
      },
    },
    'a macro may write clusters': { Transform: 'Company::Databases', Resources: { Global: GLOBAL } },
    'the members of a datastore are not in the app': datastore([
      { ReplicationGroupId: 'a' },
      { ReplicationGroupId: 'b' },
    ]),
    'the members of a datastore are given at deploy': datastore({ 'Fn::Transform': { Name: 'x' } }),
  },
  notApplicable: {
    'the table is in one region': {
      Resources: {
        Subject: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: [{ Region: 'eu-west-1' }] },
        },
      },
    },
    'the table writes to its regions at once': {
      Resources: {
        Subject: { ...TABLE, Properties: { ...TABLE.Properties, MultiRegionConsistency: 'STRONG' } },
      },
    },
    'the instance follows none': { Resources: { Subject: { Type: 'AWS::RDS::DBInstance' } } },
    'the file system does not replicate': { Resources: { Subject: { Type: 'AWS::EFS::FileSystem' } } },
    'the bucket does not replicate': { Resources: { Subject: { Type: 'AWS::S3::Bucket' } } },
    'the global database has one cluster': { Resources: { Global: GLOBAL, Subject: cluster() } },
    'the datastore is in one region': datastore([{ ReplicationGroupId: { Ref: 'Subject' } }]),
  },
  equivalent: {
    '*.Replicas.*': 'that there are two decides',
    '*.SourceDBInstanceIdentifier': 'that there is a source decides',
    'Subject.ReplicationConfiguration.Role': 'that the bucket replicates decides',
    '*.GlobalClusterIdentifier': 'a global database of one cluster has no lag',
    'Subject.ReplicationConfiguration.Destinations.*': 'that there is a copy decides',
    'Group.Members.*': 'a datastore of one member has no lag',
    'Lag.Threshold': 'bytes are no time',
    'Lag.ComparisonOperator': 'bytes are no time',
  },
});
