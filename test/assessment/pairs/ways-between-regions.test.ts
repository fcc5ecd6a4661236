import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { MEAN_REPAIR_SECONDS } from '../../../lib/calculus/switching';
import { RegionRole } from '../../../lib/objectives/region-role';
import { assessed, assumptionsOf, eventIds } from '../../support/assess';
import { alias, attribute, record, ref } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';
import { placeOf } from '../../support/places';

type Resources = TestTemplate['Resources'];
type Assessed = ReturnType<typeof assessed>;

const resource = (type: string, properties: object = {}) => ({
  Type: `AWS::${type}`,
  Properties: properties,
});

const { acknowledgeSeconds, decideSeconds, reconnectSeconds, auroraGlobalFailoverSeconds } = AWS_FACTS;
const NOTICED = RECOVERY_FACTS.noticeRegionSeconds.value.typical;
const PEOPLE = NOTICED + acknowledgeSeconds.value.typical + decideSeconds.value.typical;
const BY_HAND = PEOPLE + RECOVERY_FACTS.switchByHandSeconds.value.typical;
const PROMOTED = auroraGlobalFailoverSeconds.value.typical + reconnectSeconds.value.typical;

const SIDES = { west: 'eu-west-1', north: 'eu-north-1' } as const;
type Side = keyof typeof SIDES;

/** A service of two regions, one of which waits. */
const shop = (held: (side: Side) => Resources) => {
  const place = (side: Side) =>
    placeOf(
      {
        region: SIDES[side],
        account: '123456789012',
        role: side === 'west' ? RegionRole.PRIMARY : RegionRole.STANDBY,
      },
      held(side),
    );
  return assessed({ stacks: { west: place('west'), north: place('north') } });
};

const waits = ({ availability }: Assessed, id: string) => {
  const share = availability.model.events.get(id)?.likelihood.unavailability;
  return share === undefined ? undefined : Math.round(-Math.log(1 - share) * MEAN_REPAIR_SECONDS.value);
};
const down = ({ availability }: Assessed) => availability.unavailability;
const SWITCHING = 'switching:shop';

/** A function with a store of its own that can be made again. */
const WORK: Resources = {
  Work: resource('Lambda::Function', {
    Environment: { Variables: { TABLE: ref('Rows') } },
    Role: attribute('Role', 'Arn'),
  }),
  Role: resource('IAM::Role', {
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: attribute('Rows', 'Arn') }],
        },
      },
    ],
  }),
  Rows: resource('DynamoDB::Table', { Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] }),
};

/** A function that a queue starts. */
const queued = (mapping: object = {}): Resources => ({
  ...WORK,
  Queue: resource('SQS::Queue'),
  Mapping: resource('Lambda::EventSourceMapping', {
    FunctionName: ref('Work'),
    EventSourceArn: attribute('Queue', 'Arn'),
    ...mapping,
  }),
});

/** A function that a clock starts. */
const timed = (properties: object = {}): Resources => ({
  ...WORK,
  Clock: resource('Scheduler::Schedule', {
    ScheduleExpression: 'rate(5 minutes)',
    Target: { Arn: attribute('Work', 'Arn') },
    ...properties,
  }),
});

const cluster = (side: Side): Resources => ({
  ...(side === 'west' && { Global: resource('RDS::GlobalCluster', { GlobalClusterIdentifier: 'orders' }) }),
  Db: resource('RDS::DBCluster', {
    Engine: 'aurora-postgresql',
    GlobalClusterIdentifier: 'orders',
    ...(side === 'west' && { MasterUsername: 'admin' }),
  }),
  Member: resource('RDS::DBInstance', { Engine: 'aurora-postgresql', DBClusterIdentifier: ref('Db') }),
});

const plan = (more: object): Resources => ({
  Plan: resource('ARCRegionSwitch::Plan', {
    Workflows: [
      {
        WorkflowTargetAction: 'activate',
        Steps: [{ Name: 'one', ExecutionBlockType: 'AuroraGlobalDatabase' }],
      },
    ],
    ...more,
  }),
});
const ALARM = resource('CloudWatch::Alarm', { AlarmName: 'gone', Period: 60, EvaluationPeriods: 2 });
const TRIGGERED = {
  AssociatedAlarms: {
    gone: { AlarmType: 'trigger', ResourceIdentifier: { 'Fn::GetAtt': ['Gone', 'Arn'] } },
  },
  Triggers: [{ Conditions: [{ AssociatedAlarmName: 'gone', Condition: 'red' }] }],
};

describe('a queue that nothing in the app leads away from', () => {
  const bare = shop(() => queued());

  it('is left by a person, as its way back says, and whose queue it is', () => {
    expect(waits(bare, SWITCHING)).toBe(BY_HAND);
    expect(assumptionsOf(bare)).toMatch(
      /what leads users of shop from west\/Work to another region is not in the app: a person does, within 1200 s/,
    );
    const { typicalRtoSeconds } = bare.recovery.region;
    expect(typicalRtoSeconds).toBe(waits(bare, SWITCHING));
  });

  it('is left by the same steps in availability and in its way back', () => {
    const { terms } = bare.availability.model.events.get(SWITCHING)?.likelihood ?? { terms: [] };
    const names = bare.recovery.region.rtoTerms.map(({ what }) => what);
    expect(names).toEqual([
      'somebody notices that the region is gone',
      'a person takes the call',
      'a person decides',
      'a person moves the traffic',
    ]);
    expect(terms.slice(1).map(({ what }) => what.split(':')[0])).toEqual(names);
  });

  it('is left sooner in both where an alarm in the other region tells somebody', () => {
    const told = shop((side) => ({
      ...queued(),
      ...(side === 'north' && {
        Check: resource('Route53::HealthCheck', { HealthCheckConfig: { Type: 'HTTPS' } }),
        Gone: resource('CloudWatch::Alarm', {
          Namespace: 'AWS/Route53',
          MetricName: 'HealthCheckStatus',
          Dimensions: [{ Name: 'HealthCheckId', Value: ref('Check') }],
          Period: 60,
          EvaluationPeriods: 1,
          AlarmActions: ['arn:aws:sns:eu-north-1:123456789012:pager'],
        }),
      }),
    }));
    expect(waits(told, SWITCHING)).toBe(BY_HAND - NOTICED + 60);
    expect(told.recovery.region.typicalRtoSeconds).toBe(waits(told, SWITCHING));
  });

  it('is left by a Region switch plan as soon as its alarms fire', () => {
    const of = (more: object) =>
      shop((side) => ({ ...queued(), ...(side === 'north' && { ...plan(more), Gone: ALARM }) }));
    const triggered = of(TRIGGERED);
    expect(waits(triggered, SWITCHING)).toBe(60 * 2 + auroraGlobalFailoverSeconds.value.typical);
    expect(waits(of({}), SWITCHING)).toBe(PEOPLE + auroraGlobalFailoverSeconds.value.typical);
    expect(down(triggered)).toBeLessThan(down(of({})));
    const [first] = triggered.recovery.region.rtoTerms;
    expect(first).toMatchObject({ what: 'an alarm, 60 s × 2', seconds: 60 * 2 + 60 });
  });

  it('is left in its way back once somebody notices, where the alarms of the plan are lost with the region', () => {
    const blind = shop((side) => ({
      ...queued(),
      Gone: ALARM,
      ...(side === 'west' && plan(TRIGGERED)),
    }));
    const [first] = blind.recovery.region.rtoTerms;
    expect(first?.what).toBe('somebody notices that the region is gone');
  });

  it('waits for the copy that must be promoted there', () => {
    const copied = shop((side) => ({ ...queued(), ...cluster(side) }));
    expect(waits(copied, SWITCHING)).toBe(BY_HAND);
    expect(copied.availability.model.events.get(SWITCHING)?.promoted?.id).toBe('north/Db');
    expect(copied.recovery.region.rtoTerms.map(({ what }) => what)).toContain('a person decides');
  });
});

describe('work that a clock starts', () => {
  const [on, off] = [{}, { State: 'DISABLED' }].map((state) =>
    shop((side) => timed(side === 'north' ? state : {})),
  );

  it('goes on in the other region without a switch where its clock runs there', () => {
    expect(on && eventIds(on).some((id) => id.startsWith('switch'))).toBe(false);
  });

  it('waits for a person where its clock is turned off there', () => {
    expect(off && waits(off, SWITCHING)).toBe(BY_HAND);
    expect(off && assumptionsOf(off)).toMatch(
      /north\/Clock is turned off: a person turns it on, within 1200 s/,
    );
    expect(on && off && down(on) < down(off)).toBe(true);
  });

  it('waits for the copy that must be promoted there, and for nothing else', () => {
    const copied = shop((side) => ({ ...timed(), ...cluster(side) }));
    expect(waits(copied, 'switching:shop data')).toBe(PEOPLE + PROMOTED);
    const { rtoTerms } = copied.recovery.region;
    expect(rtoTerms.map(({ what }) => what)).toContain('the copy of north/Db is promoted');
    expect(rtoTerms.map(({ what }) => what)).not.toContain('a person moves the traffic');
  });
});

describe('a queue beside a name that leads between the regions', () => {
  const name = (side: Side): Resources => ({
    Api: resource('ApiGatewayV2::Api', { ProtocolType: 'HTTP', Name: 'api' }),
    Name: record({
      Failover: side === 'west' ? 'PRIMARY' : 'SECONDARY',
      SetIdentifier: side,
      HealthCheckId: ref('Check'),
      ...alias(attribute('Api', 'ApiEndpoint'), true),
    }),
    Check: resource('Route53::HealthCheck', {
      HealthCheckConfig: { Type: 'TCP', IPAddress: '192.0.2.1', RequestInterval: 30, FailureThreshold: 3 },
    }),
  });
  const led = shop((side) => ({ ...queued(), ...name(side) }));
  const alone = shop(() => queued());

  it('is left with the region as the name is, and for what the name does not see by a person', () => {
    expect(waits(led, SWITCHING)).toBe(BY_HAND);
    expect(assumptionsOf(led)).toMatch(/west\/Work is left with its region as www\.example\.com A is/);
    const rto = ({ recovery }: Assessed) => recovery.region.rtoTerms.map(({ what }) => what);
    expect(rto(led)).not.toContain('a person moves the traffic');
    expect(rto(alone)).toContain('a person moves the traffic');
  });
});

describe('events that a global endpoint takes', () => {
  const bus = (side: Side, endpoint: boolean): Resources => ({
    ...WORK,
    Bus: resource('Events::EventBus', { Name: 'orders' }),
    Rule: resource('Events::Rule', {
      EventBusName: ref('Bus'),
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 'work', Arn: attribute('Work', 'Arn') }],
    }),
    ...(endpoint &&
      side === 'west' && {
        Alarm: resource('CloudWatch::Alarm', { Period: 60, EvaluationPeriods: 5 }),
        Check: resource('Route53::HealthCheck', {
          HealthCheckConfig: {
            Type: 'CLOUDWATCH_METRIC',
            AlarmIdentifier: { Name: ref('Alarm'), Region: 'eu-west-1' },
          },
        }),
        Endpoint: resource('Events::Endpoint', {
          EventBuses: ['eu-west-1', 'eu-north-1'].map((region) => ({
            EventBusArn: `arn:aws:events:${region}:123456789012:event-bus/orders`,
          })),
          RoutingConfig: {
            FailoverConfig: {
              Primary: {
                HealthCheck: { 'Fn::Sub': 'arn:aws:route53:::healthcheck/${Check.HealthCheckId}' },
              },
              Secondary: { Route: 'eu-north-1' },
            },
          },
        }),
      }),
  });
  const [endpoint, none] = [true, false].map((is) => shop((side) => bus(side, is)));

  it('go to the other region once its health check turns, and its name is asked again', () => {
    expect(endpoint && waits(endpoint, 'switching:west/Endpoint')).toBe(
      60 * 5 + AWS_FACTS.route53AliasTtlSeconds.value,
    );
    expect(none && waits(none, SWITCHING)).toBe(BY_HAND);
    expect(endpoint && none && down(endpoint) < down(none)).toBe(true);
  });

  it('take as long in the way back from the loss of the region', () => {
    expect(endpoint?.recovery.region.typicalRtoSeconds).toBe(60 * 5 + 60);
  });
});

describe('load balancers of both regions, with which nothing registers', () => {
  const zones = (side: Side) => ['a', 'b'].map((zone) => ref(`${side}${zone}`));
  const empty = (side: Side): Resources => ({
    ...Object.fromEntries(
      ['a', 'b'].map((zone) => [
        `${side}${zone}`,
        resource('EC2::Subnet', { AvailabilityZone: `${SIDES[side]}${zone}`, VpcId: 'vpc-1' }),
      ]),
    ),
    Entry: resource('ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'application',
      Scheme: 'internal',
      Subnets: zones(side),
    }),
    Group: resource('ElasticLoadBalancingV2::TargetGroup', { TargetType: 'ip', VpcId: 'vpc-1' }),
    Listener: resource('ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Entry'),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Group') }],
    }),
  });

  it('serve nobody, which no loss of a zone changes', () => {
    const { recovery, availability } = shop(empty);
    expect(availability.availability).toBe(0);
    const { availabilityZone } = recovery;
    expect(availabilityZone).toMatchObject({
      meets: undefined,
      unknown: 'it serves nobody, whatever is lost',
    });
    expect(availabilityZone.shortfalls).toEqual([]);
  });
});
