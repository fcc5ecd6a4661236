import { Template } from 'aws-cdk-lib/assertions';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { metricAlarmOf } from '../../../../lib/assembly/observe/alarm-model';
import { Unknown } from '../../../../lib/assembly/value';
import { alarmTimeline } from '../../../../lib/calculus/alarms/alarm-timeline';
import { type AlarmQuery, type MetricAlarm, valuesAt } from '../../../../lib/calculus/alarms/metric-alarm';
import { type MetricSamples, NotKnown } from '../../../../lib/calculus/alarms/metric-samples';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { Span } from '../../../../lib/calculus/time-span';
import { occurrences } from '../../../../lib/calculus/windows/occurrences';
import { Weekday } from '../../../../lib/calculus/windows/recurrence';
import { ContractAndRaw } from '../../../../lib/constructs/observe/slo/contract-and-raw';
import type { Indicator } from '../../../../lib/constructs/observe/slo/indicator';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { MaintenanceSchedule } from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { ServiceLevelEngine } from '../../../../lib/objectives/catalogue';
import { type MaintenanceWindow, Recurrence } from '../../../../lib/objectives/maintenance-window';
import type { Tier } from '../../../../lib/objectives/tier';
import { graphOf, type TestTemplate } from '../../../support/graph';
import { shopStack } from '../../fixtures';
import { patching } from '../windows/windows';
import { freshness, orders } from './orders';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const utc = (text: string): number => Date.parse(`${text}Z`) / 1_000;

interface Given {
  readonly windows?: readonly MaintenanceWindow[];
  readonly tier?: Tier;
  readonly indicator?: Indicator;
  readonly window?: Duration;
}

function measured({ windows = [patching()], tier = 1, indicator = orders, window }: Given = {}) {
  const stack = shopStack(tier);
  const schedule = new MaintenanceSchedule(stack, 'Windows', { windows });
  const objective = new ServiceLevelObjective(stack, 'Orders', { indicator, ...(window && { window }) });
  const engine = ServiceLevelEngine.METRIC_MATH;
  const both = new ContractAndRaw(stack, 'Measured', { objective, schedule, engine });
  return { stack, both, objective };
}

function gapsOf(given: Given = {}): readonly MetricAlarm[] {
  const { stack } = measured(given);
  const graph = graphOf(Template.fromStack(stack).toJSON() as TestTemplate);
  return graph
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ logicalId }) => /^Measured.*Gap/.test(logicalId))
    .map((resource) => {
      const alarm = metricAlarmOf(resource);
      if (alarm instanceof Unknown) throw new Error(alarm.reason);
      return alarm;
    });
}

/** A hundred orders a minute, of which a share fails. */
function shop(from: number, until: number, failing: (at: number) => number, delay = 0) {
  const minutes = Array.from({ length: (until - from) / MINUTE }, (_, index) => from + index * MINUTE);
  const kept = (name: string, value: (at: number) => number) => {
    const points = minutes.map((at) => [at, value(at)] as const);
    const samples: MetricSamples = { statistic: 'Sum', period: MINUTE, points, delay };
    return { metric: { namespace: 'Shop', name, dimensions: {} }, samples: [samples] };
  };
  return sampleSourceOf([kept('Orders', () => 100), kept('Failures', (at) => 100 * failing(at))]);
}

/** When an alarm fires, in text, between two days in which some share fails in some stretch. */
function fires(
  alarm: MetricAlarm,
  day: string,
  failing: { readonly from: string; readonly until: string; readonly share: number },
  delay = 0,
) {
  const [start, bad] = [utc(`${day}T00:00`), [failing.from, failing.until].map(utc)];
  const source = shop(
    start - DAY,
    start + DAY,
    (at) => (at >= (bad[0] ?? 0) && at < (bad[1] ?? 0) ? failing.share : 0),
    delay,
  );
  const changes = alarmTimeline(
    alarm,
    source,
    { from: Math.max(start, (bad[0] ?? 0) - HOUR), until: (bad[1] ?? 0) + 3 * HOUR },
    'OK',
  );
  if (changes instanceof NotKnown) throw new Error(changes.reason);
  return changes
    .filter(({ state }) => state === 'ALARM')
    .map(({ at }) => new Date(at * 1_000).toISOString().slice(11, 16));
}

describe('an alarm in metric math on what maintenance hides', () => {
  const [gap] = gapsOf();
  if (!gap) throw new Error('no alarm');

  it('asks for so little each time that all times of a month stay below a quarter of the budget', () => {
    // 0.05 % of 30 days are 1,296 s; five Sundays of 20 min are the most in 30 days.
    expect(gap.threshold).toBeCloseTo((0.25 * 1_296) / (5 * 1_200), 10);
    expect(gap).toMatchObject({ evaluationPeriods: 1, missingData: 'ignore' });
    expect(gap.queries).toContainEqual(expect.objectContaining({ period: 1_200 }));
  });

  it.each([
    ['in winter', '2027-03-21', '03'],
    ['on the day on which the clocks go forward', '2027-03-28', '02'],
    ['in summer', '2027-07-04', '02'],
    ['on the day on which they go back', '2027-10-31', '03'],
  ])('fires when the window ends, %s', (_, day, hour) => {
    const during = { from: `${day}T${hour}:00`, until: `${day}T${hour}:20`, share: 0.1 };
    expect(fires(gap, day, during)).toEqual([`${hour}:20`]);
    expect(fires(gap, day, { ...during, share: 0.05 })).toEqual([]);
    // Two minutes late, and only the last two failed: the period that began with the window is looked at again.
    const last = { from: `${day}T${hour}:18`, until: `${day}T${hour}:20`, share: 0.9 };
    expect(fires(gap, day, last, 120)).toEqual([`${hour}:22`]);
  });

  it('is silent for what fails before the window, and on other days', () => {
    const before = { from: '2027-07-04T00:00', until: '2027-07-04T02:00', share: 1 };
    expect(fires(gap, '2027-07-04', before)).toEqual([]);
    const monday = { from: '2027-07-05T02:00', until: '2027-07-05T02:20', share: 1 };
    expect(fires(gap, '2027-07-05', monday)).toEqual([]);
  });

  it('stays as it is until the next window', () => {
    const start = utc('2027-07-04T02:00');
    const source = shop(start - DAY, start + 8 * DAY, (at) => (at >= start && at < start + 1_200 ? 0.2 : 0));
    const within = (from: number, before: 'OK' | 'ALARM') => {
      const changes = alarmTimeline(gap, source, { from: from - 10 * MINUTE, until: from + HOUR }, before);
      if (changes instanceof NotKnown) throw new Error(changes.reason);
      return changes.map(({ state }) => state);
    };
    expect(within(start, 'OK')).toEqual(['OK', 'ALARM']);
    expect(within(start + 3 * DAY, 'ALARM')).toEqual(['ALARM']);
    expect(within(start + 7 * DAY, 'ALARM')).toEqual(['ALARM', 'OK']);
  });

  it('is one for each window, and does not look at freezes', () => {
    const nights = patching({
      id: 'nights',
      start: '2026-12-02T01:00',
      recurrence: Recurrence.weekly(Weekday.WEDNESDAY),
    });
    expect(gapsOf({ windows: [patching(), nights] })).toHaveLength(2);
  });

  it('counts minutes where the indicator does', () => {
    const [minutes] = gapsOf({
      indicator: freshness,
      tier: 2,
      windows: [patching({ duration: Span.minutes(45) })],
    });
    if (!minutes) throw new Error('no alarm');
    // A tenth of the strictness of 99.9 %: 1 % of 30 days; five Sundays in the worst 30 days.
    const allowed = (0.25 * 0.01 * 30 * DAY) / (5 * 45 * MINUTE);
    expect(minutes).toMatchObject({ evaluationPeriods: 45, datapointsToAlarm: Math.floor(allowed * 45) + 1 });
    const start = utc('2027-07-04T00:00');
    const age = (slow: (at: number) => boolean) => {
      const points = Array.from({ length: 1_440 }, (_, index) => start + index * MINUTE).map(
        (at) => [at, slow(at) ? 600 : 5] as const,
      );
      const metric = { namespace: 'Shop', name: 'Age', dimensions: {} };
      const source = sampleSourceOf([
        { metric, samples: [{ statistic: 'Maximum', period: MINUTE, points }] },
      ]);
      const changes = alarmTimeline(minutes, source, { from: start + HOUR, until: start + 6 * HOUR });
      if (changes instanceof NotKnown) throw new Error(changes.reason);
      return changes.filter(({ state }) => state === 'ALARM').length;
    };
    const needed = minutes.datapointsToAlarm * MINUTE;
    expect(age((at) => at >= start + 2 * HOUR && at < start + 2 * HOUR + needed)).toBe(1);
    expect(age((at) => at >= start + 2 * HOUR && at < start + 2 * HOUR + needed - MINUTE)).toBe(0);
    expect(age((at) => at < start + 2 * HOUR)).toBe(0);
  });
});

/** A series of a dashboard, worked out period by period; a running sum is replaced by what is summed. */
function countsOf(metric: IMetric, source: ReturnType<typeof shop>, until: number, count: number) {
  const queries: AlarmQuery[] = [];
  const add = (id: string, each: IMetric): void => {
    if (queries.some((known) => known.id === id)) return;
    if (each instanceof MathExpression) {
      queries.push({ id, expression: each.expression });
      for (const [name, used] of Object.entries(each.usingMetrics)) add(name, used);
    } else {
      const { metricName, statistic, namespace } = each as Metric;
      queries.push({ id, metric: { namespace, name: metricName, dimensions: {} }, statistic, period: 300 });
    }
  };
  add('shown', metric);
  const at = (id: string) => {
    const alarm = { name: id, queries, returns: id } as unknown as MetricAlarm;
    const values = valuesAt(alarm, source, until, count);
    if (values instanceof NotKnown) throw new Error(values.reason);
    return values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
  };
  const [bad = '', total = ''] = Object.keys((metric as MathExpression).usingMetrics).sort();
  return { bad: at(bad), total: at(total) };
}

describe('both series, side by side', () => {
  it('differ by the time of maintenance, across both changes of the clocks', () => {
    const { both } = measured();
    const [from, until] = [utc('2027-03-01T00:00'), utc('2027-04-15T00:00')];
    const windows = occurrences(patching(), from, until);
    const open = (at: number) => windows.some(({ start, end }) => start <= at && at < end);
    const source = shop(from, until, (at) => (open(at) ? 0.5 : 0.01));
    const count = (until - from) / 300;
    const minutes = (until - from) / MINUTE;
    const hidden = windows.length * 20;
    expect(windows).toHaveLength(6);
    const raw = countsOf(both.rawAttainment, source, until, count);
    expect(raw.total).toBe(minutes * 100);
    expect(raw.bad).toBeCloseTo((minutes - hidden) * 1 + hidden * 50, 6);
    const contract = countsOf(both.contractAttainment, source, until, count);
    expect(contract.total).toBe((minutes - hidden) * 100);
    expect(contract.bad).toBeCloseTo(minutes - hidden, 6);
  });

  it('are sums since the start of the graph', () => {
    const { both } = measured();
    for (const [metric, id] of [
      [both.contractAttainment, 'contract'],
      [both.rawAttainment, 'raw'],
    ] as const)
      expect((metric as MathExpression).expression).toBe(
        `FLOOR(10000 * (100 * (1 - RUNNING_SUM(${id}_slo_bad) / RUNNING_SUM(${id}_slo_total)))) / 10000`,
      );
    expect(both.contract).toBeUndefined();
  });
});

describe('metric math is taken', () => {
  const engineOf = (windows: readonly MaintenanceWindow[], window?: Duration) => {
    const stack = shopStack(3);
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows });
    const objective = new ServiceLevelObjective(stack, 'Orders', {
      indicator: orders,
      ...(window && { window }),
    });
    return new ContractAndRaw(stack, 'Measured', { objective, schedule }).engine;
  };
  // So long that at tier 3 it is more than a quarter of the budget.
  const long = { duration: Span.minutes(40) };

  it('where Application Signals cannot say the maintenance', () => {
    expect(engineOf([patching(long)])).toBe(ServiceLevelEngine.METRIC_MATH);
    expect(engineOf([patching({ ...long, timeZone: 'UTC' })])).toBe(ServiceLevelEngine.APPLICATION_SIGNALS);
    expect(engineOf([patching({ ...long, timeZone: 'UTC', lastDay: '2027-12-01' })])).toBe(
      ServiceLevelEngine.METRIC_MATH,
    );
    expect(engineOf([patching({ ...long, timeZone: 'UTC' })], Duration.hours(100))).toBe(
      ServiceLevelEngine.METRIC_MATH,
    );
  });
});

describe('metric math is refused where', () => {
  it.each<readonly [string, Given, string]>([
    [
      'it cannot say a window',
      { windows: [patching({ start: '2026-12-06T02:30' })] },
      'window patching: the clocks of Europe/Berlin skip 02:30',
    ],
    [
      'a window is in no steps of five minutes',
      { windows: [patching({ duration: Span.minutes(18) })] },
      'it begins at 04:00 and lasts 18 min, and metric math counts in steps of five minutes',
    ],
    [
      'the objective is over more than CloudWatch keeps',
      { window: Duration.days(90) },
      'the window is 90 d, and CloudWatch keeps steps of five minutes for 63 d',
    ],
    [
      'all maintenance is too little to hide anything',
      { tier: 3, windows: [patching({ duration: Span.minutes(5) })] },
      'all maintenance together takes 25 min of 30 d, and a quarter of the error budget of shop-availability is 54 min: an alarm',
    ],
    [
      'the alarm would take too many metrics',
      {
        indicator: {
          ...orders,
          metrics: Object.fromEntries(
            Array.from({ length: 9 }, (_, index) => [
              `m${index}`,
              new Metric({ namespace: 'Shop', metricName: `M${index}`, statistic: 'Sum' }),
            ]),
          ),
          total: 'm0 + m1 + m2 + m3',
          bad: 'm4 + m5 + m6 + m7 + m8',
        },
      },
      'it takes 11 metrics and expressions, and an alarm has 10',
    ],
    [
      'the maintenance is too long for an expression',
      {
        tier: 3,
        windows: Array.from({ length: 20 }, (_, index) =>
          patching({
            id: `w${index}`,
            start: `2026-12-${10 + index}T04:00`,
            recurrence: Recurrence.yearly(),
            duration: Span.minutes(10),
          }),
        ),
      },
      'letters in metric math, and an expression has 2048',
    ],
  ])('%s', (_, given, message) => expect(() => measured(given)).toThrow(message));
});
