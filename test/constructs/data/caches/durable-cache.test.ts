import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Duration } from 'aws-cdk-lib/core';
import { DurableCache } from '../../../../lib/constructs/data/caches/durable-cache';
import type { DurableCacheProps } from '../../../../lib/constructs/data/caches/durable-cache-props';
import { RegionSet } from '../../../../lib/constructs/region/region-set';
import { RegionRole } from '../../../../lib/objectives/region-role';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { durableCache } from '../../../patterns/durable-cache';
import type { Surroundings } from '../../../support/pattern';
import { ACCOUNT, networkIn, only, refusal, shopOf, shopStack, WEAKENING, ZONES } from '../../fixtures';
import { allowing, inTwoRegions, TWO_ACCOUNTS } from '../store-fixtures';

/** A cluster in one region alone, for data that need not survive its region. */
function clusterAt(tier: Tier, props: Partial<DurableCacheProps> = {}, options = {}) {
  const stack = shopStack(tier, options, { dataClasses: [{ name: 'sessions', rebuildable: true }] });
  const vpc = networkIn(stack).vpc;
  const store = new DurableCache(stack, 'Carts', { vpc, dataClass: 'sessions', ...props });
  return {
    stack,
    store,
    get cluster() {
      return only(stack, 'AWS::MemoryDB::Cluster');
    },
  };
}

function multiRegionAt(tier: Tier, props: Partial<DurableCacheProps> = {}, rest: Partial<Surroundings> = {}) {
  return inTwoRegions(
    durableCache,
    tier,
    (stack, vpc) => {
      const given = { dataClass: 'carts', multiRegion: true, homeRegion: 'eu-west-1', ...props };
      new DurableCache(stack, 'Carts', { vpc, ...given });
    },
    rest,
  );
}

describe('a durable cache', () => {
  it.each([
    [0, 2],
    [1, 2],
    [2, 1],
    [3, 1],
  ] as [Tier, number][])('has at tier %i %i replicas of each shard', (tier, replicas) => {
    expect(clusterAt(tier).cluster).toMatchObject({ NumShards: 1, NumReplicasPerShard: replicas });
  });

  it.each(TIERS)('speaks TLS, keeps 35 days of snapshots and is encrypted with a key at tier %i', (tier) => {
    expect(clusterAt(tier).cluster).toMatchObject({
      TLSEnabled: true,
      SnapshotRetentionLimit: 35,
      KmsKeyId: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
    });
  });

  it('stands in one isolated subnet of each zone', () => {
    expect(only(clusterAt(1).stack, 'AWS::MemoryDB::SubnetGroup').SubnetIds).toHaveLength(3);
  });

  it('has one user, who signs in with IAM and is the only one on the list', () => {
    const { stack, store } = clusterAt(1);
    store.grantConnect(
      new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }),
    );
    expect(only(stack, 'AWS::MemoryDB::User').AuthenticationMode).toEqual({ Type: 'iam' });
    expect(only(stack, 'AWS::MemoryDB::ACL').UserNames).toEqual([{ Ref: expect.any(String) }]);
    expect(allowing(stack, 'memorydb:Connect')).toMatchObject([{ Resource: [{}, {}] }]);
  });

  it('is kept when its stack is deleted, but not where it may be torn down', () => {
    const kept = (nonProduction: boolean) =>
      Object.values(
        Template.fromStack(clusterAt(1, {}, { nonProduction }).stack).findResources('AWS::MemoryDB::Cluster'),
      )[0]?.DeletionPolicy;
    expect([kept(false), kept(true)]).toEqual(['Retain', 'Delete']);
  });

  it('loses nothing with a zone, so that data of tier 1 may be in it where its region’s loss is answered for', () => {
    expect(() =>
      clusterAt(1, { dataClass: undefined as unknown as string, weakening: WEAKENING }),
    ).not.toThrow();
  });
});

describe('a Multi-Region cluster', () => {
  it('is made in the home region, and joined there by what it was given', () => {
    const [home, other] = multiRegionAt(1);
    expect(only(home, 'AWS::MemoryDB::MultiRegionCluster')).toMatchObject({
      MultiRegionClusterNameSuffix: 'shop-carts',
      NodeType: 'db.r7g.xlarge',
      TLSEnabled: true,
      UpdateStrategy: 'COORDINATED',
    });
    expect(only(home, 'AWS::MemoryDB::MultiRegionCluster')).not.toHaveProperty('EngineVersion');
    expect(only(home, 'AWS::MemoryDB::Cluster').MultiRegionClusterName).toEqual({
      'Fn::GetAtt': [expect.any(String), 'MultiRegionClusterName'],
    });
    Template.fromStack(other).resourceCountIs('AWS::MemoryDB::MultiRegionCluster', 0);
  });

  it('is joined in the other region by the name that AWS will have given it', () => {
    const [, other] = multiRegionAt(1);
    expect(only(other, 'AWS::MemoryDB::Cluster')).toMatchObject({
      MultiRegionClusterName: 'gxeiz-shop-carts',
      NodeType: 'db.r7g.xlarge',
      TLSEnabled: true,
    });
    expect(only(other, 'AWS::MemoryDB::Cluster')).not.toHaveProperty('ParameterGroupName');
  });

  it('is joined by a name of your own where that is set', () => {
    const [, other] = multiRegionAt(1, { multiRegionClusterName: 'abcde-carts' });
    expect(only(other, 'AWS::MemoryDB::Cluster').MultiRegionClusterName).toBe('abcde-carts');
  });
});

describe('a durable cache is refused', () => {
  it('for data that must come back from damage nearer than a day', () => {
    expect(refusal(() => multiRegionAt(1, { dataClass: undefined } as never)).message).toMatch(
      /MemoryDB Multi-Region loses up to 25 h of data at data repaired.*RPO of 5 min is owed/s,
    );
  });

  const refused = (tier: Tier, props: Partial<DurableCacheProps>) =>
    refusal(() => clusterAt(tier, props)).message;

  it('in one region alone where the loss of a region may not lose it', () => {
    expect(refused(1, { dataClass: undefined as unknown as string })).toMatch(
      /MemoryDB Multi-AZ loses all of data at the loss of a region.*use .*MemoryDB Multi-Region/s,
    );
  });

  it('with numbers that MemoryDB does not take', () => {
    expect(refused(2, { replicas: 6 })).toMatch(/replicas is 6/);
    expect(refused(2, { shards: 0 })).toMatch(/shards is 0/);
    expect(refused(2, { snapshotRetention: Duration.days(36) })).toMatch(/snapshotRetention in days is 36/);
  });

  it('with less than the tier owes', () => {
    expect(refused(0, { replicas: 1 })).toMatch(/replicas is 1, but the tier owes 2/);
    expect(refused(1, { snapshotRetention: Duration.days(7) })).toMatch(
      /snapshotRetention is 7 d, but the tier owes/,
    );
  });

  it('with a home region or name but no Multi-Region cluster', () => {
    expect(refused(2, { homeRegion: 'eu-west-1' })).toMatch(
      /homeRegion is set, but there is no Multi-Region/,
    );
    expect(refused(2, { multiRegionClusterName: 'x' })).toMatch(
      /multiRegionClusterName is set, but there is no/,
    );
  });

  it('as a Multi-Region cluster of nodes that cannot be one', () => {
    expect(refused(2, { multiRegion: true, nodeType: 'db.r7g.large' })).toMatch(
      /nodeType is db.r7g.large, but a Multi-Region cluster needs R7g nodes of xlarge or more/,
    );
  });

  it('as a Multi-Region cluster in two accounts', () => {
    expect(refusal(() => multiRegionAt(1, {}, TWO_ACCOUNTS)).message).toMatch(
      /a Multi-Region cluster stays within one account/,
    );
  });

  it('as a Multi-Region cluster where AWS does not say what its name will be', () => {
    expect(refusal(() => multiRegionAt(1, { homeRegion: 'ca-west-1' })).message).toMatch(
      /made in ca-west-1.*set multiRegionClusterName/s,
    );
  });

  it('as a Multi-Region cluster of one region, where the loss of that may not lose it', () => {
    const build = () =>
      new RegionSet(new App(), 'Shop', {
        service: shopOf(1),
        weakening: WEAKENING,
        regions: [
          { region: 'eu-west-1', role: RegionRole.PRIMARY, account: ACCOUNT, availabilityZones: [...ZONES] },
        ],
        build: (stack) => {
          new DurableCache(stack, 'Carts', { vpc: networkIn(stack).vpc, multiRegion: true });
        },
      });
    expect(refusal(build).message).toMatch(/MemoryDB Multi-AZ loses all of data at the loss of a region/);
  });

  it('to grant anything on users that are not its own', () => {
    const { stack, store } = clusterAt(2, { aclName: 'mine' });
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    expect(refusal(() => store.grantConnect(role)).message).toMatch(/access control list are not known here/);
  });
});
