import type { Resource } from './resource';
import type { Stack } from './stack';
import { isMap, Text, Unknown, type Value } from './value';

/** Where a type's physical name is not the property `<Type>Name` or `Name`. */
const NAME_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudWatch::CompositeAlarm': ['AlarmName'],
  'AWS::DocDB::DBCluster': ['DBClusterIdentifier'],
  'AWS::DocDB::DBInstance': ['DBInstanceIdentifier'],
  'AWS::DynamoDB::GlobalTable': ['TableName'],
  'AWS::ElastiCache::CacheCluster': ['ClusterName'],
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

/** Where the service in an ARN is not the one in the type's name, in lower case. */
const ARN_SERVICES: Readonly<Record<string, readonly string[]>> = {
  amazonmq: ['mq'],
  certificatemanager: ['acm'],
  cognito: ['cognito-idp', 'cognito-identity'],
  docdb: ['rds'],
  efs: ['elasticfilesystem'],
  elasticloadbalancingv2: ['elasticloadbalancing'],
  elasticsearch: ['es'],
  kinesisfirehose: ['firehose'],
  msk: ['kafka'],
  neptune: ['rds', 'neptune-db'],
  networkfirewall: ['network-firewall'],
  opensearchservice: ['es'],
  redshiftserverless: ['redshift-serverless'],
  stepfunctions: ['states'],
  vpclattice: ['vpc-lattice'],
};

/** Stand for a stack's own region and account where it is bound to none. */
const OWN = { 'AWS::Region': '{own region}', 'AWS::AccountId': '{own account}' } as const;

/** The physical names that the template gives a resource, so that others may mean it by name or ARN. */
export function identifiersOf(resource: Resource): readonly string[] {
  return namePropertiesOf(resource.type).flatMap((property) => {
    const name = resource.get(property);
    const text = name === undefined ? undefined : comparableText(name, resource.stack);
    return text ? [text] : [];
  });
}

/** The properties by which a template may name a resource. */
export function namePropertiesOf(type: string): readonly string[] {
  return NAME_PROPERTIES[type] ?? [`${type.slice(type.lastIndexOf(':') + 1)}Name`, 'Name'];
}

/** A name or ARN as it can be compared with others. Stacks bound to no region are deployed together, to the same one. */
export function comparableText(value: Value, stack: Stack): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Text) {
    const parts = value.parts.map((part) => comparableText(part, stack));
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  const own = Object.entries(OWN).find(
    ([name]) => value instanceof Unknown && stack.pseudoParameter(name) === value,
  );
  return own?.[1];
}

/** An ARN, taken apart. What is empty is not said. */
export interface Arn {
  readonly service: string;
  readonly region: string | undefined;
  readonly account: string | undefined;

  /** What may be the resource's name in it, likeliest first. */
  readonly names: readonly string[];
}

export function parseArn(text: string): Arn | undefined {
  const [scheme, , service = '', region, account, ...rest] = text.split(':');
  if (scheme !== 'arn' || rest.length === 0) return undefined;
  return {
    service,
    region: region || undefined,
    account: account || undefined,
    names: namesIn(rest.join(':')),
  };
}

/** `name`, `type/name`, `type:name`, `type:name:version`, `bucket/key`: the type comes first where there is one. */
function namesIn(resource: string): readonly string[] {
  const [first = '', ...others] = resource.split(/[/:]/);
  const afterType = resource.slice(first.length + 1);
  // The name of a parameter begins with the slash where it has several parts: `parameter/shop/url`.
  const afterWord = resource.slice(first.length);
  return [...new Set([afterType, ...others, first, resource, afterWord])].filter((name) => name !== '');
}

/** Whether an ARN may be that of a resource, as far as service, region and account tell. */
export function mayBe(arn: Arn, resource: Resource): boolean {
  const { type, region, account } = resource;
  const service = type.split('::')[1]?.toLowerCase() ?? '';
  return (
    (ARN_SERVICES[service] ?? [service]).includes(arn.service) &&
    (mayStandIn(arn.region, OWN['AWS::Region'], region) || hasReplicaIn(arn.region, resource)) &&
    mayStandIn(arn.account, OWN['AWS::AccountId'], account)
  );
}

/** A global table is one resource, and has an ARN in each of its regions. */
function hasReplicaIn(region: string | undefined, table: Resource): boolean {
  if (region === undefined || table.type !== 'AWS::DynamoDB::GlobalTable') return false;
  const replicas = table.list('Replicas');
  return (
    !(replicas instanceof Unknown) && replicas.some((replica) => isMap(replica) && replica.Region === region)
  );
}

function mayStandIn(said: string | undefined, own: string, actual: string | undefined): boolean {
  return said === own ? actual === undefined : said === undefined || actual === undefined || said === actual;
}
