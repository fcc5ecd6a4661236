import { hasReplicas } from '../../../assembly/data/cache-replicas';
import { hasSeveralDataNodes, searchNodesPath } from '../../../assembly/data/search-nodes';
import { retains } from '../../../assembly/data/stateful-protections';
import { isSet } from '../../../assembly/property-truth';
import type { Resource } from '../../../assembly/resource';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../calculus/recovery-facts';
import { STORE_FACTS } from '../../../calculus/store-facts';
import type { RecoveryTerm } from '../../assessment';
import { isTrue } from '../../components/agreement';
import type { Modelling } from '../../modelling';
import { regionsFollowing } from '../global-datastores';
import { inSequence, type Path, taking } from '../path';
import { byHand } from '../people';
import { ownSnapshots, pointsWhere, whyOpen } from '../points';
import { NOTHING_LOST, type Store, storeOf } from '../store';

const DAY = 24 * 3600;
const SNAPSHOTS = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html';
const OPENSEARCH =
  'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html';

/** What nobody declares rebuildable may be nowhere else than in the cache: it is judged as any other data. */
export function cache(resource: Resource, model: Modelling): Store {
  const moves =
    resource.type === 'AWS::ElastiCache::ServerlessCache' ||
    (resource.type === 'AWS::ElastiCache::ReplicationGroup' &&
      isTrue(resource, 'AutomaticFailoverEnabled', model) &&
      hasReplicas(resource).outcome === 'pass');
  const spread = moves && (resource.type.includes('Serverless') || isTrue(resource, 'MultiAZEnabled', model));
  const { elastiCache, elastiCacheGlobal } = STORE_FACTS;
  const behind = lag(resource, elastiCache.instance.rpoSeconds, elastiCache.source);
  const kept = retains('SnapshotRetentionLimit', 0)(resource);
  const open = whyOpen(kept);
  const path = moves ? promoted(resource) : replaced(resource, 'add a replica with AutomaticFailoverEnabled');
  return storeOf({
    resource,
    noun: 'the cache',
    instance: path,
    zone: spread ? path : undefined,
    lost: { instance: moves ? behind : undefined, availabilityZone: spread ? behind : undefined },
    points: pointsWhere(kept, () => [ownSnapshots(resource, DAY, SNAPSHOTS)]),
    copies: regionsFollowing(resource).map((region) => ({
      region,
      lag: lag(resource, elastiCacheGlobal.region.rpoSeconds, elastiCacheGlobal.source),
    })),
    protect: 'set SnapshotRetentionLimit to 1 or more, or declare the data rebuildable',
    spread: 'use a global datastore, or declare the data rebuildable',
    ...(open !== undefined && { open }),
  });
}

/** Writes wait for a log that stands in several zones. */
export function durableMemory(resource: Resource): Store {
  const replicas = Number(resource.number('NumReplicasPerShard') ?? 1) > 0;
  const kept = retains('SnapshotRetentionLimit', 0)(resource);
  const { memoryDbMultiRegion } = STORE_FACTS;
  const fix = 'set NumReplicasPerShard to 1 or more';
  const path = replicas ? promoted(resource) : replaced(resource, fix);
  return storeOf({
    resource,
    noun: 'the cluster',
    instance: path,
    zone: path,
    anew: byHand(resource, replaced(resource, fix), 'give it subnets in another zone'),
    points: pointsWhere(kept, () => [ownSnapshots(resource, DAY, SNAPSHOTS)]),
    copies:
      isSet(resource, 'MultiRegionClusterName') === true
        ? [
            {
              region: undefined,
              lag: lag(resource, memoryDbMultiRegion.region.rpoSeconds, memoryDbMultiRegion.source),
            },
          ]
        : [],
    protect: 'set SnapshotRetentionLimit',
    spread: 'make it a multi-Region cluster',
  });
}

/** DAX holds what the table behind it holds, too. */
export function accelerator(resource: Resource): Store {
  const several = Number(resource.number('ReplicationFactor') ?? 1) > 1;
  const path = several ? promoted(resource) : replaced(resource, 'set ReplicationFactor to 3');
  return storeOf({
    resource,
    noun: 'the cache',
    instance: path,
    zone: several ? path : undefined,
    repairable: false,
  });
}

/** Each document has a copy on another node where there are several. */
export function search(resource: Resource, model: Modelling): Store {
  const { openSearchStandby, openSearchMultiAz } = STORE_FACTS;
  const path = searchNodesPath(resource);
  const standby = isTrue(resource, `${path}.MultiAZWithStandbyEnabled`, model);
  const spread = standby || isTrue(resource, `${path}.ZoneAwarenessEnabled`, model);
  const several = hasSeveralDataNodes(resource);
  const fact = standby ? openSearchStandby : openSearchMultiAz;
  const back = (seconds: number): Path =>
    inSequence(
      taking(
        { value: { typical: seconds, worst: seconds }, source: fact.source },
        { what: standby ? 'the standby zone takes over' : 'copies are promoted on other nodes', resource },
      ),
    );
  const alone = replaced(resource, 'use several data nodes in several zones');
  return storeOf({
    resource,
    noun: 'the domain',
    instance: several ? back(fact.instance.rtoSeconds) : alone,
    zone: several && spread ? back(fact.availabilityZone.rtoSeconds) : undefined,
    lost: {
      instance: several ? [] : undefined,
      availabilityZone: several && spread ? NOTHING_LOST.availabilityZone : undefined,
    },
    points: [ownSnapshots(resource, 3600, OPENSEARCH)],
    spread:
      'copy its snapshots to another region, or build it anew from the store behind it and declare it rebuildable',
  });
}

function promoted(resource: Resource): Path {
  return inSequence(
    taking(AWS_FACTS.elastiCacheFailoverSeconds, { what: 'failover to a replica', resource }),
  );
}

function replaced(resource: Resource, fix: string): Path {
  return inSequence(
    taking(RECOVERY_FACTS.nodeReplacementSeconds, {
      what: 'the only node is replaced',
      resource,
      fix,
      controlPlane: 'replaces the node',
    }),
  );
}

function lag(resource: Resource, seconds: number, source: string): readonly RecoveryTerm[] {
  return [{ what: 'replication lag', seconds, source, resource }];
}
