import { AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import {
  CfnDBCluster as CfnDocumentCluster,
  DatabaseCluster as DocumentCluster,
} from 'aws-cdk-lib/aws-docdb';
import { AttributeType, CfnGlobalTable, CfnTable, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, type IVpc, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AsgCapacityProvider,
  CfnService,
  Cluster,
  ContainerImage,
  Ec2Service,
  Ec2TaskDefinition,
  FargateService,
  FargateTaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { CfnFileSystem, FileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import {
  ApplicationLoadBalancer,
  ApplicationTargetGroup,
  CfnLoadBalancer,
  CfnTargetGroup,
  NetworkLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnFileSystem as CfnSharedFileSystem } from 'aws-cdk-lib/aws-fsx';
import { CfnCluster as CfnKafkaCluster } from 'aws-cdk-lib/aws-msk';
import { CfnDBCluster as CfnGraphCluster } from 'aws-cdk-lib/aws-neptune';
import {
  CfnDBCluster,
  CfnDBInstance,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseClusterFromSnapshot,
  DatabaseInstance,
  DatabaseInstanceEngine,
  DatabaseInstanceFromSnapshot,
  SnapshotCredentials,
} from 'aws-cdk-lib/aws-rds';
import {
  CfnHealthCheck,
  CfnRecordSet,
  HealthCheck,
  HealthCheckType,
  HostedZone,
  RecordSet,
  RecordTarget,
  RecordType,
} from 'aws-cdk-lib/aws-route53';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';

/**
 * Plain CDK of every kind of which a tier decides something, with what must be said and no more: each as L2, and as L1. The id
 * of each is its class as the CDK calls it, `rds.DatabaseInstance`.
 */
export function plainEstate(stack: Stack): void {
  // As few NAT gateways as there can be: their number is judged, never filled.
  const vpc = new Vpc(stack, 'ec2.Vpc', { natGateways: 1 });
  databases(stack, vpc);
  stores(stack, vpc);
  compute(stack, vpc);
  traffic(stack, vpc);
  messages(stack);
}

function databases(stack: Stack, vpc: IVpc): void {
  const engine = DatabaseInstanceEngine.MYSQL;
  const aurora = {
    engine: DatabaseClusterEngine.AURORA_MYSQL,
    writer: ClusterInstance.serverlessV2('Writer'),
    vpc,
  };
  const snapshotCredentials = SnapshotCredentials.fromGeneratedSecret('admin');
  new DatabaseInstance(stack, 'rds.DatabaseInstance', { engine, vpc });
  new DatabaseInstanceFromSnapshot(stack, 'rds.DatabaseInstanceFromSnapshot', {
    engine,
    vpc,
    snapshotIdentifier: 'yesterday',
  });
  new DatabaseCluster(stack, 'rds.DatabaseCluster', {
    ...aurora,
    credentials: Credentials.fromGeneratedSecret('admin'),
  });
  new DatabaseClusterFromSnapshot(stack, 'rds.DatabaseClusterFromSnapshot', {
    ...aurora,
    snapshotCredentials,
    snapshotIdentifier: 'yesterday',
  });
  new DocumentCluster(stack, 'docdb.DatabaseCluster', {
    masterUser: { username: 'owner' },
    instanceType: new InstanceType('r6g.large'),
    vpc,
  });
  new CfnDBInstance(stack, 'rds.CfnDBInstance', { engine: 'mysql' });
  new CfnDBCluster(stack, 'rds.CfnDBCluster', { engine: 'aurora-mysql' });
  new CfnDocumentCluster(stack, 'docdb.CfnDBCluster', {});
  new CfnGraphCluster(stack, 'neptune.CfnDBCluster', {});
}

function stores(stack: Stack, vpc: IVpc): void {
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  const key = {
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  };
  new Table(stack, 'dynamodb.Table', { partitionKey });
  new TableV2(stack, 'dynamodb.TableV2', { partitionKey });
  new CfnTable(stack, 'dynamodb.CfnTable', key);
  new CfnGlobalTable(stack, 'dynamodb.CfnGlobalTable', { ...key, replicas: [{ region: stack.region }] });
  new Bucket(stack, 's3.Bucket');
  new CfnBucket(stack, 's3.CfnBucket');
  new FileSystem(stack, 'efs.FileSystem', { vpc });
  new CfnFileSystem(stack, 'efs.CfnFileSystem', { availabilityZoneName: `${stack.region}a` });
  new CfnSharedFileSystem(stack, 'fsx.CfnFileSystem', { fileSystemType: 'LUSTRE', subnetIds: ['subnet-1'] });
  new CfnKafkaCluster(stack, 'msk.CfnCluster', {
    clusterName: 'clicks',
    kafkaVersion: '3.9.x',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: { clientSubnets: ['subnet-1'], instanceType: 'kafka.m7g.large' },
  });
  new CfnReplicationGroup(stack, 'elasticache.CfnReplicationGroup', {
    replicationGroupDescription: 'baskets',
    numCacheClusters: 2,
  });
}

function compute(stack: Stack, vpc: IVpc): void {
  const cluster = new Cluster(stack, 'Cluster', { vpc });
  const image = ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable');
  const onFargate = new FargateTaskDefinition(stack, 'FargateTask');
  onFargate.addContainer('Web', { image });
  new FargateService(stack, 'ecs.FargateService', { cluster, taskDefinition: onFargate });
  const onInstances = new Ec2TaskDefinition(stack, 'Ec2Task');
  onInstances.addContainer('Web', { image, memoryLimitMiB: 512 });
  const group = new AutoScalingGroup(stack, 'autoscaling.AutoScalingGroup', {
    vpc,
    instanceType: new InstanceType('m7g.large'),
    machineImage: MachineImage.latestAmazonLinux2023(),
  });
  cluster.addAsgCapacityProvider(new AsgCapacityProvider(stack, 'Capacity', { autoScalingGroup: group }));
  new Ec2Service(stack, 'ecs.Ec2Service', { cluster, taskDefinition: onInstances });
  new CfnService(stack, 'ecs.CfnService', { taskDefinition: 'web' });
  new CfnAutoScalingGroup(stack, 'autoscaling.CfnAutoScalingGroup', {
    minSize: '1',
    maxSize: '3',
    targetGroupArns: [`arn:aws:elasticloadbalancing:${stack.region}:${stack.account}:targetgroup/web/1`],
  });
}

function traffic(stack: Stack, vpc: IVpc): void {
  const zone = HostedZone.fromHostedZoneAttributes(stack, 'PlainZone', {
    hostedZoneId: 'Z1D633PJN98FT9',
    zoneName: 'example.com',
  });
  new ApplicationLoadBalancer(stack, 'elbv2.ApplicationLoadBalancer', { vpc });
  new NetworkLoadBalancer(stack, 'elbv2.NetworkLoadBalancer', { vpc });
  new CfnLoadBalancer(stack, 'elbv2.CfnLoadBalancer', {});
  new ApplicationTargetGroup(stack, 'elbv2.ApplicationTargetGroup', { vpc, port: 80 });
  new CfnTargetGroup(stack, 'elbv2.CfnTargetGroup', { protocol: 'HTTP', port: 80 });
  new RecordSet(stack, 'route53.RecordSet', {
    zone,
    recordType: RecordType.A,
    target: RecordTarget.fromIpAddresses('192.0.2.10'),
  });
  new CfnRecordSet(stack, 'route53.CfnRecordSet', { name: 'example.com', type: 'A' });
  new HealthCheck(stack, 'route53.HealthCheck', { type: HealthCheckType.HTTPS, fqdn: 'example.com' });
  new CfnHealthCheck(stack, 'route53.CfnHealthCheck', { healthCheckConfig: { type: 'HTTPS' } });
}

function messages(stack: Stack): void {
  const deadLetters = new Queue(stack, 'sqs.DeadLetterQueue');
  new Queue(stack, 'Orders', { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 } });
  new Queue(stack, 'sqs.Queue');
}
