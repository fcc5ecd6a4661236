import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  AuroraCluster,
  type AuroraClusterProps,
} from '../../../../lib/constructs/data/relational/aurora-cluster';
import { auroraEngine, DatabaseEngine } from '../../../../lib/constructs/data/relational/database-engine';
import type { ServiceScopeOptions } from '../../../../lib/constructs/governance/service-scope';
import type { Tier } from '../../../../lib/objectives/tier';
import { ACCOUNT, catalogued, networkIn, only, refusal, shopStack, WEAKENING } from '../../fixtures';
import { allowing } from '../store-fixtures';
import { inRegions, refusedWith } from './databases';

const CLUSTER = 'AWS::RDS::DBCluster';
const MYSQL = auroraEngine(DatabaseEngine.MYSQL);
type Props = Partial<AuroraClusterProps>;

function orders(tier: Tier = 2, props: Props = {}, options: ServiceScopeOptions = {}) {
  const stack = shopStack(tier, options);
  const { vpc } = networkIn(stack);
  return { stack, database: new AuroraCluster(stack, 'Orders', { vpc, ...props }) };
}
const refused = (tier: Tier, props: Props = {}) => refusedWith(() => orders(tier, props));

function membersOf(tier: Tier, props: Props = {}) {
  const { stack } = orders(tier, { weakening: WEAKENING, ...props });
  return Object.values(Template.fromStack(stack).findResources('AWS::RDS::DBInstance'));
}

describe('an AuroraCluster', () => {
  test.each([
    [0, 3, 35],
    [1, 3, 35],
    [2, 2, 35],
    [3, 2, 14],
  ] as [Tier, number, number][])('has the instances and backups that tier %i owes', (tier, count, days) => {
    expect(membersOf(tier)).toHaveLength(count);
    const { stack } = orders(tier, { weakening: WEAKENING });
    expect(only(stack, CLUSTER).BackupRetentionPeriod).toBe(days);
  });

  test('has each instance in another zone, and the first reader next in line', () => {
    const members = membersOf(1).map(({ Properties }) => Properties);
    expect(members.map(({ AvailabilityZone }) => AvailabilityZone)).toEqual([
      'eu-west-1a',
      'eu-west-1b',
      'eu-west-1c',
    ]);
    expect(members.map(({ PromotionTier }) => PromotionTier)).toEqual([0, 1, 2]);
    expect(membersOf(1).map(({ DependsOn }) => DependsOn?.length ?? 0)).toEqual([0, 1, 1]);
  });

  test('is encrypted, kept, signed in to with IAM, and with PostgreSQL not rewound', () => {
    const { Properties, DeletionPolicy } = Object.values(
      Template.fromStack(orders().stack).findResources(CLUSTER),
    )[0] as { Properties: Record<string, unknown>; DeletionPolicy: string };
    expect(Properties).toMatchObject({
      Engine: 'aurora-postgresql',
      StorageEncrypted: true,
      DeletionProtection: true,
      EnableIAMDatabaseAuthentication: true,
      ManageMasterUserPassword: true,
      CopyTagsToSnapshot: true,
      EnableCloudwatchLogsExports: ['postgresql'],
      DBClusterIdentifier: 'shop-orders-eu-west-1',
    });
    expect(Properties).not.toHaveProperty('BacktrackWindow');
    expect(DeletionPolicy).toBe('Retain');
  });

  test('may be torn down where it is not production', () => {
    const { stack } = orders(2, {}, { nonProduction: true });
    expect(only(stack, CLUSTER)).toMatchObject({ DeletionProtection: false, DeleteAutomatedBackups: true });
  });

  test('is serverless with a most, and keeps enough to take over', () => {
    const { stack } = orders(2, { serverlessMaxCapacity: 16 });
    expect(only(stack, CLUSTER).ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 2,
      MaxCapacity: 16,
    });
    for (const { Properties } of membersOf(2, { serverlessMaxCapacity: 16 }))
      expect(Properties.DBInstanceClass).toBe('db.serverless');
  });

  test('takes a version of the engine', () => {
    const engine = auroraEngine(DatabaseEngine.MYSQL, '8.0.mysql_aurora.3.10.4');
    const { stack } = orders(2, { engine });
    expect(only(stack, CLUSTER)).toMatchObject({ EngineVersion: '8.0.mysql_aurora.3.10.4', Port: 3306 });
    expect(only(stack, 'AWS::RDS::DBClusterParameterGroup')).toMatchObject({
      Family: 'aurora-mysql8.0',
      Parameters: { require_secure_transport: '1', slow_query_log: '1' },
    });
  });

  test.each([0, 1, 2, 3] as Tier[])('can be rewound a day with MySQL at tier %i, and says why', (tier) => {
    const { stack } = orders(tier, { engine: MYSQL, weakening: WEAKENING });
    expect(only(stack, CLUSTER).BacktrackWindow).toBe(86_400);
    const decided = catalogued(stack).decisions.find(({ what }) => what === 'Orders.backtrackWindow');
    expect(decided).toMatchObject({ value: '1 d', because: expect.stringContaining('undone in minutes') });
  });

  test('can be rewound up to three days, or not at all for a reason', () => {
    const most = orders(2, { engine: MYSQL, backtrackWindow: Duration.hours(72) });
    expect(only(most.stack, CLUSTER).BacktrackWindow).toBe(259_200);
    const none = { engine: MYSQL, backtrackWindow: Duration.seconds(0), weakening: WEAKENING };
    expect(only(orders(2, none).stack, CLUSTER)).not.toHaveProperty('BacktrackWindow');
  });

  test('is not rewound with serverless instances, unless somebody asks for it', () => {
    const serverless = { engine: MYSQL, serverlessMaxCapacity: 16 };
    const { stack } = orders(2, serverless);
    expect(only(stack, CLUSTER)).not.toHaveProperty('BacktrackWindow');
    const decided = catalogued(stack).decisions.find(({ what }) => what === 'Orders.backtrackWindow');
    expect(decided?.because).toMatch(/serverless/);
    const asked = orders(2, { ...serverless, backtrackWindow: Duration.hours(1) });
    expect(only(asked.stack, CLUSTER).BacktrackWindow).toBe(3600);
  });

  test('is not rewound in a region that is not known to offer it', () => {
    const built = inRegions({ tier: 2, regions: ['eu-north-1'] }, (stack, vpc) => {
      return new AuroraCluster(stack, 'Orders', { vpc, engine: MYSQL });
    });
    expect(only(built.stacks['eu-north-1'] as Stack, CLUSTER)).not.toHaveProperty('BacktrackWindow');
  });

  test('records what was decided', () => {
    const decided = catalogued(orders().stack).decisions.map(({ what }) => what);
    for (const what of ['readers', 'backupRetention', 'deletionProtection', 'monitoringInterval', 'zones'])
      expect(decided).toContain(`Orders.${what}`);
  });

  test('tells of failovers of the cluster and of its instances', () => {
    const subscriptions = Template.fromStack(orders().stack).findResources('AWS::RDS::EventSubscription');
    expect(Object.values(subscriptions).map(({ Properties }) => Properties.SourceType)).toEqual([
      'db-cluster',
      'db-instance',
      'db-parameter-group',
    ]);
  });

  test('names no cluster parameter group to RDS, which knows those of instances only', () => {
    const subscriptions = Template.fromStack(orders().stack).findResources('AWS::RDS::EventSubscription');
    const named = Object.values(subscriptions).map(({ Properties }) => Properties.SourceIds?.length);
    expect(named).toEqual([1, 2, undefined]);
  });

  test('lets RDS and alarms encrypt notices, and no more; alarms of its own account only', () => {
    const { stack } = orders();
    const statements = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'))
      .flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
      .filter(({ Principal }) => Principal.Service && !Principal.Service.startsWith('logs.'));
    for (const { Action } of statements) expect(Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
    const alarms = statements.filter(({ Principal }) => Principal.Service === 'cloudwatch.amazonaws.com');
    expect(alarms.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    ]);
  });

  test('lets a role sign in, and has both endpoints', () => {
    const { stack, database } = orders();
    database.grantConnect(new Role(stack, 'App', { assumedBy: new AccountPrincipal(ACCOUNT) }), 'app');
    expect(allowing(stack, 'rds-db:connect')).toHaveLength(1);
    expect(stack.resolve(database.writerEndpoint.hostname)).toEqual({
      'Fn::GetAtt': [expect.any(String), 'Endpoint.Address'],
    });
    expect(stack.resolve(database.readerEndpoint.hostname)).toEqual({
      'Fn::GetAtt': [expect.any(String), 'ReadEndpoint.Address'],
    });
  });
});

describe('an AuroraCluster is refused', () => {
  test.each([0, 1] as Tier[])('at tier %i, where the region is owed, and names what would do', (tier) => {
    expect(refused(tier)).toMatch(
      /Aurora cluster with readers loses all of data at the loss of a region.*Aurora Global Database/s,
    );
  });

  test.each([
    [{ readers: 0 }, /readers is 0, but the tier owes 1/],
    [
      { engine: MYSQL, backtrackWindow: Duration.seconds(0) },
      /backtrackWindow is 0 s, but the tier owes 1 d/,
    ],
    [{ engine: MYSQL, backtrackWindow: Duration.hours(1) }, /backtrackWindow is 1 h, but the tier owes 1 d/],
    [
      { engine: MYSQL, backtrackWindow: Duration.hours(73) },
      /backtrackWindow is 3 d 1 h, but Aurora rewinds 3 d at most.*set backtrackWindow to 3 d or less/s,
    ],
    [
      { backtrackWindow: Duration.hours(24) },
      /backtrackWindow is 1 d, but aurora-postgresql cannot be rewound.*an engine of Aurora MySQL/s,
    ],
    [{ readers: 16 }, /readers is 16, but Aurora has 0 to 15/],
    [
      { serverlessMaxCapacity: 16, serverlessMinCapacity: 0 },
      /serverlessMinCapacity is 0, but the tier owes 2/,
    ],
    [{ serverlessMinCapacity: 2 }, /serverlessMinCapacity is set, but serverlessMaxCapacity is not/],
    [{ serverlessMaxCapacity: 300 }, /keep 2 and grow to 300 units, which Aurora does not take/],
    [{ serverlessMaxCapacity: 4, serverlessMinCapacity: 8 }, /keep 8 and grow to 4 units/],
  ] as [Props, RegExp][])('with %j', (props, message) => {
    expect(refused(2, props)).toMatch(message);
  });

  test('with a type of instance that is serverless too', () => {
    const { instanceType } = { instanceType: { toString: () => 'r7g.large' } as never };
    expect(refused(2, { serverlessMaxCapacity: 16, instanceType })).toMatch(
      /instanceType is set, but serverlessMaxCapacity makes all instances serverless/,
    );
  });

  test('without anything, with its path', () => {
    const { path, problem } = refusal(() => new AuroraCluster(shopStack(2), 'Orders', undefined as never));
    expect([path, problem]).toEqual(['Shop/Orders', 'vpc is missing']);
  });
});
