import { fail, type Judgement, pass, unknown } from '../judgement';
import { isSet } from '../property-truth';
import type { Resource } from '../resource';
import { isList, isMap, Unknown } from '../value';

/** Judges whether every primary node of a replication group of ElastiCache has a replica. */
export function hasReplicas(group: Resource): Judgement {
  const perShard = 'ReplicasPerNodeGroup';
  if (isSet(group, perShard) !== false) return group.atLeast(perShard, 1, { unit: 'replicas' });
  const shards = group.get('NodeGroupConfiguration');
  if (shards instanceof Unknown) return unknown('NodeGroupConfiguration', shards);
  if (isList(shards) && shards.some((shard) => isMap(shard) && shard.ReplicaCount !== undefined))
    return eachShard(group, shards.length);
  const zones = group.get('PreferredCacheClusterAZs');
  if (isList(zones) && isSet(group, 'NumCacheClusters') === false) return byZones(zones.length);
  if (isSet(group, 'NumCacheClusters') === false && isShapedElsewhere(group))
    return unknown(perShard, 'how many replicas a shard has is not said');
  return group.atLeast('NumCacheClusters', 2, { unit: 'nodes' });
}

function eachShard(group: Resource, count: number): Judgement {
  const judged = Array.from({ length: count }, (_, index) =>
    group.atLeast(`NodeGroupConfiguration.${index}.ReplicaCount`, 1, { unit: 'replicas' }),
  );
  return (
    judged.find(({ outcome }) => outcome === 'fail') ??
    judged.find(({ outcome }) => outcome === 'unknown') ??
    pass({ property: 'NodeGroupConfiguration' })
  );
}

/** One node stands in each zone of the list. */
function byZones(nodes: number): Judgement {
  const property = 'PreferredCacheClusterAZs';
  return nodes >= 2
    ? pass({ property, found: `${nodes} nodes` })
    : fail({ property, found: `${nodes} node`, needed: 'at least 2 nodes' });
}

/** Shards without a count of replicas, and groups that follow the primary of a global datastore. */
function isShapedElsewhere(group: Resource): boolean {
  return ['NumNodeGroups', 'NodeGroupConfiguration', 'GlobalReplicationGroupId', 'PrimaryClusterId'].some(
    (path) => isSet(group, path) !== false,
  );
}
