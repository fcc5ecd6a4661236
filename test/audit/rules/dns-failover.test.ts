import {
  failoverKeepsItsBudget,
  failoverLeavesTheRegion,
  primaryRecordCanFailOver,
} from '../../../lib/audit/rules/dns-failover';
import { resolveServices } from '../../../lib/audit/services';
import { Tier } from '../../../lib/objectives/tier';
import { findingsOf } from '../../support/findings';
import { graphOf, type TestApp } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const API = { HostedZoneId: 'Z1', Name: 'api.example.com', Type: 'A' };
const NOT_PAIRED = {
  '*.HostedZoneId': 'records of two zones are no pair',
  '*.Name': 'records of two names are no pair',
  '*.Type': 'records of two types are no pair',
  '*.Failover': 'two records of one side are no pair',
};

const record = (properties: object, more: object = {}) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: properties,
  ...more,
});
const primary = (properties: object) => record({ ...API, Failover: 'PRIMARY', ...properties });
const secondary = (properties: object) => record({ ...API, Failover: 'SECONDARY', ...properties });
const alias = (name: unknown) => ({ AliasTarget: { DNSName: name } });
const ALB = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
const ALB_NAME = { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': ['Alb', 'DNSName'] }]] };
const IRELAND = 'one.eu-west-1.elb.amazonaws.com';
const FRANKFURT = 'two.eu-central-1.elb.amazonaws.com';
const pair = (first: object, second: object, more: object = {}) => ({
  Resources: { ...more, First: primary(first), Second: secondary(second) },
});
const regions = (standbyRegion: string | undefined, first: object, second: object): TestApp => ({
  stacks: {
    Main: { region: 'eu-west-1', template: { Resources: { Alb: ALB, Record: primary(first) } } },
    Standby: {
      ...(standbyRegion !== undefined && { region: standbyRegion }),
      template: { Resources: { Alb: ALB, Record: secondary(second) } },
    },
  },
});

checks(primaryRecordCanFailOver, {
  passes: {
    'it has a health check': { Failover: 'PRIMARY', HealthCheckId: 'check-1' },
    'its alias evaluates the health of its target': {
      Failover: 'PRIMARY',
      AliasTarget: { EvaluateTargetHealth: 'true' },
    },
  },
  fails: {
    'it has neither': { Failover: 'PRIMARY' },
    'its alias evaluates nothing': { Failover: 'PRIMARY', AliasTarget: { EvaluateTargetHealth: false } },
    'an entry of a group has neither': {
      Resources: {
        Group: {
          Type: 'AWS::Route53::RecordSetGroup',
          Properties: { RecordSets: [{ Failover: 'PRIMARY' }] },
        },
      },
    },
  },
  unknown: {
    'a condition decides whether it has a health check': {
      Parameters: { Checked: { Type: 'String' } },
      Conditions: { IsChecked: { 'Fn::Equals': [{ Ref: 'Checked' }, 'yes'] } },
      Resources: {
        Record: primary({ HealthCheckId: { 'Fn::If': ['IsChecked', 'check-1', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    'a condition may leave its health check out': {
      Parameters: { Checked: { Type: 'String' } },
      Conditions: { IsChecked: { 'Fn::Equals': [{ Ref: 'Checked' }, 'yes'] } },
      Resources: {
        Check: { Type: 'AWS::Route53::HealthCheck', Condition: 'IsChecked' },
        Record: primary({ HealthCheckId: { Ref: 'Check' } }),
      },
    },
    'whether its alias evaluates is a parameter': {
      Parameters: { Evaluates: { Type: 'String' } },
      Resources: { Record: primary({ AliasTarget: { EvaluateTargetHealth: { Ref: 'Evaluates' } } }) },
    },
  },
  notApplicable: {
    'it is the SECONDARY record': { Failover: 'SECONDARY' },
    'it is no failover record': { AliasTarget: { EvaluateTargetHealth: false } },
  },
  equivalent: { 'Subject.Failover': 'only a PRIMARY record decides when to fail over' },
});

checks(failoverLeavesTheRegion, {
  passes: {
    'each leads to the load balancer of its own region': regions(
      'eu-central-1',
      alias(ALB_NAME),
      alias(ALB_NAME),
    ),
    'the names of their targets are in two regions': pair(alias(IRELAND), { ResourceRecords: [FRANKFURT] }),
    'the secondary leads through another record to another region': pair(
      alias(IRELAND),
      alias('standby.example.com'),
      {
        Next: record({ Name: 'standby.example.com.', ...alias(FRANKFURT) }),
      },
    ),
  },
  fails: {
    'both load balancers are in one region': regions('eu-west-1', alias(ALB_NAME), alias(ALB_NAME)),
    'both targets are in the stack of one region, whichever it is': pair(
      alias({ 'Fn::GetAtt': ['Alb', 'DNSName'] }),
      alias({ 'Fn::GetAtt': ['Other', 'DNSName'] }),
      { Alb: ALB, Other: ALB },
    ),
    'both lead to one distribution': pair(
      alias({ 'Fn::GetAtt': ['Site', 'DomainName'] }),
      alias({ 'Fn::GetAtt': ['Site', 'DomainName'] }),
      { Site: { Type: 'AWS::CloudFront::Distribution' } },
    ),
    'the names of their targets are in one region': pair(alias(IRELAND), { ResourceRecords: [IRELAND] }),
    'both lead to one address': pair({ ResourceRecords: ['192.0.2.1'] }, { ResourceRecords: ['192.0.2.1'] }),
    'the secondary leads through another record to the same region': pair(
      alias(IRELAND),
      alias('standby.example.com'),
      { Next: record({ Name: 'standby.example.com.', ...alias('three.eu-west-1.elb.amazonaws.com') }) },
    ),
  },
  unknown: {
    'the stack of the secondary is bound to no region': regions(undefined, alias(ALB_NAME), alias(ALB_NAME)),
    'two addresses say nothing of their regions': pair(
      { ResourceRecords: ['192.0.2.1'] },
      { ResourceRecords: ['192.0.2.2'] },
    ),
    'the target is a parameter': {
      Parameters: { Target: { Type: 'String' } },
      ...pair(alias(IRELAND), alias({ Ref: 'Target' })),
    },
    'a record leads to itself through another': pair(alias(IRELAND), alias('loop.example.com'), {
      Loop: record({ Name: 'loop.example.com', ...alias('loop2.example.com') }),
      Back: record({ Name: 'loop2.example.com', ...alias('loop.example.com') }),
    }),
  },
  notApplicable: {
    'there is no secondary record': { ...API, Failover: 'PRIMARY', ...alias(IRELAND) },
    'the record is no failover record': { ...API, ...alias(IRELAND) },
  },
  equivalent: NOT_PAIRED,
});

describe('X-02 on targets at the edge', () => {
  it('passes: a page at the edge survives the region that the load balancer stands in', () => {
    const app = pair(alias(IRELAND), alias('d111111abcdef8.cloudfront.net'));

    expect(outcomeOf(failoverLeavesTheRegion, app)).toBe('pass');
  });
});

describe('X-02 on a pair within one region', () => {
  const SPARE = 'spare.eu-west-1.elb.amazonaws.com';
  const chosen = (region: string, properties: object) =>
    record({ HostedZoneId: 'Z1', Name: 'shop.example.com', Type: 'A', Region: region, ...properties });
  const toPair = (evaluates = true) => ({
    AliasTarget: { DNSName: 'api.example.com', EvaluateTargetHealth: evaluates },
  });
  const among = (more: object, second: object = alias(SPARE)) => pair(alias(IRELAND), second, more);

  it('passes when another name chooses between it and another region', () => {
    const more = { Here: chosen('eu-west-1', toPair()), There: chosen('eu-central-1', alias(FRANKFURT)) };
    expect(outcomeOf(failoverLeavesTheRegion, among(more))).toBe('pass');
  });

  it.each([
    ['nothing else leads to it', {}],
    ['no other region is chosen from', { Here: chosen('eu-west-1', toPair()) }],
    [
      'the other name does not follow its health',
      { Here: chosen('eu-west-1', toPair(false)), There: chosen('eu-central-1', alias(FRANKFURT)) },
    ],
    [
      'the other region is the same one',
      {
        Here: chosen('eu-west-1', toPair()),
        There: chosen('eu-central-1', alias('x.eu-west-1.elb.amazonaws.com')),
      },
    ],
    [
      'the other name is of another type',
      {
        Here: chosen('eu-west-1', { ...toPair(), Type: 'AAAA' }),
        There: chosen('eu-central-1', { ...alias(FRANKFURT), Type: 'AAAA' }),
      },
    ],
  ])('fails when %s', (_, more) => {
    expect(outcomeOf(failoverLeavesTheRegion, among(more))).toBe('fail');
  });

  it('fails when both sides are one target', () => {
    const more = { Here: chosen('eu-west-1', toPair()), There: chosen('eu-central-1', alias(FRANKFURT)) };
    expect(outcomeOf(failoverLeavesTheRegion, among(more, alias(IRELAND)))).toBe('fail');
  });
});

const endpoint = (settings: object) => ({
  Type: 'AWS::Route53::HealthCheck',
  Properties: { HealthCheckConfig: { Type: 'HTTPS', ...settings } },
});
const FAST = endpoint({ RequestInterval: 10, FailureThreshold: 3 });
const checked = (ttl: unknown, resources: object) => ({
  Resources: { ...resources, Record: primary({ TTL: ttl, HealthCheckId: { Ref: 'Check' } }) },
});
const calculated = (threshold: number, ...children: readonly string[]) => ({
  Type: 'AWS::Route53::HealthCheck',
  Properties: {
    HealthCheckConfig: {
      Type: 'CALCULATED',
      HealthThreshold: threshold,
      ChildHealthChecks: children.map((child) => ({ Ref: child })),
    },
  },
});
const alarmCheck = (name: unknown) => ({
  Type: 'AWS::Route53::HealthCheck',
  Properties: { HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: name } } },
});
const alarm = (period: number, periods: number) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Period: period, EvaluationPeriods: periods },
});
const balanced = (targetGroup: object) => ({
  Alb: ALB,
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Alb' },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
    },
  },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: targetGroup },
  Record: record({
    Failover: 'PRIMARY',
    AliasTarget: { DNSName: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, EvaluateTargetHealth: true },
  }),
});

checks(failoverKeepsItsBudget, {
  passes: {
    'a standard check and a TTL of 60 s add up to the budget of 150 s': checked(60, { Check: endpoint({}) }),
    'a fast check leaves room for a TTL of 120 s': checked('120', { Check: FAST }),
    'an alarm of one minute turns the check': checked(60, {
      Check: alarmCheck({ Ref: 'Alarm' }),
      Alarm: alarm(60, 1),
    }),
    'an alias evaluates the target group of its load balancer': {
      Resources: balanced({ HealthCheckIntervalSeconds: 10, UnhealthyThresholdCount: 2 }),
    },
    'a calculated check turns with its faster child': checked(60, {
      Check: calculated(2, 'Quick', 'Slow'),
      Quick: FAST,
      Slow: endpoint({ RequestInterval: 30, FailureThreshold: 10 }),
    }),
  },
  fails: {
    'a standard check and a TTL of 300 s take longer': checked(300, { Check: endpoint({}) }),
    'the threshold makes it take longer': checked(60, { Check: endpoint({ FailureThreshold: 10 }) }),
    'the alarm has five periods': checked(60, { Check: alarmCheck({ Ref: 'Alarm' }), Alarm: alarm(60, 5) }),
    'a calculated check waits for its slower child': checked(60, {
      Check: calculated(1, 'Quick', 'Slow'),
      Quick: FAST,
      Slow: endpoint({ RequestInterval: 30, FailureThreshold: 10 }),
    }),
    'the target group takes 5 min': {
      Resources: balanced({ HealthCheckIntervalSeconds: 30, UnhealthyThresholdCount: 10 }),
    },
  },
  unknown: {
    'the health check is a literal id': { Failover: 'PRIMARY', TTL: 60, HealthCheckId: 'check-1' },
    'the TTL is a parameter': {
      Parameters: { Ttl: { Type: 'Number' } },
      ...checked({ Ref: 'Ttl' }, { Check: FAST }),
    },
    'a person switches the health check': checked(60, { Check: endpoint({ Type: 'RECOVERY_CONTROL' }) }),
    'nothing says how soon a distribution is seen to be broken': {
      Resources: {
        Site: { Type: 'AWS::CloudFront::Distribution' },
        Record: primary({
          AliasTarget: { DNSName: { 'Fn::GetAtt': ['Site', 'DomainName'] }, EvaluateTargetHealth: true },
        }),
      },
    },
    'health checks depend on each other': checked(60, { Check: calculated(1, 'Check') }),
  },
  notApplicable: {
    'it never fails over, which is what X-01 finds': { Failover: 'PRIMARY', TTL: 3600 },
    'it is the SECONDARY record': { Failover: 'SECONDARY', TTL: 3600, HealthCheckId: 'check-1' },
  },
  equivalent: {
    '*.HostedZoneId': 'the zone takes no time',
    '*.Name': 'a name takes no time; without the alarm nothing is known',
    '*.Type': 'the types that ask an endpoint take the same time; of the others nothing is known',
    '*.Failover': 'only a PRIMARY record decides when to fail over',
    '*.HealthCheckId': 'without a health check of the app there is nothing to add up',
    '*.ChildHealthChecks.*': 'without its children the time of a calculated check is unknown',
    '*.AliasTarget.*': 'without the load balancer, or when it is not evaluated, there is nothing to add up',
    'Slow.HealthCheckConfig.*': 'a check that needs both children turns with the quicker one',
    '*.LoadBalancerArn': 'without the listener the target groups are unknown',
    '*.TargetGroupArn': 'without the target group there is nothing to add up',
  },
});

describe('X-03', () => {
  const slow = checked(300, { Check: endpoint({}) });

  it('reports each term of the sum, and the budget that it breaks', () => {
    expect(findingsOf(slow, [failoverKeepsItsBudget])).toEqual([
      {
        property: 'TTL',
        message:
          'TTL: found 390 s (90 s detection + 300 s TTL), needs at most 150 s, the DNS budget of tier 1',
      },
    ]);
  });

  it('leaves tier 2 its longer budget', () => {
    expect(outcomeOf(failoverKeepsItsBudget, slow, Tier.IMPORTANT)).toBe('pass');
  });

  it('holds tier 3, which has no DNS budget, to its RTO', () => {
    const days = checked(4 * 86400, { Check: endpoint({}) });

    expect(outcomeOf(failoverKeepsItsBudget, slow, Tier.STANDARD)).toBe('pass');
    expect(findingsOf(days, [failoverKeepsItsBudget], Tier.STANDARD)[0]?.message).toMatch(
      /at worst 345720 s .* needs at most 3 d, the RTO for the loss of a region/,
    );
  });

  it('adds the promotion of the global database to the worst case', () => {
    const graph = graphOf(
      checked(60, { Check: endpoint({}), Database: { Type: 'AWS::RDS::GlobalCluster' } }),
    );
    const [subject] = graph.ofType('AWS::Route53::RecordSet');
    const services = resolveServices(graph);
    const service = services.of(subject!);
    const strict = { ...service, recovery: { ...service.recovery, region: { rtoSeconds: 400 } } };
    const judgements = failoverKeepsItsBudget.check(subject!, {
      graph,
      service: strict,
      serviceOf: () => strict,
      placesOf: () => [],
      assessed: () => [],
      services: [],
      exceptions: [],
      parameters: {},
    });

    expect(judgements).toEqual([
      expect.objectContaining({
        outcome: 'fail',
        found: 'at worst 480 s (120 s detection + 60 s TTL + 300 s promotion of Database)',
      }),
    ]);
  });
});
