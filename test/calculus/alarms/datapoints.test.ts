import fc from 'fast-check';
import type { AlarmState, MissingData, SeenState } from '../../../lib/calculus/alarms/alarm-state';
import { alarmTimeline } from '../../../lib/calculus/alarms/alarm-timeline';
import { type Datapoint, evaluateDatapoints, evaluationRange } from '../../../lib/calculus/alarms/datapoints';
import type { MetricAlarm } from '../../../lib/calculus/alarms/metric-alarm';
import { NotKnown } from '../../../lib/calculus/alarms/metric-samples';

const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const TREATMENTS: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** As the page writes them: 0 is within the threshold, X breaches, - is missing; the newest is on the right. */
function points(text: string): readonly Datapoint[] {
  const read: Record<string, Datapoint> = { '0': 'within', X: 'breaching', '-': undefined };
  return [...text.replaceAll(' ', '')].map((mark) => read[mark]);
}

const state = (text: string, needed: number, missingData: MissingData, current: AlarmState) =>
  evaluateDatapoints(points(text), { evaluationPeriods: 3, datapointsToAlarm: needed, missingData }, current)
    .state;

/** Points, M, then the state by missing, ignore, breaching, not breaching; "same" keeps what there was. */
const PAGE: readonly (readonly [string, number, ...(AlarmState | 'same')[]])[] = [
  ['0 - X - X', 3, 'OK', 'OK', 'OK', 'OK'],
  ['0 - - - -', 3, 'OK', 'OK', 'OK', 'OK'],
  ['- - - - -', 3, 'INSUFFICIENT_DATA', 'same', 'ALARM', 'OK'],
  ['0 X X - X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['- - X - -', 3, 'ALARM', 'same', 'ALARM', 'OK'],
  ['0 - X - X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - X -', 2, 'ALARM', 'same', 'ALARM', 'OK'],
];

describe('the tables of the page on missing data', () => {
  for (const [text, needed, ...wanted] of PAGE)
    for (const [index, missingData] of TREATMENTS.entries())
      test.each(STATES)(`${text}, ${needed} of 3, ${missingData}, after %s`, (current) => {
        const expected = wanted[index] === 'same' ? current : wanted[index];
        expect(state(text, needed, missingData, current)).toBe(expected);
      });
});

/** What its sentences say of such points: M, then the state by missing, ignore, breaching, not breaching. */
const SENTENCES: readonly (readonly [string, string, number, ...(AlarmState | 'same')[]])[] = [
  ['none is missing: the most recent ones count', 'X X 0 X X', 3, 'OK', 'OK', 'OK', 'OK'],
  ['none is missing: the most recent ones count', '0 0 X X X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['none is missing: the most recent ones count', 'X X X 0 0', 2, 'OK', 'OK', 'OK', 'OK'],
  [
    'there are as many as are needed: the setting is ignored',
    'X X - - X',
    3,
    'ALARM',
    'ALARM',
    'ALARM',
    'ALARM',
  ],
  [
    'there are as many as are needed: the setting is ignored',
    '0 - X X X',
    3,
    'ALARM',
    'ALARM',
    'ALARM',
    'ALARM',
  ],
  ['there are as many as are needed: the setting is ignored', 'X - X - 0', 3, 'OK', 'OK', 'OK', 'OK'],
  [
    'there are as many as are needed: the setting is ignored',
    '- X 0 X -',
    2,
    'ALARM',
    'ALARM',
    'ALARM',
    'ALARM',
  ],
  ['there are as many as are needed: the setting is ignored', '- X 0 0 -', 2, 'OK', 'OK', 'OK', 'OK'],
  ['too few: as few as possible are filled in', '- - X X -', 3, 'ALARM', 'same', 'ALARM', 'OK'],
  ['too few: as few as possible are filled in', '- - - 0 X', 3, 'OK', 'OK', 'OK', 'OK'],
  ['too few: as few as possible are filled in', '- - - X X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['the oldest breaches, and none is within: it fires', 'X - - - -', 3, 'ALARM', 'same', 'ALARM', 'OK'],
  ['the next time, if data is still missing', '- - - - -', 2, 'INSUFFICIENT_DATA', 'same', 'ALARM', 'OK'],
];

describe('the sentences of the page on missing data', () => {
  for (const [sentence, text, needed, ...wanted] of SENTENCES)
    test.each(TREATMENTS)(`${sentence}: ${text}, ${needed} of 3, %s`, (missingData) => {
      const expected = wanted[TREATMENTS.indexOf(missingData)];
      for (const current of STATES)
        expect(state(text, needed, missingData, current)).toBe(expected === 'same' ? current : expected);
    });
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html its figure, 3 of 3 */
test('the figure of the page: three in a row fire, one that is within ends it, one alone does not fire', () => {
  const figure = points('0 0 X X X 0 0 0 X');
  const seen = figure.map((_, period) => {
    const range = figure.slice(Math.max(0, period - 4), period + 1);
    return evaluateDatapoints(
      range,
      { evaluationPeriods: 3, datapointsToAlarm: 3, missingData: 'notBreaching' },
      'OK',
    ).state;
  });
  expect(seen).toEqual(['OK', 'OK', 'OK', 'OK', 'ALARM', 'OK', 'OK', 'OK', 'OK']);
});

describe('data that comes late, by the words of the page', () => {
  const beat = (delay: number) => [
    {
      statistic: 'Sum',
      period: 60,
      delay,
      points: Array.from({ length: 20 }, (_, at) => [at * 60, 5] as const),
    },
  ];
  const silence = (missingData: MissingData, evaluationPeriods = 1): MetricAlarm => ({
    name: 'Silence',
    queries: [
      { id: 'm', metric: { namespace: 'Shop', name: 'Beat', dimensions: {} }, statistic: 'Sum', period: 60 },
    ],
    returns: 'm',
    comparison: 'LessThanThreshold',
    threshold: 1,
    evaluationPeriods,
    datapointsToAlarm: evaluationPeriods,
    missingData,
  });
  const states = (alarm: MetricAlarm, delay: number) => {
    const changes = alarmTimeline(alarm, () => beat(delay), { from: 600, until: 1_200 });
    return changes instanceof NotKnown ? changes.reason : changes.map((change) => change.state);
  };

  // Points in the evaluation range count, no matter when they were reported.
  test.each<[number, MissingData, readonly AlarmState[]]>([
    [0, 'breaching', ['OK']],
    [60, 'breaching', ['OK']],
    [120, 'breaching', ['OK']],
    [180, 'breaching', ['ALARM']],
    [180, 'notBreaching', ['OK']],
    [180, 'missing', ['INSUFFICIENT_DATA']],
    [180, 'ignore', ['INSUFFICIENT_DATA']],
    [120, 'missing', ['OK']],
    [120, 'ignore', ['OK']],
  ])('%s s late, 1 of 1, %s: %j', (delay, missingData, expected) => {
    expect(states(silence(missingData), delay)).toEqual(expected);
  });

  test('points from before an alarm was made count', () => {
    expect(states(silence('missing', 3), 0)).toEqual(['OK']);
  });
});

describe('what the page says beside its tables', () => {
  test('one or two breaching points at the end are too early to fire', () => {
    expect(state('- - - - X', 3, 'missing', 'OK')).toBe('OK');
    expect(state('- - - X -', 3, 'missing', 'OK')).toBe('OK');
    expect(state('- - - X 0', 3, 'missing', 'OK')).toBe('OK');
    expect(state('- - X - 0', 3, 'missing', 'OK')).toBe('OK');
  });

  test.each<AlarmState>(['ALARM', 'INSUFFICIENT_DATA'])(
    'whether an alarm stays %s at breaching points that are too few to fire is not known',
    (current) => {
      for (const few of ['- - - - X', '- - - X -', '- - - X X'])
        expect(state(few, 3, 'missing', current)).toBe('UNKNOWN');
      expect(state('- - - X 0', 3, 'missing', current)).toBe('OK');
      expect(state('- - X X X', 3, 'missing', current)).toBe('ALARM');
    },
  );

  test('points from before the evaluation periods are not needed where none is missing', () => {
    expect(state('X X 0 0 0', 2, 'missing', 'ALARM')).toBe('OK');
    expect(state('0 0 X X X', 3, 'missing', 'OK')).toBe('ALARM');
  });

  test('points from before the evaluation periods stand in for missing ones', () => {
    expect(state('X X - - X', 3, 'notBreaching', 'OK')).toBe('ALARM');
    expect(state('0 X - - X', 3, 'breaching', 'OK')).toBe('OK');
  });

  test('the reason counts what breaches and what is missing', () => {
    const rule = { evaluationPeriods: 3, datapointsToAlarm: 3, missingData: 'breaching' } as const;
    expect(evaluateDatapoints(points('- - X - -'), rule, 'OK').because).toBe(
      '1 and 2 missing of 3 data points breach, 3 needed',
    );
  });
});

interface Case {
  readonly range: readonly Datapoint[];
  readonly n: number;
  readonly m: number;
  readonly missingData: MissingData;
  readonly current: AlarmState;
}

/** From the words of the page, one case after the other, without looking at the other code. */
function naive({ range, n, m, missingData, current }: Case): SeenState {
  const newestFirst = [...range].reverse();
  const there = newestFirst.filter((point) => point !== undefined);
  const all = [...there.slice(0, n)];
  const standIn: Partial<Record<MissingData, Datapoint>> = { breaching: 'breaching', notBreaching: 'within' };
  while (all.length < n && standIn[missingData]) all.push(standIn[missingData]);
  if (all.filter((point) => point === 'breaching').length >= m) return 'ALARM';
  if (all.length === n || there.includes('within')) return 'OK';
  if (missingData === 'ignore') return current;
  if (there.length === 0) return 'INSUFFICIENT_DATA';
  if (newestFirst.lastIndexOf('breaching') + 1 >= m) return 'ALARM';
  // It "does not go into ALARM", which tells the state of one that is OK only.
  return current === 'OK' ? 'OK' : 'UNKNOWN';
}

const designs = fc
  .record({ n: fc.integer({ min: 1, max: 6 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .chain(({ n, share }) => {
    const range = evaluationRange(n);
    return fc.record({
      n: fc.constant(n),
      m: fc.constant(Math.max(1, Math.round(share * n))),
      range: fc.array(fc.constantFrom<Datapoint>('within', 'breaching', undefined), {
        minLength: range,
        maxLength: range,
      }),
      missingData: fc.constantFrom(...TREATMENTS),
      current: fc.constantFrom(...STATES),
    });
  });

test('agrees with a naive reading of the page', () => {
  fc.assert(
    fc.property(designs, (design) => {
      const { n, m, range, missingData, current } = design;
      const rule = { evaluationPeriods: n, datapointsToAlarm: m, missingData };
      expect(evaluateDatapoints(range, rule, current).state).toBe(naive(design));
    }),
    { seed: 20_261_123, numRuns: 2_000 },
  );
});

test('a point that turns bad never takes an alarm back', () => {
  fc.assert(
    fc.property(designs, fc.nat(), ({ n, m, range, missingData }, seed) => {
      const rule = { evaluationPeriods: n, datapointsToAlarm: m, missingData };
      const within = range.flatMap((point, index) => (point === 'within' ? [index] : []));
      const worse = range.map((point, index) =>
        index === within[seed % Math.max(within.length, 1)] ? 'breaching' : point,
      );
      const [before, after] = [range, worse].map((each) => evaluateDatapoints(each, rule, 'OK').state);
      if (before === 'ALARM') expect(after).toBe('ALARM');
    }),
    { seed: 20_261_123, numRuns: 1_000 },
  );
});
