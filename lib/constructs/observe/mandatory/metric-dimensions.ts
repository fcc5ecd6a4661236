import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { balancersBefore } from './target-groups';
import { propertiesOf } from './template-view';

/** The dimensions of a metric, by name. @internal */
export type Dimensions = Readonly<Record<string, string>>;

/**
 * The dimensions under which a resource reports its metrics: one set, or one for each of its nodes. A text says why that
 * cannot be told.
 *
 * @internal
 */
export function dimensionsOf(resource: CfnResource, metric: string): readonly Dimensions[] | string {
  const by = DIMENSIONS[resource.cfnResourceType];
  return by ? by(resource, metric) : 'its dimensions are not known';
}

type ByType = (resource: CfnResource, metric: string) => readonly Dimensions[] | string;

const ref =
  (name: string): ByType =>
  ({ ref: value }) => [{ [name]: value }];

const attribute =
  (name: string, from: string): ByType =>
  (resource) => [{ [name]: resource.getAtt(from).toString() }];

/** A name that a property gives: the metric has the name, and a reference gives something else. */
const property =
  (name: string, from: string): ByType =>
  (resource) => {
    const raw = rawOf(resource, from);
    return typeof raw === 'string' ? [{ [name]: raw }] : `its ${from} is not said`;
  };

const DIMENSIONS: Readonly<Record<string, ByType>> = {
  'AWS::ApiGateway::RestApi': property('ApiName', 'Name'),
  'AWS::ApiGatewayV2::Api': ref('ApiId'),
  'AWS::AppSync::GraphQLApi': attribute('GraphQLAPIId', 'ApiId'),
  'AWS::AutoScaling::AutoScalingGroup': ref('AutoScalingGroupName'),
  'AWS::CloudFront::Distribution': (distribution) =>
    Stack.of(distribution).region === 'us-east-1'
      ? [{ DistributionId: distribution.ref, Region: 'Global' }]
      : 'its metrics are in us-east-1 only, where its stack is not',
  'AWS::DocDB::DBCluster': ref('DBClusterIdentifier'),
  'AWS::DynamoDB::GlobalTable': ref('TableName'),
  'AWS::DynamoDB::Table': ref('TableName'),
  'AWS::EC2::Instance': ref('InstanceId'),
  'AWS::EC2::NatGateway': ref('NatGatewayId'),
  'AWS::EC2::VPNConnection': ref('VpnId'),
  'AWS::ECS::Service': (service) => [
    { ClusterName: clusterNameOf(service), ServiceName: service.getAtt('Name').toString() },
  ],
  'AWS::EFS::FileSystem': ref('FileSystemId'),
  'AWS::ElastiCache::ReplicationGroup': (group) => nodesOf(group).map((id) => ({ CacheClusterId: id })),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': attribute('LoadBalancer', 'LoadBalancerFullName'),
  'AWS::ElasticLoadBalancingV2::TargetGroup': (group) => {
    const [balancer] = balancersBefore(group);
    if (!balancer) return 'no load balancer of the app sends to it';
    return [
      {
        TargetGroup: group.getAtt('TargetGroupFullName').toString(),
        LoadBalancer: balancer.getAtt('LoadBalancerFullName').toString(),
      },
    ];
  },
  'AWS::Kinesis::Stream': ref('StreamName'),
  'AWS::Lambda::Function': ref('FunctionName'),
  'AWS::MSK::Cluster': (cluster, metric) => {
    const name = rawOf(cluster, 'ClusterName');
    if (typeof name !== 'string') return 'its ClusterName is not said';
    if (metric !== 'KafkaDataLogsDiskUsed') return [{ 'Cluster Name': name }];
    const brokers = Number(propertiesOf(cluster).NumberOfBrokerNodes ?? 0);
    return counted(brokers).map((broker) => ({ 'Cluster Name': name, 'Broker ID': String(broker) }));
  },
  'AWS::MemoryDB::Cluster': property('ClusterName', 'ClusterName'),
  'AWS::Neptune::DBCluster': ref('DBClusterIdentifier'),
  'AWS::OpenSearchService::Domain': (domain) => [
    { DomainName: domain.ref, ClientId: Stack.of(domain).account },
  ],
  'AWS::RDS::DBCluster': ref('DBClusterIdentifier'),
  'AWS::RDS::DBInstance': ref('DBInstanceIdentifier'),
  'AWS::Redshift::Cluster': ref('ClusterIdentifier'),
  'AWS::SQS::Queue': attribute('QueueName', 'QueueName'),
  'AWS::StepFunctions::StateMachine': ref('StateMachineArn'),
};

/**
 * The nodes of a replication group, which ElastiCache names itself.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 * @internal
 */
export function nodesOf(group: CfnResource): readonly string[] {
  const {
    NumNodeGroups: shards,
    ReplicasPerNodeGroup: replicas,
    NumCacheClusters: clusters,
  } = propertiesOf(group);
  const three = (value: number): string => String(value).padStart(3, '0');
  if (shards === undefined && replicas === undefined)
    return counted(Number(clusters ?? 1)).map((node) => `${group.ref}-${three(node)}`);
  return counted(Number(shards ?? 1)).flatMap((shard) =>
    counted(1 + Number(replicas ?? 0)).map((node) => `${group.ref}-0${three(shard)}-${three(node)}`),
  );
}

function counted(count: number): readonly number[] {
  return Array.from({ length: Math.max(1, count) }, (_, index) => index + 1);
}

/** ECS takes the name of a cluster, or its ARN. */
function clusterNameOf(service: CfnResource): string {
  const raw = rawOf(service, 'Cluster');
  const name = typeof raw === 'string' ? raw : 'default';
  return name.startsWith('arn:') ? name.slice(name.lastIndexOf('/') + 1) : name;
}

/** A property as it was given, tokens and all: of a typed resource, else as its template has it. */
function rawOf(resource: CfnResource, name: string): unknown {
  const typed = (resource as unknown as Record<string, unknown>)[
    name.charAt(0).toLowerCase() + name.slice(1)
  ];
  return typed ?? propertiesOf(resource)[name];
}
