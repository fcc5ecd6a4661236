import type { AlarmState, StateChange } from '../../../lib/calculus/alarms/alarm-state';
import { alarmsIn, holds, parseCompositeRule } from '../../../lib/calculus/alarms/composite-rule';
import { actionsOf, compositeTimeline } from '../../../lib/calculus/alarms/composite-timeline';

const firing =
  (...names: readonly string[]) =>
  (alarm: string): AlarmState =>
    names.includes(alarm) ? 'ALARM' : 'OK';

describe('the rule of a composite alarm', () => {
  test.each([
    ['ALARM(a)', true],
    ['ALARM("b")', false],
    ['NOT ALARM(a)', false],
    ['ALARM(b) OR ALARM(a) AND ALARM(b)', false],
    ['ALARM(a) OR ALARM(a) AND ALARM(b)', true],
    ['(ALARM(a) OR ALARM(b)) AND ALARM(b)', false],
    ['NOT ALARM(b) AND ALARM(a)', true],
    ['OK(b) AND NOT (INSUFFICIENT_DATA(b))', true],
    ['AT_LEAST(1, ALARM, (a, b))', true],
    ['AT_LEAST(2, ALARM, ("a", "b"))', false],
    ['AT_LEAST(50%, ALARM, (a, b))', true],
    ['AT_LEAST(51%, ALARM, (a, b))', false],
    ['AT_LEAST(2, NOT INSUFFICIENT_DATA, (a, b))', true],
    ['TRUE', true],
    ['TRUE AND FALSE', false],
  ])('%s', (text, wanted) => {
    expect(holds(parseCompositeRule(text), firing('a'))).toBe(wanted);
  });

  test('names its alarms once, by name or ARN', () => {
    const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Shop errors';
    const rule = parseCompositeRule(`ALARM("${arn}") OR (OK(b) AND AT_LEAST(1, ALARM, (b, c)))`);
    expect(alarmsIn(rule)).toEqual([arn, 'b', 'c']);
  });

  test.each([
    ['ALARM(a', 'the end'],
    ['ALARM(a) ALARM(b)', 'ALARM'],
    ['BROKEN(a)', 'BROKEN'],
    ['AT_LEAST(x, ALARM, (a))', ','],
    ['', 'the end'],
    ['"', 'the end'],
    ['('.repeat(300), '('],
  ])('fails when it is %s: %s', (text, found) => {
    expect(() => parseCompositeRule(text, 'Shop/Alarm')).toThrow(JSON.stringify(found));
  });
});

const changes = (...states: readonly (readonly [number, AlarmState])[]): readonly StateChange[] =>
  states.map(([at, state]) => ({ at, state, because: '' }));

describe('the states of a composite alarm', () => {
  test('change when those of its parts do', () => {
    const parts: Record<string, readonly StateChange[]> = {
      a: changes([0, 'OK'], [60, 'ALARM'], [240, 'OK']),
      b: changes([0, 'OK'], [120, 'ALARM'], [300, 'OK']),
    };
    const rule = parseCompositeRule('ALARM(a) AND ALARM(b)');
    const seen = compositeTimeline(rule, (name) => parts[name] ?? [], [0, 60, 120, 240, 300]);
    expect(seen.map(({ at, state }) => [at, state])).toEqual([
      [0, 'OK'],
      [120, 'ALARM'],
      [240, 'OK'],
    ]);
  });
});

describe('when a composite alarm tells somebody', () => {
  const own = changes([0, 'OK'], [100, 'ALARM'], [900, 'OK']);
  const suppression = { alarm: 's', wait: 120, extension: 180 };

  test('at once where nothing suppresses it', () => {
    expect(actionsOf(own, [], undefined)).toEqual([
      { at: 100, state: 'ALARM' },
      { at: 900, state: 'OK' },
    ]);
  });

  test('after the wait where the suppressor stays quiet', () => {
    expect(actionsOf(own, changes([0, 'OK']), suppression)).toEqual([
      { at: 220, state: 'ALARM' },
      { at: 1_020, state: 'OK' },
    ]);
  });

  test('after the extension where the suppressor fires within the wait', () => {
    const suppressor = changes([0, 'OK'], [160, 'ALARM'], [400, 'OK']);
    expect(actionsOf(own, suppressor, suppression)[0]).toEqual({ at: 580, state: 'ALARM' });
  });

  test('never where it is over before the suppressor is', () => {
    const suppressor = changes([0, 'OK'], [50, 'ALARM'], [2_000, 'OK']);
    expect(actionsOf(own, suppressor, suppression)).toEqual([]);
  });

  test('never where it is over within the wait', () => {
    const short = changes([0, 'OK'], [100, 'ALARM'], [160, 'OK']);
    expect(actionsOf(short, changes([0, 'OK']), suppression)).toEqual([]);
  });

  test('once, where it comes and goes while the suppressor fires', () => {
    const flapping = changes([0, 'OK'], [100, 'ALARM'], [200, 'OK'], [300, 'ALARM']);
    const suppressor = changes([0, 'ALARM'], [400, 'OK']);
    expect(actionsOf(flapping, suppressor, suppression)).toEqual([{ at: 580, state: 'ALARM' }]);
  });
});
