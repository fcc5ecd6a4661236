import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { App, type Stack } from 'aws-cdk-lib/core';
import { Span } from '../../../../lib/calculus/time-span';
import { DsqlCluster, type DsqlClusterProps } from '../../../../lib/constructs/data/relational/dsql-cluster';
import { ActiveActive } from '../../../../lib/constructs/region/active-active';
import { ActivePassive } from '../../../../lib/constructs/region/active-passive';
import { RegionSet } from '../../../../lib/constructs/region/region-set';
import { Objectives } from '../../../../lib/objectives/objectives';
import { RegionRole } from '../../../../lib/objectives/region-role';
import { Residency } from '../../../../lib/objectives/residency';
import { Service } from '../../../../lib/objectives/service';
import { ACCOUNT, shopStack } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, shopIn, templateOf } from '../replicated';
import { allowing } from '../store-fixtures';
import { refusedWith } from './databases';

const CLUSTER = 'AWS::DSQL::Cluster';
const SNAPSHOTS = { dataClasses: [{ name: 'orders', rpo: { dataRepair: Span.hours(4) } }] };
const ACTIVE: Around = { tier: 0, active: true, service: SNAPSHOTS };
const STANDARD: Around = { tier: 2, service: SNAPSHOTS };
const WITNESS = { witnessRegion: 'eu-west-2' };
const arnIn = (region: string) => `arn:aws:dsql:${region}:${ACCOUNT}:cluster/abcdefghijklmnopqrstuvwxyz`;
const ARNS = [arnIn('eu-west-1'), arnIn('eu-central-1')];

function orders(around: Around = ACTIVE, props: DsqlClusterProps = {}) {
  const parts: Record<string, DsqlCluster> = {};
  const stacks = shopIn(around, (stack) => {
    parts[stack.region] = new DsqlCluster(stack, 'Orders', { dataClass: 'orders', ...props });
  });
  return { parts, stacks };
}
const refused = (around: Around, props: DsqlClusterProps = {}) => refusedWith(() => orders(around, props));

describe('a DsqlCluster', () => {
  test('is created in both regions with a witness, and says that it waits to be linked', () => {
    const { stacks } = orders(ACTIVE, { witnessRegion: 'eu-west-2' });
    for (const region of ['eu-west-1', 'eu-central-1']) {
      expect(onlyIn(stacks[region], CLUSTER)).toMatchObject({
        Properties: {
          DeletionProtectionEnabled: true,
          MultiRegionProperties: { WitnessRegion: 'eu-west-2' },
        },
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      });
      expect(onlyIn(stacks[region], CLUSTER).Properties.MultiRegionProperties).not.toHaveProperty('Clusters');
      Annotations.fromStack(stacks[region] as Stack).hasWarning(
        '*',
        Match.stringLikeRegexp('waits to be linked: deploy both regions, then set clusterArns'),
      );
      expect(Object.values(templateOf(stacks[region]).findOutputs('*'))).toHaveLength(1);
    }
  });

  test('is linked by the ARNs of both clusters, the same in both regions', () => {
    const { stacks } = orders(ACTIVE, { witnessRegion: 'eu-west-2', clusterArns: ARNS });
    for (const region of ['eu-west-1', 'eu-central-1']) {
      expect(onlyIn(stacks[region], CLUSTER).Properties.MultiRegionProperties).toEqual({
        WitnessRegion: 'eu-west-2',
        Clusters: [...ARNS].sort(),
      });
      Annotations.fromStack(stacks[region] as Stack).hasNoWarning('*', Match.stringLikeRegexp('waits'));
    }
  });

  test('takes the witness of the set of regions', () => {
    const { stacks } = orders({ ...ACTIVE, witness: 'eu-west-3' });
    expect(onlyIn(stacks['eu-west-1'], CLUSTER).Properties.MultiRegionProperties).toEqual({
      WitnessRegion: 'eu-west-3',
    });
  });

  test('keeps data of which nothing may be lost', () => {
    const rpo = { region: Span.ZERO, dataRepair: Span.hours(4) };
    const service = { dataClasses: [{ name: 'orders', rpo }] };
    expect(() => orders({ ...ACTIVE, service }, { witnessRegion: 'eu-west-2' })).not.toThrow();
  });

  test('stands in one region where copies of backups will do', () => {
    const { parts, stacks } = orders(STANDARD);
    expect(parts['eu-west-1']?.multiRegion).toBe(false);
    expect(onlyIn(stacks['eu-west-1'], CLUSTER).Properties).not.toHaveProperty('MultiRegionProperties');
  });

  test('spans two regions at tier 2 where somebody asks for it', () => {
    const { stacks } = orders(STANDARD, { multiRegion: true, witnessRegion: 'eu-west-2' });
    expect(onlyIn(stacks['eu-west-1'], CLUSTER).Properties.MultiRegionProperties).toEqual({
      WitnessRegion: 'eu-west-2',
    });
  });

  test('may be torn down where it is not production', () => {
    const { stacks } = orders({ ...STANDARD, nonProduction: true });
    expect(onlyIn(stacks['eu-west-1'], CLUSTER)).toMatchObject({
      Properties: { DeletionProtectionEnabled: false },
      DeletionPolicy: 'Delete',
    });
  });

  test('has a key of its own that DSQL may use, or a given one', () => {
    const own = shopStack(2, {}, SNAPSHOTS);
    new DsqlCluster(own, 'Orders', { dataClass: 'orders' });
    expect(JSON.stringify(onlyIn(own, 'AWS::KMS::Key').Properties.KeyPolicy)).toContain('dsql.amazonaws.com');
    const given = shopStack(2, {}, SNAPSHOTS);
    const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0f4c7b52`;
    const encryptionKey = Key.fromKeyArn(given, 'Key', arn);
    new DsqlCluster(given, 'Orders', { encryptionKey, dataClass: 'orders' });
    expect(onlyIn(given, CLUSTER).Properties.KmsEncryptionKey).toBe(arn);
  });

  test('lets roles sign in, as users or as admin', () => {
    const stack = shopStack(2, {}, SNAPSHOTS);
    const database = new DsqlCluster(stack, 'Orders', { dataClass: 'orders' });
    const role = new Role(stack, 'App', { assumedBy: new AccountPrincipal(ACCOUNT) });
    database.grantConnect(role);
    database.grantConnectAdmin(role);
    expect(allowing(stack, 'dsql:DbConnect')).toHaveLength(1);
    expect(allowing(stack, 'dsql:DbConnectAdmin')).toHaveLength(1);
    expect(database.endpoint.port).toBe(5432);
  });
});

describe('a DsqlCluster is refused', () => {
  test('without a witness', () => {
    expect(refused(ACTIVE)).toMatch(/no witness region is named.*set witnessRegion/);
  });

  test('without a witness, which is only asked of the set where that takes one', () => {
    const orders = (stack: Stack) =>
      new DsqlCluster(stack, 'Orders', { multiRegion: true, dataClass: 'orders' });
    const said = {
      service: new Service({ name: 'shop', tier: 2, owner: 'team-shop', ...SNAPSHOTS }),
      build: orders,
    };
    const [primary, standby] = ['eu-west-1', 'eu-central-1'];
    expect(refusedWith(() => new ActivePassive(new App(), 'Shop', { ...said, primary, standby }))).toMatch(
      / -> set witnessRegion$/,
    );
    expect(
      refusedWith(() => new ActiveActive(new App(), 'Shop', { ...said, regions: [primary, standby] })),
    ).toMatch(/ -> set witnessRegion, or name a witness in the set of regions$/);
    const regions = [primary, standby].map((region) => ({
      region,
      role: RegionRole.ACTIVE,
      availabilityZones: [`${region}a`, `${region}b`],
    }));
    expect(refusedWith(() => new RegionSet(new App(), 'Shop', { ...said, regions }))).toMatch(
      / -> set witnessRegion, or add a region with the role RegionRole.WITNESS$/,
    );
  });

  test('with a witness that reads and writes itself', () => {
    expect(refused(ACTIVE, { witnessRegion: 'eu-central-1' })).toMatch(
      /witnessRegion is eu-central-1, which reads and writes itself/,
    );
  });

  test('with a witness where the data may not lie, or that is no region', () => {
    const residency = new Residency({ regions: ['eu-west-1', 'eu-central-1'] });
    const service = { ...SNAPSHOTS, residency };
    expect(refused({ ...ACTIVE, service }, { witnessRegion: 'eu-west-2' })).toMatch(
      /the witness is eu-west-2, where the data of the service may not lie/,
    );
    expect(refused(ACTIVE, { witnessRegion: 'eu-west-9' })).toMatch(
      /"eu-west-9" is none of the \d+ regions known/,
    );
  });

  test('in two accounts', () => {
    expect(
      refused({ ...ACTIVE, accounts: [ACCOUNT, OTHER_ACCOUNT] }, { witnessRegion: 'eu-west-2' }),
    ).toMatch(
      /eu-central-1 stands in another account, but an Aurora DSQL cluster spans regions of one account/,
    );
  });

  test('in three regions', () => {
    const regions = ['eu-west-1', 'eu-central-1', 'eu-west-3'];
    expect(refused({ ...ACTIVE, regions }, { witnessRegion: 'eu-west-2' })).toMatch(
      /3 regions would read and write, but Aurora DSQL spans two and a witness/,
    );
  });

  test.each([0, 1, 2] as const)('at tier %i with data that is owed less than snapshots lose', (tier) => {
    expect(refused({ tier, active: tier === 0 }, { dataClass: undefined, ...WITNESS } as never)).toMatch(
      /Aurora DSQL.* loses up to 4 h of data at data repaired from a backup, but an RPO of (5 min|1 h) is owed/,
    );
  });

  test('with data that must come back sooner than it is restored', () => {
    const dataRepair = { rto: Span.hours(3), rpo: Span.minutes(5) };
    const service = { ...SNAPSHOTS, objectives: Objectives.forTier(0, { dataRepair }) };
    expect(refused({ ...ACTIVE, service }, WITNESS)).toMatch(
      /is back 4 h after data repaired from a backup at the worst, but an RTO of 3 h is owed/,
    );
  });

  test('by damage, and names what would do: another store, or a class that is owed less', () => {
    expect(refused({ tier: 2 }, { dataClass: undefined } as never)).toMatch(/use RDS Multi-AZ instance/);
    const rpo = { region: Span.ZERO };
    const service = { dataClasses: [{ name: 'orders', rpo }] };
    expect(refused({ ...ACTIVE, service }, WITNESS)).toMatch(
      /keep it in DynamoDB global table with strong consistency instead, or use .* or where so much may be lost, give the class orders/,
    );
  });

  test('as multi-region in one region', () => {
    expect(refusedWith(() => new DsqlCluster(shopStack(2), 'Orders', { multiRegion: true }))).toMatch(
      /multiRegion is true, but its service has no other region/,
    );
  });

  test('in one region at tier 1, and names what would do', () => {
    expect(refused({ tier: 1, service: SNAPSHOTS }, { multiRegion: false })).toMatch(
      /Aurora DSQL loses all of orders at the loss of a region.*Aurora DSQL in two regions with a witness/s,
    );
  });

  test.each([
    [
      ['arn:aws:dsql:eu-west-1:1:cluster/x'],
      /"arn:aws:dsql:eu-west-1:1:cluster\/x" is no ARN of an Aurora DSQL/,
    ],
    [[ARNS[0]], /clusterArns name clusters in eu-west-1, but the cluster spans eu-central-1 and eu-west-1/],
    [[], /clusterArns name clusters in no region/],
  ] as [string[], RegExp][])('with the ARNs %j', (clusterArns, message) => {
    expect(refused(ACTIVE, { witnessRegion: 'eu-west-2', clusterArns })).toMatch(message);
  });

  test('with ARNs to link in one region', () => {
    expect(refused(STANDARD, { clusterArns: ARNS })).toMatch(
      /clusterArns are given, but the cluster stands in one region/,
    );
  });
});
