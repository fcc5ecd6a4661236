import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup, type AutoScalingGroupProps } from 'aws-cdk-lib/aws-autoscaling';
import { DatabaseCluster as DocumentDatabase } from 'aws-cdk-lib/aws-docdb';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  DeploymentControllerType,
  Ec2Service,
  FargateService,
  type FargateServiceProps,
  FargateTaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  type ApplicationTargetGroupProps,
  NetworkLoadBalancer,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseClusterFromSnapshot,
  DatabaseInstance,
  DatabaseInstanceEngine,
  DatabaseInstanceFromSnapshot,
  type DatabaseInstanceProps,
  PostgresEngineVersion,
} from 'aws-cdk-lib/aws-rds';
import {
  ARecord,
  HealthCheck,
  HealthCheckType,
  HostedZone,
  RecordSet,
  RecordTarget,
} from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Duration, type IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { DEFAULT_PROPERTIES } from '../../../lib/constructs/retrofit/default-properties';
import { Retrofit } from '../../../lib/constructs/retrofit/retrofit';
import { RetrofitOutcome } from '../../../lib/constructs/retrofit/retrofit-report';
import { TierDefaults } from '../../../lib/constructs/retrofit/tier-defaults';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, only, shopOf } from '../fixtures';

const ENV = { account: ACCOUNT, region: 'eu-west-1' };
const ENGINE = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_16_6 });

interface Plain {
  readonly stack: Stack;
  readonly defaults: TierDefaults;
}

/** A stack of nobody's, whose L2s take the defaults of a tier. */
function plain(tier: Tier = Tier.BUSINESS_CRITICAL): Plain {
  const stack = new Stack(new App(), 'Plain', { env: ENV });
  return { stack, defaults: TierDefaults.of(stack, { tier }) };
}

const vpcIn = (stack: Stack): Vpc =>
  new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });

const databaseIn = (stack: Stack, props: Partial<DatabaseInstanceProps> = {}): DatabaseInstance =>
  new DatabaseInstance(stack, 'Orders', { engine: ENGINE, vpc: vpcIn(stack), ...props });

const tableProps = { partitionKey: { name: 'id', type: AttributeType.STRING } };

describe('a plain database instance', () => {
  it.each([
    [Tier.MISSION_CRITICAL, 35],
    [Tier.STANDARD, 14],
  ])('at tier %i has a second zone, a lock and backups of %i days', (tier, days) => {
    const { stack } = plain(tier);
    databaseIn(stack);
    expect(only(stack, 'AWS::RDS::DBInstance')).toMatchObject({
      MultiAZ: true,
      DeletionProtection: true,
      BackupRetentionPeriod: days,
    });
  });

  it('keeps what a person set, and says what is weaker', () => {
    const { stack, defaults } = plain();
    databaseIn(stack, { multiAz: false, backupRetention: Duration.days(7), deletionProtection: true });
    expect(only(stack, 'AWS::RDS::DBInstance')).toMatchObject({ MultiAZ: false, BackupRetentionPeriod: 7 });
    expect(defaults.report.changes).toEqual([]);
    expect(defaults.report.left).toMatchObject([
      { path: 'Plain/Orders', property: 'backupRetention', from: '7 d', to: '35 d' },
      { path: 'Plain/Orders', property: 'multiAz', from: 'false', to: 'true', outcome: RetrofitOutcome.LEFT },
    ]);
  });

  it('keeps undefined that a person wrote, also at synthesis', () => {
    const app = new App();
    const { report } = Retrofit.of(app, { tier: Tier.BUSINESS_CRITICAL });
    const stack = new Stack(app, 'Plain', { env: ENV });
    databaseIn(stack, { multiAz: undefined, backupRetention: undefined });
    app.synth();
    const { MultiAZ, BackupRetentionPeriod, DeletionProtection } = only(stack, 'AWS::RDS::DBInstance');
    expect([MultiAZ, BackupRetentionPeriod, DeletionProtection]).toEqual([undefined, undefined, true]);
    expect(report.left.map(({ property, from }) => [property, from])).toEqual(
      expect.arrayContaining([['multiAz', 'undefined, on purpose']]),
    );
  });

  it('keeps undefined that a person wrote of other constructs, also at synthesis', () => {
    const app = new App();
    Retrofit.of(app, { tier: Tier.BUSINESS_CRITICAL });
    const stack = new Stack(app, 'Plain', { env: ENV });
    const vpc = vpcIn(stack);
    new TableV2(stack, 'New', { ...tableProps, deletionProtection: undefined });
    new Table(stack, 'Old', { ...tableProps, pointInTimeRecoverySpecification: undefined });
    new Bucket(stack, 'Images', { versioned: undefined });
    new ApplicationLoadBalancer(stack, 'Alb', { vpc, deletionProtection: undefined });
    new ApplicationTargetGroup(stack, 'Targets', {
      vpc,
      protocol: ApplicationProtocol.HTTP,
      healthCheck: undefined,
      deregistrationDelay: undefined,
    });
    app.synth();
    const [replica] = only(stack, 'AWS::DynamoDB::GlobalTable').Replicas;
    expect(replica.DeletionProtectionEnabled).toBeUndefined();
    expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    expect(only(stack, 'AWS::DynamoDB::Table').PointInTimeRecoverySpecification).toBeUndefined();
    expect(only(stack, 'AWS::S3::Bucket')?.VersioningConfiguration).toBeUndefined();
    const attributes = JSON.stringify(
      only(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes,
    );
    expect(attributes).not.toMatch(/"deletion_protection.enabled","Value":"true"/);
    expect(attributes).toMatch(/"zonal_shift.config.enabled","Value":"true"/);
    const group = only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect([group.HealthCheckIntervalSeconds, group.HealthyThresholdCount]).toEqual([undefined, undefined]);
    expect(JSON.stringify(group.TargetGroupAttributes)).not.toMatch(/deregistration/);
  });

  it('stays in the zone that a person named', () => {
    const { stack } = plain();
    databaseIn(stack, { availabilityZone: 'eu-west-1a' });
    expect(only(stack, 'AWS::RDS::DBInstance').MultiAZ).toBeUndefined();
  });
});

describe('other plain constructs', () => {
  it('are locked and can be taken back: tables', () => {
    const { stack } = plain();
    new Table(stack, 'Old', tableProps);
    new TableV2(stack, 'New', tableProps);
    expect(only(stack, 'AWS::DynamoDB::Table')).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(only(stack, 'AWS::DynamoDB::GlobalTable').Replicas[0]).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('may use the older of two names: tables', () => {
    const { stack, defaults } = plain();
    const older = { pointInTimeRecovery: false };
    new Table(stack, 'Old', { ...tableProps, ...older });
    expect(defaults.report.left).toMatchObject([{ property: 'pointInTimeRecovery', from: 'false' }]);
  });

  it('need no recovery to a point in time at tier 3: tables', () => {
    const { stack } = plain(Tier.STANDARD);
    new Table(stack, 'Old', tableProps);
    expect(only(stack, 'AWS::DynamoDB::Table').PointInTimeRecoverySpecification).toBeUndefined();
  });

  it('are backed up and locked: clusters', () => {
    const { stack } = plain();
    const vpc = vpcIn(stack);
    const engine = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_6 });
    const writer = ClusterInstance.provisioned('Writer');
    new DatabaseCluster(stack, 'Aurora', {
      engine,
      vpc,
      writer,
      backup: { preferredWindow: '03:00-04:00' } as never,
    });
    new DatabaseClusterFromSnapshot(stack, 'Restored', { engine, vpc, writer, snapshotIdentifier: 'snap' });
    new DatabaseInstanceFromSnapshot(stack, 'Instance', { engine: ENGINE, vpc, snapshotIdentifier: 'snap' });
    new DocumentDatabase(stack, 'Documents', {
      masterUser: { username: 'root2' },
      instanceType: new InstanceType('r6g.large'),
      vpc,
    });
    for (const type of ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster']) {
      for (const { Properties } of Object.values(Template.fromStack(stack).findResources(type))) {
        expect(Properties).toMatchObject({ BackupRetentionPeriod: 35, DeletionProtection: true });
      }
    }
  });

  it('keep old versions and backups: buckets and file systems', () => {
    const { stack } = plain();
    new Bucket(stack, 'Images');
    new FileSystem(stack, 'Files', { vpc: vpcIn(stack) });
    expect(only(stack, 'AWS::S3::Bucket').VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(only(stack, 'AWS::EFS::FileSystem').BackupPolicy).toEqual({ Status: 'ENABLED' });
  });

  it('are locked and can leave a zone: load balancers', () => {
    const { stack } = plain();
    const vpc = vpcIn(stack);
    new ApplicationLoadBalancer(stack, 'Alb', { vpc });
    new NetworkLoadBalancer(stack, 'Nlb', { vpc });
    const attributes = Object.values(
      Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    ).map(({ Properties }) => JSON.stringify(Properties.LoadBalancerAttributes));
    expect(attributes.every((each) => each.includes('"deletion_protection.enabled","Value":"true"'))).toBe(
      true,
    );
    expect(attributes.filter((each) => each.includes('zonal_shift'))).toHaveLength(1);
  });

  test('leave zonal shift off where zones send to each other, which AWS may refuse', () => {
    const { stack } = plain();
    new NetworkLoadBalancer(stack, 'Nlb', { vpc: vpcIn(stack), crossZoneEnabled: true });
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template).toContain('load_balancing.cross_zone.enabled');
    expect(template).not.toContain('zonal_shift');
  });

  const targetsIn = (stack: Stack, props: Partial<ApplicationTargetGroupProps> = {}) =>
    new ApplicationTargetGroup(stack, 'Targets', {
      vpc: vpcIn(stack),
      protocol: ApplicationProtocol.HTTP,
      ...props,
    });

  it.each([
    [Tier.MISSION_CRITICAL, [5, 3, 2, undefined, '60']],
    [Tier.BUSINESS_CRITICAL, [10, undefined, 2, undefined, '60']],
    [Tier.IMPORTANT, [15, undefined, 3, undefined, '120']],
    [Tier.STANDARD, [undefined, undefined, undefined, undefined, undefined]],
  ])('at tier %i are checked as it owes: target groups', (tier, expected) => {
    const { stack } = plain(tier);
    targetsIn(stack);
    const group = only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    const drains = group.TargetGroupAttributes?.find(
      ({ Key }: { Key: string }) => Key === 'deregistration_delay.timeout_seconds',
    );
    expect([
      group.HealthCheckIntervalSeconds,
      group.HealthCheckTimeoutSeconds,
      group.HealthyThresholdCount,
      group.UnhealthyThresholdCount,
      drains?.Value,
    ]).toEqual(expected);
  });

  it('are asked in ways of their own: target groups of functions', () => {
    const { stack, defaults } = plain(Tier.MISSION_CRITICAL);
    new ApplicationTargetGroup(stack, 'Targets', { targetType: TargetType.LAMBDA });
    expect(defaults.report.findings).toEqual([]);
  });

  it('keep an answer that a person waits for, and the interval with it: target groups', () => {
    const { stack } = plain(Tier.MISSION_CRITICAL);
    targetsIn(stack, { healthCheck: { path: '/health', timeout: Duration.seconds(8) } });
    expect(only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({
      HealthCheckPath: '/health',
      HealthCheckTimeoutSeconds: 8,
      HealthyThresholdCount: 2,
    });
    expect(
      only(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup').HealthCheckIntervalSeconds,
    ).toBeUndefined();
  });

  const serviceIn = (stack: Stack, props: Partial<FargateServiceProps> = {}) => {
    const taskDefinition = new FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('Web', { image: ContainerImage.fromRegistry('nginx') });
    return new FargateService(stack, 'Web', {
      cluster: new Cluster(stack, 'Cluster', { vpc: vpcIn(stack) }),
      taskDefinition,
      ...props,
    });
  };

  it('take nothing away from the load, and are not made anew: services', () => {
    const { stack } = plain();
    serviceIn(stack);
    const service = only(stack, 'AWS::ECS::Service');
    expect(service).toMatchObject({
      AvailabilityZoneRebalancing: 'ENABLED',
      DeploymentConfiguration: { MinimumHealthyPercent: 100 },
    });
    expect(service.DeploymentController).toBeUndefined();
  });

  it('are left to the controller that deploys them: services', () => {
    const { stack, defaults } = plain();
    serviceIn(stack, { deploymentController: { type: DeploymentControllerType.EXTERNAL } });
    expect(defaults.report.changes.filter(({ path }) => path === 'Plain/Web')).toEqual([]);
  });

  it('keep room for a deploy that stops before it starts: services', () => {
    const { stack, defaults } = plain();
    serviceIn(stack, { maxHealthyPercent: 100, circuitBreaker: { enable: false } });
    expect(defaults.report.changes.filter(({ path }) => path === 'Plain/Web')).toEqual([]);
  });

  it.each<[Partial<AutoScalingGroupProps>, string, string]>([
    [{}, '3', '3'],
    [{ maxCapacity: 2 }, '1', '2'],
    [{ minCapacity: 2 }, '2', '2'],
  ])('run in each zone, where a person says nothing: Auto Scaling groups with %j', (props, least, most) => {
    const { stack } = plain();
    new AutoScalingGroup(stack, 'Web', {
      vpc: vpcIn(stack),
      instanceType: new InstanceType('m7g.large'),
      machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-12c6146b' }),
      ...props,
    });
    const { MinSize, MaxSize } = only(stack, 'AWS::AutoScaling::AutoScalingGroup');
    expect([MinSize, MaxSize]).toEqual([least, most]);
  });

  it('are not answered for half an hour: records', () => {
    const { stack } = plain();
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'a.b' });
    new ARecord(stack, 'Address', { zone, target: RecordTarget.fromIpAddresses('192.0.2.10') });
    expect(only(stack, 'AWS::Route53::RecordSet').TTL).toBe('60');
  });

  it('have the time to live of their target: aliases', () => {
    const { stack } = plain();
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'a.b' });
    const alb = new ApplicationLoadBalancer(stack, 'Alb', { vpc: vpcIn(stack) });
    new ARecord(stack, 'Alias', { zone, target: RecordTarget.fromAlias(new LoadBalancerTarget(alb)) });
    expect(only(stack, 'AWS::Route53::RecordSet').TTL).toBeUndefined();
  });

  it('would be made anew by a shorter interval: health checks', () => {
    const { stack, defaults } = plain(Tier.MISSION_CRITICAL);
    new HealthCheck(stack, 'Check', { type: HealthCheckType.HTTPS, fqdn: 'a.b', resourcePath: '/health' });
    expect(defaults.report.left).toMatchObject([
      {
        property: 'requestInterval',
        from: '30 s',
        to: '10 s',
        outcome: RetrofitOutcome.WOULD_REPLACE,
      },
    ]);
  });

  it('are judged, and keep their default: networks', () => {
    const { stack, defaults } = plain();
    new Vpc(stack, 'Thrifty', { availabilityZones: ['eu-west-1a', 'eu-west-1b'], natGateways: 1 });
    expect(defaults.report.findings).toMatchObject([{ property: 'natGateways', from: '1', to: '3' }]);
  });
});

describe('the injectors of a person', () => {
  const injector = (props: object): IPropertyInjector => ({
    constructUniqueId: Bucket.PROPERTY_INJECTION_ID,
    inject: (original) => ({ ...props, ...original }),
  });

  it('keep their word when they are above', () => {
    const app = new App();
    PropertyInjectors.of(app).add(injector({ versioned: false, bucketName: 'images' }));
    const stack = new Stack(app, 'Plain', { env: ENV });
    const { report } = TierDefaults.of(stack, { tier: Tier.BUSINESS_CRITICAL });
    new Bucket(stack, 'Images');
    expect(only(stack, 'AWS::S3::Bucket').BucketName).toBe('images');
    expect(only(stack, 'AWS::S3::Bucket').VersioningConfiguration).toBeUndefined();
    expect(report.left).toMatchObject([{ property: 'versioned', from: 'false' }]);
  });

  it('keep their word when they are at the same place', () => {
    const app = new App({ propertyInjectors: [injector({ bucketName: 'images' })] });
    TierDefaults.of(app, { tier: Tier.BUSINESS_CRITICAL });
    const stack = new Stack(app, 'Plain', { env: ENV });
    new Bucket(stack, 'Images');
    expect(only(stack, 'AWS::S3::Bucket')).toMatchObject({
      BucketName: 'images',
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });
});

describe('the defaults of a tier', () => {
  it('are those of the service that a construct belongs to', () => {
    const stack = new Stack(new App(), 'Shop', { env: ENV });
    declareService(stack, shopOf(Tier.STANDARD));
    TierDefaults.of(stack, { tier: Tier.MISSION_CRITICAL });
    databaseIn(stack);
    expect(only(stack, 'AWS::RDS::DBInstance').BackupRetentionPeriod).toBe(14);
    const decided = catalogued(stack).decisions.map(({ what, value }) => `${what}: ${value}`);
    expect(decided).toContain('Orders.multiAz: true');
  });

  it('leave alone what belongs to no service, when no tier is given', () => {
    const stack = new Stack(new App(), 'Plain', { env: ENV });
    const { report } = TierDefaults.of(stack);
    databaseIn(stack);
    expect(report.findings).toEqual([]);
  });

  it('are for classes that there are', () => {
    const classes = [
      AutoScalingGroup,
      DocumentDatabase,
      Table,
      TableV2,
      Vpc,
      Ec2Service,
      FargateService,
      FileSystem,
      ApplicationLoadBalancer,
      ApplicationTargetGroup,
      NetworkLoadBalancer,
      DatabaseCluster,
      DatabaseClusterFromSnapshot,
      DatabaseInstance,
      DatabaseInstanceFromSnapshot,
      HealthCheck,
      RecordSet,
      Bucket,
    ];
    expect(Object.keys(DEFAULT_PROPERTIES).sort()).toEqual(
      classes.map(({ PROPERTY_INJECTION_ID }) => PROPERTY_INJECTION_ID).sort(),
    );
  });
});
