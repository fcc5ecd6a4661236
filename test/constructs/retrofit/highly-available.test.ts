import { Template } from 'aws-cdk-lib/assertions';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  CfnLoadBalancer,
  CfnTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnHealthCheck, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Aspects, CfnParameter, Fn, Lazy, Mixins, RemovalPolicy, Shims, Stack } from 'aws-cdk-lib/core';
import { HighlyAvailable } from '../../../lib/constructs/retrofit/highly-available';
import { RetrofitOutcome } from '../../../lib/constructs/retrofit/retrofit-report';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, only } from '../fixtures';

const TIER_1 = { tier: Tier.BUSINESS_CRITICAL };

const stackOf = (app = new App()): Stack =>
  new Stack(app, 'Plain', { env: { account: ACCOUNT, region: 'eu-west-1' } });

/** A stack with a resource in it, made highly available, and what was said about it. */
function improved(
  make: (stack: Stack) => unknown,
  props: ConstructorParameters<typeof HighlyAvailable>[0] = TIER_1,
) {
  const stack = stackOf();
  make(stack);
  const available = new HighlyAvailable(props);
  Mixins.of(stack).apply(available);
  return { stack, report: available.report };
}

const instance = { dbInstanceClass: 'db.m6i.large', engine: 'postgres', allocatedStorage: '100' };

describe('a resource', () => {
  it('takes what its tier owes: database instances', () => {
    const { stack } = improved((scope) => new CfnDBInstance(scope, 'Orders', instance));
    expect(only(stack, 'AWS::RDS::DBInstance')).toMatchObject({
      MultiAZ: true,
      BackupRetentionPeriod: 35,
      DeletionProtection: true,
    });
  });

  it.each([
    { dbClusterIdentifier: 'shop' },
    { sourceDbInstanceIdentifier: 'shop' },
    { availabilityZone: 'eu-west-1a' },
  ])('is left to what it belongs to: an instance with %j', (props) => {
    const { stack } = improved((scope) => new CfnDBInstance(scope, 'Orders', { ...instance, ...props }));
    expect(only(stack, 'AWS::RDS::DBInstance').MultiAZ).toBeUndefined();
  });

  it('takes what its tier owes: clusters', () => {
    const { stack } = improved((scope) => new CfnDBCluster(scope, 'Orders', { engine: 'aurora-postgresql' }));
    expect(only(stack, 'AWS::RDS::DBCluster')).toMatchObject({
      BackupRetentionPeriod: 35,
      DeletionProtection: true,
    });
  });

  it('takes what its tier owes: tables, in each replica', () => {
    const keys = {
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    };
    const { stack, report } = improved((scope) => {
      new CfnTable(scope, 'Old', {
        ...keys,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      });
      new CfnGlobalTable(scope, 'New', {
        ...keys,
        replicas: [{ region: 'eu-west-1', deletionProtectionEnabled: true }, { region: 'eu-central-1' }],
      });
    });
    expect(only(stack, 'AWS::DynamoDB::Table')).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    });
    for (const replica of only(stack, 'AWS::DynamoDB::GlobalTable').Replicas) {
      expect(replica).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
    expect(report.left).toMatchObject([
      {
        path: 'Plain/Old',
        property: 'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled',
        from: 'false',
        outcome: RetrofitOutcome.LEFT,
      },
    ]);
  });

  it('takes what its tier owes: buckets and file systems, and they stay', () => {
    const { stack } = improved((scope) => {
      new CfnBucket(scope, 'Images');
      new CfnFileSystem(scope, 'Files');
    });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', {
      Properties: { VersioningConfiguration: { Status: 'Enabled' } },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    template.hasResource('AWS::EFS::FileSystem', {
      Properties: { BackupPolicy: { Status: 'ENABLED' } },
      DeletionPolicy: 'Retain',
    });
  });

  it('may be deleted where a person said so', () => {
    const { stack, report } = improved(
      (scope) => new Bucket(scope, 'Scratch', { removalPolicy: RemovalPolicy.DESTROY, versioned: true }),
    );
    Template.fromStack(stack).hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    expect(report.left).toMatchObject([{ property: 'DeletionPolicy', from: 'Delete', to: 'Retain' }]);
  });

  it('fails over by itself where it has a replica: caches', () => {
    const group = {
      replicationGroupDescription: 'carts',
      cacheNodeType: 'cache.m7g.large',
      engine: 'valkey',
    };
    const { stack } = improved((scope) => {
      new CfnReplicationGroup(scope, 'Two', { ...group, numCacheClusters: 2 });
      new CfnReplicationGroup(scope, 'One', { ...group, numCacheClusters: 1 });
    });
    const [two, one] = Object.values(
      Template.fromStack(stack).findResources('AWS::ElastiCache::ReplicationGroup'),
    );
    expect(two?.Properties).toMatchObject({
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      SnapshotRetentionLimit: 35,
    });
    expect(one?.Properties.MultiAZEnabled).toBeUndefined();
  });

  it('keeps the attributes that a person set: load balancers', () => {
    const { stack, report } = improved((scope) => {
      new CfnLoadBalancer(scope, 'Entry', {
        subnets: ['subnet-1'],
        loadBalancerAttributes: [{ key: 'deletion_protection.enabled', value: 'false' }],
      });
      const vpc = new Vpc(scope, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
      new ApplicationLoadBalancer(scope, 'L2', { vpc }).setAttribute('zonal_shift.config.enabled', 'false');
    });
    const written = Object.values(
      Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    ).map(({ Properties }) =>
      Object.fromEntries(
        Properties.LoadBalancerAttributes.map(({ Key, Value }: Record<string, string>) => [Key, Value]),
      ),
    );
    expect(written).toEqual(
      expect.arrayContaining([
        { 'deletion_protection.enabled': 'false', 'zonal_shift.config.enabled': 'true' },
        expect.objectContaining({ 'zonal_shift.config.enabled': 'false' }),
      ]),
    );
    expect(report.left.map(({ path }) => path)).toContain('Plain/Entry');
  });

  it.each([
    [Tier.MISSION_CRITICAL, { HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 3 }],
    [Tier.IMPORTANT, { HealthCheckIntervalSeconds: 15, HealthyThresholdCount: 3 }],
  ])('is asked in time at tier %i: target groups', (tier, expected) => {
    const { stack } = improved(
      (scope) => new CfnTargetGroup(scope, 'Targets', { protocol: 'HTTP', port: 80 }),
      {
        tier,
      },
    );
    const group = only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(group).toMatchObject(expected);
    expect(group.UnhealthyThresholdCount).toBeUndefined();
  });

  it('is asked as a person says later: target groups', () => {
    const { stack } = improved((scope) => {
      const vpc = new Vpc(scope, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
      new ApplicationTargetGroup(scope, 'Targets', { vpc, protocol: ApplicationProtocol.HTTP });
    });
    const group = stack.node.findChild('Targets') as ApplicationTargetGroup;
    group.configureHealthCheck({ healthyThresholdCount: 7 });
    expect(only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup').HealthyThresholdCount).toBe(7);
  });

  it('is asked in ways of its own: target groups that speak TCP', () => {
    const { report } = improved(
      (scope) => new CfnTargetGroup(scope, 'Targets', { protocol: 'TCP', port: 80 }),
    );
    expect(report.findings).toEqual([]);
  });

  it('runs in each zone, unless it is scaled: services', () => {
    const { stack } = improved((scope) => new CfnService(scope, 'Web', {}));
    expect(only(stack, 'AWS::ECS::Service')).toMatchObject({
      DesiredCount: 3,
      AvailabilityZoneRebalancing: 'ENABLED',
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
      },
    });
    const scaled = improved((scope) => {
      new CfnService(scope, 'Web', {});
      new CfnScalableTarget(scope, 'Scaling', {
        maxCapacity: 9,
        minCapacity: 3,
        resourceId: 'service/shop/web',
        scalableDimension: 'ecs:service:DesiredCount',
        serviceNamespace: 'ecs',
      });
    });
    expect(only(scaled.stack, 'AWS::ECS::Service').DesiredCount).toBeUndefined();
  });

  it.each([{ schedulingStrategy: 'DAEMON' }, { deploymentController: { type: 'EXTERNAL' } }])(
    'is left to who deploys it: a service with %j',
    (props) => {
      const { report } = improved((scope) => new CfnService(scope, 'Web', props));
      expect(report.findings).toEqual([]);
    },
  );

  it('goes by the health of its targets: Auto Scaling groups', () => {
    const { stack } = improved((scope) => {
      new CfnAutoScalingGroup(scope, 'Web', { maxSize: '6', minSize: '3', targetGroupArns: ['arn:t'] });
    });
    expect(only(stack, 'AWS::AutoScaling::AutoScalingGroup')).toMatchObject({
      HealthCheckType: 'ELB',
      HealthCheckGracePeriod: 300,
    });
    const alone = improved((scope) => new CfnAutoScalingGroup(scope, 'Web', { maxSize: '6', minSize: '3' }));
    expect(alone.report.findings).toEqual([]);
  });

  it('is answered for a minute: records, but no aliases', () => {
    const record = { hostedZoneId: 'Z1', name: 'a.b', type: 'A' };
    const { stack } = improved((scope) => {
      new CfnRecordSet(scope, 'Address', { ...record, resourceRecords: ['192.0.2.10'] });
      new CfnRecordSet(scope, 'Alias', { ...record, aliasTarget: { dnsName: 'c.d', hostedZoneId: 'Z2' } });
    });
    const ttls = Object.values(Template.fromStack(stack).findResources('AWS::Route53::RecordSet')).map(
      ({ Properties }) => Properties.TTL,
    );
    expect(ttls).toEqual(['60', undefined]);
  });

  const check = { healthCheckConfig: { type: 'HTTPS', fullyQualifiedDomainName: 'a.b' } };

  it('is made anew by a shorter interval, so only when asked: health checks', () => {
    const tier = Tier.MISSION_CRITICAL;
    const left = improved((scope) => new CfnHealthCheck(scope, 'Check', check), { tier });
    expect(left.report.left).toMatchObject([{ outcome: RetrofitOutcome.WOULD_REPLACE }]);
    const asked = improved((scope) => new CfnHealthCheck(scope, 'Check', check), { tier, replace: true });
    expect(only(asked.stack, 'AWS::Route53::HealthCheck').HealthCheckConfig.RequestInterval).toBe(10);
  });

  it('needs people to set failing messages aside: queues', () => {
    const { report } = improved((scope) => {
      const deadLetterQueue = { queue: new Queue(scope, 'Dead'), maxReceiveCount: 3 };
      new Queue(scope, 'Cared', { deadLetterQueue });
      const topic = new Topic(scope, 'News');
      new Subscription(scope, 'Mail', {
        topic,
        protocol: SubscriptionProtocol.LAMBDA,
        endpoint: 'arn:f',
        deadLetterQueue: new Queue(scope, 'Unsent'),
      });
      new CfnQueue(scope, 'Alone');
    });
    expect(report.findings.filter(({ property }) => property !== 'alarm')).toMatchObject([
      { path: 'Plain/Alone', property: 'redrivePolicy', from: 'none', to: 'a dead-letter queue' },
    ]);
  });

  it('is not judged by what is known at deployment only', () => {
    const { stack, report } = improved((scope) => {
      const zones = new CfnParameter(scope, 'Zones');
      new CfnDBInstance(scope, 'Orders', {
        ...instance,
        multiAz: Fn.conditionEquals(zones.valueAsString, '2') as never,
        backupRetentionPeriod: 35,
        deletionProtection: true,
      });
      new CfnBucket(scope, 'Images', {
        versioningConfiguration: Lazy.any({ produce: () => ({ status: 'Enabled' }) }),
      });
    });
    expect(report.findings.map(({ property }) => property)).toEqual(['DeletionPolicy']);
    expect(only(stack, 'AWS::S3::Bucket').VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });
});

describe('the mixin', () => {
  it('is for one construct', () => {
    const stack = stackOf();
    new Bucket(stack, 'Images').with(new HighlyAvailable(TIER_1));
    new Bucket(stack, 'Other');
    const versioned = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket')).filter(
      ({ Properties }) => Properties?.VersioningConfiguration,
    );
    expect(versioned).toHaveLength(1);
  });

  it.each([
    ['by itself', (available: HighlyAvailable) => available],
    ['through the shim of the CDK', (available: HighlyAvailable) => Shims.asAspect(available)],
  ])('is an aspect, %s, for what is made later', (_, asAspect) => {
    const app = new App();
    Aspects.of(app).add(asAspect(new HighlyAvailable(TIER_1)));
    const stack = stackOf(app);
    new CfnBucket(stack, 'Later');
    expect(only(stack, 'AWS::S3::Bucket').VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });

  it('supports what a tier decides something of', () => {
    const stack = stackOf();
    const available = new HighlyAvailable(TIER_1);
    expect(available.supports(new CfnBucket(stack, 'Images'))).toBe(true);
    expect(available.supports(new Topic(stack, 'News'))).toBe(false);
    available.applyTo(new Topic(stack, 'More'));
    expect(available.report.findings).toEqual([]);
  });

  it('changes nothing the second time', () => {
    const stack = stackOf();
    new CfnBucket(stack, 'Images');
    const [first, second] = [new HighlyAvailable(TIER_1), new HighlyAvailable(TIER_1)];
    Mixins.of(stack).apply(first, second);
    expect(first.report.changes).toHaveLength(2);
    expect(second.report.findings).toEqual([]);
  });

  it('leaves alone what belongs to no service, when no tier is given', () => {
    const { report } = improved((scope) => new CfnBucket(scope, 'Images'), {});
    expect(report.findings).toEqual([]);
  });
});
