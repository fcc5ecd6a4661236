import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type App, Duration, Stack } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { BaselineAlarm } from '../../../../lib/constructs/observe/detection/baseline-alarm';
import {
  type BaselineAlarmProps,
  BaselineDirection,
  directionOf,
} from '../../../../lib/constructs/observe/detection/baseline-props';
import { graphOf } from '../../../support/graph';
import { ACCOUNT, catalogued, only, refusal, shopStack } from '../../fixtures';

const metric = (metricName: string, statistic = 'p99') =>
  new Metric({ namespace: 'Shop', metricName, statistic });
const latency = metric('CheckoutLatency');
const SAME = { account: ACCOUNT, region: 'eu-west-1' };
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
      DependsOn: [expect.stringMatching(/^Baselines/)],
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

describe('two alarms on the baseline of one metric', () => {
  const excludedTimes = [
    { startTime: '2026-12-06T03:00:00', endTime: '2026-12-06T07:00:00' },
    { startTime: '2026-12-13T03:00:00', endTime: '2026-12-13T07:00:00' },
  ];

  /** A page at three standard deviations, a ticket at two. */
  function pageAndTicket(page: Partial<BaselineAlarmProps>, ticket: Partial<BaselineAlarmProps>) {
    const { stack, baseline } = watched(page);
    const other = new BaselineAlarm(stack, 'Ticket', { metric: latency, limit: 1_000, band: 2, ...ticket });
    return { stack, detectors: [baseline.detector, other.detector] };
  }

  it('share its detector, as CloudWatch has one for a metric and its statistic', () => {
    const reversed = [...excludedTimes].reverse();
    const { stack, detectors } = pageAndTicket({ excludedTimes }, { excludedTimes: reversed });
    Template.fromStack(stack).resourceCountIs(DETECTOR, 1);
    expect(detectors[0]).toBe(detectors[1]);
    for (const part of ['CheckoutUnusual', 'TicketUnusual'])
      expect(alarm(stack, part)).toMatchObject({ DependsOn: [expect.stringMatching(/^Baselines/)] });
  });

  it('leave it alone when one of them goes: its name is that of the metric', () => {
    const idOf = (stack: Stack) => Object.keys(Template.fromStack(stack).findResources(DETECTOR));
    const alone = shopStack(1);
    new BaselineAlarm(alone, 'Ticket', { metric: latency, limit: 1_000, band: 2 });
    expect(idOf(pageAndTicket({}, {}).stack)).toEqual(idOf(alone));
  });

  const queue = (stack: Stack, id: string) => new Queue(stack, id);
  it.each<[string, (stack: Stack) => [Metric, Metric]]>([
    ['another statistic', () => [latency, latency.with({ statistic: 'p50' })]],
    ['another metric', () => [latency, metric('PaymentLatency')]],
    [
      'another resource',
      (stack) => [
        queue(stack, 'Orders').metricApproximateAgeOfOldestMessage(),
        queue(stack, 'Mails').metricApproximateAgeOfOldestMessage(),
      ],
    ],
    [
      'a resource of the same name in another stack',
      (stack) => [
        queue(stack, 'Orders').metricApproximateAgeOfOldestMessage(),
        queue(
          new Stack(stack.node.root as App, 'Other', { env: SAME }),
          'Orders',
        ).metricApproximateAgeOfOldestMessage(),
      ],
    ],
  ])('of %s have two', (_, metrics) => {
    const stack = shopStack(1);
    for (const [index, each] of metrics(stack).entries())
      new BaselineAlarm(stack, `Slow${index}`, { metric: each, limit: 1 });
    Template.fromStack(stack).resourceCountIs(DETECTOR, 2);
  });

  it('on one resource share it, too', () => {
    const stack = shopStack(1);
    const orders = queue(stack, 'Orders');
    for (const limit of [60, 600])
      new BaselineAlarm(stack, `Slow${limit}`, {
        metric: orders.metricApproximateAgeOfOldestMessage(),
        limit,
      });
    Template.fromStack(stack).resourceCountIs(DETECTOR, 1);
  });

  it.each<[string, Partial<BaselineAlarmProps>, Partial<BaselineAlarmProps>]>([
    ['other times left out', { excludedTimes }, {}],
    ['some times more left out', { excludedTimes: excludedTimes.slice(1) }, { excludedTimes }],
    ['another zone', {}, { timeZone: 'Europe/Berlin' }],
  ])('are refused with %s', (_, page, ticket) =>
    expect(refusal(() => pageAndTicket(page, ticket)).message).toMatch(
      /^Shop\/Ticket: CloudWatch learns p99 of CheckoutLatency once, and Shop\/Checkout says other excludedTimes or another timeZone\n {2}fix: give both the same excludedTimes and timeZone$/,
    ),
  );
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
