import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack, Tags } from 'aws-cdk-lib/core';
import { GlobalTable } from '../../../lib/constructs/data/key-value/global-table';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { RestoreTestType } from '../../../lib/constructs/recovery/restore-test-type';
import { RestoreTesting } from '../../../lib/constructs/recovery/restore-testing';
import type { RestoreTestingProps } from '../../../lib/constructs/recovery/restore-testing-props';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { entryIn, only, refusal, shopOf, shopStack, ZONES } from '../fixtures';
import { all, inTwoRegions, PRIMARY } from './region-fixtures';

const { AURORA, DYNAMODB, EC2, EFS, RDS, S3 } = RestoreTestType;

/** Tests of what a file system, an instance and a cluster keep. */
function tests(
  props: Partial<RestoreTestingProps> = {},
  tier = Tier.BUSINESS_CRITICAL,
  nonProduction = false,
) {
  const stack = shopStack(tier, { nonProduction });
  new CfnFileSystem(stack, 'Files', { encrypted: true });
  new CfnDBInstance(stack, 'Database', { engine: 'postgres' });
  new RestoreTesting(stack, 'Tests', { resourceTypes: [EFS, RDS], availabilityZones: ZONES, ...props });
  return stack;
}

const PLAN = 'AWS::Backup::RestoreTestingPlan';
const SELECTION = 'AWS::Backup::RestoreTestingSelection';

describe('restore tests', () => {
  it.each([
    [Tier.MISSION_CRITICAL, 'cron(0 5 ? * SUN *)'],
    [Tier.BUSINESS_CRITICAL, 'cron(0 5 1 * ? *)'],
    [Tier.IMPORTANT, 'cron(0 5 1 1/3 ? *)'],
    [Tier.STANDARD, 'cron(0 5 1 1 ? *)'],
  ])('run at tier %i by %s, on a random backup', (tier, schedule) => {
    expect(only(tests({}, tier), PLAN)).toMatchObject({
      RestoreTestingPlanName: 'shop_tests',
      ScheduleExpression: schedule,
      RecoveryPointSelection: { Algorithm: 'RANDOM_WITHIN_WINDOW', SelectionWindowDays: 30 },
    });
  });

  it('run oftener where somebody wants so', () => {
    expect(only(tests({ interval: Duration.days(10) }), PLAN).ScheduleExpression).toBe('cron(0 5 ? * SUN *)');
  });

  it('have a selection for each type, found by the tag of the service, after the plan', () => {
    const stack = tests();
    expect(all(stack, SELECTION).map(({ ProtectedResourceType }) => ProtectedResourceType)).toEqual([
      EFS,
      RDS,
    ]);
    expect(all(stack, SELECTION)[0]).toMatchObject({
      RestoreTestingSelectionName: 'EFS_of_shop',
      ProtectedResourceArns: ['*'],
      ProtectedResourceConditions: {
        StringEquals: [{ Key: 'aws:ResourceTag/resilience:service', Value: 'shop' }],
        StringNotEquals: [{ Key: 'aws:ResourceTag/resilience:rebuildable', Value: 'true' }],
      },
      ValidationWindowHours: 8,
    });
    for (const { DependsOn } of Object.values(Template.fromStack(stack).findResources(SELECTION))) {
      expect(DependsOn[0]).toMatch(/^TestsPlan/);
    }
  });

  it('are for what the service keeps, whoever comes first, but not for what can be made again', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const built = new RestoreTesting(stack, 'Tests');
    expect(built.types).toEqual([]);
    new CfnFileSystem(stack, 'Files', { encrypted: true });
    new Bucket(stack, 'Images');
    const sessions = new Table(stack, 'Sessions', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
    });
    Tags.of(sessions).add('resilience:rebuildable', 'true');
    expect(all(stack, SELECTION).map(({ ProtectedResourceType }) => ProtectedResourceType)).toEqual([
      EFS,
      S3,
    ]);
    expect(built.types).toEqual([EFS, S3]);
    expect(built.selections).toHaveLength(2);
    const role = all(stack, 'AWS::IAM::Role').find(({ Description }) => Description?.startsWith('Restores'));
    expect(JSON.stringify(role.ManagedPolicyArns)).toContain('AWSBackupServiceRolePolicyForS3Restore');
  });

  it.each([true, false])('have the tags of the service where aspects run until all is still: %s', (until) => {
    const context = {
      '@aws-cdk/core:aspectStabilization': until,
      '@aws-cdk/core:aspectPrioritiesMutating': until,
    };
    const stack = new Stack(new App({ context }), 'Shop', { env: { region: 'eu-west-1' } });
    declareService(stack, shopOf(Tier.BUSINESS_CRITICAL));
    new RestoreTesting(stack, 'Tests', { availabilityZones: ZONES });
    new CfnFileSystem(stack, 'Files', { encrypted: true });
    new CfnDBInstance(stack, 'Database', { engine: 'postgres' });
    const { Tags: tags } = only(stack, 'AWS::EC2::VPC');
    expect(tags).toContainEqual({ Key: 'resilience:service', Value: 'shop' });
    expect(all(stack, SELECTION)).toHaveLength(2);
  });

  it('leave out types that are named and of which the region keeps nothing', () => {
    const stack = tests({ resourceTypes: [EFS, RDS, DYNAMODB] });
    expect(all(stack, SELECTION)).toHaveLength(2);
  });

  it('do not ask for the logs of a load balancer', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    new CfnFileSystem(stack, 'Files', { encrypted: true });
    new RestoreTesting(stack, 'Tests');
    expect(only(stack, SELECTION).ProtectedResourceType).toBe(EFS);
  });

  it('are the same code in all regions: a standby restores only where somebody says so', () => {
    const build = (props: RestoreTestingProps) =>
      inTwoRegions({ tier: Tier.BUSINESS_CRITICAL }, (stack) => {
        new CfnFileSystem(stack, 'Files', { encrypted: true });
        new RestoreTesting(stack, 'Tests', props);
      });
    const { primary, standby } = build({});
    expect([all(primary, PLAN).length, all(standby, PLAN).length]).toEqual([1, 0]);
    expect(all(build({ restores: true }).standby, SELECTION)).toHaveLength(1);
    expect(all(build({ resourceTypes: [EFS] }).standby, SELECTION)).toHaveLength(1);
  });

  it('restore a global table in each region that has a replica', () => {
    const { primary, standby } = inTwoRegions(
      { tier: Tier.IMPORTANT, roles: [RegionRole.ACTIVE, RegionRole.ACTIVE] },
      (stack) => {
        const partitionKey = { name: 'id', type: AttributeType.STRING };
        new GlobalTable(stack, 'Orders', { partitionKey, homeRegion: PRIMARY });
        new RestoreTesting(stack, 'Tests');
      },
    );
    expect(only(primary, SELECTION).ProtectedResourceType).toBe(DYNAMODB);
    expect(only(standby, SELECTION).ProtectedResourceType).toBe(DYNAMODB);
    // Asking early must not keep the tags from being set.
    const { Replicas } = only(primary, 'AWS::DynamoDB::GlobalTable');
    expect(Replicas[0].Tags).toContainEqual({ Key: 'resilience:service', Value: 'shop' });
  });

  it('put copies into a network that leads nowhere', () => {
    const stack = tests();
    const rds = all(stack, SELECTION)[1].RestoreMetadataOverrides;
    expect(Object.keys(rds).sort()).toEqual([
      'dbSubnetGroupName',
      'multiAz',
      'publiclyAccessible',
      'vpcSecurityGroupIds',
    ]);
    expect(all(stack, SELECTION)[0].RestoreMetadataOverrides).toBeUndefined();
    expect(all(stack, 'AWS::EC2::Subnet')).toHaveLength(2);
    for (const way of ['InternetGateway', 'NatGateway', 'Route', 'VPCPeeringConnection']) {
      expect(all(stack, `AWS::EC2::${way}`)).toEqual([]);
    }
    const group = only(stack, 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress).toBeUndefined();
    expect(group.SecurityGroupEgress).toMatchObject([{ CidrIp: '255.255.255.255/32' }]);
    expect(all(stack, 'AWS::EC2::FlowLog')).toHaveLength(1);
  });

  it('make no network where no type needs one', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new CfnFileSystem(stack, 'Files');
    new RestoreTesting(stack, 'Tests', { resourceTypes: [EFS] });
    expect(all(stack, 'AWS::EC2::VPC')).toEqual([]);
  });

  it('use the isolated subnets of a network that is given', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ZONES.slice(0, 2),
      isolatedSubnetIds: ['subnet-1', 'subnet-2'],
    });
    new CfnDBInstance(stack, 'Database', { engine: 'postgres' });
    new RestoreTesting(stack, 'Tests', { resourceTypes: [RDS], vpc });
    expect(only(stack, 'AWS::RDS::DBSubnetGroup').SubnetIds).toEqual(['subnet-1', 'subnet-2']);
    expect(all(stack, 'AWS::EC2::VPC')).toEqual([]);
  });

  it('tell AWS Backup more where somebody says so', () => {
    const restoreMetadata = { [RDS]: { dbInstanceClass: 'db.t4g.medium' } };
    expect(all(tests({ restoreMetadata }), SELECTION)[1].RestoreMetadataOverrides).toMatchObject({
      dbInstanceClass: 'db.t4g.medium',
      publiclyAccessible: 'false',
    });
  });

  it('know clusters of RDS from those of Aurora, and count no members', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const cluster = new CfnDBCluster(stack, 'Cluster', { engine: 'aurora-postgresql' });
    new CfnDBInstance(stack, 'Member', { dbClusterIdentifier: cluster.ref });
    new RestoreTesting(stack, 'Tests', { resourceTypes: [AURORA], availabilityZones: ZONES });
    expect(only(stack, SELECTION).ProtectedResourceType).toBe(AURORA);
  });

  it('are looked at by a function that may do nothing else', () => {
    const stack = tests();
    const rule = all(stack, 'AWS::Events::Rule').find(({ EventPattern }) => EventPattern);
    expect(rule.EventPattern).toMatchObject({
      source: ['aws.backup'],
      'detail-type': ['Restore Job State Change'],
      detail: { status: ['COMPLETED'] },
    });
    expect(JSON.stringify(rule.EventPattern.detail.restoreTestingPlanArn)).toMatch(/TestsPlan/);
    expect(rule.Targets[0]).toMatchObject({ RetryPolicy: { MaximumRetryAttempts: 10 } });
    expect(JSON.stringify(rule.Targets[0].DeadLetterConfig.Arn)).toMatch(/Fn::GetAtt.*DeadLetters/);
    const actions = all(stack, 'AWS::IAM::Policy')
      .filter(({ PolicyName }) => /Validation/.test(PolicyName))
      .flatMap(({ PolicyDocument }) =>
        PolicyDocument.Statement.flatMap(({ Action }: { Action: string }) => Action),
      );
    expect(actions.sort()).toEqual([
      'backup:PutRestoreValidationResult',
      'elasticfilesystem:DescribeFileSystems',
      'rds:DescribeDBClusters',
      'rds:DescribeDBInstances',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
      'sqs:SendMessage',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it('are looked into by a function of those who know the data', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new CfnFileSystem(stack, 'Files');
    const code = Code.fromInline('exports.handler = async () => ({ valid: true })');
    const contentCheck = new Handler(stack, 'Content', {
      code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
    });
    new RestoreTesting(stack, 'Tests', { resourceTypes: [EFS], contentCheck });
    const handler = all(stack, 'AWS::Lambda::Function').find(
      ({ Environment }) => Environment?.Variables.CONTENT_CHECK,
    );
    expect(JSON.stringify(handler.Environment)).toMatch(/Content/);
  });

  it('raise an alarm when a type is overdue, and when nobody knows', () => {
    const alarms = all(tests(), 'AWS::CloudWatch::Alarm');
    expect(alarms.find(({ MetricName }) => MetricName === 'Overdue')).toMatchObject({
      Namespace: 'Nines/RestoreTesting',
      Period: 86_400,
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
    expect(alarms.find(({ Namespace }) => Namespace === 'AWS/SQS')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
    });
    const watch = all(tests(), 'AWS::Lambda::Function').find(
      ({ Environment }) => Environment?.Variables.DAYS,
    );
    expect(watch.Environment.Variables).toMatchObject({
      PLAN_NAME: 'shop_tests',
      TYPES: 'EFS,RDS',
      DAYS: '34',
    });
  });

  it('keep nothing where they may be torn down', () => {
    const { Resources } = Template.fromStack(tests({}, Tier.BUSINESS_CRITICAL, true)).toJSON();
    const resources = Object.values<{ Type: string; DeletionPolicy?: string }>(Resources);
    const kept = resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
    expect(kept.map(({ Type }) => Type)).toEqual([]);
  });
});

describe('restore tests are refused when', () => {
  const problemOf = (props: Partial<RestoreTestingProps>) => refusal(() => only(tests(props), PLAN)).problem;

  it.each<[string, Partial<RestoreTestingProps>, string]>([
    ['nothing is restored', { resourceTypes: [] }, 'resourceTypes is empty: nothing is restored'],
    [
      'a type is none that is restored',
      { resourceTypes: ['DSQL' as RestoreTestType] },
      '"DSQL" is no type that AWS Backup restores as a test',
    ],
    [
      'they run less often than the tier owes',
      { interval: Duration.days(92) },
      'restoreTestInterval is 92 d, but the tier owes 31 d (monthly)',
    ],
    ['they run by no whole days', { interval: Duration.hours(36) }, 'interval is 36 h'],
    ['backups may be too old', { selectionWindow: Duration.days(400) }, 'selectionWindow is 400 d'],
    ['they wait too long', { startWindow: Duration.hours(169) }, 'startWindow is 7 d 1 h'],
    ['copies live too long', { validationWindow: Duration.minutes(90) }, 'validationWindow is 1 h 30 min'],
    [
      'they do not where the service serves',
      { restores: false },
      'restores is false, but the tier owes true (a region that serves makes backups, and restores them)',
    ],
    [
      'no type is named that has a store',
      { resourceTypes: [DYNAMODB] },
      'nothing is restored: shop keeps other types in eu-west-1 than resourceTypes names',
    ],
    [
      'a store is not tested',
      { resourceTypes: [EFS] },
      'Shop/Database is backed up, but RDS is not restored as a test',
    ],
    [
      'the zones are no list',
      { availabilityZones: 'eu-west-1a' as never },
      'availabilityZones is "eu-west-1a", which is no list',
    ],
    [
      'the zones are not known',
      { availabilityZones: ['eu-west-1a'] },
      'the zones of the isolated network are not known: 2 are needed, 1 named',
    ],
  ])('%s', (_, props, problem) => {
    expect(problemOf(props)).toBe(problem);
  });

  it('a network could be reached', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const vpc = new Vpc(stack, 'Vpc', {
      subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }],
    });
    expect(refusal(() => new RestoreTesting(stack, 'Tests', { resourceTypes: [EC2], vpc })).problem).toBe(
      'vpc has 0 isolated subnets: a restored copy could reach, and be reached',
    );
  });

  it('a security group has no network', () => {
    const securityGroup = {} as never;
    expect(problemOf({ securityGroup })).toBe('securityGroup is set without its vpc');
  });

  it('there is nothing to restore', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new RestoreTesting(stack, 'Tests');
    expect(refusal(() => only(stack, PLAN))).toMatchObject({
      problem: 'nothing is restored: shop keeps nothing in eu-west-1 that AWS Backup restores as a test',
      fix: 'build a store in eu-west-1, or set restores to false here',
    });
  });

  it('a tag is taken away after the tests were built', () => {
    const stack = tests();
    Tags.of(stack.node.findChild('Files')).remove('resilience:service');
    expect(refusal(() => only(stack, PLAN)).problem).toBe(
      'EFS is tested, but shop keeps no such thing in eu-west-1',
    );
  });

  it('nobody has declared a service', () => {
    const stack = new Stack(new App(), 'Alone');
    const alone = () => new RestoreTesting(stack, 'Tests', { resourceTypes: [EFS], tier: 1 });
    expect(refusal(alone).problem).toMatch(/not inside a declared service/);
  });
});
