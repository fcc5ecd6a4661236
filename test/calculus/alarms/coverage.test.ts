import fc from 'fast-check';
import type { AlarmState, SeenState } from '../../../lib/calculus/alarms/alarm-state';
import { alarmTimeline } from '../../../lib/calculus/alarms/alarm-timeline';
import {
  type Datapoint,
  evaluateDatapoints,
  evaluateSeen,
  evaluationRange,
} from '../../../lib/calculus/alarms/datapoints';
import type { MetricAlarm } from '../../../lib/calculus/alarms/metric-alarm';
import { type MetricSamples, NotKnown, statisticOver } from '../../../lib/calculus/alarms/metric-samples';

const MINUTE = 60;
const HOUR = 3_600;

/** One value each minute of an hour that begins an hour after 1970. */
const hourOf = (value: number, covers = [{ from: HOUR, until: 2 * HOUR }]): MetricSamples => ({
  statistic: 'Sum',
  period: MINUTE,
  points: Array.from({ length: 60 }, (_, index) => [HOUR + index * MINUTE, value] as const),
  covers,
});

const alarm = (props: Partial<MetricAlarm>, period = MINUTE): MetricAlarm => ({
  name: 'Beat',
  queries: [
    { id: 'm', metric: { namespace: 'Shop', name: 'Beat', dimensions: {} }, statistic: 'Sum', period },
  ],
  returns: 'm',
  comparison: 'LessThanThreshold',
  threshold: 1,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  missingData: 'breaching',
  ...props,
});

const timeline = (given: MetricAlarm, samples: MetricSamples) => {
  const changes = alarmTimeline(given, () => [samples], { from: HOUR, until: 2 * HOUR }, 'UNKNOWN');
  return changes instanceof NotKnown ? changes.reason : changes.map(({ at, state }) => [at / MINUTE, state]);
};

describe('what the data does not cover', () => {
  test('is unknown, and not missing', () => {
    expect(timeline(alarm({}), hourOf(5))).toEqual([
      [60, 'UNKNOWN'],
      [61, 'OK'],
    ]);
  });

  test('is missing where nothing is said', () => {
    const { covers: _, ...all } = hourOf(5);
    expect(timeline(alarm({}), all)).toEqual([
      [60, 'ALARM'],
      [61, 'OK'],
    ]);
  });

  test('is said with how much an alarm looks back on', () => {
    const slow = alarm(
      { comparison: 'GreaterThanThreshold', threshold: 100, evaluationPeriods: 1, datapointsToAlarm: 1 },
      6 * HOUR,
    );
    expect(timeline(slow, hourOf(50))).toBe('the data does not cover the 6 h that it looks back on');
  });

  test('a metric without data is missing while it is covered', () => {
    expect(timeline(alarm({}), { ...hourOf(0), points: [] })).toEqual([
      [60, 'UNKNOWN'],
      [65, 'ALARM'],
    ]);
  });

  test('is unknown only as long as an expression over time needs it', () => {
    const share = alarm({
      queries: [...alarm({}).queries, { id: 'share', expression: 'm / MAX(m)' }],
      returns: 'share',
      comparison: 'GreaterThanThreshold',
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    expect(timeline(share, hourOf(5))).toEqual([
      [60, 'UNKNOWN'],
      [63, 'OK'],
    ]);
  });

  test('a gap in what is covered is unknown again', () => {
    const gap = [
      { from: HOUR, until: HOUR + 10 * MINUTE },
      { from: HOUR + 30 * MINUTE, until: 2 * HOUR },
    ];
    expect(timeline(alarm({}), hourOf(5, gap))).toEqual([
      [60, 'UNKNOWN'],
      [61, 'OK'],
      [73, 'UNKNOWN'],
      [91, 'OK'],
    ]);
  });
});

describe('data points that are as long as the period of the alarm', () => {
  const five = (statistic: string, delay = 0): MetricSamples => ({
    statistic,
    period: 300,
    points: Array.from({ length: 12 }, (_, index) => [HOUR + index * 300, index === 6 ? 9 : 1] as const),
    delay,
  });
  const high = (statistic: string) =>
    alarm({
      queries: [
        { id: 'm', metric: { namespace: 'Shop', name: 'Beat', dimensions: {} }, statistic, period: 300 },
      ],
      comparison: 'GreaterThanThreshold',
      threshold: 5,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });

  test.each(['Sum', 'p99', 'Average'])('are looked at as they are: %s', (statistic) => {
    expect(timeline(high(statistic), five(statistic))).toEqual([
      [60, 'ALARM'],
      [65, 'OK'],
      [95, 'ALARM'],
      [100, 'OK'],
    ]);
  });

  test('are seen when they can be read', () => {
    expect(timeline(high('p99'), five('p99', 120))).toContainEqual([97, 'ALARM']);
  });

  test('are taken before shorter ones that cannot be joined', () => {
    const shorter: MetricSamples = { statistic: 'p99', period: 60, points: [[HOUR, 1]] };
    const whole = { from: HOUR + 1_800, until: HOUR + 2_100 };
    expect(statisticOver([shorter, five('p99')], 'p99', whole, 2 * HOUR)).toBe(9);
  });
});

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/** Every way in which the points that are not known could have been. */
function readings(range: readonly (Datapoint | 'open')[]): readonly (readonly Datapoint[])[] {
  return range.reduce<readonly (readonly Datapoint[])[]>(
    (all, point) => {
      const ways: readonly Datapoint[] = point === 'open' ? [undefined, 'within', 'breaching'] : [point];
      return all.flatMap((before) => ways.map((way) => [...before, way]));
    },
    [[]],
  );
}

test('a state is said exactly where every reading of what is not known leads to it', () => {
  const designs = fc.integer({ min: 1, max: 4 }).chain((n) => {
    const length = evaluationRange(n);
    return fc.record({
      n: fc.constant(n),
      m: fc.integer({ min: 1, max: n }),
      range: fc.array(fc.constantFrom<Datapoint | 'open'>('within', 'breaching', undefined, 'open'), {
        minLength: length,
        maxLength: length,
      }),
      missingData: fc.constantFrom(...TREATMENTS),
      current: fc.constantFrom<SeenState>(...STATES, 'UNKNOWN'),
    });
  });
  fc.assert(
    fc.property(designs, ({ n, m, range, missingData, current }) => {
      const rule = { evaluationPeriods: n, datapointsToAlarm: m, missingData };
      const before = current === 'UNKNOWN' ? STATES : [current];
      const possible = new Set(
        readings(range).flatMap((read) => before.map((state) => evaluateDatapoints(read, rule, state).state)),
      );
      const seen = range.map((point) => (point === 'open' ? new NotKnown('not there') : point));
      expect(evaluateSeen(seen, rule, current).state).toBe(
        possible.size === 1 ? [...possible][0] : 'UNKNOWN',
      );
    }),
    { seed: 20_261_123, numRuns: 2_000 },
  );
});
