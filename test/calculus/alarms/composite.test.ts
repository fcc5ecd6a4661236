import type { AlarmState, SeenState, StateChange } from '../../../lib/calculus/alarms/alarm-state';
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

const changes = (...states: readonly (readonly [number, SeenState])[]): readonly StateChange[] =>
  states.map(([at, state]) => ({ at, state, because: '' }));

describe('a rule of which not all states are known', () => {
  const states: Record<string, SeenState> = { a: 'ALARM', b: 'OK', c: 'UNKNOWN' };
  test.each<[string, boolean | undefined]>([
    ['ALARM(c)', undefined],
    ['NOT ALARM(c)', undefined],
    ['ALARM(a) OR ALARM(c)', true],
    ['ALARM(b) OR ALARM(c)', undefined],
    ['ALARM(b) AND ALARM(c)', false],
    ['ALARM(a) AND ALARM(c)', undefined],
    ['NOT (ALARM(b) AND ALARM(c))', true],
    ['ALARM(c) AND FALSE', false],
    ['AT_LEAST(1, ALARM, (a, b, c))', true],
    ['AT_LEAST(2, ALARM, (a, b, c))', undefined],
    ['AT_LEAST(3, ALARM, (a, b, c))', false],
    ['AT_LEAST(2, NOT ALARM, (a, b, c))', undefined],
    ['AT_LEAST(34%, ALARM, (a, b, c))', undefined],
  ])('%s', (text, wanted) => {
    expect(holds(parseCompositeRule(text), (name) => states[name] ?? 'UNKNOWN')).toBe(wanted);
  });

  test('is not known, either, where they do not settle it, with the reason of the part', () => {
    const parts: Record<string, readonly StateChange[]> = {
      a: changes([0, 'OK'], [60, 'ALARM']),
      c: [{ at: 0, state: 'UNKNOWN', because: 'c has no data' }],
    };
    const rule = parseCompositeRule('ALARM(a) AND ALARM(c)');
    expect(compositeTimeline(rule, (name) => parts[name] ?? [], [0, 60])).toEqual([
      { at: 0, state: 'OK', because: 'its rule does not hold' },
      { at: 60, state: 'UNKNOWN', because: 'c has no data' },
    ]);
  });
});

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
  const told = (states: readonly StateChange[], suppressor: readonly StateChange[]) =>
    actionsOf(states, { suppression, suppressor }).actions;

  test('at once where nothing suppresses it', () => {
    expect(actionsOf(own).actions).toEqual([
      { at: 100, state: 'ALARM' },
      { at: 900, state: 'OK' },
    ]);
  });

  test('after the wait where the suppressor stays quiet', () => {
    expect(told(own, changes([0, 'OK']))).toEqual([
      { at: 220, state: 'ALARM' },
      { at: 1_020, state: 'OK' },
    ]);
  });

  test('after the extension where the suppressor fires within the wait', () => {
    const suppressor = changes([0, 'OK'], [160, 'ALARM'], [400, 'OK']);
    expect(told(own, suppressor)[0]).toEqual({ at: 580, state: 'ALARM' });
  });

  test('never where it is over before the suppressor is', () => {
    const suppressor = changes([0, 'OK'], [50, 'ALARM'], [2_000, 'OK']);
    expect(told(own, suppressor)).toEqual([]);
  });

  test('never where it is over within the wait', () => {
    const short = changes([0, 'OK'], [100, 'ALARM'], [160, 'OK']);
    expect(told(short, changes([0, 'OK']))).toEqual([]);
  });

  test('once, where it comes and goes while the suppressor fires', () => {
    const flapping = changes([0, 'OK'], [100, 'ALARM'], [200, 'OK'], [300, 'ALARM']);
    const suppressor = changes([0, 'ALARM'], [400, 'OK']);
    expect(told(flapping, suppressor)).toEqual([{ at: 580, state: 'ALARM' }]);
  });

  test('not of the state in which it is found at first', () => {
    expect(actionsOf(changes([0, 'ALARM'], [60, 'OK'], [120, 'ALARM']))).toEqual({
      actions: [
        { at: 60, state: 'OK' },
        { at: 120, state: 'ALARM' },
      ],
      open: { from: 0, because: 'since when it fires is not known' },
    });
    expect(actionsOf(changes([0, 'UNKNOWN'], [60, 'ALARM'])).open?.from).toBe(0);
    expect(actionsOf(changes([0, 'UNKNOWN'], [60, 'OK']))).toEqual({ actions: [] });
  });

  test('again where it fires after a time that is not known', () => {
    const gap = changes([0, 'OK'], [60, 'ALARM'], [120, 'UNKNOWN'], [180, 'OK'], [240, 'ALARM']);
    expect(actionsOf(gap).actions.map(({ at }) => at)).toEqual([60, 240]);
  });

  test('not, where its suppressor is not known at a time that matters', () => {
    const suppressor = changes([0, 'OK'], [150, 'UNKNOWN'], [180, 'OK']);
    expect(actionsOf(own, { suppression, suppressor })).toMatchObject({ actions: [], open: { from: 100 } });
    const earlier = changes([-900, 'UNKNOWN'], [-80, 'OK']);
    expect(told(own, earlier)[0]).toEqual({ at: 220, state: 'ALARM' });
  });
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules-behaviour.html */
describe('what a mute rule does', () => {
  const own = changes([0, 'OK'], [200, 'ALARM'], [400, 'OK']);
  const mutedFor = (...mute: readonly (readonly [number, number])[]) =>
    actionsOf(own, { mute: mute.map(([from, until]) => ({ from, until })) }).actions.map(({ at, state }) => [
      at,
      state,
    ]);

  test('that it fired is not told where it is over before the rule is; the state that holds then is', () => {
    expect(mutedFor([100, 500])).toEqual([[500, 'OK']]);
  });

  test('what still holds is told when the rule ends', () => {
    expect(mutedFor([100, 300])).toEqual([
      [300, 'ALARM'],
      [400, 'OK'],
    ]);
  });

  test('what was told before is not told again, and its end is held back, too', () => {
    expect(mutedFor([300, 500])).toEqual([
      [200, 'ALARM'],
      [500, 'OK'],
    ]);
  });

  test('a state that comes back while the rule is active is told at its end', () => {
    const again = changes([0, 'OK'], [200, 'ALARM'], [400, 'OK'], [450, 'ALARM']);
    const { actions } = actionsOf(again, { mute: [{ from: 300, until: 500 }] });
    expect(actions.map(({ at, state }) => [at, state])).toEqual([
      [200, 'ALARM'],
      [500, 'ALARM'],
    ]);
  });
});
