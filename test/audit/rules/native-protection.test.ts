import { storesProtectThemselves } from '../../../lib/audit/rules/native-protection';
import { Tier } from '../../../lib/objectives/tier';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const IMPORT = { 'Fn::ImportValue': 'given' };
const one = (Type: string, Properties: object = {}) => ({ Resources: { Subject: { Type, Properties } } });
const kafka = (ServerProperties: string, ...zones: readonly string[]) => ({
  Resources: {
    ...subnetsIn(...zones),
    Subject: { Type: 'AWS::MSK::Configuration', Properties: { ServerProperties } },
    Cluster: {
      Type: 'AWS::MSK::Cluster',
      Properties: {
        BrokerNodeGroupInfo: { ClientSubnets: zones.map((_, index) => ({ Ref: `Subnet${'ABC'[index]}` })) },
        ConfigurationInfo: { Arn: { Ref: 'Subject' } },
      },
    },
  },
});
const DURABLE = 'auto.create.topics.enable = false\ndefault.replication.factor=3\nmin.insync.replicas = 2';
const THREE = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const REBUILDABLE = { Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] };

checks(storesProtectThemselves, {
  passes: {
    'MemoryDB makes snapshots': one('AWS::MemoryDB::Cluster', { SnapshotRetentionLimit: 1 }),
    'Keyspaces goes back in time': one('AWS::Cassandra::Table', { PointInTimeRecoveryEnabled: true }),
    'a search domain has a standby': one('AWS::OpenSearchService::Domain', {
      ClusterConfig: { MultiAZWithStandbyEnabled: true },
    }),
    'Kafka keeps three copies, two in step': one('AWS::MSK::Configuration', { ServerProperties: DURABLE }),
    'Kafka keeps them by default in three zones': kafka('default.replication.factor=3', ...THREE),
    'Redshift Serverless copies its snapshots': one('AWS::RedshiftServerless::Namespace', {
      SnapshotCopyConfigurations: [{ DestinationRegion: 'eu-central-1' }],
    }),
  },
  fails: {
    'MemoryDB makes none by default': one('AWS::MemoryDB::Cluster'),
    'Keyspaces does not by default': one('AWS::Cassandra::Table'),
    'a search domain has none by default': one('AWS::OpenSearchService::Domain'),
    'Kafka keeps two copies': one('AWS::MSK::Configuration', {
      ServerProperties: 'default.replication.factor=2\nmin.insync.replicas=2',
    }),
    'Kafka writes to one': one('AWS::MSK::Configuration', {
      ServerProperties: 'default.replication.factor=3\nmin.insync.replicas=1',
    }),
    'Kafka keeps less by default in two zones': kafka(
      'default.replication.factor=3',
      'eu-west-1a',
      'eu-west-1b',
    ),
    'Redshift Serverless copies none': one('AWS::RedshiftServerless::Namespace'),
  },
  unknown: {
    'an import says': one('AWS::Cassandra::Table', { PointInTimeRecoveryEnabled: IMPORT }),
    'nobody uses the configuration': one('AWS::MSK::Configuration', { ServerProperties: '' }),
    'the properties are an import': one('AWS::MSK::Configuration', { ServerProperties: IMPORT }),
    'a property is no number': one('AWS::MSK::Configuration', {
      ServerProperties: 'default.replication.factor=three\nmin.insync.replicas=2',
    }),
  },
  notApplicable: {
    'MemoryDB is rebuildable': one('AWS::MemoryDB::Cluster', REBUILDABLE),
  },
  tier: Tier.MISSION_CRITICAL,
  equivalent: {
    '*Subnet*.VpcId': 'zones decide, not networks',
    'Cluster.ConfigurationInfo.Arn': 'what nobody uses is not known',
  },
});

checks(storesProtectThemselves, {
  passes: {
    'MemoryDB makes snapshots': one('AWS::MemoryDB::Cluster', { SnapshotRetentionLimit: 1 }),
    'Keyspaces goes back in time': one('AWS::Cassandra::Table', { PointInTimeRecoveryEnabled: 'true' }),
  },
  fails: {
    'MemoryDB makes none': one('AWS::MemoryDB::Cluster', { SnapshotRetentionLimit: 0 }),
    'Keyspaces does not': one('AWS::Cassandra::Table', { PointInTimeRecoveryEnabled: false }),
  },
  unknown: { 'an import says': one('AWS::Cassandra::Table', { PointInTimeRecoveryEnabled: IMPORT }) },
  notApplicable: { 'search domains below tier 0 owe no standby': one('AWS::OpenSearchService::Domain') },
});
