import { alarmTimeline } from '../../../lib/calculus/alarms/alarm-timeline';
import {
  type AlarmQuery,
  evaluationInterval,
  type MetricAlarm,
  type SampleSource,
  valuesAt,
} from '../../../lib/calculus/alarms/metric-alarm';
import { type MetricSamples, NotKnown } from '../../../lib/calculus/alarms/metric-samples';

const MINUTE = 60;

/** One value for each minute from 0 on; nothing where there is none. */
function minutes(statistic: string, values: readonly (number | undefined)[], delay = 0): MetricSamples {
  const points = values.flatMap((value, index) =>
    value === undefined ? [] : [[index * MINUTE, value] as const],
  );
  return { statistic, period: MINUTE, points, delay };
}

const metric = (name: string, period = MINUTE, statistic = 'Sum'): AlarmQuery => ({
  id: name,
  metric: { namespace: 'Shop', name, dimensions: {} },
  statistic,
  period,
});

const from =
  (kept: Record<string, readonly MetricSamples[]>): SampleSource =>
  ({ name }) =>
    kept[name] ?? [];

function alarm(props: Partial<MetricAlarm>): MetricAlarm {
  return {
    name: 'Errors',
    queries: [metric('errors')],
    returns: 'errors',
    comparison: 'GreaterThanThreshold',
    threshold: 5,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    ...props,
  };
}

const timeline = (given: Partial<MetricAlarm>, source: SampleSource, until: number) => {
  const changes = alarmTimeline(alarm(given), source, { from: MINUTE, until });
  return changes instanceof NotKnown ? changes.reason : changes.map(({ at, state }) => [at / MINUTE, state]);
};

describe('an alarm on one metric', () => {
  const errors = from({ errors: [minutes('Sum', [0, 0, 9, 9, 9, 0, 0, 0])] });

  test('fires when its data points breach, and is over when they do not', () => {
    expect(timeline({}, errors, 480)).toEqual([
      [1, 'OK'],
      [3, 'ALARM'],
      [6, 'OK'],
    ]);
  });

  test('waits for as many as are needed', () => {
    const later = timeline({ evaluationPeriods: 3, datapointsToAlarm: 3 }, errors, 480);
    expect(later).toEqual([
      [1, 'OK'],
      [5, 'ALARM'],
      [6, 'OK'],
    ]);
  });

  test('sees data that comes late when it comes', () => {
    const late = from({ errors: [minutes('Sum', [0, 0, 9, 9, 9, 0, 0, 0], 120)] });
    expect(timeline({}, late, 540)).toEqual([
      [1, 'OK'],
      [5, 'ALARM'],
      [8, 'OK'],
    ]);
  });

  test('sums up longer periods, which slide by the minute', () => {
    const five = { queries: [metric('errors', 300)], threshold: 20 };
    expect(timeline(five, errors, 480)).toEqual([
      [1, 'OK'],
      [5, 'ALARM'],
      [8, 'OK'],
    ]);
  });

  test.each([
    ['GreaterThanThreshold', 5, 'OK'],
    ['GreaterThanOrEqualToThreshold', 5, 'ALARM'],
    ['LessThanThreshold', 5, 'OK'],
    ['LessThanOrEqualToThreshold', 5, 'ALARM'],
  ] as const)('%s compares %s', (comparison, value, state) => {
    const source = from({ errors: [minutes('Sum', [value])] });
    expect(timeline({ comparison }, source, MINUTE)).toEqual([[1, state]]);
  });

  test('a metric without any data is insufficient where missing is missing', () => {
    expect(timeline({ missingData: 'missing' }, from({}), MINUTE)).toBe('no Sum is among the data');
    const empty = from({ errors: [minutes('Sum', [])] });
    expect(timeline({ missingData: 'missing' }, empty, MINUTE)).toEqual([[1, 'INSUFFICIENT_DATA']]);
  });

  test('says so where a percentile of longer periods is asked', () => {
    const p99 = { queries: [metric('errors', 300, 'p99')] };
    const source = from({ errors: [minutes('p99', [1, 2, 3, 4, 5])] });
    expect(timeline(p99, source, 300)).toBe('p99 of shorter periods says nothing of the whole');
  });

  test('weighs averages of longer periods by the counts', () => {
    const average = alarm({ queries: [metric('errors', 120, 'Average')] });
    const source = from({ errors: [minutes('Average', [1, 4]), minutes('SampleCount', [1, 2])] });
    expect(valuesAt(average, source, 120, 1)).toEqual([3]);
    const sums = from({ errors: [minutes('Sum', [1, 8]), minutes('SampleCount', [1, 2])] });
    expect(valuesAt(average, sums, 120, 1)).toEqual([3]);
  });

  test.each([
    [10, 1, 10],
    [60, 3, 60],
    [300, 288, 60],
    [3600, 24, 60],
    [3600, 25, 3600],
    [21_600, 12, 3600],
  ])('a period of %s s times %s is evaluated each %s s', (period, evaluationPeriods, interval) => {
    expect(evaluationInterval(alarm({ queries: [metric('errors', period)], evaluationPeriods }))).toBe(
      interval,
    );
  });
});

describe('functions of time', () => {
  const at = Date.UTC(2027, 2, 28, 0, 58) / 1_000;
  const valuesOf = (expression: string, count = 3) => {
    const given = alarm({ queries: [metric('errors'), { id: 'e', expression }], returns: 'e' });
    const source = from({ errors: [{ statistic: 'Sum', period: MINUTE, points: [[at, 5]] }] });
    return valuesAt(given, source, at + count * MINUTE, count);
  };

  test.each([
    ['EPOCH(errors)', [at, at + 60, at + 120]],
    ['MINUTE(errors)', [58, 59, 0]],
    ['HOUR(errors)', [0, 0, 1]],
    ['DAY(errors)', [7, 7, 7]],
    ['DATE(errors)', [28, 28, 28]],
    ['MONTH(errors)', [3, 3, 3]],
    ['YEAR(errors)', [2027, 2027, 2027]],
    ['IF(MINUTE(errors) == 58, errors)', [5, undefined, undefined]],
    ['IF(DAY(errors) < 6, errors)', [undefined, undefined, undefined]],
    ['EPOCH(errors) - 60 * FLOOR(EPOCH(errors) / 60)', [0, 0, 0]],
  ])('%s looks at when periods begin, in UTC, also where there is no data', (expression, expected) => {
    expect(valuesOf(expression)).toEqual(expected);
  });

  test('Monday is the first day of the week, Sunday the seventh', () => {
    const days = Array.from({ length: 7 }, (_, day) => {
      const given = alarm({
        queries: [metric('errors'), { id: 'e', expression: 'DAY(errors)' }],
        returns: 'e',
      });
      const source = from({ errors: [minutes('Sum', [])] });
      return valuesAt(given, source, Date.UTC(2026, 10, 23 + day, 12) / 1_000, 1);
    });
    expect(days).toEqual([[1], [2], [3], [4], [5], [6], [7]]);
  });

  test('ask for a series', () => {
    expect(valuesOf('HOUR(3)')).toEqual(new NotKnown('the function HOUR is not understood'));
  });
});

describe('an alarm on metric math', () => {
  const source = from({
    errors: [minutes('Sum', [1, undefined, 3, 0])],
    requests: [minutes('Sum', [10, 10, 0, 10])],
  });
  const math = (expression: string) => {
    const given = alarm({
      queries: [metric('errors'), metric('requests'), { id: 'e', expression }],
      returns: 'e',
    });
    const values = valuesAt(given, source, 240, 4);
    return values instanceof NotKnown ? values.reason : values;
  };

  test.each<[string, readonly (number | undefined)[]]>([
    ['errors / requests', [0.1, undefined, undefined, 0]],
    ['FILL(errors, 0) / requests', [0.1, 0, undefined, 0]],
    ['FILL(errors, REPEAT)', [1, 1, 3, 0]],
    ['IF(requests > 0, FILL(errors, 0) / requests, 0)', [0.1, 0, 0, 0]],
    ['IF(requests > 5 AND FILL(errors, 0) >= 1, 1, 0)', [1, 0, 0, 0]],
    ['IF(requests > 5 && errors >= 1 || requests == 0, 1)', [1, undefined, 1, undefined]],
    ['100 * errors ^ 2 - -1', [101, undefined, 901, 1]],
    ['2 ^ 3 * errors + 1', [9, undefined, 25, 1]],
    ['SUM([errors, requests])', [11, 10, 3, 10]],
    ['MAX([errors, requests])', [10, 10, 3, 10]],
    ['AVG(METRICS())', [5.5, 10, 1.5, 5]],
    ['requests / SUM(requests)', [1 / 3, 1 / 3, 0, 1 / 3]],
    ['ABS(errors - 2)', [1, undefined, 1, 2]],
    ['CEIL(errors / 2) + FLOOR(errors / 2)', [1, undefined, 3, 0]],
    ['errors / PERIOD(errors)', [1 / 60, undefined, 3 / 60, 0]],
    ['TIME_SERIES(7)', [7, 7, 7, 7]],
    ['3', [3, 3, 3, 3]],
    ['LOG10(errors)', [0, undefined, Math.log10(3), undefined]],
  ])('%s', (expression, wanted) => {
    const values = math(expression);
    expect(values).toHaveLength(4);
    for (const [index, value] of wanted.entries())
      if (value === undefined) expect(values[index]).toBeUndefined();
      else expect(values[index]).toBeCloseTo(value, 12);
  });

  test.each([
    ['ANOMALY_DETECTION_BAND(errors, 2)', 'the function ANOMALY_DETECTION_BAND is not understood'],
    ['errors / nothing', 'no query is named nothing'],
    ['e + 1', 'e is defined by itself'],
    ['[errors, requests]', 'Errors watches several series'],
    ['errors +', 'something is missing at the end in errors +'],
    ['errors requests', '"requests" is not expected in errors requests'],
    ['SUM(errors', '")" is missing in SUM(errors'],
    ['errors ; 1', 'character 6 of errors ; 1 is not understood'],
    ['FILL(errors, LINEAR)', 'FILL with "LINEAR" is not understood'],
    ['"x" + errors', 'a text is no number'],
    [`${'('.repeat(300)}1`, 'more than 200 brackets in each other'],
  ])('%s is not worked out, and it is said why', (expression, reason) => {
    expect(math(expression)).toContain(reason);
  });
});
