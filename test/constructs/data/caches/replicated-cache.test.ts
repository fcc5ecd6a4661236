import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Duration, type Stack } from 'aws-cdk-lib/core';
import { ReplicatedCache } from '../../../../lib/constructs/data/caches/replicated-cache';
import type { ReplicatedCacheProps } from '../../../../lib/constructs/data/caches/replicated-cache-props';
import { RegionSet } from '../../../../lib/constructs/region/region-set';
import { RegionRole } from '../../../../lib/objectives/region-role';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { replicatedCache } from '../../../patterns/replicated-cache';
import { findingsIn, type Surroundings, surroundings } from '../../../support/pattern';
import { catalogued, networkIn, only, refusal, shopOf, shopStack, WEAKENING } from '../../fixtures';
import { allowing, CLEAN, inTwoRegions, TWO_ACCOUNTS, vpcIn } from '../store-fixtures';

const REBUILDABLE = { dataClasses: [{ name: 'sessions', rebuildable: true }] };

function cacheAt(tier: Tier, props: Partial<ReplicatedCacheProps> = {}, options = {}) {
  const stack = shopStack(tier, options, REBUILDABLE);
  const { vpc } = networkIn(stack);
  const cache = new ReplicatedCache(stack, 'Cache', { vpc, dataClass: 'sessions', ...props });
  return {
    stack,
    cache,
    get group() {
      return only(stack, 'AWS::ElastiCache::ReplicationGroup');
    },
  };
}

/** The cache of each of two regions that are one Global Datastore. */
function globalAt(tier: Tier, props: Partial<ReplicatedCacheProps> = {}, rest: Partial<Surroundings> = {}) {
  const homeRegion = tier === 0 ? { homeRegion: 'eu-west-1' } : {};
  return inTwoRegions(
    replicatedCache,
    tier,
    (stack, vpc) => {
      new ReplicatedCache(stack, 'Cache', {
        vpc,
        dataClass: 'sessions',
        globalDatastore: true,
        ...homeRegion,
        ...props,
      });
    },
    rest,
  );
}

describe('a replicated cache', () => {
  it.each([
    [0, 3],
    [1, 3],
    [2, 2],
    [3, 2],
  ] as [Tier, number][])('has at tier %i %i nodes, which take over from each other', (tier, nodes) => {
    expect(cacheAt(tier).group).toMatchObject({
      NumCacheClusters: nodes,
      MultiAZEnabled: true,
      AutomaticFailoverEnabled: true,
    });
  });

  it.each(TIERS)('is encrypted at rest and on the way at tier %i', (tier) => {
    expect(cacheAt(tier).group).toMatchObject({
      AtRestEncryptionEnabled: true,
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: 'required',
      KmsKeyId: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
    });
  });

  it.each(TIERS)('keeps its snapshots for 35 days at tier %i', (tier) => {
    expect(cacheAt(tier).group.SnapshotRetentionLimit).toBe(35);
  });

  it('has as many replicas with several shards at each tier, since another number would replace it', () => {
    const groups = TIERS.map((tier) => cacheAt(tier, { shards: 3 }).group);
    expect(
      groups.map(({ NumNodeGroups, ReplicasPerNodeGroup }) => [NumNodeGroups, ReplicasPerNodeGroup]),
    ).toEqual(TIERS.map(() => [3, 2]));
  });

  it('stands in one isolated subnet of each zone', () => {
    const { stack } = cacheAt(1);
    expect(only(stack, 'AWS::ElastiCache::SubnetGroup').SubnetIds).toHaveLength(3);
    expect(JSON.stringify(only(stack, 'AWS::ElastiCache::SubnetGroup'))).toContain('Isolated');
  });

  it('lets nobody in until it is told to', () => {
    const { stack, cache } = cacheAt(1);
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    cache.grantConnect(role);
    expect(allowing(stack, 'elasticache:Connect')).toMatchObject([{ Resource: [{}, {}] }]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  it('has one user, who signs in with IAM', () => {
    expect(only(cacheAt(1).stack, 'AWS::ElastiCache::User')).toMatchObject({
      UserId: 'shop-cache',
      UserName: 'shop-cache',
      AuthenticationMode: { Type: 'iam' },
    });
  });

  it('sends both its logs to CloudWatch', () => {
    const { group } = cacheAt(1);
    expect(group.LogDeliveryConfigurations.map(({ LogType }: { LogType: string }) => LogType)).toEqual([
      'engine-log',
      'slow-log',
    ]);
  });

  it('is kept when its stack is deleted, but not where it may be torn down', () => {
    const kept = (nonProduction: boolean) =>
      Object.values(
        Template.fromStack(cacheAt(1, {}, { nonProduction }).stack).findResources(
          'AWS::ElastiCache::ReplicationGroup',
        ),
      )[0]?.DeletionPolicy;
    expect([kept(false), kept(true)]).toEqual(['Retain', 'Delete']);
  });

  it('says where writes and reads go', () => {
    const { stack, cache } = cacheAt(1);
    expect(stack.resolve([cache.endpoint, cache.readerEndpoint, cache.port])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'PrimaryEndPoint.Address'] },
      { 'Fn::GetAtt': [expect.any(String), 'ReaderEndPoint.Address'] },
      6379,
    ]);
    const sharded = cacheAt(1, { shards: 2 });
    expect(sharded.stack.resolve(sharded.cache.endpoint)['Fn::GetAtt'][1]).toBe(
      'ConfigurationEndPoint.Address',
    );
  });

  it('needs no data class where the tier may lose minutes', () => {
    expect(() => cacheAt(2, { dataClass: undefined as unknown as string })).not.toThrow();
  });

  it('records what it loses at worst', () => {
    const { decisions } = catalogued(cacheAt(2).stack);
    expect(decisions).toContainEqual(
      expect.objectContaining({ what: 'Cache.availabilityZone', value: 'RPO 5 s, RTO 1 min' }),
    );
  });
});

describe('a Global Datastore', () => {
  it.each([0, 1] as Tier[])('is made in the home region, of the cache there, at tier %i', (tier) => {
    const [home, other] = globalAt(tier);
    expect(only(home, 'AWS::ElastiCache::GlobalReplicationGroup')).toMatchObject({
      GlobalReplicationGroupIdSuffix: 'shop-cache',
      Members: [
        {
          ReplicationGroupRegion: 'eu-west-1',
          Role: 'PRIMARY',
          ReplicationGroupId: { Ref: expect.any(String) },
        },
      ],
    });
    Template.fromStack(other).resourceCountIs('AWS::ElastiCache::GlobalReplicationGroup', 0);
  });

  it('is followed in the other region by the id that AWS will have given it', () => {
    const [, other] = globalAt(1);
    const group = only(other, 'AWS::ElastiCache::ReplicationGroup');
    expect(group.GlobalReplicationGroupId).toBe('gxeiz-shop-cache');
    expect(group).not.toHaveProperty('Engine');
    expect(group).not.toHaveProperty('CacheNodeType');
    expect(group).not.toHaveProperty('TransitEncryptionEnabled');
    expect(group).toMatchObject({ NumCacheClusters: 3, MultiAZEnabled: true });
  });

  it('is followed as before by a region that is left alone, where the one that made it is named', () => {
    const [, before] = globalAt(1, { homeRegion: 'eu-west-1' });
    const alone = new RegionSet(new App(), 'Shop', {
      service: shopOf(2, REBUILDABLE),
      regions: [
        {
          region: 'eu-central-1',
          role: RegionRole.PRIMARY,
          account: '111122223333',
          availabilityZones: ['a', 'b', 'c'].map((letter) => `eu-central-1${letter}`),
        },
      ],
      build: (stack) => {
        const props = { dataClass: 'sessions', globalDatastore: true, homeRegion: 'eu-west-1' };
        new ReplicatedCache(stack, 'Cache', { vpc: vpcIn(stack), ...props });
      },
    }).stackIn('eu-central-1');
    const idIn = (stack: Stack) => only(stack, 'AWS::ElastiCache::ReplicationGroup').GlobalReplicationGroupId;
    expect(idIn(alone)).toBe(idIn(before));
  });

  it('is followed by an id of your own where that is set', () => {
    const [home, other] = globalAt(1, { globalDatastoreId: 'abcde-shop-cache' });
    expect(only(other, 'AWS::ElastiCache::ReplicationGroup').GlobalReplicationGroupId).toBe(
      'abcde-shop-cache',
    );
    Template.fromStack(home).resourceCountIs('AWS::ElastiCache::GlobalReplicationGroup', 1);
  });

  it.each(TIERS)('has no finding at tier %i, and ties no region to another', (tier) => {
    const build = (stack: Stack) => {
      new ReplicatedCache(stack, 'Cache', {
        vpc: vpcIn(stack),
        dataClass: 'sessions',
        globalDatastore: true,
        homeRegion: 'eu-west-1',
      });
    };
    const around = surroundings(replicatedCache, tier);
    expect(findingsIn({ ...replicatedCache, build }, around)).toEqual(CLEAN);
  });
});

describe('a replicated cache is refused', () => {
  const refused = (tier: Tier, props: Partial<ReplicatedCacheProps>) =>
    refusal(() => cacheAt(tier, props)).message;

  it('where what is written may not be lost with a node, and points to what keeps it', () => {
    expect(refused(1, { dataClass: undefined as unknown as string })).toMatch(
      /ElastiCache Multi-AZ loses up to 5 s of data at the loss of an instance, but an RPO of 0 s is owed.*use MemoryDB Multi-AZ, or MemoryDB Multi-Region/s,
    );
  });

  it('without replicas', () => {
    expect(refused(2, { replicas: 0 })).toMatch(
      /replicas is 0\n {2}fix: set replicas to a whole number from 1 to 5/,
    );
  });

  it('with fewer replicas than tier 0 owes, unless somebody answers for it', () => {
    expect(refused(0, { replicas: 1 })).toMatch(/replicas is 1, but the tier owes 2/);
    expect(cacheAt(0, { replicas: 1, weakening: WEAKENING }).group.NumCacheClusters).toBe(2);
  });

  it('with shards that are none', () => {
    expect(refused(2, { shards: 0 })).toMatch(/shards is 0/);
  });

  it('with snapshots that are kept longer than ElastiCache does, or shorter than the tier owes', () => {
    expect(refused(2, { snapshotRetention: Duration.days(36) })).toMatch(/snapshotRetention in days is 36/);
    expect(refused(1, { snapshotRetention: Duration.days(7) })).toMatch(
      /snapshotRetention is 7 d, but the tier owes 35 d/,
    );
  });

  it('with a home region but no Global Datastore', () => {
    expect(refused(2, { homeRegion: 'eu-west-1' })).toMatch(
      /homeRegion is set, but there is no Global Datastore/,
    );
    expect(refused(2, { globalDatastoreId: 'x' })).toMatch(/globalDatastoreId is set, but there is no/);
  });

  it('as a Global Datastore in a stack that belongs to no set of regions', () => {
    expect(refused(1, { globalDatastore: true })).toMatch(/its stack belongs to no set of regions/);
  });

  it('as a Global Datastore without a home region where all regions serve', () => {
    const build = () => globalAt(0, { homeRegion: undefined as unknown as string });
    expect(refusal(build).message).toMatch(
      /no region is the primary, so none of eu-central-1, eu-west-1 makes a Global Datastore.*set homeRegion/s,
    );
  });

  it('as a Global Datastore with a home region that is none', () => {
    expect(refusal(() => globalAt(1, { homeRegion: 'nowhere' })).message).toMatch(
      /homeRegion "nowhere" is no region/,
    );
  });

  it('as a Global Datastore where AWS does not say what its id will be', () => {
    expect(refusal(() => globalAt(1, { homeRegion: 'ca-west-1' })).message).toMatch(
      /AWS does not say what it puts before names that are made in ca-west-1.*set globalDatastoreId/s,
    );
  });

  it('as a Global Datastore in two accounts', () => {
    expect(refusal(() => globalAt(1, {}, TWO_ACCOUNTS)).message).toMatch(
      /a Global Datastore stays within one account, but its regions are in 111122223333 and 444455556666/,
    );
  });

  it('in public subnets', () => {
    expect(refused(2, { vpcSubnets: { subnetType: SubnetType.PUBLIC } })).toMatch(/vpcSubnets are public/);
  });

  it('in a network without private subnets, and without a network', () => {
    const stack = shopStack(2, {}, REBUILDABLE);
    const vpc = new Vpc(stack, 'Bare', {
      subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }],
    });
    expect(refusal(() => new ReplicatedCache(stack, 'Cache', { vpc })).message).toMatch(/no private subnet/);
    expect(refusal(() => new ReplicatedCache(stack, 'Other', {} as ReplicatedCacheProps)).message).toMatch(
      /vpc is missing/,
    );
  });

  it('in fewer zones than the tier owes', () => {
    const stack = shopStack(1, {}, REBUILDABLE);
    const { vpc } = networkIn(stack);
    const vpcSubnets = { subnets: vpc.isolatedSubnets.slice(0, 2) };
    expect(refusal(() => new ReplicatedCache(stack, 'Cache', { vpc, vpcSubnets })).message).toMatch(
      /zones is 2, but the tier owes 3/,
    );
  });

  it('to grant anything on users that are not its own', () => {
    const { stack, cache } = cacheAt(2, { userGroupId: 'mine' });
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    expect(refusal(() => cache.grantConnect(role)).message).toMatch(
      /users of its user group are not known here/,
    );
    Template.fromStack(stack).resourceCountIs('AWS::ElastiCache::User', 0);
  });
});
