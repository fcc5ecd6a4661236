import fc from 'fast-check';
import {
  type AlarmHistory,
  firings,
  type KeptChange,
  mostFiringsWithin,
  presentState,
  quietSince,
} from '../../../lib/calculus/alarms/alarm-history';
import type { AlarmState } from '../../../lib/calculus/alarms/alarm-state';
import { meetingOf, meets } from '../../../lib/calculus/alarms/precision';

const history = (changes: readonly (readonly [number, AlarmState])[], rest: Partial<AlarmHistory> = {}) => ({
  name: 'errors',
  changes: changes.map(([at, state]): KeptChange => ({ at, state })),
  failedActions: [],
  ...rest,
});

test('an alarm fires from ALARM to the next other state, and one that has not ended until now', () => {
  const changes = history([
    [10, 'ALARM'],
    [20, 'OK'],
    [30, 'ALARM'],
    [35, 'ALARM'],
    [40, 'INSUFFICIENT_DATA'],
    [50, 'ALARM'],
  ]);
  expect(firings(changes, 60)).toEqual([
    { from: 10, until: 20 },
    { from: 30, until: 40 },
    { from: 50, until: 60 },
  ]);
});

test('the most firings in a span are those that counting each span finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: 100 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 50 }),
      (starts, span) => {
        const sorted = [...starts].sort((one, other) => one - other).map((from) => ({ from, until: from }));
        const naive = Math.max(
          0,
          ...sorted.map(
            ({ from }) => sorted.filter((each) => each.from >= from && each.from < from + span).length,
          ),
        );
        return mostFiringsWithin(sorted, span).count === naive;
      },
    ),
  );
});

test.each<[string, AlarmHistory, number | undefined]>([
  [
    'since it was over',
    history([
      [10, 'ALARM'],
      [20, 'OK'],
    ]),
    20,
  ],
  ['not while it fires', history([[10, 'ALARM']]), undefined],
  [
    'not where only the present state is known, and fires',
    history([], { current: { at: 5, state: 'ALARM' } }),
    undefined,
  ],
  ['since the history begins', history([[30, 'OK']], { from: 7 }), 7],
  ['since its present state', history([], { current: { at: 5, state: 'OK' } }), 5],
])('an alarm is quiet %s', (_, kept, since) => expect(quietSince(kept)).toBe(since));

test('the present state is the later of what two files tell', () => {
  const changes = [[10, 'OK']] as const;
  expect(presentState(history(changes, { current: { at: 20, state: 'ALARM' } }))?.state).toBe('ALARM');
  expect(presentState(history(changes, { current: { at: 5, state: 'ALARM' } }))?.state).toBe('OK');
});

test('an alarm belongs to an incident that it overlaps, or that begins within a quarter of an hour after it', () => {
  const incident = { from: 1_000, until: 2_000 };
  expect(meets({ from: 50, until: 99 }, incident)).toBe(false);
  expect(meets({ from: 50, until: 100 }, incident)).toBe(true);
  expect(meets({ from: 2_000, until: 3_000 }, incident)).toBe(true);
  expect(meets({ from: 2_001, until: 3_000 }, incident)).toBe(false);
  expect(meetingOf([{ from: 0, until: 10 }, incident], [incident])).toEqual({ fired: 2, real: 1 });
});
