import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { Span } from '../../../../lib/calculus/time-span';
import { AuroraCluster } from '../../../../lib/constructs/data/relational/aurora-cluster';
import { DatabaseEngine } from '../../../../lib/constructs/data/relational/database-engine';
import { DsqlCluster } from '../../../../lib/constructs/data/relational/dsql-cluster';
import { GlobalAurora } from '../../../../lib/constructs/data/relational/global-aurora';
import { RdsMultiAzCluster } from '../../../../lib/constructs/data/relational/rds-multi-az-cluster';
import { RdsMultiAzInstance } from '../../../../lib/constructs/data/relational/rds-multi-az-instance';
import {
  ReplicatedDatabase,
  type ReplicatedDatabaseProps,
} from '../../../../lib/constructs/data/relational/replicated-database';
import { DatabaseBackEnd } from '../../../../lib/constructs/data/relational/replicated-database-back-end';
import { Objectives } from '../../../../lib/objectives/objectives';
import { Replication } from '../../../../lib/objectives/replication';
import { ACCOUNT, catalogued, WEAKENING } from '../../fixtures';
import { type Around, onlyIn } from '../replicated';
import { allowing } from '../store-fixtures';
import { inRegions, refusedWith } from './databases';

type Props = Partial<ReplicatedDatabaseProps>;
const { MYSQL, MARIADB } = DatabaseEngine;
const DSQL: Props = { witnessRegion: 'eu-west-2' };
const SYNCHRONOUS: Props = { ...DSQL, dataClass: 'orders', replication: Replication.synchronous() };
const lag = (seconds: number) => Replication.asynchronous({ maxLag: Duration.seconds(seconds) });
const rpoOf = (seconds: number) => ({
  dataClasses: [
    { name: 'orders', rpo: { region: Duration.seconds(seconds), dataRepair: Duration.hours(4) } },
  ],
});

const orders = (around: Around = {}, props: Props = {}) =>
  inRegions(around, (stack, vpc) => new ReplicatedDatabase(stack, 'Orders', { vpc, ...props }));
const storeOf = (around: Around = {}, props: Props = {}) => orders(around, props).parts['eu-west-1']?.store;
const refused = (around: Around = {}, props: Props = {}) => refusedWith(() => orders(around, props));

describe('a ReplicatedDatabase', () => {
  test.each([
    [0, GlobalAurora],
    [1, RdsMultiAzInstance],
    [2, RdsMultiAzInstance],
    [3, RdsMultiAzInstance],
  ] as const)('is built on what keeps tier %i', (tier, store) => {
    expect(storeOf({ tier })).toBeInstanceOf(store);
  });

  test('speaks MySQL with the same stores', () => {
    expect(storeOf({ tier: 0 }, { engine: MYSQL })).toBeInstanceOf(GlobalAurora);
    expect(storeOf({ tier: 1 }, { engine: MARIADB })).toBeInstanceOf(RdsMultiAzInstance);
  });

  test('is built on a global database where a replica would be too late', () => {
    expect(storeOf({ tier: 1 }, { replication: lag(60) })).toBeInstanceOf(GlobalAurora);
    expect(storeOf({ tier: 1, service: rpoOf(60) }, { dataClass: 'orders' })).toBeInstanceOf(GlobalAurora);
  });

  test('hands out the ARNs of its instances, and none where the store is another', () => {
    const [part] = Object.values(orders({ tier: 1 }).parts);
    expect(Object.keys(part?.instanceArns ?? {}).sort()).toEqual(['eu-central-1', 'eu-west-1']);
    const [global] = Object.values(orders({ tier: 0 }).parts);
    expect(global?.instanceArns).toEqual({});
  });

  test('has commits wait where less than a minute may be lost', () => {
    const { stacks } = orders({ tier: 1 }, { replication: lag(20) });
    const group = onlyIn(stacks['eu-west-1'], 'AWS::RDS::DBClusterParameterGroup');
    expect(group.Properties.Parameters['rds.global_db_rpo']).toBe('20');
  });

  test('is built on Aurora DSQL where nothing may be lost', () => {
    expect(storeOf({ tier: 1, service: rpoOf(0) }, SYNCHRONOUS)).toBeInstanceOf(DsqlCluster);
    expect(storeOf({ tier: 0, service: rpoOf(0) }, { ...DSQL, dataClass: 'orders' })).toBeInstanceOf(
      DsqlCluster,
    );
    expect(storeOf({ tier: 0, service: rpoOf(5) }, { ...DSQL, dataClass: 'orders' })).toBeInstanceOf(
      DsqlCluster,
    );
  });

  test('is not built on Aurora DSQL, which has snapshots only, where its data is owed more after damage', () => {
    const service = { dataClasses: [{ name: 'orders', rpo: { region: Duration.seconds(0) } }] };
    expect(refused({ tier: 0, service }, { ...DSQL, dataClass: 'orders' })).toMatch(
      /Aurora DSQL in two regions with a witness: dataRepair.rpo up to 4 h, owed 5 min.*or keep it in DynamoDB global table with strong/s,
    );
    expect(storeOf({ tier: 2 })).toBeInstanceOf(RdsMultiAzInstance);
  });

  test('can be rewound where it is Aurora MySQL in one region, and never as a global database', () => {
    const windowOf = (around: Around, props: Props) =>
      onlyIn(orders(around, { engine: MYSQL, ...props }).stacks['eu-west-1'], 'AWS::RDS::DBCluster')
        .Properties.BacktrackWindow;
    const alone = { backEnd: DatabaseBackEnd.AURORA_CLUSTER };
    expect(windowOf({ tier: 2 }, alone)).toBe(86_400);
    expect(windowOf({ tier: 2 }, { ...alone, backtrackWindow: Duration.hours(48) })).toBe(172_800);
    expect(windowOf({ tier: 0 }, { backtrackWindow: Duration.hours(48) })).toBeUndefined();
  });

  test('replicates at tier 2 where somebody asks for it', () => {
    const { stacks } = orders({ tier: 2 }, { replication: lag(600) });
    expect(onlyIn(stacks['eu-central-1'], 'AWS::RDS::DBInstance').Properties).toHaveProperty(
      'SourceDBInstanceIdentifier',
    );
  });

  test.each([
    [DatabaseBackEnd.RDS_MULTI_AZ_CLUSTER, RdsMultiAzCluster],
    [DatabaseBackEnd.AURORA_CLUSTER, AuroraCluster],
    [DatabaseBackEnd.DSQL, DsqlCluster],
  ] as const)('is built on %s where somebody says so', (backEnd, store) => {
    expect(storeOf({ tier: 2, service: rpoOf(86_400) }, { backEnd, dataClass: 'orders' })).toBeInstanceOf(
      store,
    );
  });

  test.each([1, 2, 3] as const)('stays in a store that does more than tier %i owes', (tier) => {
    const { stacks } = orders({ tier }, { backEnd: DatabaseBackEnd.GLOBAL_AURORA });
    expect(onlyIn(stacks['eu-central-1'], 'AWS::RDS::DBCluster').Properties).toMatchObject({
      GlobalClusterIdentifier: 'shop-orders-globalaurora',
      SourceRegion: 'eu-west-1',
    });
  });

  test('asks for the store to be named, before another tier chooses another', () => {
    const warned = (around: Around, props: Props = {}) =>
      Annotations.fromStack(orders(around, props).stacks['eu-west-1'] as Stack)
        .findWarning('*', Match.stringLikeRegexp('Its store is chosen'))
        .map(({ id, entry }) => `${id} ${entry.data}`);
    expect(warned({ tier: 0 })).toEqual([
      expect.stringMatching(/^\/Shop-eu-west-1\/Orders .*set backEnd: DatabaseBackEnd.GLOBAL_AURORA before/),
    ]);
    expect(warned({ tier: 1 })[0]).toContain('DatabaseBackEnd.RDS_MULTI_AZ_INSTANCE');
    expect(warned({ tier: 0 }, { backEnd: DatabaseBackEnd.GLOBAL_AURORA })).toEqual([]);
    expect(warned({ tier: 0, nonProduction: true })).toEqual([]);
  });

  test.each([
    [DatabaseBackEnd.GLOBAL_AURORA, 'AWS::RDS::DBCluster', 'SourceRegion'],
    [DatabaseBackEnd.RDS_MULTI_AZ_INSTANCE, 'AWS::RDS::DBInstance', 'SourceDBInstanceIdentifier'],
  ])('keeps what it was made with in %s, where its region has taken over for good', (backEnd, type, made) => {
    const homeRegion = 'eu-west-1';
    const before = orders({ tier: 2 }, { backEnd, replication: lag(600) });
    const after = orders({ tier: 2, regions: ['eu-central-1'] }, { backEnd, homeRegion, promoted: true });
    const database = onlyIn(after.stacks['eu-central-1'], type).Properties;
    expect(database).toHaveProperty(made);
    expect(database[made]).toEqual(onlyIn(before.stacks['eu-central-1'], type).Properties[made]);
    expect(after.parts['eu-central-1']?.writerEndpoint).toBeDefined();
  });

  test('records what was chosen, and why', () => {
    const { stacks } = orders({ tier: 0 });
    const choice = catalogued(stacks['eu-west-1'] as Stack).decisions.find(
      ({ what }) => what === 'Orders.backEnd',
    );
    expect(choice).toMatchObject({
      value: 'global-aurora',
      because:
        'the plainest for postgresql and asynchronous replication of at most 1 min that keeps what is owed: Aurora Global Database',
    });
  });

  test('passes on endpoints and grants', () => {
    const { stacks, parts } = orders();
    const stack = stacks['eu-west-1'] as Stack;
    parts['eu-west-1']?.grantConnect(
      new Role(stack, 'App', { assumedBy: new AccountPrincipal(ACCOUNT) }),
      'app',
    );
    expect(allowing(stack, 'rds-db:connect')).toHaveLength(1);
    expect(parts['eu-west-1']?.writerEndpoint?.port).toBe(5432);
    expect(parts['eu-west-1']?.access?.connections).toBeDefined();
    expect(parts['eu-central-1']?.writerEndpoint).toBeUndefined();
  });

  test('writes in both regions with Aurora DSQL', () => {
    const { parts } = orders({ service: rpoOf(0) }, SYNCHRONOUS);
    for (const part of Object.values(parts)) {
      expect(part.writerEndpoint).toBeDefined();
      expect(part.access).toBeUndefined();
    }
  });
});

describe('a ReplicatedDatabase is refused', () => {
  test('with MySQL that loses nothing, and names what would do', () => {
    expect(refused({}, { engine: MYSQL, replication: Replication.synchronous() })).toMatch(
      /no store for mysql reaches another region with synchronous replication.*Replication.asynchronous\(\{ maxLag \}\) of 1 min or more$/s,
    );
    const { service } = { service: rpoOf(3600) };
    expect(
      refused({ service }, { engine: MYSQL, dataClass: 'orders', replication: Replication.synchronous() }),
    ).toMatch(/of 1 min or more, or Aurora DSQL in two regions with a witness \(postgresql\)$/);
  });

  test('with MariaDB that is closely followed, and names what would do', () => {
    expect(refused({}, { engine: MARIADB, replication: lag(60) })).toMatch(
      /no store for mariadb reaches another region with asynchronous replication of at most 1 min.*of 5 min or more, or Aurora Global Database \(postgresql, mysql\)/s,
    );
  });

  test('with PostgreSQL that is followed more closely than commits can wait for', () => {
    expect(refused({}, { replication: lag(10) })).toMatch(
      /of at most 10 s.*use Replication.asynchronous\(\{ maxLag \}\) of 20 s or more$/s,
    );
    expect(refused({ service: rpoOf(60) }, { dataClass: 'orders', replication: lag(10) })).toMatch(
      /use Replication.synchronous\(\)$/,
    );
  });

  test('with more lag than its data may lose, unless somebody answers for it', () => {
    expect(refused({}, { replication: lag(600) })).toMatch(/replication is 10 min, but the tier owes 5 min/);
    expect(() => orders({}, { replication: lag(600), weakening: WEAKENING })).not.toThrow();
  });

  test('with replication and no other region', () => {
    expect(refused({ tier: 2, regions: ['eu-west-1'] }, { replication: lag(60) })).toMatch(
      /replication is asynchronous, but its service has no other region/,
    );
  });

  test('with a back end that does not offer what is asked', () => {
    expect(refused({}, { backEnd: DatabaseBackEnd.AURORA_CLUSTER, replication: lag(60) })).toMatch(
      /backEnd is aurora-cluster, which does not offer postgresql with asynchronous.*use global-aurora: another, empty database, so move the data first; or leave/s,
    );
  });

  test('without a witness for Aurora DSQL', () => {
    const asked = { dataClass: 'orders', replication: Replication.synchronous() };
    expect(refused({ service: rpoOf(60) }, asked)).toMatch(/no witness region is named/);
  });

  /** A class as the fix of a refusal says, and the objectives. */
  const served = (rpo: object, overrides: object = {}) => ({
    objectives: Objectives.forTier(1, overrides),
    dataClasses: [{ name: 'orders', rpo }],
  });
  const ORDERS: Props = { dataClass: 'orders' };

  test('where nothing is repaired as closely as is owed, with what would be, which is then accepted', () => {
    const rpo = { dataRepair: Span.minutes(1) };
    expect(refused({ service: served(rpo) }, ORDERS)).toMatch(
      /^no store for postgresql and asynchronous replication of at most 5 min keeps all that is owed\. RDS Multi-AZ instance with a read replica in another region: dataRepair.rpo up to 5 min, owed 1 min; Aurora Global Database: .* Aurora DSQL in two regions with a witness: dataRepair.rpo up to 4 h, owed 1 min -> give the class orders of the service rpo: \{ dataRepair: Span.minutes\(5\) \}, which RDS/,
    );
    const named = { ...ORDERS, backEnd: DatabaseBackEnd.GLOBAL_AURORA };
    expect(refused({ service: served(rpo) }, named)).toMatch(/^no store for postgresql/);
    expect(storeOf({ service: served({ dataRepair: Span.minutes(5) }) }, ORDERS)).toBeInstanceOf(
      RdsMultiAzInstance,
    );
  });

  test('where no region is back as soon as is owed, with what would be, which is then accepted', () => {
    const region = { rto: Span.minutes(5), rpo: Span.minutes(5) };
    const service = served({ region: Span.minutes(5) }, { region });
    expect(refused({ service }, ORDERS)).toMatch(
      /Aurora Global Database: region.rto 10 min, owed 5 min.* -> give the objectives of the service region: \{ rto: Span.minutes\(10\) \}, which Aurora Global Database keeps/,
    );
    const slower = served({ region: Span.minutes(5) }, { region: { ...region, rto: Span.minutes(10) } });
    expect(storeOf({ service: slower }, ORDERS)).toBeInstanceOf(GlobalAurora);
  });

  test('where it may lag by a second, with what keeps all else, which is then accepted', () => {
    expect(refused({}, { replication: lag(1) })).toMatch(/use Replication.asynchronous.* of 20 s or more$/);
    expect(storeOf({}, { replication: lag(20) })).toBeInstanceOf(GlobalAurora);
  });

  test('where declaring less is too little, and another kind of store or a weakening does', () => {
    const asked = { engine: MARIADB, backEnd: DatabaseBackEnd.RDS_MULTI_AZ_INSTANCE, ...ORDERS };
    const service = { dataClasses: [{ name: 'orders', rpo: { region: Duration.minutes(5) } }] };
    expect(refused({ tier: 0, service }, asked)).toMatch(
      /instance.rto 2 min, owed 1 min.* -> keep it in DynamoDB global table .* instead; or give a weakening with reason, expires and approver$/,
    );
    expect(() => orders({ tier: 0, service }, { ...asked, weakening: WEAKENING })).not.toThrow();
  });

  test('with MariaDB at tier 0, which no store keeps', () => {
    expect(refused({ tier: 0 }, { engine: MARIADB })).toMatch(/mariadb/);
  });
});
