import { NO_LOSS } from '../../lib/assessment/named-loss';
import { parseLoss, simulate } from '../../lib/assessment/simulate';
import { AWS_FACTS } from '../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../lib/calculus/recovery-facts';
import { assessed } from '../support/assess';
import type { TestStack } from '../support/graph';
import { ref, resource, subnets, sumOf, web, words } from './recovery/parts';

type Resources = Readonly<Record<string, unknown>>;

const NEVER = Number.POSITIVE_INFINITY;
const PEOPLE =
  RECOVERY_FACTS.noticeSeconds.value.worst +
  AWS_FACTS.acknowledgeSeconds.value.worst +
  AWS_FACTS.decideSeconds.value.worst;
const BALANCER = RECOVERY_FACTS.loadBalancerNodeOutSeconds.value.worst + 60;

const inOneRegion = (resources: Resources, region = 'eu-west-1') =>
  assessed({ stacks: { app: { template: { Resources: resources }, region } } });

function lose(service: ReturnType<typeof assessed>, ...names: readonly string[]) {
  const [loss] = simulate({ services: [service] }, names.map(parseLoss));
  if (!loss?.recovery) throw new Error('nothing is lost');
  const { recovery, stops, failed, assumed } = loss;
  return { ...recovery, stops, assumed, failed: failed.map(({ logicalId }) => logicalId) };
}

/** A database in one zone, and a function and a table that need none. */
const SINGLE: Resources = {
  ...subnets('eu-west-1a', 'eu-west-1b'),
  Group: resource('RDS::DBSubnetGroup', { SubnetIds: [ref('Subnet0'), ref('Subnet1')] }),
  Db: resource('RDS::DBInstance', { AvailabilityZone: 'eu-west-1a', DBSubnetGroupName: ref('Group') }),
  Handler: resource('Lambda::Function', { Environment: { Variables: { TABLE: ref('Table') } } }),
  Table: resource('DynamoDB::Table'),
};

describe('the loss of one resource', () => {
  const service = inOneRegion(SINGLE);

  it('that AWS runs comes back nobody knows when, and not as the database beside it', () => {
    const handler = lose(service, 'Handler');
    expect(handler).toMatchObject({ stops: true, failed: ['Handler'], meets: undefined });
    expect(handler.unknown).toBe(
      'app/Handler is run by AWS, and nothing says how long it takes to bring it back',
    );
    expect(handler.rpoSeconds).toBeUndefined();
    expect(lose(service, 'Table')).toMatchObject({ meets: undefined, rpoSeconds: 0 });
  });

  it('that is a database comes back as that one does', () => {
    expect(lose(service, 'Db')).toMatchObject({
      rtoSeconds: RECOVERY_FACTS.singleDatabaseRecoverySeconds.value.worst,
      rpoSeconds: 0,
      meets: false,
    });
  });

  it('takes nothing else that one service of AWS stands behind', () => {
    const two = inOneRegion({ One: resource('Lambda::Function'), Two: resource('Lambda::Function') });
    expect(lose(two, 'One').failed).toEqual(['One']);
  });

  it('and of another one waits for the slower, where both are needed', () => {
    expect(lose(service, 'Db', 'Table').unknown).toContain('app/Table');
  });

  it('one unit of which is enough costs less than all of it', () => {
    const shop = inOneRegion(web({ tasks: 4 }));
    const one = lose(shop, 'task 1 of app/Web');
    expect(one).toMatchObject({ stops: false, rtoSeconds: 30 * 3 });
    expect(one.assumed).toEqual([
      '1 of 4 tasks of app/Web carries the load: nobody declares the peak, and it is taken that one does',
    ]);
    expect(words(one.rtoTerms)).toEqual(['health checks of targets, 30 s × (2 + 1)']);
    const all = lose(shop, 'app/Web');
    expect(all.stops).toBe(true);
    expect(words(all.rtoTerms)).toContain('a task is launched');
    expect(sumOf(all.rtoTerms)).toBe(all.rtoSeconds);
  });
});

describe('the loss of one zone', () => {
  it('that a database does not stand in has nothing to bring back', () => {
    const service = inOneRegion(SINGLE);
    expect(lose(service, 'az:eu-west-1a')).toMatchObject({ stops: true, rpoSeconds: 300 });
    expect(lose(service, 'az:eu-west-1a').rtoSeconds).toBe(service.recovery.availabilityZone.rtoSeconds);
    expect(lose(service, 'az:eu-west-1b')).toMatchObject({
      stops: false,
      failed: [],
      rtoSeconds: 0,
      rpoSeconds: 0,
      meets: true,
    });
  });

  it('of a load balancer costs what leads users away, and of a zone that it is not in nothing', () => {
    const shop = inOneRegion({ ...web({ tasks: 4 }), ...elsewhere('eu-west-1c') });
    expect(lose(shop, 'az:eu-west-1a').rtoSeconds).toBe(BALANCER);
    expect(lose(shop, 'az:eu-west-1c').rtoTerms.map(({ resource: of }) => of?.logicalId)).not.toContain(
      'Front',
    );
  });

  it('is never worse than the worst of all zones', () => {
    const shop = inOneRegion({ ...web({ tasks: 2 }), ...elsewhere('eu-west-1c') });
    for (const zone of ['a', 'b', 'c'])
      expect(lose(shop, `az:eu-west-1${zone}`).rtoSeconds).toBeLessThanOrEqual(
        shop.recovery.availabilityZone.rtoSeconds,
      );
  });
});

/** An instance of its own in another zone. */
function elsewhere(zone: string): Resources {
  return { Alone: resource('EC2::Instance', { AvailabilityZone: zone }) };
}

describe('both halves of a database', () => {
  const spread = (...zones: readonly string[]): Resources => ({
    ...subnets(...zones),
    Group: resource('RDS::DBSubnetGroup', { SubnetIds: zones.map((_, index) => ref(`Subnet${index}`)) }),
  });
  const standby = (more: Resources = {}) =>
    inOneRegion({
      ...spread('eu-west-1a', 'eu-west-1b'),
      Db: resource('RDS::DBInstance', { MultiAZ: true, DBSubnetGroupName: ref('Group'), ...more }),
    });

  it('cost a restore, where one of them costs a failover', () => {
    expect(lose(standby(), 'az:eu-west-1a')).toMatchObject({ stops: false, rtoSeconds: 120, rpoSeconds: 0 });
    expect(lose(standby(), 'az:eu-west-1a', 'az:eu-west-1b')).toMatchObject({
      stops: true,
      failed: ['Db'],
      rtoSeconds:
        PEOPLE + RECOVERY_FACTS.restoreSeconds.value.worst + RECOVERY_FACTS.endpointSwitchSeconds.value.worst,
      rpoSeconds: 300,
    });
  });

  it('never come back without a backup, and take all data', () => {
    const bare = standby({ BackupRetentionPeriod: 0 });
    expect(lose(bare, 'az:eu-west-1a').rtoSeconds).toBe(120);
    expect(lose(bare, 'az:eu-west-1a', 'az:eu-west-1b')).toMatchObject({
      rtoSeconds: NEVER,
      rpoSeconds: NEVER,
      meets: false,
    });
  });

  it('of a cluster are made anew over storage that stands in a third zone', () => {
    const member = resource('RDS::DBInstance', {
      Engine: 'aurora-postgresql',
      DBInstanceClass: 'db.r6g.large',
      DBClusterIdentifier: ref('Db'),
    });
    const aurora = inOneRegion({
      ...spread('eu-west-1a', 'eu-west-1b'),
      Db: resource('RDS::DBCluster', { Engine: 'aurora-postgresql', DBSubnetGroupName: ref('Group') }),
      Writer: member,
      Reader: member,
    });
    expect(lose(aurora, 'az:eu-west-1a', 'az:eu-west-1b')).toMatchObject({
      stops: true,
      rtoSeconds: PEOPLE + AWS_FACTS.auroraRecreateSeconds.value.worst,
      rpoSeconds: 0,
    });
    expect(lose(aurora, 'Writer')).toMatchObject({ stops: false, rtoSeconds: 60 });
    expect(lose(aurora, 'Writer', 'Reader').rtoSeconds).toBe(60);
  });
});

describe('regions lost together', () => {
  const table = (...regions: readonly string[]) =>
    resource('DynamoDB::GlobalTable', { Replicas: regions.map((Region) => ({ Region })) });
  const inRegions = (...regions: readonly string[]) => {
    const west: TestStack = {
      region: 'eu-west-1',
      template: {
        Resources: {
          Table: table(...regions),
          Handler: resource('Lambda::Function', { Environment: { Variables: { TABLE: ref('Table') } } }),
        },
      },
    };
    return assessed({ stacks: { west } });
  };

  it('take all data of a table whose replicas stand in them, and not of one with a third', () => {
    const names = ['region:eu-west-1', 'region:eu-central-1'];
    expect(lose(inRegions('eu-west-1', 'eu-central-1'), 'region:eu-west-1').rpoSeconds).toBe(5);
    const both = (...regions: readonly string[]) =>
      inRegions('eu-west-1', ...regions).recoveryFrom(
        { ...NO_LOSS, regions: new Set(names.map((name) => name.slice('region:'.length))) },
        'region',
      );
    expect(both('eu-central-1')).toMatchObject({ rtoSeconds: NEVER, rpoSeconds: NEVER });
    expect(both('eu-central-1', 'eu-north-1').rpoSeconds).toBe(5);
    expect(both('eu-central-1', 'eu-north-1').rtoSeconds).toBeLessThan(NEVER);
  });
});

describe('zones of several kinds of names', () => {
  const first = { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] };
  const mixed = inOneRegion({
    ...subnets('eu-west-1a'),
    Named: resource('EC2::Instance', { SubnetId: ref('Subnet0') }),
    SymbolicSubnet: resource('EC2::Subnet', { VpcId: 'vpc-1', AvailabilityZone: first }),
    Symbolic: resource('RDS::DBInstance', { DBSubnetGroupName: ref('Group') }),
    Group: resource('RDS::DBSubnetGroup', { SubnetIds: [ref('SymbolicSubnet')] }),
  });

  it('may mean one zone: the worst is taken, and said', () => {
    const loss = lose(mixed, 'az:eu-west-1a');
    expect(loss.failed).toEqual(['Named', 'Symbolic']);
    expect(loss.assumed).toEqual([
      'eu-west-1#0 counts as eu-west-1a: the app does not say which zone it is, and this is the worst it can be',
    ]);
    expect(loss.rpoSeconds).toBe(300);
  });

  it.each(['az:0', 'az:#0', 'az:eu-west-1#0'])('are found by symbol, as in %s', (name) => {
    expect(lose(mixed, name).failed).toEqual(['Named', 'Symbolic']);
  });

  it('of which none is named may be any zone of the region, and no zone of another one', () => {
    expect(lose(mixed, 'az:eu-west-1c').failed).toEqual(['Symbolic']);
    expect(() => lose(mixed, 'az:eu-central-1a')).toThrow('name one of az:eu-west-1#0, az:eu-west-1a');
  });

  it('of one kind are different zones', () => {
    expect(lose(inOneRegion(SINGLE), 'az:eu-west-1b')).toMatchObject({ failed: [], assumed: [] });
  });
});

describe('a stack that is bound to no region', () => {
  it('stands in the region of its zones', () => {
    const service = assessed({ Resources: SINGLE });
    expect(lose(service, 'region:eu-west-1').failed).toContain('Db');
    expect(() => lose(service, 'region:any-region')).toThrow('name one of region:eu-west-1');
  });
});

describe('a name that nobody knows', () => {
  it('is answered by the place that is called so, before all else', () => {
    const service = inOneRegion(SINGLE);
    expect(() => lose(service, 'eu-west-1')).toThrow(/name one of region:eu-west-1(, (?!app)|$)/);
    expect(() => lose(service, 'eu-west-1a')).toThrow(/name one of az:eu-west-1a(, (?!app)|$)/);
  });

  it.each([
    ['Handlr', 'name one of app/Handler'],
    ['table', 'name one of app/Table'],
    ['Somewhere', 'name one of app/Db, app/Handler, app/Table'],
  ])('is answered by those that are like it: %s', (name, fix) => {
    expect(() => lose(inOneRegion(SINGLE), name)).toThrow(fix);
  });
});
