import { RegionRole } from '../../../lib/objectives/region-role';
import { assessed, assumptionsOf, singlePoints } from '../../support/assess';
import { attribute, record, ref } from '../../support/designs';
import type { TestStack } from '../../support/graph';
import { placeOf } from '../../support/places';

type Resources = TestStack['template']['Resources'];

const resource = (type: string, properties: object = {}) => ({
  Type: `AWS::${type}`,
  Properties: properties,
});
const CHECK = resource('Route53::HealthCheck', {
  HealthCheckConfig: { Type: 'TCP', IPAddress: '192.0.2.1', RequestInterval: 30, FailureThreshold: 3 },
});

type Side = 'west' | 'north';
const REGIONS = { west: 'eu-west-1', north: 'eu-north-1' } as const;

/** Two regions; what each holds may tell which one it is. */
function pair(held: (side: Side) => Resources, roles?: Readonly<Record<Side, RegionRole>>) {
  const place = (side: Side) =>
    placeOf(
      { region: REGIONS[side], account: '123456789012', ...(roles && { role: roles[side] }) },
      held(side),
    );
  return assessed({ stacks: { west: place('west'), north: place('north') } });
}

const down = ({ availability }: ReturnType<typeof pair>) => availability.unavailability;

/** A name that leads straight to what is called `Store`, by a policy and a health check of its own. */
const named = (policy: object, target: unknown = attribute('Store', 'Endpoint.Address')) => ({
  Check: CHECK,
  Name: record({
    Type: 'CNAME',
    TTL: 60,
    ResourceRecords: [target],
    HealthCheckId: ref('Check'),
    ...policy,
  }),
});
const failover = (side: Side) => ({
  SetIdentifier: side,
  Failover: side === 'west' ? 'PRIMARY' : 'SECONDARY',
});

const DATABASE = { Engine: 'postgres', MultiAZ: true };
const REPLICA = {
  ...DATABASE,
  SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
};

/** The second database follows the first, or starts by itself. */
const databases = (policy: (side: Side) => object, replicated: boolean) =>
  pair((side) => ({
    Store: resource(
      'RDS::DBInstance',
      side === 'west'
        ? { ...DATABASE, DBInstanceIdentifier: 'orders' }
        : replicated
          ? REPLICA
          : { ...DATABASE, DBInstanceIdentifier: 'orders-too' },
    ),
    ...named(policy(side)),
  }));

describe('a name that fails over between databases', () => {
  const [alone, replicated] = [databases(failover, false), databases(failover, true)];

  it('has a second side where that one follows the first', () => {
    expect(singlePoints(replicated)).toEqual(['software:shop', 'service:route53']);
    expect(replicated.recovery.region.rpoSeconds).toBe(60);
  });

  it('has none where nothing replicates between them, and says so', () => {
    expect(singlePoints(alone)).toEqual(expect.arrayContaining(['resource:west/Store', 'region:eu-west-1']));
    expect(singlePoints(alone)).not.toContain('resource:north/Store');
    expect(assumptionsOf(alone)).toContain(
      'the second side of www.example.com CNAME does not take over: nothing replicates between west/Store and north/Store',
    );
    expect(down(alone)).toBeGreaterThan(down(replicated) * 3);
    expect(alone.recovery.region.rpoSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it('has none where the other one is not in the app', () => {
    const outside = pair((side) =>
      side === 'west'
        ? { Store: resource('RDS::DBInstance', DATABASE), ...named(failover(side)) }
        : named(failover(side), 'orders.abc.eu-north-1.rds.amazonaws.com'),
    );
    expect(singlePoints(outside)).toContain('resource:west/Store');
    expect(assumptionsOf(outside)).toMatch(
      /nothing in the app replicates between west\/Store and orders\.abc/,
    );
  });
});

describe('a name with several databases', () => {
  const weighted = (side: Side) => ({ SetIdentifier: side, Weight: 50 });

  it('needs each of them where they keep data of their own', () => {
    const [alone, replicated] = [databases(weighted, false), databases(weighted, true)];
    const both = ['resource:west/Store', 'resource:north/Store'];
    expect(singlePoints(alone)).toEqual(expect.arrayContaining(both));
    expect(singlePoints(replicated)).not.toEqual(expect.arrayContaining(both));
    expect(assumptionsOf(alone)).toMatch(
      /not all records of www\.example\.com CNAME stand in for each other/,
    );
    expect(down(alone)).toBeGreaterThan(down(replicated) * 3);
  });

  it('lets replicas of one source stand in for each other', () => {
    const replicas = pair((side) => ({
      Store: resource('RDS::DBInstance', {
        ...DATABASE,
        SourceDBInstanceIdentifier: 'arn:aws:rds:us-east-1:123456789012:db:orders',
      }),
      ...named(weighted(side)),
    }));
    expect(singlePoints(replicas)).toEqual(['software:shop', 'service:route53']);
  });

  it('never asks a standby of weight 0 whose data is another', () => {
    const idle = databases((side) => ({ SetIdentifier: side, Weight: side === 'west' ? 1 : 0 }), false);
    expect(singlePoints(idle)).toContain('resource:west/Store');
    expect(singlePoints(idle)).not.toContain('resource:north/Store');
  });
});

describe('what replicates', () => {
  const seen = (held: (side: Side, target: boolean) => Resources, target: unknown) =>
    [true, false].map((replicated) =>
      singlePoints(pair((side) => ({ ...held(side, replicated), ...named(failover(side), target) }))).some(
        (id) => id === 'region:eu-west-1',
      ),
    );

  it.each<[string, string, (side: Side, replicated: boolean) => Resources]>([
    [
      'clusters of a global database',
      'Endpoint.Address',
      (side, joined) => ({
        ...(side === 'west' && {
          Global: resource('RDS::GlobalCluster', { GlobalClusterIdentifier: 'orders' }),
        }),
        Member: resource('RDS::DBInstance', {
          Engine: 'aurora-postgresql',
          DBClusterIdentifier: ref('Store'),
        }),
        Store: resource('RDS::DBCluster', {
          Engine: 'aurora-postgresql',
          ...(side === 'west' && { MasterUsername: 'admin' }),
          ...(joined && { GlobalClusterIdentifier: 'orders' }),
        }),
      }),
    ],
    [
      'groups of a global datastore',
      'PrimaryEndPoint.Address',
      (side, joined) => ({
        Store: resource('ElastiCache::ReplicationGroup', {
          ReplicationGroupId: side,
          ...(joined && side === 'north' && { GlobalReplicationGroupId: 'ldgnf-orders' }),
        }),
        ...(side === 'west' && {
          Group: resource('ElastiCache::GlobalReplicationGroup', {
            GlobalReplicationGroupId: 'ldgnf-orders',
            Members: [
              { ReplicationGroupId: 'west', Role: 'PRIMARY' },
              ...(joined ? [{ ReplicationGroupId: 'north', Role: 'SECONDARY' }] : []),
            ],
          }),
        }),
      }),
    ],
    [
      'documents of a global cluster',
      'Endpoint',
      (side, joined) => ({
        Member: resource('DocDB::DBInstance', { DBClusterIdentifier: ref('Store') }),
        Store: resource('DocDB::DBCluster', {
          ...(side === 'west' && { MasterUsername: 'admin' }),
          ...(joined && { GlobalClusterIdentifier: 'orders' }),
        }),
      }),
    ],
    [
      'databases that a task of DMS keeps alike',
      'Endpoint.Address',
      (side, joined) => ({
        Store: resource('RDS::DBInstance', { ...DATABASE, DBInstanceIdentifier: `orders-${side}` }),
        ...(side === 'west' && {
          From: resource('DMS::Endpoint', { ServerName: attribute('Store', 'Endpoint.Address') }),
          To: resource('DMS::Endpoint', { ServerName: 'orders-north' }),
          Task: resource('DMS::ReplicationTask', {
            MigrationType: joined ? 'full-load-and-cdc' : 'full-load',
            SourceEndpointArn: ref('From'),
            TargetEndpointArn: ref('To'),
          }),
        }),
      }),
    ],
  ])('%s stand in for each other, and others do not', (_, attributeOf, held) => {
    expect(seen(held, attribute('Store', attributeOf))).toEqual([false, true]);
  });

  it('is led to through a proxy and through another name, too', () => {
    const behind = (replicated: boolean) =>
      pair((side) => ({
        Store: resource(
          'RDS::DBInstance',
          side === 'west' ? { ...DATABASE, DBInstanceIdentifier: 'orders' } : replicated ? REPLICA : DATABASE,
        ),
        Inner: record({
          Name: `${side}.example.com`,
          Type: 'CNAME',
          TTL: 60,
          ResourceRecords: [attribute('Store', 'Endpoint.Address')],
        }),
        ...named(failover(side), `${side}.example.com`),
      }));
    expect(singlePoints(behind(true))).not.toContain('resource:west/Store');
    expect(singlePoints(behind(false))).toContain('resource:west/Store');
  });
});

describe('buckets of an origin group', () => {
  const rule = (bucket: string) => ({
    VersioningConfiguration: { Status: 'Enabled' },
    ReplicationConfiguration: {
      Role: 'arn:aws:iam::123456789012:role/r',
      Rules: [{ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${bucket}` } }],
    },
  });
  const members = { Quantity: 2, Items: [{ OriginId: 'first' }, { OriginId: 'second' }] };
  const site = (of: (side: Side) => object, more: Resources = {}) =>
    pair((side) => ({
      Files: resource('S3::Bucket', { BucketName: `files-${side}`, ...of(side) }),
      ...more,
      ...(side === 'west' && {
        Edge: resource('CloudFront::Distribution', {
          DistributionConfig: {
            Origins: [
              { Id: 'first', DomainName: attribute('Files', 'RegionalDomainName') },
              { Id: 'second', DomainName: 'files-north.s3.eu-north-1.amazonaws.com' },
            ],
            OriginGroups: {
              Quantity: 1,
              Items: [
                { Id: 'both', FailoverCriteria: { StatusCodes: { Items: [500, 503] } }, Members: members },
              ],
            },
            DefaultCacheBehavior: { TargetOriginId: 'both' },
          },
        }),
      }),
    }));

  it('stand in for each other where one replicates to the other, and not otherwise', () => {
    const replicated = site((side) => (side === 'west' ? rule('files-north') : {}));
    const alone = site(() => ({}));
    expect(singlePoints(alone)).toContain('region:eu-west-1');
    expect(singlePoints(replicated)).not.toContain('region:eu-west-1');
    expect(assumptionsOf(alone)).toMatch(
      /the origin group of west\/Edge does not help: nothing .*replicates/,
    );
    expect(down(alone)).toBeGreaterThan(down(replicated));
  });

  it('that each deploy fills hold the same', () => {
    const filled = {
      Type: 'Custom::CDKBucketDeployment',
      Properties: { DestinationBucketName: ref('Files') },
    };
    expect(singlePoints(site(() => ({}), { Deploy: filled }))).not.toContain('region:eu-west-1');
  });
});

describe('stores of two regions that nobody is led to', () => {
  const { PRIMARY, STANDBY } = RegionRole;
  const stores = (replicated: boolean) =>
    pair(
      (side) => ({
        Store: resource(
          'RDS::DBInstance',
          side === 'west' ? { ...DATABASE, DBInstanceIdentifier: 'orders' } : replicated ? REPLICA : DATABASE,
        ),
      }),
      { west: PRIMARY, north: STANDBY },
    );

  it('stand in for each other only where one follows the other', () => {
    expect(singlePoints(stores(true))).toEqual(['software:shop']);
    expect(singlePoints(stores(false))).toEqual(
      expect.arrayContaining(['resource:west/Store', 'region:eu-west-1']),
    );
    expect(assumptionsOf(stores(false))).toMatch(/no other region of shop takes over from west\/Store/);
    expect(down(stores(false))).toBeGreaterThan(down(stores(true)));
  });
});
