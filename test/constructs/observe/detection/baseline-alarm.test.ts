import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { BaselineAlarm } from '../../../../lib/constructs/observe/detection/baseline-alarm';
import {
  type BaselineAlarmProps,
  BaselineDirection,
  directionOf,
} from '../../../../lib/constructs/observe/detection/baseline-props';
import { graphOf } from '../../../support/graph';
import { catalogued, only, refusal, shopStack } from '../../fixtures';

const metric = (metricName: string, statistic = 'p99') =>
  new Metric({ namespace: 'Shop', metricName, statistic });
const latency = metric('CheckoutLatency');
const DETECTOR = 'AWS::CloudWatch::AnomalyDetector';

function watched(props: Partial<BaselineAlarmProps> = {}) {
  const stack = shopStack(1);
  const baseline = new BaselineAlarm(stack, 'Checkout', { metric: latency, limit: 2_000, ...props });
  return { stack, baseline };
}

const alarm = (stack: Stack, start: string) => {
  const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return alarms.find(([id]) => id.startsWith(start))?.[1];
};

describe('a baseline', () => {
  it('tells somebody where a metric is unusual and beyond its limit', () => {
    const { stack } = watched({ runbook: 'docs/slow.md' });
    const both = only(stack, 'AWS::CloudWatch::CompositeAlarm');
    expect(JSON.stringify(both.AlarmRule)).toMatch(/ALARM.*CheckoutUnusual.* AND .*ALARM.*CheckoutFloor/);
    expect(both.AlarmDescription).toMatch(
      /more than 3 standard deviations.*above 2000, in 3 of 5.*docs\/slow\.md/,
    );
    expect(both.AlarmActions).toHaveLength(1);
    for (const part of ['CheckoutUnusual', 'CheckoutFloor'])
      expect(alarm(stack, part)?.Properties.AlarmActions).toBeUndefined();
  });

  it('learns before it speaks, and not from what is left out', () => {
    const excludedTimes = [{ startTime: '2026-12-06T03:00:00', endTime: '2026-12-06T07:00:00' }];
    const { stack } = watched({ excludedTimes, timeZone: 'Europe/Berlin' });
    expect(only(stack, DETECTOR)).toEqual({
      SingleMetricAnomalyDetector: {
        Namespace: 'Shop',
        MetricName: 'CheckoutLatency',
        Stat: 'p99',
        Dimensions: [],
      },
      Configuration: {
        MetricTimeZone: 'Europe/Berlin',
        ExcludedTimeRanges: [{ StartTime: '2026-12-06T03:00:00', EndTime: '2026-12-06T07:00:00' }],
      },
    });
    expect(alarm(stack, 'CheckoutUnusual')).toMatchObject({
      DependsOn: [expect.stringMatching(/^CheckoutDetector/)],
      Properties: {
        WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 1_440 },
        EvaluationPeriods: 5,
        DatapointsToAlarm: 3,
      },
    });
    expect(JSON.stringify(alarm(stack, 'CheckoutUnusual'))).toContain('ANOMALY_DETECTION_BAND(m0, 3)');
  });

  it.each<[BaselineDirection, string, string]>([
    [BaselineDirection.HIGH, 'GreaterThanUpperThreshold', 'notBreaching'],
    [BaselineDirection.LOW, 'LessThanLowerThreshold', 'breaching'],
    [BaselineDirection.BOTH, 'LessThanLowerOrGreaterThanUpperThreshold', 'notBreaching'],
  ])(
    'that is wrong when %s fires on %s, and silence is %s',
    (direction, ComparisonOperator, TreatMissingData) =>
      expect(alarm(watched({ direction }).stack, 'CheckoutUnusual')?.Properties).toMatchObject({
        ComparisonOperator,
        TreatMissingData,
      }),
  );

  it.each([
    ['TargetResponseTime', BaselineDirection.HIGH],
    ['HTTPCode_Target_5XX_Count', BaselineDirection.HIGH],
    ['ApproximateAgeOfOldestMessage', BaselineDirection.HIGH],
    ['RequestCount', BaselineDirection.LOW],
    ['Invocations', BaselineDirection.LOW],
    ['NumberOfMessagesSent', BaselineDirection.LOW],
    ['CPUUtilization', undefined],
  ])('knows which way %s is wrong: %s', (name, direction) => expect(directionOf(name)).toBe(direction));

  it('says in the catalogue what it takes to fire', () =>
    expect(catalogued(watched().stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Checkout.foundAfter', value: '15 min' }),
    ));
});

describe('a baseline is refused', () => {
  it.each<[string, Partial<BaselineAlarmProps>, RegExp]>([
    ['without a metric', { metric: undefined as never }, /metric is missing/],
    ['without a limit', { limit: undefined as never }, /limit is missing/],
    ['with a limit that is none', { limit: Number.NaN }, /the limit is NaN/],
    [
      'where nothing says which way is wrong',
      { metric: metric('CPUUtilization') },
      /which way CPUUtilization is wrong/,
    ],
    [
      'of another account',
      { metric: latency.with({ account: '444455556666' }) },
      /of 444455556666 in eu-west-1/,
    ],
    ['of another region', { metric: latency.with({ region: 'us-east-1' }) }, /in us-east-1/],
    ['with a band in which all is usual', { band: 6 }, /the band is 6 standard/],
    ['without a band', { band: 0 }, /the band is 0 standard/],
    ['with a period of 90 s', { period: Duration.seconds(90) }, /the period is 90 s/],
    ['with a warm-up of three days', { warmUp: Duration.days(3) }, /the warm-up takes 4320 min/],
    ['in a strange zone', { timeZone: 'Mars/Base' }, /"Mars\/Base" is no time zone/],
    [
      'where traffic would keep it silent',
      { metric: metric('RequestCount', 'Sum'), traffic: metric('RequestCount') },
      /traffic would keep it silent just then/,
    ],
    ['with no traffic at all', { leastTraffic: 0 }, /leastTraffic is 0/],
    [
      'with a time that ends before it begins',
      { excludedTimes: [{ startTime: '2026-12-06T07:00:00', endTime: '2026-12-06T03:00:00' }] },
      /is no time that can be left out/,
    ],
  ])('%s', (_, props, message) => expect(refusal(() => watched(props)).message).toMatch(message));
});

describe('the floor of a baseline, replayed', () => {
  const PERIOD = 60;
  const points = (at: (index: number) => number | undefined) =>
    [...Array(40).keys()].flatMap((index) => {
      const value = at(index);
      return value === undefined ? [] : [[index * PERIOD, value] as const];
    });
  const kept = (name: string, statistic: string, at: (index: number) => number | undefined) => ({
    metric: { namespace: 'Shop', name, dimensions: {} },
    samples: [{ statistic, period: PERIOD, points: points(at) }],
  });

  function floor(props: Partial<BaselineAlarmProps>, source: ReturnType<typeof kept>[]) {
    const { stack } = watched({ period: Duration.minutes(1), ...props });
    const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
    const during = { from: 10 * PERIOD, until: 40 * PERIOD };
    const found = replay(graph, sampleSourceOf(source), during).find(({ alarm: { logicalId } }) =>
      logicalId.startsWith('CheckoutFloor'),
    );
    if (!found || found.unknown !== undefined) throw new Error(found?.unknown ?? 'no alarm');
    return found.states.map(({ state }) => state);
  }

  const slow = (index: number) => (index >= 20 && index < 26 ? 3_000 : 500);
  const traffic = metric('Checkouts', 'Sum');

  it('is passed by what is slow for three periods', () =>
    expect(floor({}, [kept('CheckoutLatency', 'p99', slow)])).toEqual(['OK', 'ALARM', 'OK']));

  it('is not passed by a single slow request at night', () =>
    expect(
      floor({ traffic }, [kept('CheckoutLatency', 'p99', slow), kept('Checkouts', 'Sum', () => 3)]),
    ).toEqual(['OK']));

  it('is passed by traffic that ends', () => {
    const requests = metric('RequestCount', 'Sum');
    const ends = (index: number) => (index < 20 ? 1_000 : undefined);
    expect(floor({ metric: requests, limit: 100 }, [kept('RequestCount', 'Sum', ends)])).toEqual([
      'OK',
      'ALARM',
    ]);
  });
});
