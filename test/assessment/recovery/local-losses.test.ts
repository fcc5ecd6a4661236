import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { assessed } from '../../support/assess';
import { ref, resource, subnets, sumOf, web, words } from './parts';

const PEOPLE =
  RECOVERY_FACTS.noticeSeconds.value.worst +
  AWS_FACTS.acknowledgeSeconds.value.worst +
  AWS_FACTS.decideSeconds.value.worst;
const LAUNCH = AWS_FACTS.fargateLaunchSeconds.value.worst + AWS_FACTS.bootSeconds.value.worst;
const QUICK = { HealthCheckIntervalSeconds: 10, UnhealthyThresholdCount: 2, HealthyThresholdCount: 2 };

type Resources = Readonly<Record<string, unknown>>;

const recoveryOf = (resources: Resources) =>
  assessed({ stacks: { app: { template: { Resources: resources }, region: 'eu-west-1' } } }).recovery;

describe('the loss of an instance', () => {
  test('of what stands in one zone, and nothing is seen to replace, is not known for the instance', () => {
    const { instance } = recoveryOf({
      ...subnets('eu-west-1a'),
      Work: resource('Lambda::Function', { VpcConfig: { SubnetIds: [ref('Subnet0')] } }),
      Hourly: resource('Events::Rule', {
        Targets: [{ Id: 'w', Arn: { 'Fn::GetAtt': ['Work', 'Arn'] } }],
      }),
    });
    expect(instance).toMatchObject({
      meets: undefined,
      unknown: 'nothing in the app replaces an instance of what stands in one zone only',
    });
  });

  test('of several tasks costs what the health checks take', () => {
    expect(recoveryOf(web({ health: QUICK })).instance.rtoSeconds).toBe(10 * 3);
    expect(recoveryOf(web()).instance.rtoSeconds).toBe(30 * 3);
    expect(recoveryOf(web()).instance.typicalRtoSeconds).toBe(30 * 2);
  });

  test('of the only task costs its replacement too', () => {
    const { instance } = recoveryOf(web({ tasks: 1, health: QUICK }));
    expect(instance.rtoSeconds).toBe(10 * 3 + LAUNCH + 10 * 2);
    expect(sumOf(instance.rtoTerms)).toBe(instance.rtoSeconds);
    expect(instance.because).toContain('app/Web');
    expect(instance.because).toContain('two units');
  });

  test('of a database with a standby costs the failover, without one its recovery', () => {
    const database = (multi: boolean) =>
      recoveryOf({ Db: resource('RDS::DBInstance', { MultiAZ: multi }) }).instance;
    expect(database(true).rtoSeconds).toBe(120);
    expect(database(true).typicalRtoSeconds).toBe(60);
    expect(database(false).rtoSeconds).toBe(RECOVERY_FACTS.singleDatabaseRecoverySeconds.value.worst);
    expect(database(false).because).toContain('MultiAZ');
    expect(database(false).rpoSeconds).toBe(0);
  });

  test('of a cluster with a reader costs a minute, without one ten', () => {
    const cluster = (readers: number) => recoveryOf(aurora(readers)).instance;
    expect(cluster(1).rtoSeconds).toBe(60);
    expect(cluster(0).rtoSeconds).toBe(600);
    expect(cluster(0).because).toContain('add a reader');
  });

  test('of a cluster with two standbys costs 35 s', () => {
    const db = resource('RDS::DBCluster', { Engine: 'postgres', DBClusterInstanceClass: 'db.m6gd.large' });
    expect(recoveryOf({ Db: db }).instance.rtoSeconds).toBe(35);
  });

  test('of a cache loses what replicas have not got yet, or all', () => {
    const cache = (nodes: number) =>
      recoveryOf({
        Cache: resource('ElastiCache::ReplicationGroup', {
          NumCacheClusters: nodes,
          AutomaticFailoverEnabled: nodes > 1,
          MultiAZEnabled: nodes > 1,
        }),
      }).instance;
    expect([cache(2).rtoSeconds, cache(2).rpoSeconds]).toEqual([60, 5]);
    expect([cache(1).rtoSeconds, cache(1).rpoSeconds]).toEqual([
      RECOVERY_FACTS.nodeReplacementSeconds.value.worst,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('the loss of a zone', () => {
  const balancer = RECOVERY_FACTS.loadBalancerNodeOutSeconds.value.worst + 60;

  test('of tasks in two zones costs what leads users away from it', () => {
    const { availabilityZone } = recoveryOf(web({ tasks: 4, health: QUICK }));
    expect(availabilityZone.rtoSeconds).toBe(balancer);
    expect(availabilityZone.meets).toBe(true);
  });

  test('of tasks in one zone waits for a person who gives them another', () => {
    const assessment = assessed({
      stacks: {
        app: {
          template: { Resources: web({ tasks: 4, zones: ['eu-west-1a'], health: QUICK }) },
          region: 'eu-west-1',
        },
      },
    });
    const { availabilityZone } = assessment.recovery;
    expect(availabilityZone.rtoSeconds).toBe(
      PEOPLE + RECOVERY_FACTS.stackUpdateSeconds.value.worst + 10 * 3 + LAUNCH + 10 * 2,
    );
    expect(availabilityZone.because).toContain('subnets in other zones');
    expect(
      assessment.controlPlane.some(
        ({ disruption, resource: of, what }) =>
          disruption === 'availabilityZone' && of?.logicalId === 'Web' && what === 'launches a unit',
      ),
    ).toBe(true);
  });

  test('of tasks in two zones needs no control plane, of one task it does', () => {
    const needs = (tasks: number) =>
      assessed({
        stacks: { app: { template: { Resources: web({ tasks }) }, region: 'eu-west-1' } },
      }).controlPlane.filter(({ disruption }) => disruption === 'availabilityZone').length;
    expect(needs(4)).toBe(0);
    expect(needs(1)).toBe(1);
  });

  test('of a database with a standby costs two minutes, without one a restore', () => {
    const database = (properties: Resources) =>
      recoveryOf({ ...subnets('eu-west-1a'), Db: resource('RDS::DBInstance', properties) }).availabilityZone;
    expect(database({ MultiAZ: true }).rtoSeconds).toBe(120);
    expect(database({ MultiAZ: true }).rpoSeconds).toBe(0);
    const single = database({ AvailabilityZone: 'eu-west-1a' });
    expect(single.rtoSeconds).toBe(
      PEOPLE + RECOVERY_FACTS.restoreSeconds.value.worst + RECOVERY_FACTS.endpointSwitchSeconds.value.worst,
    );
    expect(single.rpoSeconds).toBe(300);
    const bare = database({ AvailabilityZone: 'eu-west-1a', BackupRetentionPeriod: 0 });
    expect([bare.rtoSeconds, bare.rpoSeconds]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test('of a cluster without a reader waits for a person, and loses nothing', () => {
    const { availabilityZone } = recoveryOf(aurora(0));
    expect(availabilityZone.rtoSeconds).toBe(PEOPLE + 600);
    expect(availabilityZone.rpoSeconds).toBe(0);
    expect(words(availabilityZone.rtoTerms)).toContain('a person decides');
    expect(recoveryOf(aurora(1)).availabilityZone.rtoSeconds).toBe(60);
  });

  test('of the only NAT gateway waits for a new one, of one of two it costs nothing more', () => {
    const one = recoveryOf(behindGateways('eu-west-1a')).availabilityZone;
    expect(one.rtoSeconds).toBe(PEOPLE + RECOVERY_FACTS.gatewayReplacementSeconds.value.worst);
    expect(one.because).toContain('app/Nat0');
    const two = recoveryOf(behindGateways('eu-west-1a', 'eu-west-1b')).availabilityZone;
    expect(two.rtoSeconds).toBe(balancer);
  });

  test('of files in one zone needs their backup', () => {
    const files = (properties: Resources) =>
      recoveryOf({ Files: resource('EFS::FileSystem', properties) }).availabilityZone;
    expect(files({}).rtoSeconds).toBe(0);
    const restored = files({ AvailabilityZoneName: 'eu-west-1a' });
    expect(Number.isFinite(restored.rtoSeconds)).toBe(true);
    expect(restored.rpoSeconds).toBeGreaterThan(24 * 3600);
    const lost = files({ AvailabilityZoneName: 'eu-west-1a', BackupPolicy: { Status: 'DISABLED' } });
    expect(lost.rtoSeconds).toBe(Number.POSITIVE_INFINITY);
  });
});

function aurora(readers: number): Resources {
  const members = Array.from({ length: readers + 1 }, (_, index) => [
    `Member${index}`,
    resource('RDS::DBInstance', {
      Engine: 'aurora-postgresql',
      DBInstanceClass: 'db.r6g.large',
      DBClusterIdentifier: ref('Db'),
    }),
  ]);
  return { Db: resource('RDS::DBCluster', { Engine: 'aurora-postgresql' }), ...Object.fromEntries(members) };
}

/** Tasks in two zones that leave by gateways in some: where there is one, both zones use it. */
function behindGateways(...zones: readonly string[]): Resources {
  const gateways = zones.flatMap((zone, index) => [
    [`Public${index}`, resource('EC2::Subnet', { VpcId: 'vpc-1', AvailabilityZone: zone })],
    [`Nat${index}`, resource('EC2::NatGateway', { SubnetId: ref(`Public${index}`) })],
  ]);
  const routes = [0, 1].flatMap((index) => [
    [`Table${index}`, resource('EC2::RouteTable', { VpcId: 'vpc-1' })],
    [
      `Association${index}`,
      resource('EC2::SubnetRouteTableAssociation', {
        SubnetId: ref(`Subnet${index}`),
        RouteTableId: ref(`Table${index}`),
      }),
    ],
    [
      `Route${index}`,
      resource('EC2::Route', {
        RouteTableId: ref(`Table${index}`),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: ref(`Nat${Math.min(index, zones.length - 1)}`),
      }),
    ],
  ]);
  return { ...web({ tasks: 4, health: QUICK }), ...Object.fromEntries([...gateways, ...routes]) };
}

describe('what deploy decides', () => {
  const parameters = { Zones: { Type: 'List<AWS::EC2::Subnet::Id>' }, Spare: { Type: 'String' } };
  const recoveryWith = (resources: Resources) =>
    assessed({
      stacks: {
        app: { template: { Parameters: parameters, Resources: resources }, region: 'eu-west-1' },
      },
    }).recovery;

  test('leaves open whether a group survives the loss of its zone', () => {
    const group = recoveryWith({
      Group: resource('AutoScaling::AutoScalingGroup', {
        MinSize: '2',
        MaxSize: '4',
        VPCZoneIdentifier: ref('Zones'),
      }),
    });
    expect(group.availabilityZone.meets).toBeUndefined();
    expect(group.availabilityZone.open).toContain('Zones');
  });

  test('leaves open whether a database has a standby', () => {
    const { instance, availabilityZone } = recoveryWith({
      Db: resource('RDS::DBInstance', { MultiAZ: ref('Spare') }),
    });
    for (const { meets, open, shortfalls } of [instance, availabilityZone]) {
      expect(meets).toBeUndefined();
      expect(open).toContain('Spare');
      expect(shortfalls.every((each) => each.open !== undefined)).toBe(true);
    }
  });
});
