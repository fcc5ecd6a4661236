import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { type ReplayedAlarm, replay } from '../../../../lib/assessment/replay';
import type { MetricSamples } from '../../../../lib/calculus/alarms/metric-samples';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { detectionSeconds } from '../../../../lib/calculus/burn-rate-windows';
import { Span } from '../../../../lib/calculus/time-span';
import { WindowKind } from '../../../../lib/calculus/windows/overlaps';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { MaintenanceSchedule } from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { MaintenanceWindow } from '../../../../lib/objectives/maintenance-window';
import type { Tier } from '../../../../lib/objectives/tier';
import { graphOf } from '../../../support/graph';
import { orders } from './orders';

const MINUTE = 60;
const HOUR = 60;
const DAY = 24 * HOUR;

/** Four good days come before, so that all windows are full. */
const GOOD = 4 * DAY;

function watched(tier: Tier) {
  const stack = new Stack(undefined, 'Shop');
  const slo = new ServiceLevelObjective(stack, 'Orders', { tier, indicator: orders });
  const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
  return { slo, graph };
}

const watchedAt: Partial<Record<Tier, ReturnType<typeof watched>>> = {};

/** Requests a minute, and the share of them that fails, from the minute 0 of the incident on. */
interface Incident {
  readonly requests: (minute: number) => number | undefined;
  readonly failing: (minute: number) => number;
  readonly minutes: number;
}

function samplesOf({ requests, failing, minutes }: Incident, statistic = 'Sum') {
  const at = (minute: number) => (minute + GOOD) * MINUTE;
  const all: (readonly [number, number])[] = [];
  const bad: (readonly [number, number])[] = [];
  for (let minute = -GOOD; minute < minutes; minute += 1) {
    const count = requests(minute);
    if (count === undefined) continue;
    all.push([at(minute), count]);
    if (minute >= 0) bad.push([at(minute), count * failing(minute)]);
  }
  const kept = (name: string, points: MetricSamples['points']) => ({
    metric: { namespace: 'Shop', name, dimensions: {} },
    samples: [{ statistic, period: MINUTE, points }],
  });
  return sampleSourceOf([kept('Orders', all), kept('Failures', bad)]);
}

/** The minutes of the incident at which each alarm that tells somebody fires first, by its name in the stack. */
function fires(tier: Tier, incident: Incident) {
  watchedAt[tier] ??= watched(tier);
  const { slo, graph } = watchedAt[tier];
  const during = { from: (GOOD - HOUR) * MINUTE, until: (GOOD + incident.minutes) * MINUTE };
  const replayed = replay(graph, samplesOf(incident), during);
  const minuteOf = (at: number | undefined) => at && at / MINUTE - GOOD;
  const first = (alarm: ReplayedAlarm) => ({
    fires: minuteOf(alarm.states.find(({ state }) => state === 'ALARM')?.at),
    tells: minuteOf(alarm.actions.find(({ state }) => state === 'ALARM')?.at),
  });
  const named = (start: string) => {
    const found = replayed.find(({ alarm }) => alarm.logicalId.startsWith(start));
    if (found === undefined) throw new Error(`no alarm ${start}`);
    if (found.unknown !== undefined) throw new Error(found.unknown);
    return first(found);
  };
  return { slo, named };
}

const PAIRS = ['OrdersWithin1hBoth', 'OrdersWithin6hBoth', 'OrdersWithin1dBoth', 'OrdersWithin3dBoth'];
const steady = () => 1_000;

describe.each<[string, number]>([
  ['a total outage', 1],
  ['an outage of half of the requests', 0.5],
  ['a tenth of the requests', 0.1],
  ['a slow burn', 0.004],
])('%s', (_, share) => {
  test.each<Tier>([0, 1])('is found at tier %s when the arithmetic says so, to one period', (tier) => {
    const { slo, named } = fires(tier, { requests: steady, failing: () => share, minutes: 12 * HOUR });
    for (const [index, { check }] of slo.alarms.entries()) {
      const wanted = detectionSeconds(check, share) / MINUTE;
      const { fires: found } = named(PAIRS[index] ?? '');
      // The alarm on three days is evaluated each hour only.
      const period = check.window.longWindow.toSeconds() > 86_400 ? HOUR : 1;
      if (wanted === Number.POSITIVE_INFINITY) {
        expect(found).toBeUndefined();
        continue;
      }
      // The incident lasts until then.
      expect(wanted + period).toBeLessThan(12 * HOUR);
      expect(found).toBeGreaterThanOrEqual(wanted);
      expect(found).toBeLessThanOrEqual(wanted + period + 1e-9);
    }
  });
});

describe('what it tells', () => {
  test('a total outage wakes somebody once: slower pairs stay silent while the faster fires', () => {
    const { named } = fires(1, { requests: steady, failing: () => 1, minutes: 2 * HOUR });
    expect(named('OrdersWithin1hBoth').tells).toBe(1);
    for (const slower of PAIRS.slice(1)) expect(named(slower).tells).toBeUndefined();
  });

  test('when the outage is over, the short windows end it soon', () => {
    const outage = (minute: number) => (minute < 10 ? 1 : 0);
    const { slo, named } = fires(1, { requests: steady, failing: outage, minutes: 3 * HOUR });
    expect(slo.alarms).toHaveLength(4);
    expect(named('OrdersWithin1hBoth').fires).toBe(1);
    const graph = watchedAt[1]?.graph;
    if (graph === undefined) throw new Error('no graph');
    const during = { from: GOOD * MINUTE, until: (GOOD + 3 * HOUR) * MINUTE };
    const states = replay(graph, samplesOf({ requests: steady, failing: outage, minutes: 3 * HOUR }), during)
      .find(({ alarm }) => alarm.logicalId.startsWith('OrdersWithin1hBoth'))
      ?.states.map(({ at, state }) => [at / MINUTE - GOOD, state]);
    expect(states).toEqual([
      [0, 'OK'],
      [1, 'ALARM'],
      [15, 'OK'],
    ]);
  });

  test('with little traffic a single failure at night wakes nobody', () => {
    const night = {
      requests: () => 1,
      failing: (minute: number) => (minute === 5 ? 1 : 0),
      minutes: 8 * HOUR,
    };
    const { named } = fires(1, night);
    for (const pair of PAIRS) expect(named(pair).fires).toBeUndefined();
  });

  test('silence is told after a quarter of an hour', () => {
    const gone = {
      requests: (minute: number) => (minute < 0 ? 10 : undefined),
      failing: () => 0,
      minutes: 2 * HOUR,
    };
    const { named } = fires(1, gone);
    for (const pair of PAIRS) expect(named(pair).fires).toBeUndefined();
    expect(named('OrdersSilence').tells).toBe(15);
  });

  test('a share that the objective allows wakes nobody', () => {
    const { named } = fires(1, { requests: steady, failing: () => 0.0004, minutes: 2 * DAY });
    for (const pair of PAIRS) expect(named(pair).fires).toBeUndefined();
  });
});

/** The first half hour of the incident is maintenance. */
const maintenance = new MaintenanceWindow({
  id: 'patching',
  kind: WindowKind.MAINTENANCE,
  start: new Date(GOOD * MINUTE * 1_000).toISOString().slice(0, 16),
  duration: Span.minutes(30),
  reason: 'the database is patched',
  approver: 'head of retail',
});

describe('during maintenance', () => {
  const stack = new Stack(undefined, 'Shop');
  const { alarms } = new ServiceLevelObjective(stack, 'Orders', { tier: 1, indicator: orders });
  new MaintenanceSchedule(stack, 'Windows', {
    tier: 1,
    windows: [maintenance],
    alarms: alarms.map(({ both }) => both),
  });
  const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });

  /** The minutes at which the fastest pair tells that it fires. */
  const told = (failing: Incident['failing']) => {
    const incident = { requests: steady, failing, minutes: 2 * HOUR };
    const during = { from: (GOOD - HOUR) * MINUTE, until: (GOOD + incident.minutes) * MINUTE };
    const found = replay(graph, samplesOf(incident), during).find(({ alarm }) =>
      alarm.logicalId.startsWith('OrdersWithin1hBoth'),
    );
    if (found === undefined || found.unknown !== undefined) throw new Error(found?.unknown ?? 'no alarm');
    return found.actions.filter(({ state }) => state === 'ALARM').map(({ at }) => at / MINUTE - GOOD);
  };

  test('an outage that is over before it is tells nobody', () => {
    expect(told((minute) => (minute >= 5 && minute < 15 ? 1 : 0))).toEqual([]);
  });

  test('an outage that outlasts it is told when it ends', () => {
    expect(told((minute) => (minute >= 5 ? 1 : 0))).toEqual([30]);
  });

  test('an outage after it is told at once', () => {
    expect(told((minute) => (minute >= 40 ? 1 : 0))).toEqual([41]);
  });
});

/** A generator of its own, so that every run draws the same. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test.each<[Tier, number]>([
  [1, 20_261_123],
  [0, 1_990_707],
])('no page at tier %s in a quiet month with noise, seed %s', (tier, seed) => {
  const draw = drawing(seed);
  watchedAt[tier] ??= watched(tier);
  const budget = 1 - watchedAt[tier].slo.objective;
  expect(budget).toBeCloseTo(tier === 0 ? 0.0001 : 0.0005, 9);
  const requests: number[] = [];
  const failures: number[] = [];
  const minutes = 30 * DAY;
  for (let minute = 0; minute < minutes; minute += 1) {
    const daily = 1 + 0.8 * Math.sin((2 * Math.PI * minute) / DAY);
    requests.push(Math.round(600 * daily * (0.7 + 0.6 * draw())));
    // Half of the budget goes in noise, most of it in bad minutes.
    failures.push(budget * (draw() < 0.02 ? 40 * draw() : 0.1));
  }
  const { named } = fires(tier, {
    requests: (minute) => (minute < 0 ? 600 : requests[minute]),
    failing: (minute) => failures[minute] ?? 0,
    minutes,
  });
  expect(named('OrdersWithin1hBoth').tells).toBeUndefined();
  expect(named('OrdersWithin6hBoth').tells).toBeUndefined();
  expect(failures.filter((share) => share > 10 * budget).length).toBeGreaterThan(200);
});
