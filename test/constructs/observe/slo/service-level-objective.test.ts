import { Match, Template } from 'aws-cdk-lib/assertions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { metricAlarmOf } from '../../../../lib/assembly/observe/alarm-model';
import { Unknown } from '../../../../lib/assembly/value';
import { IndicatorKind } from '../../../../lib/constructs/observe/slo/indicator';
import {
  ServiceLevelObjective,
  type ServiceLevelObjectiveProps,
} from '../../../../lib/constructs/observe/slo/service-level-objective';
import { AlertSeverity } from '../../../../lib/objectives/policy/operations';
import type { Tier } from '../../../../lib/objectives/tier';
import { graphOf } from '../../../support/graph';
import { count, orders } from './orders';

function build(tier: Tier, props: Partial<ServiceLevelObjectiveProps> = {}) {
  const stack = new Stack(undefined, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  const slo = new ServiceLevelObjective(stack, 'Orders', {
    tier,
    indicator: orders,
    runbook: 'runbooks/orders.md',
    ...props,
  });
  return { slo, template: Template.fromStack(stack) };
}

test.each<[Tier, number, readonly AlertSeverity[], boolean]>([
  [0, 0.9999, [AlertSeverity.PAGE, AlertSeverity.PAGE, AlertSeverity.TICKET, AlertSeverity.TICKET], true],
  [1, 0.9995, [AlertSeverity.PAGE, AlertSeverity.PAGE, AlertSeverity.TICKET, AlertSeverity.TICKET], true],
  [2, 0.999, [AlertSeverity.PAGE_IN_HOURS, AlertSeverity.TICKET], false],
  [3, 0.995, [], false],
])('at tier %s watches %s with the alerts of the tier', (tier, objective, severities, silent) => {
  const { slo, template } = build(tier);
  expect(slo.objective).toBe(objective);
  expect(slo.window.toDays()).toBe(30);
  expect(slo.alarms.map(({ check }) => check.window.severity)).toEqual(severities);
  expect(slo.silence !== undefined).toBe(silent);
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', severities.length);
});

test('a faster pair keeps a slower one silent for its short window', () => {
  const { template } = build(1);
  const [fast, medium] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm')) as {
    Properties: Record<string, unknown>;
  }[];
  expect(fast?.Properties.ActionsSuppressor).toBeUndefined();
  expect(medium?.Properties).toMatchObject({
    ActionsSuppressor: { 'Fn::GetAtt': [expect.stringMatching(/^OrdersWithin1hBoth/), 'Arn'] },
    ActionsSuppressorWaitPeriod: 120,
    ActionsSuppressorExtensionPeriod: 1_800,
  });
});

test('asks for a share of the events, and for a handful of bad ones in the long window', () => {
  const { template } = build(1);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 0.0072,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
    Metrics: Match.arrayWith([
      Match.objectLike({
        Expression: 'IF((FILL(failures, 0)) >= 10, (FILL(failures, 0)) / (FILL(orders, 0)), 0)',
      }),
      Match.objectLike({ MetricStat: Match.objectLike({ Period: 3_600 }) }),
    ]),
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith([
      Match.objectLike({ Expression: Match.stringLikeRegexp('>= 1,') }),
      Match.objectLike({ MetricStat: Match.objectLike({ Period: 300 }) }),
    ]),
  });
});

test('the text on the pager says what is wrong, how bad, and where the runbook is', () => {
  const { template } = build(1);
  template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
    AlarmDescription: Match.stringLikeRegexp(
      'Orders-availability \\(objective 99.95 %\\) burns its error budget 14.4 times too fast: more than 0.72 % fail over 1 h and over 5 min, and at least 10 do. When it fires 2 % of the budget are gone; a total outage is found after 26 s. Runbook: runbooks/orders.md',
    ),
  });
});

test('every alarm can be worked out offline', () => {
  const { template } = build(0);
  const graph = graphOf(template.toJSON() as { Resources: Record<string, unknown> });
  const alarms = graph.ofType('AWS::CloudWatch::Alarm');
  expect(alarms).toHaveLength(9);
  for (const alarm of alarms) expect(metricAlarmOf(alarm)).not.toBeInstanceOf(Unknown);
});

test('asks less of latency than of availability', () => {
  expect(build(1, { indicator: { ...orders, kind: IndicatorKind.LATENCY } }).slo.objective).toBe(0.995);
});

test('those who are woken and those who get tickets can differ', () => {
  const stack = new Stack(undefined, 'Shop');
  const { Topic } = require('aws-cdk-lib/aws-sns') as typeof import('aws-cdk-lib/aws-sns');
  const tickets = new Topic(stack, 'Tickets');
  const slo = new ServiceLevelObjective(stack, 'Orders', { tier: 1, indicator: orders, tickets });
  const template = Template.fromStack(stack);
  const composites = Object.entries(template.findResources('AWS::CloudWatch::CompositeAlarm'));
  const toTickets = composites.filter(([, { Properties }]) =>
    JSON.stringify(Properties.AlarmActions).includes(stack.getLogicalId(tickets.node.defaultChild as never)),
  );
  expect(toTickets.map(([id]) => id.slice(0, 14))).toEqual(['OrdersWithin1d', 'OrdersWithin3d']);
  expect(slo.alarms).toHaveLength(4);
});

describe('refuses', () => {
  test.each<[string, Tier, Partial<ServiceLevelObjectiveProps>, string]>([
    [
      'an alarm that can never fire',
      3,
      {
        objective: 0.9,
        weakening: { reason: 'a trial', expires: '2027-06-30', approver: 'head of shop' },
        alerts: [
          {
            severity: AlertSeverity.PAGE,
            budgetShare: 0.02,
            longWindow: Duration.hours(1),
            shortWindow: Duration.minutes(5),
          },
        ],
      },
      'the alarm on 1 h can never fire: at an objective of 90 % it waits for 144 % of failures',
    ],
    [
      'an objective that people cannot keep',
      1,
      { objective: 0.99999 },
      'people cannot keep 99.999 %: the budget is 26 s, of which 0 s are left when the page arrives, and they need 5 min',
    ],
    ['an objective that is weaker than the tier owes', 1, { objective: 0.99 }, '0.9995'],
    [
      'metrics without an id that CloudWatch takes',
      1,
      { indicator: { ...orders, metrics: { Orders: count('Orders'), failures: count('Failures') } } },
      'Orders is no id of a metric',
    ],
    [
      'expressions without a metric',
      1,
      { indicator: { ...orders, bad: '0' } },
      'bad names none of the metrics: 0',
    ],
    [
      'more metrics than an alarm takes',
      1,
      {
        indicator: {
          ...orders,
          metrics: Object.fromEntries(
            ['failures', 'orders', ...'abcdefgh'].map((name) => [name, count(name)]),
          ),
        },
      },
      'the indicator has 10 metrics',
    ],
  ])('%s', (_, tier, props, problem) => {
    expect(() => build(tier, props)).toThrow(problem);
  });
});
