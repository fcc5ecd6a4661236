import { meantBy, parseLosses, simulate } from '../../lib/assessment/simulate';
import { AWS_FACTS } from '../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../lib/calculus/recovery-facts';
import { assessed } from '../support/assess';
import { declaring } from '../support/declared';
import {
  alias,
  attribute,
  balancer,
  network,
  REGISTERED,
  record,
  ref,
  scaled,
  tasks,
} from '../support/designs';
import type { TestStack, TestTemplate } from '../support/graph';
import { resource } from './recovery/parts';

type Resources = TestTemplate['Resources'];
type Service = ReturnType<typeof assessed>;

const NEVER = Number.POSITIVE_INFINITY;

function stack(
  region: string,
  resources: Resources,
  declared: Parameters<typeof declaring>[0] = {},
): TestStack {
  const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  return {
    region,
    paths: Object.fromEntries(Object.keys(resources).map((id) => [id, `Shop/${id}/Resource`])),
    template: { Metadata: declaring(declared), Resources: { ...network(zones), ...resources } },
  };
}

const cpuTarget = (percent: number): Resources => ({
  TasksPolicy: {
    Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    Properties: {
      ScalingTargetId: ref('TasksScaling'),
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        TargetValue: percent,
      },
    },
  },
});

/** Tasks in three zones behind a load balancer, of which a declared number carries the peak. */
const shop = (least: number, peak: number, more: Resources = {}) =>
  assessed({
    stacks: {
      west: stack(
        'eu-west-1',
        { ...balancer('ABC'), ...tasks(least, 'ABC', REGISTERED), ...scaled('Tasks', least, 60), ...more },
        { peaks: { Tasks: peak } },
      ),
    },
  });

function lose(service: Service, names: string) {
  const [loss] = simulate({ services: [service] }, parseLosses(names));
  if (!loss?.recovery) throw new Error('nothing is lost');
  const { recovery, stops, standsStill, disruption } = loss;
  return { ...recovery, stops, standsStill, disruption };
}

const parsed = (service: Service, names: string) => meantBy({ services: [service] }, parseLosses(names));

const still = ({ standsStill }: ReturnType<typeof lose>) =>
  standsStill.map(({ what, resource: of }) => `${what} ${of?.logicalId ?? ''}`.trim());

describe('an impaired control plane', () => {
  const PLANE = 'control-plane@eu-west-1';

  it('takes nothing that runs, and says what cannot be done meanwhile', () => {
    const found = lose(shop(3, 4), PLANE);
    expect(found).toMatchObject({ stops: false, rtoSeconds: 0, meets: true, disruption: undefined });
    expect(still(found)).toEqual([
      'replaces lost units, starts more as load comes Tasks',
      'updates the stack Tasks',
      'launches a unit Tasks',
    ]);
    expect(found.standsStill[2]).toMatchObject({
      plane: 'eu-west-1',
      after: ['rollback', 'instance', 'availabilityZone'],
    });
  });

  it('of another region is none of its business, but that of global services is', () => {
    expect(() => parsed(shop(3, 4), 'control-plane@eu-central-1')).toThrow(
      'no service of the app depends on such a control plane\n  fix: name one of control-plane:eu-west-1',
    );
    expect(still(lose(shop(3, 4), 'control-plane:global'))).toEqual(['creates all resources of a region']);
    for (const name of [
      'control-plane@us-east-1',
      'control-plane:route53',
      'control-plane:iam',
      'control-plane:GLOBAL',
    ])
      expect(still(lose(shop(3, 4), name))).toEqual(['creates all resources of a region']);
  });

  it('leaves a design that holds the peak without a zone', () => {
    const found = lose(shop(30, 20), `az:eu-west-1a, ${PLANE}`);
    expect(found).toMatchObject({ stops: false, disruption: 'availabilityZone', meets: true });
    expect(found.rtoSeconds).toBeLessThan(NEVER);
  });

  it('stops a design that must start units in place of the lost ones', () => {
    const tight = shop(20, 20);
    const alone = lose(tight, 'az:eu-west-1a');
    const started = AWS_FACTS.fargateLaunchSeconds.value.worst + AWS_FACTS.bootSeconds.value.worst;
    expect(alone.stops).toBe(true);
    expect(alone.rtoSeconds).toBeGreaterThan(started);
    expect(alone.rtoSeconds).toBeLessThan(NEVER);
    const both = lose(tight, `az:eu-west-1a,${PLANE}`);
    expect(both).toMatchObject({ stops: true, rtoSeconds: NEVER, meets: false });
    expect(both.unknown).toBeUndefined();
    expect(both.rtoTerms.map(({ what }) => what)).toEqual([
      'launches a unit (Shop/Tasks/Resource): that waits for the control plane of eu-west-1',
    ]);
    expect(both.because).toMatch(/^Shop\/Tasks\/Resource has no way back after the loss of a zone/);
  });

  it('stops a design that has room for a zone only once it was scaled', () => {
    const grown = shop(3, 4, cpuTarget(60));
    expect(lose(grown, 'az:eu-west-1a').stops).toBe(false);
    expect(lose(grown, PLANE).stops).toBe(false);
    expect(lose(grown, `az:eu-west-1a,${PLANE}`)).toMatchObject({ stops: true, rtoSeconds: NEVER });
    expect(lose(shop(6, 4, cpuTarget(60)), `az:eu-west-1a,${PLANE}`).stops).toBe(false);
  });

  it('takes nothing of a zone that the units do not stand in', () => {
    const apart = shop(3, 4, { Other: resource('EC2::Instance', { AvailabilityZone: 'eu-west-1d' }) });
    const plain = lose(apart, 'az:eu-west-1d');
    const found = lose(apart, `az:eu-west-1d,${PLANE}`);
    expect(plain.rtoSeconds).toBeLessThan(NEVER);
    expect(found.rtoTerms.map(({ what }) => what)).toEqual([
      'changes the stack (Shop/Other/Resource): that waits for the control plane of eu-west-1',
    ]);
  });

  it.each([
    [
      'an instance that recovers',
      { Alone: resource('EC2::Instance', { AvailabilityZone: 'eu-west-1a' }) },
      /^recovers the instance/,
    ],
    [
      'a database in one zone',
      { Alone: resource('RDS::DBInstance', { AvailabilityZone: 'eu-west-1a' }) },
      /^replaces the instance/,
    ],
  ])('keeps %s from coming back', (_, resources, what) => {
    const service = assessed({ stacks: { west: stack('eu-west-1', resources as Resources) } });
    expect(lose(service, 'Alone').rtoSeconds).toBeLessThan(NEVER);
    const found = lose(service, `Alone,${PLANE}`);
    expect(found).toMatchObject({ stops: true, rtoSeconds: NEVER, meets: false });
    expect(found.rtoTerms[0]?.what).toMatch(what);
  });

  it('does not keep a database with a standby from failing over', () => {
    const service = assessed({
      stacks: { west: stack('eu-west-1', { Db: resource('RDS::DBInstance', { MultiAZ: true }) }) },
    });
    expect(lose(service, `Db,${PLANE}`).rtoSeconds).toBe(lose(service, 'Db').rtoSeconds);
  });
});

describe('an impaired control plane after the loss of a region', () => {
  const check = {
    Type: 'HTTPS',
    FullyQualifiedDomainName: 'x.example.com',
    RequestInterval: 10,
    FailureThreshold: 3,
  };
  const behindName = (Failover: string, health: object): Resources => ({
    ...balancer('ABC'),
    Record: record({
      Failover,
      SetIdentifier: Failover,
      ...alias(attribute('Front', 'DNSName'), true),
      ...health,
    }),
  });
  const regions = (least: number) =>
    assessed({
      stacks: {
        west: stack(
          'eu-west-1',
          {
            ...behindName('PRIMARY', { HealthCheckId: ref('Check') }),
            Check: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: check } },
            ...tasks(30, 'ABC', REGISTERED),
            ...scaled('Tasks', 30, 60),
          },
          { role: 'primary', peaks: { Tasks: 20 } },
        ),
        central: stack(
          'eu-central-1',
          {
            ...behindName('SECONDARY', {}),
            ...tasks(least, 'ABC', REGISTERED),
            ...scaled('Tasks', least, 60),
          },
          { role: 'standby' },
        ),
      },
    });
  const [warm, hot] = [regions(4), regions(30)];
  const BOTH = 'region:eu-west-1, control-plane@eu-central-1';

  it('leaves a hot standby that health checks lead users to, as the data plane of Route 53 does that', () => {
    for (const names of ['region:eu-west-1', BOTH, 'region:eu-west-1, control-plane:route53'])
      expect(lose(hot, names)).toMatchObject({ stops: false, rtoSeconds: 10 * 4 + 60, meets: true });
  });

  it('stops a standby that must be scaled up', () => {
    expect(lose(warm, 'region:eu-west-1').rtoSeconds).toBeLessThan(NEVER);
    expect(lose(warm, BOTH)).toMatchObject({ stops: true, meets: false });
    expect(lose(warm, BOTH).rtoSeconds).toBeGreaterThan(RECOVERY_FACTS.newRegionSeconds.value.worst - 1);
  });

  it('is one thing, and a switch that does not work another: that is missed only with what it leads away from', () => {
    const name = 'switch:www.example.com A';
    expect(lose(hot, name)).toMatchObject({ stops: false, rtoSeconds: 0, disruption: undefined });
    expect(lose(hot, `region:eu-west-1, ${name}`)).toMatchObject({ stops: true, disruption: 'region' });
    expect(lose(hot, 'region:eu-west-1, switch:WWW.example.com a').stops).toBe(true);
  });

  it('of the lost region itself costs nothing more', () => {
    const found = lose(warm, 'region:eu-west-1, control-plane@eu-west-1');
    expect(found.rtoSeconds).toBe(lose(warm, 'region:eu-west-1').rtoSeconds);
  });

  it('keeps what has no standby from being built anew, where it is that of global services', () => {
    const one = shop(30, 20);
    expect(lose(one, 'region:eu-west-1').rtoSeconds).toBeLessThan(NEVER);
    expect(lose(one, 'region:eu-west-1,control-plane@us-east-1')).toMatchObject({
      stops: true,
      rtoSeconds: NEVER,
    });
    expect(lose(one, 'region:eu-west-1,control-plane@us-east-1').rtoTerms[0]?.what).toBe(
      'creates all resources of a region: that waits for the control plane of global services',
    );
  });

  it('keeps a copy from being promoted', () => {
    const west = {
      Cache: resource('ElastiCache::ReplicationGroup', { ReplicationGroupId: 'one' }),
      Global: resource('ElastiCache::GlobalReplicationGroup', {
        GlobalReplicationGroupIdSuffix: 'orders',
        Members: [{ ReplicationGroupId: ref('Cache'), Role: 'PRIMARY' }],
      }),
    };
    const central = {
      Cache: resource('ElastiCache::ReplicationGroup', { GlobalReplicationGroupId: 'ldgnf-orders' }),
    };
    const service = assessed({
      stacks: {
        west: stack('eu-west-1', west, { role: 'primary' }),
        central: stack('eu-central-1', central, { role: 'standby' }),
      },
    });
    const plain = lose(service, 'region:eu-west-1');
    const found = lose(service, BOTH);
    expect(plain.rtoSeconds).toBeLessThan(NEVER);
    expect(found).toMatchObject({ stops: true, rtoSeconds: NEVER });
    expect(found.rtoTerms[0]?.what).toMatch(
      /^promotes a copy .*: that waits for the control plane of eu-central-1/,
    );
  });
});
