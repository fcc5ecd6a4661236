import fc from 'fast-check';
import type { AlarmState, StateChange } from '../../../lib/calculus/alarms/alarm-state';
import { type CompositeRule, parseCompositeRule } from '../../../lib/calculus/alarms/composite-rule';
import { actionsOf, compositeTimeline } from '../../../lib/calculus/alarms/composite-timeline';
import { evaluateMath } from '../../../lib/calculus/alarms/metric-math';
import { parseMetricMath } from '../../../lib/calculus/alarms/metric-math-syntax';
import { type MetricSamples, NotKnown, statisticOver } from '../../../lib/calculus/alarms/metric-samples';

// Each rule is written a second time, as its page says it and without a thought for speed, and held against the code.

const SEED = { seed: 20_261_123, numRuns: 500 };
const MINUTE = 60;

describe('what a period comes to', () => {
  /** What was sent in each minute. */
  const sent = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 30,
  });

  const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
    Sum: (values) => values.reduce((sum, value) => sum + value, 0),
    SampleCount: (values) => values.length,
    Minimum: (values) => [...values].sort((one, other) => one - other)[0] ?? Number.NaN,
    Maximum: (values) => [...values].sort((one, other) => other - one)[0] ?? Number.NaN,
    Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  };

  /** What CloudWatch keeps of each minute: nothing where nothing was sent. */
  const kept = (minutes: readonly (readonly number[])[], delay: number): readonly MetricSamples[] =>
    Object.entries(STATISTICS).map(([statistic, of]) => ({
      statistic,
      period: MINUTE,
      delay,
      points: minutes.flatMap((values, minute) =>
        values.length === 0 ? [] : [[minute * MINUTE, of(values)] as const],
      ),
    }));

  test.each(Object.keys(STATISTICS))(
    '%s is that of everything that was sent in it and can be read',
    (statistic) => {
      const cases = fc.record({
        minutes: sent,
        from: fc.integer({ min: -3, max: 32 }),
        length: fc.integer({ min: 1, max: 12 }),
        delay: fc.integer({ min: 0, max: 200 }),
      });
      fc.assert(
        fc.property(cases, ({ minutes, from, length, delay }) => {
          const until = from + length;
          const readAt = until * MINUTE;
          const read = minutes
            .filter(
              (_, minute) => minute >= from && minute < until && (minute + 1) * MINUTE + delay <= readAt,
            )
            .flat();
          const stretch = { from: from * MINUTE, until: readAt };
          const found = statisticOver(kept(minutes, delay), statistic, stretch, readAt);
          if (read.length === 0) expect(found).toBeUndefined();
          else expect(found).toBeCloseTo(STATISTICS[statistic]?.(read) ?? Number.NaN, 9);
        }),
        SEED,
      );
    },
  );
});

describe('metric math', () => {
  type Tree =
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'metric'; readonly id: 'a' | 'b' }
    | { readonly kind: 'two'; readonly operator: string; readonly left: Tree; readonly right: Tree }
    | { readonly kind: 'one'; readonly name: string; readonly of: Tree }
    | { readonly kind: 'if'; readonly when: Tree; readonly yes: Tree; readonly no: Tree };

  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ kind: fc.constant('metric' as const), id: fc.constantFrom('a' as const, 'b' as const) }),
      fc.record({ kind: fc.constant('number' as const), value: fc.integer({ min: 0, max: 9 }) }),
      fc.record({
        kind: fc.constant('two' as const),
        operator: fc.constantFrom('+', '-', '*', '/', '<', '>=', '==', 'AND', 'OR'),
        left: tie('tree'),
        right: tie('tree'),
      }),
      fc.record({
        kind: fc.constant('one' as const),
        name: fc.constantFrom('-', 'ABS', 'FILL'),
        of: tie('tree'),
      }),
      fc.record({ kind: fc.constant('if' as const), when: tie('tree'), yes: tie('tree'), no: tie('tree') }),
    ),
  }));

  const written = (part: Tree): string => {
    switch (part.kind) {
      case 'number':
        return String(part.value);
      case 'metric':
        return part.id;
      case 'two':
        return `(${written(part.left)} ${part.operator} ${written(part.right)})`;
      case 'one':
        if (part.name === '-') return `(-${written(part.of)})`;
        return part.name === 'FILL' ? `FILL(${written(part.of)}, 7)` : `ABS(${written(part.of)})`;
      case 'if':
        return `IF(${written(part.when)}, ${written(part.yes)}, ${written(part.no)})`;
    }
  };

  type Point = { readonly a: number | undefined; readonly b: number | undefined };

  const TWO: Readonly<Record<string, (one: number, other: number) => number>> = {
    '+': (one, other) => one + other,
    '-': (one, other) => one - other,
    '*': (one, other) => one * other,
    '/': (one, other) => one / other,
    '<': (one, other) => Number(one < other),
    '>=': (one, other) => Number(one >= other),
    '==': (one, other) => Number(one === other),
    AND: (one, other) => Number(one !== 0 && other !== 0),
    OR: (one, other) => Number(one !== 0 || other !== 0),
  };

  /** One period by itself: nothing comes of nothing, or of a division by zero. */
  const naive = (part: Tree, at: Point): number | undefined => {
    switch (part.kind) {
      case 'number':
        return part.value;
      case 'metric':
        return at[part.id];
      case 'two':
        return ofTwo(part.operator, naive(part.left, at), naive(part.right, at));
      case 'one':
        return ofOne(part.name, naive(part.of, at));
      case 'if':
        return ofCondition(
          naive(part.when, at),
          () => naive(part.yes, at),
          () => naive(part.no, at),
        );
    }
  };

  const ofTwo = (operator: string, one: number | undefined, other: number | undefined) => {
    if (one === undefined || other === undefined) return undefined;
    return operator === '/' && other === 0 ? undefined : TWO[operator]?.(one, other);
  };

  const ofOne = (name: string, of: number | undefined) => {
    if (name === 'FILL') return of ?? 7;
    if (of === undefined) return undefined;
    return name === '-' ? 0 - of : Math.abs(of);
  };

  type Later = () => number | undefined;
  const ofCondition = (when: number | undefined, yes: Later, no: Later) =>
    when === undefined ? undefined : when === 0 ? no() : yes();

  const value = fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined });
  const points = fc.array(fc.record({ a: value, b: value }), { minLength: 1, maxLength: 6 });

  test('comes to the same as each period worked out by itself', () => {
    let compared = 0;
    fc.assert(
      fc.property(tree, points, (expression, series) => {
        const parsed = parseMetricMath(written(expression));
        if (parsed instanceof NotKnown) throw new Error(parsed.reason);
        const found = evaluateMath(parsed, {
          named: (id) => series.map((point) => point[id as 'a' | 'b']),
          metrics: () => [],
          length: series.length,
          period: MINUTE,
        });
        // A number without a series, such as 1 / 0, is refused as a whole.
        if (found instanceof NotKnown) return;
        compared += 1;
        const each = typeof found === 'number' ? series.map(() => found) : (found as readonly number[]);
        const plain = (one: number | undefined) => (one === 0 ? 0 : one);
        expect(each.map(plain)).toEqual(series.map((point) => plain(naive(expression, point))));
      }),
      SEED,
    );
    expect(compared).toBeGreaterThan(350);
  });
});

describe('composite alarms', () => {
  const NAMES = ['a', 'b', 'c'] as const;
  const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
  const SECONDS = 60;

  /** The state at each second, as runs of some seconds. */
  const life = fc
    .array(fc.record({ state: fc.constantFrom(...STATES), seconds: fc.integer({ min: 1, max: 15 }) }), {
      minLength: 12,
      maxLength: 12,
    })
    .map((runs) => {
      const all = runs.flatMap(({ state, seconds }) => Array.from({ length: seconds }, () => state));
      return Array.from({ length: SECONDS }, (_, second) => all[second] ?? 'OK');
    });

  const changesOf = (states: readonly AlarmState[]): readonly StateChange[] =>
    states.flatMap((state, at) => (at > 0 && states[at - 1] === state ? [] : [{ at, state, because: '' }]));

  const RULES = [
    'ALARM(a) AND ALARM(b)',
    'ALARM(a) OR OK(b) AND NOT INSUFFICIENT_DATA(c)',
    'NOT (ALARM(a) OR ALARM(b)) AND TRUE',
    'AT_LEAST(2, ALARM, (a, b, c))',
    'AT_LEAST(67%, NOT OK, (a, b, c)) OR FALSE',
  ];

  const naiveHolds = (rule: CompositeRule, now: Readonly<Record<string, AlarmState>>): boolean => {
    switch (rule.kind) {
      case 'constant':
        return rule.value;
      case 'state':
        return now[rule.alarm] === rule.state;
      case 'not':
        return !naiveHolds(rule.of, now);
      case 'and':
        return rule.of.filter((part) => !naiveHolds(part, now)).length === 0;
      case 'or':
        return rule.of.filter((part) => naiveHolds(part, now)).length > 0;
      default: {
        const count = rule.alarms.filter((name) => (now[name] === rule.state) === !rule.negated).length;
        return rule.percent ? count / rule.alarms.length >= rule.threshold / 100 : count >= rule.threshold;
      }
    }
  };

  test.each(RULES)('%s holds when it holds at that second', (text) => {
    const rule = parseCompositeRule(text);
    fc.assert(
      fc.property(fc.tuple(life, life, life), (lives) => {
        const parts = new Map(NAMES.map((name, index) => [name as string, changesOf(lives[index] ?? [])]));
        const moments = [...parts.values()].flatMap((changes) => changes.map(({ at }) => at));
        const found = compositeTimeline(rule, (name) => parts.get(name) ?? [], moments);
        for (let second = 0; second < SECONDS; second += 1) {
          const now = Object.fromEntries(NAMES.map((name, index) => [name, lives[index]?.[second] ?? 'OK']));
          const state = found.findLast(({ at }) => at <= second)?.state;
          expect(state).toBe(naiveHolds(rule, now) ? 'ALARM' : 'OK');
        }
      }),
      { ...SEED, numRuns: 100 },
    );
  });

  interface Kept {
    readonly own: readonly AlarmState[];
    readonly suppressor: readonly AlarmState[];
    readonly wait: number;
    readonly extension: number;
    readonly mute: readonly boolean[];
  }

  /**
   * Second by second: after a change there is something to tell. It is held back while the suppressor fires, while the extension
   * after it runs, while a mute rule is active, and while the wait runs that begins with a change outside of a silence.
   */
  function naiveTold(kept: Kept): readonly (readonly [number, AlarmState])[] {
    const told: (readonly [number, AlarmState])[] = [];
    const changes = kept.own.flatMap((state, at) => (at > 0 && state !== kept.own[at - 1] ? [at] : []));
    for (const [index, change] of changes.entries()) {
      const free = freeIn(kept, change, changes[index + 1] ?? SECONDS);
      const state = kept.own[change] ?? 'OK';
      const said = told.at(-1)?.[1] ?? kept.own[0];
      if (free && (state !== said || free.wasMute)) told.push([free.second, state]);
    }
    return told;
  }

  function freeIn(kept: Kept, change: number, until: number) {
    const waitUntil = isSilent(kept, change) ? change : change + kept.wait;
    const seconds = Array.from({ length: Math.max(0, until - waitUntil) }, (_, index) => waitUntil + index);
    const unsuppressed = seconds.filter((second) => !isSilent(kept, second));
    const second = unsuppressed.find((each) => !kept.mute[each]);
    return second === undefined ? undefined : { second, wasMute: unsuppressed[0] !== second };
  }

  /** While the suppressor fires, and so many seconds after it. */
  function isSilent({ suppressor, extension }: Kept, second: number): boolean {
    return suppressor.slice(Math.max(0, second - extension), second + 1).includes('ALARM');
  }

  test('tell when nothing holds them back any more', () => {
    const twoStates = life.map((states) =>
      states.map((state) => (state === 'INSUFFICIENT_DATA' ? 'OK' : state)),
    );
    const cases = fc.record({
      own: twoStates,
      suppressor: life,
      wait: fc.integer({ min: 0, max: 12 }),
      extension: fc.integer({ min: 0, max: 12 }),
      mute: life.map((states) => states.map((state) => state === 'INSUFFICIENT_DATA')),
    });
    fc.assert(
      fc.property(cases, (kept) => {
        const mute = changesOf(kept.mute.map((each) => (each ? 'ALARM' : 'OK')))
          .map(({ at, state }, index, all) => ({ from: at, until: all[index + 1]?.at ?? SECONDS, state }))
          .filter(({ state }) => state === 'ALARM');
        const { wait, extension } = kept;
        const { actions } = actionsOf(changesOf(kept.own), {
          suppression: { alarm: 's', wait, extension },
          suppressor: changesOf(kept.suppressor),
          mute,
        });
        const found = actions.filter(({ at }) => at < SECONDS).map(({ at, state }) => [at, state]);
        expect(found).toEqual(naiveTold(kept));
      }),
      SEED,
    );
  });
});
