import { hasReplicas } from '../../assembly/data/cache-replicas';
import { hasSeveralDataNodes, searchNodesPath } from '../../assembly/data/search-nodes';
import type { Resource } from '../../assembly/resource';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { STORE_FACTS } from '../../calculus/store-facts';
import type { Component } from '../component';
import type { Failure } from '../failure';
import type { Modelling } from '../modelling';
import { agreement, inOneZone, isTrue, type SlaName } from './agreement';
import { failsOver } from './failing-over';

const GROUP: Component = {
  types: ['AWS::ElastiCache::ReplicationGroup'],
  part: 'data',
  fails: (group, model) => {
    const moves = isTrue(group, 'AutomaticFailoverEnabled', model) && hasReplicas(group).outcome === 'pass';
    return moves && isTrue(group, 'MultiAZEnabled', model)
      ? promotes(group, model, [
          ['elastiCacheMultiAz', 'a cache with replicas in several zones'],
          ['elastiCacheSingleAz', 'a cache in one zone'],
        ])
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
      ? promotes(cluster, model, [
          ['memoryDbMultiAz', 'MemoryDB with replicas'],
          ['memoryDbSingleAz', 'MemoryDB without replicas'],
        ])
      : inOneZone(cluster, model, agreement('memoryDbSingleAz', 'MemoryDB without replicas')),
};

const ACCELERATOR: Component = {
  types: ['AWS::DAX::Cluster'],
  part: 'data',
  fails: (cluster, model) =>
    Number(cluster.number('ReplicationFactor') ?? 1) > 1
      ? promotes(cluster, model, [
          ['daxMultiAz', 'DAX with replicas'],
          ['daxSingleNode', 'DAX of one node'],
        ])
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

/** A replica becomes the primary. */
function promotes(store: Resource, model: Modelling, [whole, alone]: readonly [Agreed, Agreed]): Failure {
  return failsOver(store, model, {
    whole: agreement(...whole),
    alone: agreement(...alone),
    what: 'failover to a replica',
    taking: AWS_FACTS.elastiCacheFailoverSeconds,
  });
}

type Agreed = readonly [sla: SlaName, what: string];

function searchFails(domain: Resource, model: Modelling): Failure {
  const path = searchNodesPath(domain);
  if (isTrue(domain, `${path}.MultiAZWithStandbyEnabled`, model))
    return failsOver(domain, model, {
      whole: agreement('openSearchStandby', 'search with a standby zone'),
      alone: ONE_ZONE,
      what: 'the standby zone takes over',
      taking: standbyTakesOver(),
    });
  const spread = isTrue(domain, `${path}.ZoneAwarenessEnabled`, model);
  return spread && hasSeveralDataNodes(domain)
    ? model.regional(domain, agreement('openSearchMultiAz', 'search in several zones'))
    : inOneZone(domain, model, ONE_ZONE);
}

const ONE_ZONE = agreement('computeInstance', 'search on instances of one zone');

function standbyTakesOver() {
  const { availabilityZone, source } = STORE_FACTS.openSearchStandby;
  return { value: { typical: availabilityZone.rtoSeconds, worst: availabilityZone.rtoSeconds }, source };
}
