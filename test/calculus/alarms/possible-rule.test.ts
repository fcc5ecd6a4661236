import fc from 'fast-check';
import type { AlarmState } from '../../../lib/calculus/alarms/alarm-state';
import { type CompositeRule, holds, parseCompositeRule } from '../../../lib/calculus/alarms/composite-rule';
import { canHold } from '../../../lib/calculus/alarms/possible-rule';

const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const any = () => STATES;

test.each<[string, boolean]>([
  ['TRUE', true],
  ['FALSE', false],
  ['ALARM(a) AND OK(a)', false],
  ['ALARM(a) AND OK(b)', true],
  ['ALARM(a) AND NOT ALARM(a)', false],
  ['(ALARM(a) OR ALARM(b)) AND OK(a) AND OK(b)', false],
  ['(ALARM(a) OR ALARM(b)) AND OK(a)', true],
  ['NOT (ALARM(a) OR OK(a) OR INSUFFICIENT_DATA(a))', false],
  ['ALARM(a) AND FALSE', false],
  ['AT_LEAST(3, ALARM, (a, b))', false],
  ['AT_LEAST(2, ALARM, (a, b))', true],
  ['AT_LEAST(2, ALARM, (a, b)) AND OK(a)', true],
  ['OK(a) AND AT_LEAST(2, ALARM, (a, b))', false],
  ['AT_LEAST(100%, NOT ALARM, (a, b))', true],
  ['NOT AT_LEAST(1, ALARM, (a, b))', true],
])('%s can hold: %s', (text, expected) => expect(canHold(parseCompositeRule(text), any)).toBe(expected));

test('does not hold where an alarm never fires', () => {
  const rule = parseCompositeRule('ALARM(a) OR ALARM(b) AND OK(c)');
  const never = (alarm: string) => STATES.filter((state) => alarm === 'c' || state !== 'ALARM');
  expect(canHold(rule, never)).toBe(false);
  expect(canHold(rule, any)).toBe(true);
});

test('finds a way through a hundred alternatives at once', () => {
  const pairs = Array.from({ length: 50 }, (_, index) => `(ALARM(a${index}) OR ALARM(b${index}))`);
  expect(canHold(parseCompositeRule(pairs.join(' AND ')), any)).toBe(true);
});

test('says nothing where it takes too long', () => {
  const pairs = Array.from({ length: 40 }, (_, index) => `(ALARM(a${index}) OR ALARM(b${index}))`);
  expect(canHold(parseCompositeRule(`${pairs.join(' AND ')} AND FALSE`), any)).toBeUndefined();
});

const rules: fc.Arbitrary<CompositeRule> = fc.letrec<{ rule: CompositeRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      kind: fc.constant('state' as const),
      alarm: fc.constantFrom('a', 'b', 'c'),
      state: fc.constantFrom(...STATES),
    }),
    fc.record({ kind: fc.constant('constant' as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant('not' as const), of: tie('rule') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).rule;

test('agrees with trying all states', () => {
  const all = STATES.flatMap((a) => STATES.flatMap((b) => STATES.map((c) => ({ a, b, c }))));
  fc.assert(
    fc.property(rules, (rule) => {
      const tried = all.some((states) => holds(rule, (alarm) => states[alarm as 'a']) === true);
      expect(canHold(rule, any)).toBe(tried);
    }),
  );
});
