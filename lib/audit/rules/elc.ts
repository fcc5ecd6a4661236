import { hasReplicas } from '../../assembly/data/cache-replicas';
import { all, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { BACKUP, PATCHING, REDUNDANCY } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html';
const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';

export const cacheBackupsKept: Rule = {
  id: 'ELC-01',
  title: 'Caches of Redis and Valkey are backed up every day, and the backups are kept long enough.',
  kind: 'backup',
  why: 'What a cache holds that nothing else does is gone with its nodes, or with a wrong FLUSHALL.',
  fix: 'set SnapshotRetentionLimit to the number of days needed',
  severity: MEDIUM,
  appliesTo: [GROUP, CLUSTER, SERVERLESS],
  controls: BACKUP,
  parameters: {
    minimumDays: {
      // Config and Trusted Advisor ask for 15 days, Prowler for 7, Checkov for any.
      meaning: 'How many days snapshots are kept at the least.',
      default: 15,
    },
  },
  sources: [`${SECURITY_HUB}#elasticache-1`, `${GUIDE}/backups-automatic.html`],
  check: (cache, { service, parameters }) =>
    unlessRebuildable(cache, service, (own) =>
      unlessMemcached(own, () =>
        own.atLeast('SnapshotRetentionLimit', Number(parameters.minimumDays), { unit: 'days' }),
      ),
    ),
};

export const cacheFailsOver: Rule = {
  id: 'ELC-02',
  title: 'Replication groups fail over to a replica by themselves.',
  kind: 'redundancy',
  why: 'When the primary node is lost, nobody can write until somebody promotes a replica by hand.',
  fix: 'set AutomaticFailoverEnabled to true',
  severity: HIGH,
  appliesTo: [GROUP],
  controls: REDUNDANCY,
  sources: [`${SECURITY_HUB}#elasticache-3`, `${GUIDE}/AutoFailover.html`],
  check: (group) => group.is('AutomaticFailoverEnabled', true),
};

export const cacheSpansZones: Rule = {
  id: 'ELC-03',
  title: 'Replication groups have replicas in other zones.',
  kind: 'redundancy',
  why: 'With the zone of the primary node, the cache is gone and all its load falls on what stands behind it.',
  fix: 'set MultiAZEnabled to true, and give each shard a replica',
  severity: HIGH,
  appliesTo: [GROUP],
  replaces: ['PreferredCacheClusterAZs', 'ReplicasPerNodeGroup'],
  controls: REDUNDANCY,
  sources: [`${GUIDE}/AutoFailover.html`],
  check: (group) => all(group.is('MultiAZEnabled', true), hasReplicas(group)),
};

export const cachePatchedByItself: Rule = {
  id: 'ELC-04',
  title: 'Caches take minor versions by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes and data loss wait for somebody to remember the cache.',
  fix: 'set AutoMinorVersionUpgrade to true, or leave it out',
  severity: MEDIUM,
  appliesTo: [GROUP, CLUSTER],
  controls: PATCHING,
  sources: [`${SECURITY_HUB}#elasticache-2`],
  check: (cache) => cache.isNot('AutoMinorVersionUpgrade', false),
};

/** Nodes of Memcached keep nothing that could be backed up; a serverless cache has snapshots whatever its engine. */
function unlessMemcached(cache: Resource, judge: () => Judgement): Judgement {
  const engine = cache.type === CLUSTER ? cache.text('Engine') : 'redis';
  if (engine instanceof Unknown) return unknown('Engine', engine);
  return engine?.toLowerCase() === 'memcached' ? notApplicable('Memcached keeps nothing') : judge();
}
