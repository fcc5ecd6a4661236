import { Template } from 'aws-cdk-lib/assertions';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { auroraEngine, DatabaseEngine } from '../../../../lib/constructs/data/relational/database-engine';
import {
  GlobalAurora,
  type GlobalAuroraProps,
} from '../../../../lib/constructs/data/relational/global-aurora';
import { RecoveryApproach } from '../../../../lib/objectives/policy/regions';
import { globalAurora } from '../../../patterns/global-aurora';
import { findingsIn, surroundings } from '../../../support/pattern';
import { ACCOUNT, networkIn, refusal, shopStack, WEAKENING } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, templateOf } from '../replicated';
import { CLEAN, inTwoRegions, vpcIn } from '../store-fixtures';
import { inRegions, refusedWith } from './databases';

const CLUSTER = 'AWS::RDS::DBCluster';
const GLOBAL = 'AWS::RDS::GlobalCluster';
const SECRET = 'AWS::SecretsManager::Secret';
const ALARM = 'AWS::CloudWatch::Alarm';
const MYSQL = auroraEngine(DatabaseEngine.MYSQL);
type Props = Partial<GlobalAuroraProps>;

const orders = (around: Around = {}, props: Props = {}) =>
  inRegions(around, (stack, vpc) => new GlobalAurora(stack, 'Orders', { vpc, ...props }));
const refused = (around: Around = {}, props: Props = {}) => refusedWith(() => orders(around, props));
const clusterIn = (stack: Stack | undefined) => onlyIn(stack, CLUSTER).Properties;
const rpoOf = (seconds: number) => ({
  dataClasses: [{ name: 'orders', rpo: { region: Duration.seconds(seconds) } }],
});
const parametersOf = (stack: Stack | undefined) =>
  onlyIn(stack, 'AWS::RDS::DBClusterParameterGroup').Properties.Parameters;

describe('a GlobalAurora', () => {
  test('is created in the primary, and joined by name in the standby', () => {
    const { stacks, parts } = orders();
    const [primary, standby] = [stacks['eu-west-1'], stacks['eu-central-1']];
    expect(onlyIn(primary, GLOBAL).Properties).toMatchObject({
      GlobalClusterIdentifier: 'shop-orders',
      Engine: 'aurora-postgresql',
      StorageEncrypted: true,
      DeletionProtection: true,
    });
    templateOf(standby).resourceCountIs(GLOBAL, 0);
    for (const stack of [primary, standby])
      expect(clusterIn(stack)).toMatchObject({
        GlobalClusterIdentifier: 'shop-orders',
        StorageEncrypted: true,
        DeletionProtection: true,
      });
    expect(clusterIn(primary).DBClusterIdentifier).toBe('shop-orders-eu-west-1');
    expect(clusterIn(standby)).toMatchObject({
      DBClusterIdentifier: 'shop-orders-eu-central-1',
      SourceRegion: 'eu-west-1',
    });
    expect(parts['eu-west-1']?.writerEndpoint).toBeDefined();
    expect(parts['eu-central-1']?.writerEndpoint).toBeUndefined();
  });

  test('changes no cluster where another region takes over for good, and writes there', () => {
    const homeRegion = 'eu-west-1';
    const before = orders();
    const regions = ['eu-central-1', homeRegion];
    const after = orders({ regions }, { homeRegion, promoted: true });
    for (const region of regions) {
      expect(clusterIn(after.stacks[region])).toEqual(clusterIn(before.stacks[region]));
      templateOf(after.stacks[region]).resourceCountIs(GLOBAL, region === homeRegion ? 1 : 0);
      templateOf(after.stacks[region]).resourceCountIs(SECRET, region === homeRegion ? 1 : 0);
      const isBehind = { MetricName: 'AuroraGlobalDBReplicationLag' };
      templateOf(after.stacks[region]).resourcePropertiesCountIs(
        ALARM,
        isBehind,
        region === homeRegion ? 1 : 0,
      );
    }
    expect(after.parts['eu-central-1']?.writerEndpoint).toBeDefined();
    expect(after.parts['eu-west-1']?.writerEndpoint).toBeUndefined();
  });

  test('keeps what it was made with where the region that wrote first has left', () => {
    const homeRegion = 'eu-west-1';
    const promoted = { homeRegion, promoted: true };
    const before = orders({ tier: 2, regions: ['eu-west-1', 'eu-central-1', 'eu-north-1'] });
    const [two, one] = [['eu-central-1', 'eu-north-1'], ['eu-central-1']].map((regions) =>
      orders({ tier: 2, regions }, promoted),
    );
    for (const region of ['eu-central-1', 'eu-north-1'])
      expect(clusterIn(two?.stacks[region])).toEqual(clusterIn(before.stacks[region]));
    expect(clusterIn(one?.stacks['eu-central-1'])).toEqual(clusterIn(before.stacks['eu-central-1']));
    expect(one?.parts['eu-central-1']?.writerEndpoint).toBeDefined();
    expect(two?.parts['eu-north-1']?.writerEndpoint).toBeUndefined();
  });

  test('has its instances where it has taken over, and where it was made as long as that is a region of it', () => {
    const built = (headless: boolean, ...others: string[]) =>
      orders(
        { tier: 2, regions: ['eu-central-1', ...others] },
        { homeRegion: 'eu-west-1', promoted: true, headless },
      );
    const { stacks } = built(false, 'eu-west-1');
    for (const stack of Object.values(stacks))
      expect(Object.keys(templateOf(stack).findResources('AWS::RDS::DBInstance')).length).toBeGreaterThan(0);
    expect(refusal(() => built(true, 'eu-west-1'))).toMatchObject({
      problem:
        'promoted is true and headless too, which would leave eu-west-1, where the database was made, without an instance',
      fix: 'set headless to false while eu-west-1 is a region of the service',
    });
    expect(() => built(true, 'eu-north-1')).not.toThrow();
  });

  test('knows the clusters of both regions by the names that they have', () => {
    const { stacks, parts } = orders();
    for (const part of Object.values(parts)) {
      const arns = Object.entries(part?.clusterArns ?? {});
      expect(arns).toHaveLength(2);
      for (const [region, arn] of arns) {
        expect(arn).toContain(`:cluster:${clusterIn(stacks[region]).DBClusterIdentifier}`);
      }
    }
  });

  test('has one version of the engine everywhere', () => {
    const { stacks } = orders();
    const versions = [
      onlyIn(stacks['eu-west-1'], GLOBAL).Properties.EngineVersion,
      clusterIn(stacks['eu-west-1']).EngineVersion,
      clusterIn(stacks['eu-central-1']).EngineVersion,
    ];
    expect(new Set(versions).size).toBe(1);
    expect(versions[0]).toMatch(/^17\.\d+$/);
  });

  test('has no administrator in the standby, and one secret with a copy there', () => {
    const { stacks, parts } = orders();
    const standby = clusterIn(stacks['eu-central-1']);
    for (const name of ['MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword', 'DatabaseName'])
      expect(standby).not.toHaveProperty(name);
    expect(clusterIn(stacks['eu-west-1'])).not.toHaveProperty('ManageMasterUserPassword');
    expect(onlyIn(stacks['eu-west-1'], 'AWS::SecretsManager::Secret').Properties).toMatchObject({
      Name: 'shop-orders-admin',
      ReplicaRegions: [
        { Region: 'eu-central-1', KmsKeyId: `arn:aws:kms:eu-central-1:${ACCOUNT}:alias/shop-orders` },
      ],
    });
    templateOf(stacks['eu-central-1']).resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(parts['eu-central-1']?.secret?.secretName).toBe('shop-orders-admin');
  });

  test('has a key in each region', () => {
    const { stacks } = orders();
    for (const stack of Object.values(stacks)) {
      expect(clusterIn(stack).KmsKeyId).toEqual({
        'Fn::GetAtt': [expect.stringMatching(/^OrdersKey/), 'Arn'],
      });
      expect(Object.keys(templateOf(stack).findResources('AWS::KMS::Key'))).toEqual([
        expect.stringMatching(/^LogKey/),
        expect.stringMatching(/^OrdersKey/),
      ]);
    }
  });

  test('tells of half the lag that may be lost, also when nothing is heard', () => {
    const { stacks } = orders();
    templateOf(stacks['eu-central-1']).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'AuroraGlobalDBReplicationLag',
      Threshold: 30_000,
      TreatMissingData: 'breaching',
    });
    templateOf(stacks['eu-west-1']).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });

  test('has commits wait where less than a minute may be lost, with PostgreSQL', () => {
    const { stacks } = orders({ service: rpoOf(30) }, { dataClass: 'orders' });
    for (const stack of Object.values(stacks))
      expect(parametersOf(stack)).toMatchObject({ 'rds.global_db_rpo': '30' });
    expect(parametersOf(orders().stacks['eu-west-1'])).not.toHaveProperty(['rds.global_db_rpo']);
  });

  test('has commits wait where somebody asks for it', () => {
    const { stacks } = orders({}, { globalDbRpo: Duration.seconds(20) });
    expect(parametersOf(stacks['eu-west-1'])).toMatchObject({ 'rds.global_db_rpo': '20' });
  });

  test('tells before commits wait', () => {
    const { stacks } = orders({}, { globalDbRpo: Duration.seconds(20) });
    templateOf(stacks['eu-central-1']).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'AuroraGlobalDBRPOLag',
      Threshold: 10_000,
    });
  });

  test('has a function of AWS rotate the password in the region that writes, once there are instances', () => {
    const { stacks } = orders();
    const { DependsOn } = onlyIn(stacks['eu-west-1'], 'AWS::SecretsManager::RotationSchedule');
    expect(DependsOn.filter((id: string) => /Instance|Writer|Reader/.test(id)).length).toBeGreaterThan(0);
    templateOf(stacks['eu-central-1']).resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  test('keeps only the data in a pilot light', () => {
    const around = { approach: RecoveryApproach.PILOT_LIGHT };
    const [primary, standby] = inTwoRegions(
      globalAurora,
      1,
      (stack, vpc) => new GlobalAurora(stack, 'Orders', { vpc }),
      around,
    );
    Template.fromStack(primary).resourceCountIs('AWS::RDS::DBInstance', 3);
    Template.fromStack(standby).resourceCountIs('AWS::RDS::DBInstance', 0);
  });

  test('sends writes on where all regions serve', () => {
    const { stacks } = orders({ tier: 0, active: true }, { homeRegion: 'eu-west-1' });
    expect(clusterIn(stacks['eu-central-1']).EnableGlobalWriteForwarding).toBe(true);
    expect(clusterIn(orders().stacks['eu-central-1']).EnableGlobalWriteForwarding).toBe(false);
  });

  test('has no finding where all regions serve', () => {
    const build: typeof globalAurora.build = (stack) => {
      new GlobalAurora(stack, 'Orders', { vpc: vpcIn(stack), homeRegion: 'eu-west-1' });
    };
    const around = surroundings(globalAurora, 0, { approach: RecoveryApproach.ACTIVE_ACTIVE });
    expect(findingsIn({ ...globalAurora, build }, around)).toEqual(CLEAN);
  });

  test('does not replace the primary when the standby goes', () => {
    const two = orders({ tier: 2 }).stacks['eu-west-1'];
    const one = orders({ tier: 2, regions: ['eu-west-1'] }).stacks['eu-west-1'];
    for (const type of [CLUSTER, GLOBAL])
      expect(templateOf(one).findResources(type)).toEqual(templateOf(two).findResources(type));
  });

  test('keeps its shape when the tier changes', () => {
    const { Properties: global } = onlyIn(orders({ tier: 2 }).stacks['eu-west-1'], GLOBAL);
    expect(onlyIn(orders({ tier: 0 }).stacks['eu-west-1'], GLOBAL).Properties).toEqual({
      ...global,
      Tags: expect.anything(),
    });
  });

  test('takes the name of a global database that exists', () => {
    const { stacks } = orders({}, { globalClusterIdentifier: 'legacy' });
    for (const stack of Object.values(stacks))
      expect(clusterIn(stack).GlobalClusterIdentifier).toBe('legacy');
  });

  test('may be torn down where it is not production', () => {
    const { stacks } = orders({ nonProduction: true });
    expect(onlyIn(stacks['eu-west-1'], GLOBAL)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtection: false },
    });
  });
});

describe('a GlobalAurora is refused', () => {
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

  test('outside a set of regions', () => {
    const stack = shopStack(1);
    const { vpc } = networkIn(stack);
    expect(refusedWith(() => new GlobalAurora(stack, 'Orders', { vpc }))).toMatch(
      /its stack belongs to no set of regions/,
    );
  });

  test('in one region at tier 1, and names what would do', () => {
    expect(refused({ regions: ['eu-west-1'] })).toMatch(
      /loses all of data at the loss of a region.*Aurora Global/s,
    );
  });

  test('in two accounts', () => {
    expect(refused({ accounts: [ACCOUNT, OTHER_ACCOUNT] })).toMatch(
      /eu-central-1 stands in another account, but a global database stands in one account/,
    );
  });

  test('where all regions serve and none is said to take the writes', () => {
    expect(refused({ active: true })).toMatch(
      /no region is the primary, so none of eu-central-1, eu-west-1 makes the database.*set homeRegion to/,
    );
  });

  test('with MySQL where less than a minute may be lost, and names what would do', () => {
    expect(refused({ service: rpoOf(30) }, { dataClass: 'orders', engine: MYSQL })).toMatch(
      /Aurora Global Database loses up to 1 min of orders.*RPO of 30 s.*rds\.global_db_rpo/s,
    );
  });

  test('where less may be lost than commits can wait for, and names what would do', () => {
    expect(refused({ service: rpoOf(5) }, { dataClass: 'orders' })).toMatch(
      /loses up to 20 s of orders.*RPO of 5 s.*use Aurora DSQL in two regions with a witness/s,
    );
  });

  test('without instances in the standby at tier 0', () => {
    expect(refused({ tier: 0 }, { headless: true })).toMatch(
      /without instances in the standby is back 30 min after the loss of a region.*RTO of 15 min/s,
    );
  });

  test.each([
    [
      { globalDbRpo: Duration.seconds(10) },
      /globalDbRpo is 10 s, but rds.global_db_rpo takes no less than 20 s/,
    ],
    [{ globalDbRpo: Duration.seconds(20), engine: MYSQL }, /globalDbRpo is set, but aurora-mysql cannot/],
    [{ globalClusterIdentifier: 'My_Db' }, /globalClusterIdentifier is "My_Db", which RDS does not take/],
    [{ headless: true, writeForwarding: true }, /writeForwarding is true, but headless leaves/],
  ] as [Props, RegExp][])('with what Aurora does not offer: %#', (props, message) => {
    expect(refused({}, props)).toMatch(message);
  });

  test('in more regions than a global database has', () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1', 'us-east-1'];
    const more = [
      'us-east-2',
      'us-west-2',
      'ap-northeast-1',
      'ap-southeast-1',
      'ap-southeast-2',
      'sa-east-1',
    ];
    expect(refused({ regions: [...regions, ...more] })).toMatch(
      /its service has 11 other regions, but a global database has at most 10/,
    );
  });

  test('with a data class that nobody declared, as any store', () => {
    expect(refusal(() => orders({}, { dataClass: 'carts', weakening: WEAKENING })).problem).toMatch(/carts/);
  });
});
