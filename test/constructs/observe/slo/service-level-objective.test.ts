import Ajv2020 from 'ajv/dist/2020';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { metricAlarmOf } from '../../../../lib/assembly/observe/alarm-model';
import { Unknown } from '../../../../lib/assembly/value';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import { type Indicator, IndicatorKind } from '../../../../lib/constructs/observe/slo/indicator';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { CATALOGUE_KEY } from '../../../../lib/objectives/catalogue';
import { readCatalogue } from '../../../../lib/objectives/catalogue-reader';
import { AlertSeverity } from '../../../../lib/objectives/policy/operations';
import { Service } from '../../../../lib/objectives/service';
import type { Tier } from '../../../../lib/objectives/tier';
import schema from '../../../../schemas/catalogue-1.schema.json';
import { graphOf } from '../../../support/graph';
import { refusal, WEAKENING } from '../../fixtures';
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
  // From the third pair on a composite alarm joins those that are faster.
  const joined = Math.max(0, severities.length - 2);
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', severities.length + joined);
});

test('two of one name in a stack are told of, for nothing could tell them apart', () => {
  const stack = new Stack(undefined, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  const twice = Match.stringLikeRegexp('Shop/A is named orders as well.*Give one of them another name');
  new ServiceLevelObjective(stack, 'A', { tier: 2, indicator: orders, name: 'orders' });
  new ServiceLevelObjective(stack, 'B', { tier: 2, indicator: orders, name: 'other' });
  expect(Annotations.fromStack(stack).findWarning('*', twice)).toEqual([]);
  new ServiceLevelObjective(stack, 'C', { tier: 2, indicator: orders, name: 'orders' });
  Annotations.fromStack(stack).hasWarning('/Shop/C', twice);
});

test('at a tier that owes it, nobody is told of silence only where somebody answers for it', () => {
  const quiet = { alertOnSilence: false };
  expect(refusal(() => build(1, quiet)).message).toMatch(
    /alertOnSilence is false, but the tier owes true \(an objective of which nothing is measured looks as if it were kept\)/,
  );
  expect(build(1, { ...quiet, weakening: WEAKENING }).slo.silence).toBeUndefined();
  expect(build(2, quiet).slo.silence).toBeUndefined();
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

/** The pairs that keep the one that begins so silent, by the beginnings of their ids. */
function silencersOf(template: Template, start: string): readonly string[] {
  const alarms = template.findResources('AWS::CloudWatch::CompositeAlarm');
  const pair = Object.entries(alarms).find(([id]) => id.startsWith(`${start}Both`))?.[1];
  const [suppressor] = pair?.Properties.ActionsSuppressor?.['Fn::GetAtt'] ?? [];
  if (suppressor === undefined) return [];
  const named = (rule: unknown) =>
    [...JSON.stringify(rule).matchAll(/(Orders\w+?)Both/g)].map(([, id = '']) => id);
  return suppressor.includes('Both') ? named(suppressor) : named(alarms[suppressor]?.Properties.AlarmRule);
}

test('any faster pair keeps a slower one silent, and not only the next', () => {
  const { template } = build(1);
  const all = ['OrdersWithin1h', 'OrdersWithin6h', 'OrdersWithin1d', 'OrdersWithin3d'];
  expect(all.map((start) => silencersOf(template, start))).toEqual(
    all.map((_, index) => all.slice(0, index)),
  );
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
      'Orders-availability \\(objective 99.95 % in 30 d\\) burns its error budget 14.4 times too fast: more than 0.72 % of events fail over 1 h and over 5 min, and at least 10 do. When it fires 2 % of the budget are gone; a total outage is found after 26 s. Good are orders that are taken. Runbook: runbooks/orders.md',
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
    JSON.stringify(Properties.AlarmActions ?? []).includes(
      stack.getLogicalId(tickets.node.defaultChild as never),
    ),
  );
  expect(toTickets.map(([id]) => id.slice(0, 14))).toEqual(['OrdersWithin1d', 'OrdersWithin3d']);
  expect(slo.alarms).toHaveLength(4);
});

const severitiesOf = ({ alarms }: ServiceLevelObjective) => alarms.map(({ check }) => check.window.severity);
const { PAGE, TICKET } = AlertSeverity;
const REASON = { reason: 'a trial', expires: '2027-06-30', approver: 'head of shop' };

describe('severities', () => {
  test('are set one by one, and a page is not kept silent by a ticket', () => {
    const { slo, template } = build(1, { severities: [TICKET, PAGE, PAGE, TICKET] });
    expect(severitiesOf(slo)).toEqual([TICKET, PAGE, PAGE, TICKET]);
    const all = ['OrdersWithin1h', 'OrdersWithin6h', 'OrdersWithin1d', 'OrdersWithin3d'];
    expect(all.map((start) => silencersOf(template, start))).toEqual([
      [],
      [],
      ['OrdersWithin6h'],
      ['OrdersWithin1h', 'OrdersWithin6h', 'OrdersWithin1d'],
    ]);
  });

  test('that wake nobody need a reason where the tier wakes somebody', () => {
    const severities = [TICKET, TICKET, TICKET, TICKET];
    expect(() => build(1, { severities })).toThrow('alerts of severity page');
    expect(severitiesOf(build(1, { severities, weakening: REASON }).slo)).toEqual(severities);
  });

  test('are refused where there are not as many as alerts', () => {
    expect(() => build(1, { severities: [PAGE] })).toThrow('severities has 1, and there are 4 alerts');
  });
});

describe('several windows', () => {
  test('a week has shorter alerts with the same burn rates', () => {
    const { slo } = build(1, { window: Duration.days(7), recoversAlone: true });
    const rounded = slo.alarms.map(({ check }) => ({
      minutes: check.window.longWindow.toSeconds() / 60,
      rate: Math.round(check.burnRate * 10) / 10,
    }));
    expect(rounded).toEqual([
      { minutes: 14, rate: 14.4 },
      { minutes: 84, rate: 6 },
      { minutes: 336, rate: 3 },
      { minutes: 1_008, rate: 1 },
    ]);
  });

  test('a further window has alarms beside those of the first, each silent while any that is faster fires', () => {
    const { slo, template } = build(1, { furtherWindows: [{ window: Duration.days(7), objective: 0.999 }] });
    expect(slo.alarms.map(({ sloWindow }) => sloWindow.toDays())).toEqual([7, 30, 7, 7, 7, 30, 30, 30]);
    const composites = Object.entries(template.findResources('AWS::CloudWatch::CompositeAlarm'));
    const tell = composites.filter(([, { Properties }]) => Properties.AlarmActions !== undefined);
    const suppressors = tell.map(([, { Properties }]) => Properties.ActionsSuppressor);
    expect(suppressors).toHaveLength(8);
    expect(suppressors.filter((each) => each === undefined)).toHaveLength(1);
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmDescription: Match.stringLikeRegexp('^Orders-availability-7d \\(objective 99.9 % in 7 d\\)'),
    });
  });

  test('adding one keeps the alarms of the first', () => {
    const idsOf = (props: Partial<ServiceLevelObjectiveProps>) =>
      Object.keys(build(1, props).template.findResources('AWS::CloudWatch::CompositeAlarm'));
    const alone = idsOf({});
    expect(idsOf({ furtherWindows: [{ window: Duration.days(7), objective: 0.999 }] })).toEqual(
      expect.arrayContaining(alone),
    );
  });
});

test('every alarm carries what a reader of its events must know', () => {
  const { template } = build(1);
  const alarms = {
    ...template.findResources('AWS::CloudWatch::Alarm'),
    ...template.findResources('AWS::CloudWatch::CompositeAlarm'),
  };
  expect(Object.keys(alarms)).toHaveLength(15);
  for (const { Properties } of Object.values(alarms)) {
    expect(Properties.ActionConfiguration).toEqual({ AlarmTagsPropagation: { Enabled: true } });
    expect(Properties.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'resilience:layer', Value: 'service' },
        { Key: 'resilience:runbook', Value: 'runbooks/orders.md' },
        { Key: 'resilience:tier', Value: '1' },
      ]),
    );
  }
  template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
    Tags: Match.arrayWith([{ Key: 'resilience:severity', Value: 'page' }]),
  });
});

test('a runbook is in the description as it is, and in the tag as tags allow', () => {
  const { template } = build(1, { runbook: 'https://wiki.example/run?page=1#orders' });
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm'));
  expect(JSON.stringify(alarm?.Properties.Tags)).toContain('https://wiki.example/run=3Fpage=1=23orders');
  expect(alarm?.Properties.AlarmDescription).toContain('https://wiki.example/run?page=1#orders');
});

describe('what is counted in minutes', () => {
  const waiting: Indicator = {
    kind: IndicatorKind.FRESHNESS,
    good: 'minutes in which no order waits over 60 s',
    metrics: { age: new Metric({ namespace: 'Shop', metricName: 'Age', statistic: 'Maximum' }) },
    total: 'FILL(age * 0 + 1, 0)',
    bad: 'IF(FILL(age, 0) > 60, 1, 0)',
    minutes: true,
  };

  test('is bad when so many minutes are, and is looked at for a day at most', () => {
    const { slo, template } = build(1, { indicator: waiting });
    expect(slo.objective).toBe(0.995);
    expect(slo.alarms.map(({ check }) => check.window.longWindow.toSeconds() / 3_600)).toEqual([1, 6, 24]);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 0,
      EvaluationPeriods: 360,
      // 3 % of six hours are 10.8 minutes.
      DatapointsToAlarm: 11,
      Metrics: Match.arrayWith([Match.objectLike({ MetricStat: Match.objectLike({ Period: 60 }) })]),
    });
  });

  test('is refused with an alert on three days', () => {
    const days = { longWindow: Duration.days(3), shortWindow: Duration.hours(6) };
    expect(() =>
      build(3, { indicator: waiting, alerts: [{ severity: TICKET, budgetShare: 0.1, ...days }] }),
    ).toThrow('the alert on 3 d and 6 h looks back more than 1 d');
  });
});

test('the catalogue tells what is watched, and by which alarms', () => {
  const stack = new Stack(undefined, 'Shop');
  declareService(stack, new Service({ name: 'shop', tier: 2, owner: 'team-shop' }));
  new ServiceLevelObjective(stack, 'Orders', { indicator: orders });
  const template = Template.fromStack(stack).toJSON();
  const reading = readCatalogue(template.Metadata[CATALOGUE_KEY]);
  if (!('catalogue' in reading)) throw new Error(reading.problem);
  const [level] = reading.catalogue.services[0]?.serviceLevels ?? [];
  expect(level).toMatchObject({
    name: 'shop-availability',
    kind: 'availability',
    objective: '0.999',
    windowSeconds: 2_592_000,
    total: 'FILL(orders, 0)',
    bad: 'FILL(failures, 0)',
    leastBad: 10,
    engine: 'metric-math',
  });
  expect(level?.alarms.map(({ severity, longWindowSeconds }) => [severity, longWindowSeconds])).toEqual([
    ['page-in-hours', 3_600],
    ['ticket', 259_200],
  ]);
  for (const { long, short, both } of level?.alarms ?? [])
    for (const id of [long, short, both]) expect(template.Resources[id].Type).toMatch(/Alarm$/);
  const validate = new Ajv2020({ allowUnionTypes: true, formats: { date: true } }).compile(schema);
  expect(validate(template.Metadata[CATALOGUE_KEY])).toBe(true);
});

describe('refuses', () => {
  const alert = (long: Duration, short: Duration, budgetShare = 0.02) => ({
    severity: PAGE,
    budgetShare,
    longWindow: long,
    shortWindow: short,
  });
  const { days, hours, minutes, seconds } = Duration;

  test.each<[string, Partial<ServiceLevelObjectiveProps>, string]>([
    [
      'windows of no whole minutes',
      { alerts: [alert(seconds(90), minutes(1))] },
      'the alert on 90 s and 1 min has a window of no whole minutes',
    ],
    [
      'a short window that is the longer one',
      { alerts: [alert(hours(1), hours(1))] },
      'has no short window below its long one',
    ],
    ['windows that no alarm has', { alerts: [alert(days(8), hours(1), 0.9)] }, 'looks back more than 7 d'],
    ['no share of the budget', { alerts: [alert(hours(1), minutes(5), 2)] }, 'has a budgetShare of 2'],
    [
      'an alert while the objective is kept',
      { alerts: [alert(days(3), hours(6), 0.05)] },
      'fires though the objective over 30 d is kept: its burn rate is 0.5',
    ],
    [
      'two alerts of one window',
      { alerts: [alert(hours(1), minutes(5)), alert(hours(1), minutes(6))] },
      'two alerts over 30 d have a long window of 1 h',
    ],
    ['an objective in per cent', { objective: 99.9 }, 'an SLO of 99.9 is no fraction between 0 and 1'],
    ['one window twice', { furtherWindows: [{ window: days(30) }] }, 'two windows of the objective are 30 d'],
    [
      'metrics of another region',
      { indicator: { ...orders, onlyIn: 'us-east-1' } },
      'are in us-east-1 only, and the stack is in eu-west-1',
    ],
    [
      'a metric of another region',
      {
        indicator: {
          ...orders,
          metrics: { ...orders.metrics, orders: count('Orders').with({ region: 'us-east-1' }) },
        },
      },
      'Orders: the metric Orders is in us-east-1, and the stack is in eu-west-1: its alarms would never fire\n  fix: put the objective into a stack in us-east-1',
    ],
    [
      'a window of hours',
      { window: Duration.hours(1) },
      'Orders: the objective is measured over 1 h\n  fix: give it a window of a day or more',
    ],
    [
      'an indicator without metrics',
      { indicator: { ...orders, metrics: {} } },
      'Orders: the indicator has no metrics\n  fix: name in metrics those that total and bad use',
    ],
  ])('%s', (_, props, problem) => {
    expect(() => build(3, props)).toThrow(problem);
  });

  test.each<[string, Tier, Partial<ServiceLevelObjectiveProps>, string]>([
    [
      'an alarm that can never fire',
      3,
      {
        objective: 0.9,
        weakening: REASON,
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
      'an alarm that waits for more than everything to fail',
      3,
      {
        objective: 0.5,
        weakening: REASON,
        alerts: [
          {
            severity: AlertSeverity.TICKET,
            budgetShare: 0.2,
            longWindow: Duration.days(3),
            shortWindow: Duration.hours(6),
          },
        ],
      },
      'the alarm on 3 d can never fire: at an objective of 50 % it waits for 100 % of failures',
    ],
    [
      'a further window that people cannot keep',
      1,
      { furtherWindows: [{ window: Duration.days(7) }] },
      'Orders: people cannot keep 99.95 % over 7 d: the budget is 5 min 2 s, of which 2 min 56 s are left when the page arrives, and they need 5 min\n  fix: lower the objective of that window in furtherWindows, or set recoversAlone',
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

test.each<[number, string]>([
  [30, 'page at 2 %, page at 5 %, ticket at 10 %, ticket at 10 %'],
  [90, 'page at 0.667 %, page at 1.67 %, ticket at 3.33 %, ticket at 3.33 %'],
])('over %s days the decision on alerts says the shares at which they fire', (days, value) => {
  const stack = new Stack(undefined, 'Shop');
  declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team-shop' }));
  new ServiceLevelObjective(stack, 'Orders', { indicator: orders, window: Duration.days(days) });
  const text = JSON.stringify(Template.fromStack(stack).toJSON().Metadata[CATALOGUE_KEY]);
  expect(text).toContain(`"what":"Orders.alerts","value":"${value}"`);
});
