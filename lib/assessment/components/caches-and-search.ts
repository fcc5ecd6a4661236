import { hasReplicas } from '../../assembly/data/cache-replicas';
import { hasSeveralDataNodes, searchNodesPath } from '../../assembly/data/search-nodes';
import type { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import type { Failure } from '../failure';
import type { Modelling } from '../modelling';
import { agreement, inOneZone, isTrue } from './agreement';

const GROUP: Component = {
  types: ['AWS::ElastiCache::ReplicationGroup'],
  part: 'data',
  fails: (group, model) => {
    const moves = isTrue(group, 'AutomaticFailoverEnabled', model) && hasReplicas(group).outcome === 'pass';
    return moves && isTrue(group, 'MultiAZEnabled', model)
      ? model.regional(group, agreement('elastiCacheMultiAz', 'a cache with replicas in several zones'))
      : inOneZone(group, model, agreement('elastiCacheSingleAz', 'a cache in one zone'));
  },
};

const SINGLE: Component = {
  types: ['AWS::ElastiCache::CacheCluster'],
  part: 'data',
  fails: (cluster, model) =>
    inOneZone(cluster, model, agreement('elastiCacheSingleAz', 'a cache in one zone')),
};

const SERVERLESS: Component = {
  types: ['AWS::ElastiCache::ServerlessCache'],
  part: 'data',
  fails: (cache, model) => model.regional(cache, agreement('elastiCacheMultiAz', 'a serverless cache')),
};

const MEMORY_DB: Component = {
  types: ['AWS::MemoryDB::Cluster'],
  part: 'data',
  fails: (cluster, model) =>
    Number(cluster.number('NumReplicasPerShard') ?? 1) > 0
      ? model.regional(cluster, agreement('memoryDbMultiAz', 'MemoryDB with replicas'))
      : inOneZone(cluster, model, agreement('memoryDbSingleAz', 'MemoryDB without replicas')),
};

const ACCELERATOR: Component = {
  types: ['AWS::DAX::Cluster'],
  part: 'data',
  fails: (cluster, model) =>
    Number(cluster.number('ReplicationFactor') ?? 1) > 1
      ? model.regional(cluster, agreement('daxMultiAz', 'DAX with replicas'))
      : inOneZone(cluster, model, agreement('daxSingleNode', 'DAX of one node')),
};

const DOMAIN: Component = {
  types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  part: 'data',
  fails: searchFails,
};

export const CACHES_AND_SEARCH: readonly Component[] = [
  GROUP,
  SINGLE,
  SERVERLESS,
  MEMORY_DB,
  ACCELERATOR,
  DOMAIN,
];

function searchFails(domain: Resource, model: Modelling): Failure {
  const path = searchNodesPath(domain);
  if (isTrue(domain, `${path}.MultiAZWithStandbyEnabled`, model))
    return model.regional(domain, agreement('openSearchStandby', 'search with a standby zone'));
  const spread = isTrue(domain, `${path}.ZoneAwarenessEnabled`, model);
  return spread && hasSeveralDataNodes(domain)
    ? model.regional(domain, agreement('openSearchMultiAz', 'search in several zones'))
    : inOneZone(domain, model, agreement('computeInstance', 'search on instances of one zone'));
}
