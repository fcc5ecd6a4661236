import type { Resource } from './resource';

/** Where a type's physical name is not the property `<Type>Name` or `Name`. */
const NAME_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::DocDB::DBCluster': ['DBClusterIdentifier'],
  'AWS::DocDB::DBInstance': ['DBInstanceIdentifier'],
  'AWS::ElastiCache::ReplicationGroup': ['ReplicationGroupId'],
  'AWS::ElastiCache::SubnetGroup': ['CacheSubnetGroupName'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['LoadBalancerName'],
  'AWS::Neptune::DBCluster': ['DBClusterIdentifier'],
  'AWS::Neptune::DBInstance': ['DBInstanceIdentifier'],
  'AWS::RDS::DBCluster': ['DBClusterIdentifier'],
  'AWS::RDS::DBInstance': ['DBInstanceIdentifier'],
  'AWS::RDS::GlobalCluster': ['GlobalClusterIdentifier'],
  'AWS::Redshift::Cluster': ['ClusterIdentifier'],
};

/** The physical names that the template gives a resource, so that others may mean it by name or ARN. */
export function identifiersOf(resource: Resource): readonly string[] {
  const last = resource.type.slice(resource.type.lastIndexOf(':') + 1);
  const properties = NAME_PROPERTIES[resource.type] ?? [`${last}Name`, 'Name'];
  const names = properties.map((property) => resource.get(property));
  return names.filter((name) => typeof name === 'string' && name !== '').map(String);
}
