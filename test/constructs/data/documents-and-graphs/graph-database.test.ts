import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  GraphDatabase,
  type GraphDatabaseProps,
} from '../../../../lib/constructs/data/documents-and-graphs/graph-database';
import { RecoveryApproach } from '../../../../lib/objectives/policy/regions';
import { Tier } from '../../../../lib/objectives/tier';
import { graphDatabase } from '../../../patterns/graph-database';
import type { Surroundings } from '../../../support/pattern';
import { networkIn, only, refusal, shopStack, WEAKENING } from '../../fixtures';
import { allowing, inTwoRegions, TWO_ACCOUNTS } from '../store-fixtures';

const CLUSTER = 'AWS::Neptune::DBCluster';
const BELOW_TIER_0: Tier[] = [Tier.BUSINESS_CRITICAL, 2, 3];

/** A cluster in one region alone. */
function clusterAt(tier: Tier, props: Partial<GraphDatabaseProps> = {}, options = {}) {
  const stack = shopStack(tier, options, { dataClasses: [{ name: 'hints', rebuildable: true }] });
  const { vpc } = networkIn(stack);
  const database = new GraphDatabase(stack, 'People', { vpc, dataClass: 'hints', ...props });
  return { stack, database };
}

/** The clusters of two regions, Ireland writing. */
function inRegions(tier: Tier, props: Partial<GraphDatabaseProps> = {}, rest: Partial<Surroundings> = {}) {
  return inTwoRegions(
    graphDatabase,
    tier,
    (stack, vpc) => {
      new GraphDatabase(stack, 'People', { vpc, ...props });
    },
    rest,
  );
}

function zonesOf(stack: Stack): string[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::Neptune::DBInstance')).map(
    ({ Properties }) => Properties.AvailabilityZone,
  );
}

describe('a graph database', () => {
  it.each([
    [1, ['a', 'b', 'c']],
    [2, ['a', 'b']],
    [3, ['a']],
  ] as [Tier, string[]][])('has at tier %i an instance in each of the zones %j', (tier, letters) => {
    expect(zonesOf(clusterAt(tier).stack)).toEqual(letters.map((letter) => `eu-west-1${letter}`));
  });

  it.each(BELOW_TIER_0)('is encrypted, signed for, backed up and cannot be deleted at tier %i', (tier) => {
    expect(only(clusterAt(tier).stack, CLUSTER)).toMatchObject({
      StorageEncrypted: true,
      IamAuthEnabled: true,
      BackupRetentionPeriod: 35,
      DeletionProtection: true,
      EnableCloudwatchLogsExports: ['audit', 'slowquery'],
      CopyTagsToSnapshot: true,
    });
  });

  it('keeps its logs for a year, in the groups that Neptune writes to', () => {
    Template.fromStack(clusterAt(1).stack).hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/neptune/shop-people-eu-west-1/audit',
      RetentionInDays: 365,
    });
    expect(only(clusterAt(1).stack, 'AWS::Neptune::DBClusterParameterGroup')).toMatchObject({
      Family: 'neptune1.4',
      Parameters: { neptune_enable_audit_log: '1' },
    });
  });

  it('lets in who is allowed to, and nobody else', () => {
    const { stack, database } = clusterAt(2);
    database.grantDataAccess(
      new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }),
    );
    expect(allowing(stack, 'neptune-db:ReadDataViaQuery')).toHaveLength(1);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  it('can be deleted where it may be torn down, and keeps nothing', () => {
    const { stack } = clusterAt(1, {}, { nonProduction: true });
    expect(only(stack, CLUSTER).DeletionProtection).toBe(false);
    Template.fromStack(stack).hasResource(CLUSTER, { DeletionPolicy: 'Delete' });
  });
});

describe('a global graph database', () => {
  it.each(BELOW_TIER_0)('is made of the cluster of the region that writes, at tier %i', (tier) => {
    const [first, second] = inRegions(tier);
    expect(only(first, 'AWS::Neptune::GlobalCluster').GlobalClusterIdentifier).toBe('shop-people');
    expect(only(first, CLUSTER)).not.toHaveProperty('GlobalClusterIdentifier');
    expect(only(second, CLUSTER).GlobalClusterIdentifier).toBe('shop-people');
    Template.fromStack(second).resourceCountIs('AWS::Neptune::GlobalCluster', 0);
  });

  it('has only its data in a pilot light', () => {
    expect(zonesOf(inRegions(2, {}, { approach: RecoveryApproach.PILOT_LIGHT })[1])).toEqual([]);
  });
});

describe('a graph database is refused', () => {
  const refused = (tier: Tier, props: Partial<GraphDatabaseProps>) =>
    refusal(() => clusterAt(tier, props)).message;

  it('at tier 0, which owes an instance back sooner than Neptune has one, unless somebody answers for it', () => {
    expect(refused(0, {})).toMatch(
      /Neptune cluster with replicas is back 2 min after the loss of an instance at the worst, but an RTO of 1 min is owed/,
    );
    expect(() => clusterAt(0, { weakening: WEAKENING })).not.toThrow();
  });

  it('in one region alone where the loss of a region may not lose it', () => {
    expect(refused(1, { dataClass: undefined as unknown as string })).toMatch(
      /loses all of data at the loss of a region.*use Neptune global database/s,
    );
  });

  it('with values that do not fit', () => {
    expect(refused(1, { instances: 2 })).toMatch(/instances is 2, but the tier owes 3/);
    expect(refused(2, { instances: 17 })).toMatch(/instances is 17/);
    expect(refused(3, { instances: 0, weakening: WEAKENING })).toMatch(/nobody could write/);
    expect(refused(2, { backupRetention: Duration.days(36) })).toMatch(/backupRetention in days is 36/);
    expect(refused(2, { deletionProtection: false })).toMatch(/deletionProtection is false/);
    expect(refused(2, { global: true })).toMatch(
      /no other region that a Neptune global database could reach/,
    );
  });

  it('as a global one of burstable instances', () => {
    expect(refusal(() => inRegions(1, { instanceClass: 'db.t4g.medium' })).message).toMatch(
      /instanceClass is db.t4g.medium, which a Neptune global database does not take/,
    );
    expect(() => clusterAt(2, { instanceClass: 'db.t4g.medium' })).not.toThrow();
  });

  it('as a global one in two accounts', () => {
    expect(refusal(() => inRegions(1, {}, TWO_ACCOUNTS)).message).toMatch(
      /a Neptune global database stays within one account/,
    );
  });
});
