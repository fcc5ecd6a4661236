import { App } from 'aws-cdk-lib/core';
import { RegionSet } from '../lib/constructs/region/region-set';
import { ConfigurationError } from '../lib/errors';
import { RecoveryApproach } from '../lib/objectives/policy/regions';
import { RegionRole } from '../lib/objectives/region-role';
import { Service } from '../lib/objectives/service';
import { TIERS, Tier } from '../lib/objectives/tier';
import { WEAKENING } from './constructs/fixtures';
import { allPatterns, appOf, type Pattern, surroundings } from './support/pattern';
import {
  type AppResources,
  knows,
  lostOf,
  type Replacement,
  replacements,
  resourcesOf,
  STATEFUL_TYPES,
} from './support/replacements';

const patterns = allPatterns().map((pattern) => [pattern.construct, pattern] as const);

const { ACTIVE_ACTIVE, WARM_STANDBY } = RecoveryApproach;

/** The resources of an app, or nothing where it is refused. */
function unlessRefused(make: () => App): AppResources | undefined {
  try {
    return resourcesOf(make());
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

const SYNTHESISED = new Map<string, AppResources | undefined>();

/** A pattern in the first so many of three regions; synthesised once. */
function built(pattern: Pattern, tier: Tier, approach: RecoveryApproach, count: 1 | 2 | 3) {
  const key = [pattern.construct, tier, approach, count].join();
  if (!SYNTHESISED.has(key)) SYNTHESISED.set(key, build(pattern, tier, approach, count));
  return SYNTHESISED.get(key);
}

function build(pattern: Pattern, tier: Tier, approach: RecoveryApproach, count: 1 | 2 | 3) {
  const around = surroundings(pattern, tier, { approach });
  if (count === 2) return unlessRefused(() => appOf(pattern, around));
  if (pattern.buildApp) return undefined;
  const places = [...around.regions, 'eu-north-1'].slice(0, count);
  return unlessRefused(() => {
    const app = new App({ analyticsReporting: false });
    new RegionSet(app, 'Shop', {
      service: new Service({ name: 'shop', tier, owner: 'team-shop', ...around.service }),
      account: around.accounts[0],
      approach,
      weakening: WEAKENING,
      regions: places.map((region, index) => ({
        region,
        role: roleOf(approach, index),
        availabilityZones: ['a', 'b', 'c'].map((letter) => region + letter),
      })),
      build: (stack) => pattern.build(stack, around),
    });
    return app;
  });
}

function roleOf(approach: RecoveryApproach, index: number): RegionRole {
  if (approach === ACTIVE_ACTIVE) return RegionRole.ACTIVE;
  return index === 0 ? RegionRole.PRIMARY : RegionRole.STANDBY;
}

function changes(
  before: AppResources | undefined,
  after: AppResources | undefined,
  removed: readonly string[] = [],
) {
  return before && after ? replacements(before, after, removed) : [];
}

/** What a weaker tier does not owe any more, or a person must decide, by pattern: what is left out, and why. */
const ACCEPTED: Readonly<Record<string, readonly [found: RegExp, reason: string][]>> = {
  BackupStrategy: [
    [/LogicallyAirGappedBackupVault is left behind/, 'below tier 0 none is owed; it keeps its backups'],
  ],
  RestoreTesting: [
    [/LogicallyAirGappedBackupVault is left behind/, 'the vault of the BackupStrategy around it'],
  ],
  DurableEventBus: [[/Events::Archive is gone/, 'at tier 3 no event is owed to be played again']],
  RdsMultiAzInstance: [
    [/RDS::DBInstance is left behind/, 'the replica of the standby, which copies of backups replace'],
    [/SecretsManager::Secret is left behind/, 'without a replica the credentials move to a secret of RDS'],
  ],
  DocumentDatabase: [[/GlobalCluster is left behind/, 'it keeps no data: its one cluster does, and stays']],
  GraphDatabase: [[/GlobalCluster is left behind/, 'it keeps no data: its one cluster does, and stays']],
  MandatoryAlarms: [[/SNS::Topic is gone/, 'below tier 1 no alarm is owed, and a topic keeps nothing']],
  ReplicatedDatabase: [
    [/ is (left behind|gone)/, 'the tier chooses the store; `backEnd` pins it once it is deployed'],
  ],
};

const USED = new Set<unknown>();

function withoutAccepted({ construct }: Pattern, found: readonly Replacement[]): readonly Replacement[] {
  const accepted = ACCEPTED[construct] ?? [];
  const isAccepted = ({ type, why }: Replacement): boolean => {
    const answer = accepted.find(([each]) => each.test(`${type} ${why}`));
    if (answer) USED.add(answer);
    return answer !== undefined;
  };
  return found.filter((each) => !isAccepted(each));
}

describe('nothing that keeps data is made anew', () => {
  test.each(patterns)('by another tier of %s', (_, pattern) => {
    const approach = pattern.approach ?? WARM_STANDBY;
    const apps = TIERS.map((tier) => built(pattern, tier, approach, 2));
    const found = TIERS.slice(1).flatMap((tier) =>
      changes(apps[tier - 1], apps[tier]).map((each) => ({ tier, ...each })),
    );
    expect(withoutAccepted(pattern, found)).toEqual([]);
  });

  test.each(patterns)('by the removal of a region of %s', (_, pattern) => {
    const found = TIERS.flatMap((tier) => {
      const approach = pattern.approach ?? (tier === Tier.MISSION_CRITICAL ? ACTIVE_ACTIVE : WARM_STANDBY);
      const two = built(pattern, tier, approach, 2);
      const lost = [...changes(two, built(pattern, tier, approach, 1), ['eu-central-1'])];
      // The most critical are refused in one region: a third one is taken from them instead.
      if (tier < Tier.IMPORTANT)
        lost.push(...changes(built(pattern, tier, approach, 3), two, ['eu-north-1']));
      return lost.map((each) => ({ tier, ...each }));
    });
    expect(withoutAccepted(pattern, found)).toEqual([]);
  });
});

test('what is accepted is still there to accept', () => {
  const unused = Object.values(ACCEPTED).flatMap((each) => each.filter((answer) => !USED.has(answer)));
  // Each test may be run by itself.
  if (SYNTHESISED.size >= 4 * patterns.length) expect(unused).toEqual([]);
});

describe('a change', () => {
  const table = (Properties: object, rest: object = {}) => ({
    Orders: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { TableName: 'orders', ...Properties },
      ...rest,
    },
  });
  const cluster = (name: string) => ({
    Orders: { Type: 'AWS::RDS::DBCluster', Properties: { DBSubnetGroupName: { Ref: 'Subnets' } } },
    Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupName: name } },
    Reader: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Orders' } } },
  });
  const why = (...apps: Parameters<typeof lostOf> extends [string, ...infer Rest] ? Rest : never) =>
    lostOf('Shop', ...apps).map((each) => each.why);

  test.each<[string, Parameters<typeof why>, readonly string[]]>([
    ['nothing', [table({}), table({})], []],
    ['what can change', [table({}), table({ BillingMode: 'PAY_PER_REQUEST' })], []],
    ['the name of a table', [table({}), table({ TableName: 'items' })], ['TableName: "orders" -> "items"']],
    [
      'what can change in some states only',
      [table({ KeySchema: [{ AttributeName: 'a' }] }), table({ KeySchema: [{ AttributeName: 'b' }] })],
      ['KeySchema: [{"AttributeName":"a"}] -> [{"AttributeName":"b"}], perhaps'],
    ],
    ['the logical id of a table', [table({}), {}], ['is gone']],
    ['the logical id of a retained one', [table({}, { DeletionPolicy: 'Retain' }), {}], ['is left behind']],
    [
      'the type at a logical id',
      [table({}), { Orders: { Type: 'AWS::DynamoDB::Table' } }],
      ['is of type AWS::DynamoDB::Table now'],
    ],
    [
      'the name of something that it refers to',
      [cluster('one'), cluster('other')],
      ['DBSubnetGroupName: Subnets is made anew'],
    ],
    [
      'a reader of a cluster',
      [cluster('one'), { ...cluster('one'), Reader: { Type: 'Custom::Nothing' } }],
      [],
    ],
    ['a role', [{ Role: { Type: 'AWS::IAM::Role' } }, {}], []],
  ])('of %s is seen as it is', (_, apps, expected) => {
    expect(why(...apps)).toEqual(expected);
  });

  test('of a stateful type that is not in the table is said', () => {
    const pool = { Pool: { Type: 'AWS::DSQL::Cluster' } };
    expect(why(pool, pool)).toEqual([]);
    expect(STATEFUL_TYPES.filter((type) => !knows(type))).toEqual([]);
  });
});
