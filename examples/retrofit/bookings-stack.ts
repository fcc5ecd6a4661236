import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { DatabaseInstance, DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Bookings as a team wrote it, before anybody said how critical it is. */
export class BookingsStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', {
      availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC },
        { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });

    new TableV2(this, 'Seats', { partitionKey: { name: 'flight', type: AttributeType.STRING } });
    new DatabaseInstance(this, 'Bookings', {
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 }),
      vpc,
    });
    new Bucket(this, 'Tickets');
    new Queue(this, 'Mail');

    const taskDefinition = new FargateTaskDefinition(this, 'Task');
    taskDefinition.addContainer('Web', {
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
      portMappings: [{ containerPort: 80 }],
    });
    const service = new FargateService(this, 'Web', {
      cluster: new Cluster(this, 'Cluster', { vpc }),
      taskDefinition,
    });
    const loadBalancer = new ApplicationLoadBalancer(this, 'Front', { vpc, internetFacing: true });
    loadBalancer
      .addListener('Http', { port: 80 })
      .addTargets('Web', { protocol: ApplicationProtocol.HTTP, targets: [service] });

    new ARecord(this, 'Legacy', {
      zone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: 'Z1D633PJN98FT9',
        zoneName: 'example.com',
      }),
      recordName: 'legacy',
      target: RecordTarget.fromIpAddresses('192.0.2.10'),
      // Somebody wanted an hour. A retrofit says that it is long, and leaves it.
      ttl: Duration.hours(1),
    });
  }
}
