import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { membersOf } from '../../assembly/data/database-members';
import type { Resource } from '../../assembly/resource';
import { Unknown, type Value } from '../../assembly/value';
import { hangingOn, type Path } from './path';

/** Properties that decide whether a store has a second instance, by its type. */
const DECIDING: Readonly<Record<string, readonly string[]>> = {
  'AWS::AmazonMQ::Broker': ['DeploymentMode'],
  'AWS::DAX::Cluster': ['ReplicationFactor'],
  'AWS::EC2::Instance': ['MaintenanceOptions.AutoRecovery'],
  'AWS::ElastiCache::ReplicationGroup': [
    'AutomaticFailoverEnabled',
    'MultiAZEnabled',
    'NumCacheClusters',
    'ReplicasPerNodeGroup',
  ],
  'AWS::Elasticsearch::Domain': [
    'ElasticsearchClusterConfig.ZoneAwarenessEnabled',
    'ElasticsearchClusterConfig.InstanceCount',
  ],
  'AWS::FSx::FileSystem': [
    'WindowsConfiguration.DeploymentType',
    'OntapConfiguration.DeploymentType',
    'OpenZFSConfiguration.DeploymentType',
  ],
  'AWS::MemoryDB::Cluster': ['NumReplicasPerShard'],
  'AWS::OpenSearchService::Domain': [
    'ClusterConfig.MultiAZWithStandbyEnabled',
    'ClusterConfig.ZoneAwarenessEnabled',
    'ClusterConfig.InstanceCount',
  ],
  'AWS::RDS::DBInstance': ['MultiAZ'],
  'AWS::Redshift::Cluster': [
    'MultiAZ',
    'AvailabilityZoneRelocation',
    'ClusterType',
    'NodeType',
    'NumberOfNodes',
  ],
};

/** Types that may stand in several zones, by their subnets. */
const SPREADING =
  /^AWS::(AutoScaling::AutoScalingGroup|ECS::Service|EKS::Nodegroup|ElasticLoadBalancing(V2)?::LoadBalancer)$/;

/** What only deploy decides about how many there are of a resource: then more may be there. */
export function asFarAsCounted(resource: Resource, path: Path): Path {
  return hangingOnFirst(path, () => countDoubts(resource));
}

/** The same, and where they stand. */
export function asFarAsPlaced(resource: Resource, path: Path): Path {
  return hangingOnFirst(path, () => doubtsOf(resource));
}

/** What only deploy decides about how many there are of a resource, and where they stand. */
export function whyUncertain(resource: Resource): string | undefined {
  const why = doubtsOf(resource).find((value) => value instanceof Unknown);
  return why instanceof Unknown ? why.reason : undefined;
}

function doubtsOf(resource: Resource): readonly (Value | undefined)[] {
  return [...countDoubts(resource), ...(SPREADING.test(resource.type) ? [resource.zones.unknowns[0]] : [])];
}

function hangingOnFirst(path: Path, doubts: () => readonly (Value | undefined)[]): Path {
  if (path.worstSeconds === 0) return path;
  const why = doubts().find((value) => value instanceof Unknown);
  return why instanceof Unknown ? hangingOn(path, why.reason) : path;
}

function countDoubts(resource: Resource): readonly (Value | undefined)[] {
  const minimum = minimumUnitsOf(resource);
  return [
    ...(typeof minimum === 'string' ? [] : [minimum.units.why]),
    ...(DECIDING[resource.type] ?? []).map((each) => resource.get(each)),
    ...(resource.type === 'AWS::RDS::DBCluster' ? doubtsOfCluster(resource) : []),
  ];
}

function doubtsOfCluster(cluster: Resource): readonly (Value | undefined)[] {
  const { maybe, unknown } = membersOf(cluster);
  const presence = maybe[0]?.presence;
  return [unknown, presence instanceof Unknown ? presence : undefined];
}
