import {
  cacheBackupsKept,
  cacheFailsOver,
  cachePatchedByItself,
  cacheSpansZones,
} from '../../../lib/audit/rules/elc';
import { checks } from '../../support/rule-cases';

const ABSENT = { Ref: 'AWS::NoValue' };
const IMPORT = { 'Fn::ImportValue': 'given' };
const one = (Type: string, Properties: object) => ({ Resources: { Cache: { Type, Properties } } });
const SINGLE = 'AWS::ElastiCache::CacheCluster';
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';
const spread = (more: object) => ({ MultiAZEnabled: true, ...more });

checks(cacheBackupsKept, {
  passes: {
    'backups are kept for 15 days': { SnapshotRetentionLimit: 15 },
    'a single node keeps them': one(SINGLE, { Engine: 'redis', SnapshotRetentionLimit: 30 }),
    'a serverless cache keeps them': one(SERVERLESS, { Engine: 'valkey', SnapshotRetentionLimit: 15 }),
  },
  fails: {
    'there are none by default': {},
    'they are kept for 14 days': { SnapshotRetentionLimit: 14 },
    'a serverless cache has none': one(SERVERLESS, { Engine: 'redis' }),
    'a serverless cache of Memcached has none': one(SERVERLESS, { Engine: 'memcached' }),
  },
  unknown: {
    'an import says how long': { SnapshotRetentionLimit: IMPORT },
    'the engine is an import': one(SINGLE, { Engine: IMPORT }),
  },
  notApplicable: {
    'it is Memcached': one(SINGLE, { Engine: 'memcached' }),
    'it is rebuildable': { Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] },
  },
  equivalent: { '*.Engine': 'all engines but Memcached are backed up' },
});

checks(cacheFailsOver, {
  passes: {
    'it does': { AutomaticFailoverEnabled: true },
    'it does, in text': { AutomaticFailoverEnabled: 'true' },
  },
  fails: { 'it does not by default': {}, 'it does not': { AutomaticFailoverEnabled: false } },
  unknown: { 'an import says': { AutomaticFailoverEnabled: IMPORT } },
  notApplicable: 'every replication group can fail over',
});

checks(cacheSpansZones, {
  passes: {
    'it has two nodes': spread({ NumCacheClusters: 2 }),
    'each shard has a replica': spread({ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }),
    'each shard says that it has a replica': spread({
      NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: 2 }],
    }),
    'its nodes are placed in two zones': spread({ PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b'] }),
  },
  fails: {
    'it spans one zone by default': { NumCacheClusters: 2 },
    'it has one node': spread({}),
    'its shards have no replica': spread({ NumNodeGroups: 2, ReplicasPerNodeGroup: 0 }),
    'one shard has no replica': spread({
      NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: 0 }],
    }),
    'its one node is placed': spread({ PreferredCacheClusterAZs: ['eu-west-1a'] }),
  },
  unknown: {
    'the number of nodes is an import': spread({ NumCacheClusters: IMPORT }),
    'its shards do not say how many replicas': spread({ NumNodeGroups: 2 }),
    'it follows a global datastore': spread({ GlobalReplicationGroupId: 'world' }),
    'its shards are an import': spread({ NodeGroupConfiguration: IMPORT }),
    'one shard does not say': spread({
      NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: IMPORT }],
    }),
  },
  notApplicable: 'every replication group can have replicas',
  equivalent: { '*.NumNodeGroups': 'the replicas of each shard decide' },
});

checks(cachePatchedByItself, {
  passes: {
    'it does by default': { AutoMinorVersionUpgrade: ABSENT },
    'it does': one(SINGLE, { AutoMinorVersionUpgrade: true }),
  },
  fails: {
    'it does not': { AutoMinorVersionUpgrade: false },
    'it does not, in text': { AutoMinorVersionUpgrade: 'False' },
  },
  unknown: { 'an import says': { AutoMinorVersionUpgrade: IMPORT } },
  notApplicable: 'every cache can be patched by itself',
});
