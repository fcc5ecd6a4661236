import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { DatabaseInstanceEngine, OracleEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { DatabaseEngine, instanceEngine } from '../../../../lib/constructs/data/relational/database-engine';
import {
  RdsMultiAzInstance,
  type RdsMultiAzInstanceProps,
} from '../../../../lib/constructs/data/relational/rds-multi-az-instance';
import { RegionCopy } from '../../../../lib/constructs/data/relational/rds-region-copy';
import type { Tier } from '../../../../lib/objectives/tier';
import { ACCOUNT, networkIn, shopStack, WEAKENING } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, templateOf } from '../replicated';
import { allowing } from '../store-fixtures';
import { BACKUP_KEY, inRegions, refusedWith } from './databases';

const INSTANCE = 'AWS::RDS::DBInstance';
const TWO_ACCOUNTS = [ACCOUNT, OTHER_ACCOUNT];
type Props = Partial<RdsMultiAzInstanceProps>;

const orders = (around: Around = {}, props: Props = {}) =>
  inRegions(around, (stack, vpc) => new RdsMultiAzInstance(stack, 'Orders', { vpc, ...props }));
const refused = (around: Around = {}, props: Props = {}) => refusedWith(() => orders(around, props));
const source = (around: Around = {}, props: Props = {}) =>
  onlyIn(orders(around, props).stacks['eu-west-1'], INSTANCE).Properties;

describe('an RdsMultiAzInstance', () => {
  test('has a standby in another zone, is encrypted, private, and keeps its deletion from happening', () => {
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = onlyIn(
      orders().stacks['eu-west-1'],
      INSTANCE,
    );
    expect(Properties).toMatchObject({
      MultiAZ: true,
      StorageEncrypted: true,
      PubliclyAccessible: false,
      DeletionProtection: true,
      DeleteAutomatedBackups: false,
      EnableIAMDatabaseAuthentication: true,
      CopyTagsToSnapshot: true,
      AutoMinorVersionUpgrade: true,
      MaxAllocatedStorage: 1000,
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      DBInstanceIdentifier: 'shop-orders-eu-west-1',
    });
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  });

  test.each([
    [1, { BackupRetentionPeriod: 35, MonitoringInterval: 15, DatabaseInsightsMode: 'advanced' }],
    [2, { BackupRetentionPeriod: 35, MonitoringInterval: 60, DatabaseInsightsMode: 'standard' }],
    [3, { BackupRetentionPeriod: 14, MonitoringInterval: 60, DatabaseInsightsMode: 'standard' }],
  ] as [Tier, object][])('keeps backups and insights as tier %i owes', (tier, owed) => {
    expect(source({ tier })).toMatchObject(owed);
    expect(source({ tier }).PerformanceInsightsRetentionPeriod).toBe(tier === 1 ? 465 : 7);
  });

  test('changes no instance where a replica takes over for good, and writes there', () => {
    const homeRegion = 'eu-west-1';
    const before = orders();
    const regions = ['eu-central-1', homeRegion];
    const after = orders({ regions }, { homeRegion, promoted: true });
    for (const region of regions) {
      expect(onlyIn(after.stacks[region], INSTANCE)).toEqual(onlyIn(before.stacks[region], INSTANCE));
      const isBehind = { MetricName: 'ReplicaLag' };
      templateOf(after.stacks[region]).resourcePropertiesCountIs(
        'AWS::CloudWatch::Alarm',
        isBehind,
        region === homeRegion ? 1 : 0,
      );
    }
    expect(after.parts['eu-central-1']?.writerEndpoint).toBeDefined();
    expect(after.parts['eu-west-1']?.writerEndpoint).toBeUndefined();
    expect(after.parts['eu-west-1']?.readerEndpoint).toBeDefined();
  });

  test('keeps what its replica was made with where the source has left, and copies its backups', () => {
    const promoted = { homeRegion: 'eu-west-1', promoted: true };
    const replicated = { tier: 2, props: { regionCopy: RegionCopy.READ_REPLICA } } as const;
    const before = orders(replicated, replicated.props).stacks['eu-central-1'];
    const alone = orders({ tier: 2, regions: ['eu-central-1'] }, promoted);
    expect(onlyIn(alone.stacks['eu-central-1'], INSTANCE)).toEqual(onlyIn(before, INSTANCE));
    templateOf(alone.stacks['eu-central-1']).resourceCountIs('AWS::SecretsManager::Secret', 0);
    const joined = orders({ tier: 2, regions: ['eu-central-1', 'eu-north-1'] }, promoted);
    expect(onlyIn(joined.stacks['eu-central-1'], INSTANCE).Properties).toEqual({
      ...onlyIn(before, INSTANCE).Properties,
      AutomaticBackupReplicationRegion: 'eu-north-1',
      AutomaticBackupReplicationKmsKeyId: expect.anything(),
      AutomaticBackupReplicationRetentionPeriod: 35,
    });
    templateOf(joined.stacks['eu-north-1']).resourceCountIs(INSTANCE, 0);
  });

  test('is followed by a replica in the standby, which names its source without a reference', () => {
    const { stacks, parts } = orders();
    const replica = onlyIn(stacks['eu-central-1'], INSTANCE).Properties;
    expect(replica).toMatchObject({
      SourceDBInstanceIdentifier: `arn:aws:rds:eu-west-1:${ACCOUNT}:db:shop-orders-eu-west-1`,
      SourceRegion: 'eu-west-1',
      MultiAZ: true,
      BackupRetentionPeriod: 35,
      DeletionProtection: true,
    });
    for (const inherited of ['Engine', 'MasterUsername', 'MasterUserPassword', 'AllocatedStorage', 'DBName'])
      expect(replica).not.toHaveProperty(inherited);
    expect(parts['eu-west-1']?.readerEndpoint).toBeUndefined();
    expect(parts['eu-central-1']?.writerEndpoint).toBeUndefined();
    expect(parts['eu-central-1']?.readerEndpoint).toBeDefined();
  });

  test('tells a plan what source and replica are called, in both regions alike', () => {
    for (const props of [{}, { identifier: 'payments' }]) {
      const { stacks, parts } = orders({}, props);
      const named = Object.entries(stacks).map(([region, stack]) => {
        const { DBInstanceIdentifier } = onlyIn(stack, INSTANCE).Properties;
        return [
          region,
          expect.stringMatching(new RegExp(`:rds:${region}:${ACCOUNT}:db:${DBInstanceIdentifier}$`)),
        ];
      });
      for (const part of Object.values(parts)) expect(part?.instanceArns).toEqual(Object.fromEntries(named));
    }
  });

  test('tells a plan of the source only where the other region has no instance', () => {
    const { parts } = orders({ tier: 2 });
    for (const part of Object.values(parts)) {
      expect(part?.instanceArns).toEqual({
        'eu-west-1': expect.stringMatching(`:rds:eu-west-1:${ACCOUNT}:db:shop-orders-eu-west-1$`),
      });
    }
  });

  test('has a password of its own with a copy in the standby, as RDS keeps none of a replicated database', () => {
    const { stacks } = orders();
    expect(onlyIn(stacks['eu-west-1'], 'AWS::SecretsManager::Secret').Properties).toMatchObject({
      Name: 'shop-orders-admin',
      ReplicaRegions: [
        { Region: 'eu-central-1', KmsKeyId: `arn:aws:kms:eu-central-1:${ACCOUNT}:alias/shop-orders` },
      ],
    });
    templateOf(stacks['eu-central-1']).resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(source()).not.toHaveProperty('ManageMasterUserPassword');
  });

  test('has a function of AWS rotate that password each month, in the region that writes', () => {
    const { stacks } = orders();
    expect(onlyIn(stacks['eu-west-1'], 'AWS::SecretsManager::RotationSchedule').Properties).toMatchObject({
      HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser', VpcSubnetIds: expect.anything() },
      RotateImmediatelyOnUpdate: false,
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    });
    expect(templateOf(stacks['eu-west-1']).toJSON().Transform).toBe('AWS::SecretsManager-2024-09-16');
    templateOf(stacks['eu-central-1']).resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
    expect(templateOf(stacks['eu-central-1']).toJSON().Transform).toBeUndefined();
  });

  test('lets only the function that rotates the password connect', () => {
    const { stacks } = orders();
    templateOf(stacks['eu-west-1']).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  });

  test.each([
    [DatabaseEngine.MYSQL, 'MySQLSingleUser'],
    [DatabaseEngine.MARIADB, 'MariaDBSingleUser'],
  ])('rotates the password of %s as %s', (engine, rotationType) => {
    const { stacks } = orders({}, { engine: instanceEngine(engine) });
    templateOf(stacks['eu-west-1']).hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      HostedRotationLambda: { RotationType: rotationType },
    });
  });

  test('may leave the password alone in a stage that is not production, or where somebody answers for it', () => {
    const quiet = { rotatePassword: false, passwordCopies: false };
    const given = [orders({ nonProduction: true }, quiet), orders({}, { ...quiet, weakening: WEAKENING })];
    for (const { stacks, parts } of given) {
      templateOf(stacks['eu-west-1']).resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
      expect(
        onlyIn(stacks['eu-west-1'], 'AWS::SecretsManager::Secret').Properties.ReplicaRegions ?? [],
      ).toEqual([]);
      expect(parts['eu-central-1']?.secret).toBeUndefined();
    }
  });

  test('tells of a replica that is further behind than the recovery point that is owed', () => {
    templateOf(orders().stacks['eu-central-1']).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ReplicaLag',
      Threshold: 300,
      TreatMissingData: 'breaching',
    });
  });

  test('sends its automated backups to the standby at tier 2, with the key that is there', () => {
    const { stacks, parts } = orders({ tier: 2 });
    const { Properties } = onlyIn(stacks['eu-west-1'], INSTANCE);
    expect(Properties).toMatchObject({
      AutomaticBackupReplicationRegion: 'eu-central-1',
      AutomaticBackupReplicationRetentionPeriod: 35,
      ManageMasterUserPassword: true,
    });
    expect(JSON.stringify(Properties.AutomaticBackupReplicationKmsKeyId)).toContain(
      `:kms:eu-central-1:${ACCOUNT}:alias/shop-orders`,
    );
    expect(onlyIn(stacks['eu-central-1'], 'AWS::KMS::Alias').Properties.AliasName).toBe('alias/shop-orders');
    templateOf(stacks['eu-central-1']).resourceCountIs(INSTANCE, 0);
    expect(parts['eu-central-1']?.database).toBeUndefined();
  });

  test('takes a key for backups in the other region', () => {
    const props = source({ tier: 2 }, { backupReplicationKeyArn: BACKUP_KEY });
    expect(props.AutomaticBackupReplicationKmsKeyId).toBe(BACKUP_KEY);
  });

  test('stands alone at tier 2 where the other region is in another account', () => {
    const { stacks } = orders({ tier: 2, accounts: TWO_ACCOUNTS });
    expect(onlyIn(stacks['eu-west-1'], INSTANCE).Properties).not.toHaveProperty(
      'AutomaticBackupReplicationRegion',
    );
  });

  test('is replaced neither when the standby goes nor when the tier changes', () => {
    const fixed = (around: Around) => {
      const { DBInstanceIdentifier, Engine, MasterUsername, DBSubnetGroupName, KmsKeyId, StorageEncrypted } =
        source(around);
      return { DBInstanceIdentifier, Engine, MasterUsername, DBSubnetGroupName, KmsKeyId, StorageEncrypted };
    };
    const one = fixed({ tier: 1 });
    expect(fixed({ tier: 2 })).toEqual(one);
    expect(fixed({ tier: 3, regions: ['eu-west-1'] })).toEqual(one);
  });

  test('may be torn down where it is not production', () => {
    const { Properties, DeletionPolicy } = onlyIn(
      orders({ tier: 2, nonProduction: true }).stacks['eu-west-1'],
      INSTANCE,
    );
    expect(Properties).toMatchObject({ DeletionProtection: false, DeleteAutomatedBackups: true });
    expect(DeletionPolicy).toBe('Delete');
  });

  test('encrypts connections and writes slow queries of MySQL to files', () => {
    const { stacks } = orders({ tier: 2 }, { engine: instanceEngine(DatabaseEngine.MYSQL, '8.4.7') });
    expect(onlyIn(stacks['eu-west-1'], 'AWS::RDS::DBParameterGroup').Properties).toMatchObject({
      Family: 'mysql8.4',
      Parameters: { log_output: 'FILE', require_secure_transport: '1', slow_query_log: '1' },
    });
    expect(onlyIn(stacks['eu-west-1'], INSTANCE).Properties).toMatchObject({
      EngineVersion: '8.4.7',
      Port: '3306',
    });
  });

  test('lets a role sign in with IAM, and grants nothing where only backups are', () => {
    const { stacks, parts } = orders({ tier: 2 });
    for (const region of ['eu-west-1', 'eu-central-1']) {
      const stack = stacks[region] as Stack;
      const role = new Role(stack, 'App', { assumedBy: new AccountPrincipal(ACCOUNT) });
      parts[region]?.grantConnect(role, 'app');
    }
    expect(allowing(stacks['eu-west-1'] as Stack, 'rds-db:connect')).toHaveLength(1);
    expect(allowing(stacks['eu-central-1'] as Stack, 'rds-db:connect')).toEqual([]);
  });

  test('stands in one stack without a set of regions', () => {
    const stack = shopStack(2);
    const { vpc } = networkIn(stack);
    new RdsMultiAzInstance(stack, 'Orders', { vpc });
    expect(onlyIn(stack, INSTANCE).Properties.DBInstanceIdentifier).toBe('shop-orders-eu-west-1');
  });
});

describe('an RdsMultiAzInstance is refused', () => {
  test.each([
    [
      {},
      { promoted: true },
      /eu-west-1 took over from another region, but homeRegion is left out -> leave homeRegion/,
    ],
    [
      {},
      { promoted: true, homeRegion: 'eu-west-1' },
      /eu-west-1 took over from another region, but homeRegion is eu-west-1 itself/,
    ],
    [{}, { promoted: true, homeRegion: 'eu-west-99' }, /homeRegion "eu-west-99" is no region -> set it to/],
    [
      { active: true, regions: ['eu-central-1', 'eu-north-1'] },
      { promoted: true, homeRegion: 'eu-west-1' },
      /no region is the primary, so which of eu-central-1, eu-north-1 took over is not known -> make the one/,
    ],
    [{ active: true }, { promoted: true }, /no region is the primary, so none of .* makes the database/],
  ] as [Around, Props, RegExp][])(
    'where it is not known who took over from whom: %j %j',
    (around, props, why) => {
      expect(refused(around, props)).toMatch(why);
    },
  );

  test('at tier 0, where a failover takes too long, and names what would do', () => {
    expect(refused({ tier: 0 })).toMatch(
      /is back 2 min after the loss of an instance at the worst, but an RTO of 1 min is owed.*use Aurora Global Database, or/s,
    );
  });

  test('at tier 1 in one region', () => {
    expect(refused({ regions: ['eu-west-1'] })).toMatch(
      /RDS Multi-AZ instance loses all of data at the loss of a region.*RDS Multi-AZ instance with a read replica/s,
    );
  });

  test('where the other region is in another account and a replica is owed', () => {
    expect(refused({ accounts: TWO_ACCOUNTS })).toMatch(
      /eu-central-1 stands in another account, but RDS replicates within one account only.*AWS Backup/,
    );
  });

  test('where a copy is asked for and there is no other region', () => {
    expect(refused({ tier: 2, regions: ['eu-west-1'] }, { regionCopy: RegionCopy.READ_REPLICA })).toMatch(
      /regionCopy is read-replica, but its service has no other region/,
    );
  });

  test('where all regions serve and none is said to take the writes', () => {
    expect(refused({ active: true })).toMatch(
      /no region is the primary, so none of eu-central-1, eu-west-1 makes the database.*set homeRegion/,
    );
    expect(source({ active: true }, { homeRegion: 'eu-west-1' })).toMatchObject({ Engine: 'postgres' });
  });

  test('with a home region that it has not', () => {
    expect(refused({}, { homeRegion: 'us-east-1' })).toMatch(/homeRegion is us-east-1, which is no region/);
  });

  test('with public subnets', () => {
    expect(refused({}, { vpcSubnets: { subnetType: SubnetType.PUBLIC } })).toMatch(/its subnets are public/);
  });

  test('with an engine that is not known here', () => {
    const engine = DatabaseInstanceEngine.oracleEe({ version: OracleEngineVersion.VER_19 });
    expect(refused({ tier: 2 }, { engine })).toMatch(/the engine oracle-ee is not one that is known here/);
  });

  test.each([
    [
      { allocatedStorage: 10 },
      /allocatedStorage is 10 GiB, but RDS allocates whole GiB between 20 and 65536/,
    ],
    [
      { allocatedStorage: 100, maxAllocatedStorage: 105 },
      /maxAllocatedStorage is 105 GiB.*set .* to 110 or more/,
    ],
    [{ backupRetention: Duration.days(36) }, /backupRetention is 36 days, but RDS keeps backups for 1 to 35/],
    [
      { monitoringInterval: Duration.seconds(7) },
      /monitoringInterval is 7 seconds, which RDS does not offer/,
    ],
    [{ identifier: '1st' }, /identifier is "1st", which RDS does not take/],
    [{ masterUsername: 'the admin' }, /masterUsername is "the admin", which RDS does not take/],
    [{ databaseName: '1st' }, /databaseName is "1st", which RDS does not take/],
    [
      { passwordRotation: Duration.hours(30) },
      /passwordRotation is 1 day 6 hours, but Secrets Manager rotates/,
    ],
    [{ port: 80 }, /port is 80, but databases listen between 1150 and 65535/],
  ] as [Props, RegExp][])('with %j', (props, message) => {
    expect(refused({ tier: 2 }, props)).toMatch(message);
  });

  test.each([
    [{ backupRetention: Duration.days(7) }, /backupRetention is 7 d, but the tier owes 35 d/],
    [{ deletionProtection: false }, /deletionProtection is false, but the tier owes true/],
    [{ autoMinorVersionUpgrade: false }, /autoMinorVersionUpgrade is false, but the tier owes true/],
    [{ advancedInsights: false }, /advancedInsights is false, but the tier owes true/],
    [{ monitoringInterval: Duration.seconds(60) }, /monitoringInterval is 1 min, but the tier owes 15 s/],
    [{ rotatePassword: false }, /rotatePassword is false, but the tier owes true/],
    [{ passwordRotation: Duration.days(91) }, /passwordRotation is 91 d, but the tier owes 90 d/],
    [{ passwordCopies: false }, /passwordCopies is false, but the tier owes true/],
    [{ maxLag: Duration.minutes(10) }, /maxLag is 10 min, but the tier owes 5 min/],
  ] as [Props, RegExp][])('with %j at tier 1, unless somebody answers for it', (props, message) => {
    expect(refused({}, props)).toMatch(message);
    expect(() => orders({}, { ...props, weakening: WEAKENING })).not.toThrow();
  });

  test('with fewer zones than the tier owes', () => {
    const { vpc } = networkIn(shopStack(1));
    const one = { vpc, vpcSubnets: { availabilityZones: ['eu-west-1a'] } };
    expect(refusedWith(() => new RdsMultiAzInstance(Stack.of(vpc), 'Orders', one))).toMatch(
      /zones is 1, but the tier owes 3/,
    );
  });

  test('with rotation in a network that has no way to Secrets Manager', () => {
    const rotationSubnets = { subnetType: SubnetType.PRIVATE_ISOLATED };
    const built = (named: boolean) =>
      inRegions({}, (stack) => {
        const subnetConfiguration = [{ name: 'Data', ...rotationSubnets }];
        const vpc = new Vpc(stack, 'Isolated', { natGateways: 0, maxAzs: 3, subnetConfiguration });
        return new RdsMultiAzInstance(stack, 'Orders', { vpc, ...(named && { rotationSubnets }) });
      });
    expect(refusedWith(() => built(false))).toMatch(
      /function that changes its password must reach Secrets Manager.*name rotationSubnets/,
    );
    expect(() => built(true)).not.toThrow();
  });

  test('without a network', () => {
    expect(refusedWith(() => new RdsMultiAzInstance(shopStack(2), 'Orders', {} as never))).toMatch(
      /vpc is missing/,
    );
  });
});
