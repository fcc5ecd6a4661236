import fc from 'fast-check';
import type { AlarmState } from '../../../lib/calculus/alarms/alarm-state';
import {
  alarmsIn,
  type CompositeRule,
  holds,
  parseCompositeRule,
} from '../../../lib/calculus/alarms/composite-rule';
import { type Datapoint, evaluateDatapoints, evaluationRange } from '../../../lib/calculus/alarms/datapoints';
import { firesWith, settledBy } from '../../../lib/calculus/alarms/implication';
import type { Comparison, MetricAlarm } from '../../../lib/calculus/alarms/metric-alarm';

const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

const comparisons: readonly Comparison[] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];

const alarms = fc
  .record({
    comparison: fc.constantFrom(...comparisons),
    threshold: fc.integer({ min: 0, max: 3 }),
    evaluationPeriods: fc.integer({ min: 1, max: 4 }),
    needed: fc.integer({ min: 1, max: 4 }),
  })
  .map(
    ({ needed, ...rest }): MetricAlarm => ({
      name: 'alarm',
      queries: [],
      returns: 'metric',
      missingData: 'notBreaching',
      datapointsToAlarm: Math.min(needed, rest.evaluationPeriods),
      ...rest,
    }),
  );

function breaches({ comparison, threshold }: MetricAlarm, value: number): boolean {
  if (comparison.includes('OrEqual') && value === threshold) return true;
  return comparison.startsWith('Greater') ? value > threshold : value < threshold;
}

function fires(alarm: MetricAlarm, values: readonly number[]): boolean {
  const range = values
    .slice(-evaluationRange(alarm.evaluationPeriods))
    .map((value): Datapoint => (breaches(alarm, value) ? 'breaching' : 'within'));
  return evaluateDatapoints(range, alarm, 'OK').state === 'ALARM';
}

describe('an alarm that fires with another', () => {
  const values = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 8, maxLength: 8 });

  test('fires on whatever data the other fires on', () => {
    fc.assert(
      fc.property(alarms, alarms, values, (wider, stricter, data) => {
        fc.pre(firesWith(wider, stricter));
        return !fires(stricter, data) || fires(wider, data);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, Partial<MetricAlarm>, Partial<MetricAlarm>, boolean]>([
    ['a lower threshold', { threshold: 5 }, { threshold: 10 }, true],
    ['a higher threshold', { threshold: 10 }, { threshold: 5 }, false],
    ['fewer data points', { datapointsToAlarm: 1 }, {}, true],
    ['more data points', { datapointsToAlarm: 3, evaluationPeriods: 3 }, {}, false],
    ['the other direction', { comparison: 'LessThanThreshold' }, {}, false],
    ['other words for silence', { missingData: 'breaching' }, {}, false],
    ['one that leaves the threshold out', {}, { comparison: 'GreaterThanOrEqualToThreshold' }, false],
    ['one that takes the threshold in', { comparison: 'GreaterThanOrEqualToThreshold' }, {}, true],
  ])('%s', (_, wider, stricter, expected) => {
    const plain: MetricAlarm = {
      name: 'alarm',
      queries: [],
      returns: 'metric',
      comparison: 'GreaterThanThreshold',
      threshold: 5,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      missingData: 'missing',
    };
    expect(firesWith({ ...plain, ...wider }, { ...plain, ...stricter })).toBe(expected);
  });
});

describe('what one state settles', () => {
  const names = ['a', 'b', 'c'];
  const leaf = fc.oneof(
    fc.constantFrom('TRUE', 'FALSE'),
    fc
      .tuple(fc.constantFrom(...STATES), fc.constantFrom(...names))
      .map(([state, name]) => `${state}("${name}")`),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.constantFrom(...STATES))
      .map(([count, not, state]) => `AT_LEAST(${count}, ${not ? 'NOT ' : ''}${state}, ("a", "b", "c"))`),
  );
  const { rule } = fc.letrec<{ rule: string }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc
        .tuple(tie('rule'), fc.constantFrom('AND', 'OR'), tie('rule'))
        .map(([one, word, other]) => `(${one} ${word} ${other})`),
      tie('rule').map((inner) => `NOT (${inner})`),
    ),
  }));

  /** Whether all states of all others agree. */
  function byTrying(parsed: CompositeRule, states: readonly AlarmState[]): boolean | undefined {
    const outcomes = new Set<boolean>();
    for (const a of states)
      for (const b of STATES)
        for (const c of STATES) {
          const of: Readonly<Record<string, AlarmState>> = { a, b, c };
          outcomes.add(holds(parsed, (name) => of[name] ?? 'OK') === true);
        }
    return outcomes.size === 1 ? [...outcomes][0] : undefined;
  }

  test('is so whatever the others do', () => {
    fc.assert(
      fc.property(rule, fc.subarray([...STATES], { minLength: 1 }), (text, states) => {
        const parsed = parseCompositeRule(text);
        const settled = settledBy(parsed, 'a', states);
        return settled === undefined || settled === byTrying(parsed, states);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each<[string, readonly AlarmState[], boolean | undefined]>([
    ['ALARM(a) OR ALARM(b)', ['ALARM'], true],
    ['ALARM(a) AND ALARM(b)', ['ALARM'], undefined],
    ['ALARM(a) AND ALARM(b)', ['OK', 'INSUFFICIENT_DATA'], false],
    ['NOT OK(a)', ['ALARM'], true],
    ['AT_LEAST(2, ALARM, (a, b, c))', ['ALARM'], undefined],
    ['AT_LEAST(1, ALARM, (a, b, c))', ['ALARM'], true],
    ['AT_LEAST(100%, ALARM, (a, b))', ['OK'], false],
  ])('%s while a is %s: %s', (text, states, expected) => {
    const parsed = parseCompositeRule(text);
    expect(alarmsIn(parsed)).toContain('a');
    expect(settledBy(parsed, 'a', states)).toBe(expected);
  });
});
