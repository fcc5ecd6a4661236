import { Duration } from 'aws-cdk-lib/core';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { during, HOUR, series, type Watched, watched } from './incidents';
import { orders } from './orders';

const metric = (name: string) => ({ namespace: 'Shop', name, dimensions: {} });

/** A thousand orders a minute, of which a share fails from the minute 0 on. */
function incident({ graph }: Watched, failing: (minute: number) => number, minutes: number) {
  const bad = (minute: number) => (minute < 0 ? undefined : 1_000 * failing(minute));
  return during(
    graph,
    [
      series(metric('Orders'), 'Sum', { minutes, at: () => 1_000 }),
      series(metric('Failures'), 'Sum', { minutes, at: bad }),
    ],
    minutes,
  );
}

/** Each has pairs of windows that need the same time of a total outage. */
const OBJECTIVES: readonly [string, Partial<ServiceLevelObjectiveProps>][] = [
  ['99.95 % in 30 d', { objective: 0.9995 }],
  ['99.999 % in 30 d', { objective: 0.99999 }],
  ['99.95 % in 90 d', { objective: 0.9995, window: Duration.days(90) }],
];

describe.each(OBJECTIVES)('%s', (_, props) => {
  const built = watched(() => ({
    tier: 1,
    indicator: orders,
    recoversAlone: true,
    ...props,
  }));
  const thresholds = built.slo.alarms.map(({ check }) => check.threshold);

  test('its pairs are in the order of their windows', () => {
    expect(built.slo.alarms.map(({ check }) => check.window.longWindow.toSeconds() / 3_600)).toEqual([
      1, 6, 24, 72,
    ]);
  });

  test.each<[string, (of: readonly number[]) => number, string]>([
    ['a total outage', () => 1, 'OrdersWithin1hBoth'],
    ['a tenth', () => 0.1, 'OrdersWithin1hBoth'],
    ['a burn that the fastest pair does not see', ([, second = 0]) => second * 1.6, 'OrdersWithin6hBoth'],
    ['a slow burn', ([, , third = 0]) => third * 1.4, 'OrdersWithin1dBoth'],
    ['a burn that the slowest pair alone sees', ([, , , slowest = 0]) => slowest * 2, 'OrdersWithin3dBoth'],
  ])('%s is told once', (_name, share, teller) => {
    const failing = share(thresholds);
    const told = incident(built, () => failing, 40 * HOUR).filter(({ tells }) => tells !== undefined);
    expect(told.map(({ alarm }) => alarm)).toEqual([teller]);
  });

  test('an outage of ten minutes is told once, though slower pairs fire on when it is over', () => {
    const all = incident(built, (minute) => (minute < 10 ? 1 : 0), 12 * HOUR);
    expect(all.filter(({ fires }) => fires !== undefined)).toHaveLength(4);
    const told = all.filter(({ tells }) => tells !== undefined);
    expect(told.map(({ alarm }) => alarm)).toEqual(['OrdersWithin1hBoth']);
  });
});

describe('after a burn that was told of none', () => {
  const built = watched(() => ({ tier: 1, indicator: orders }));
  const [first, , third] = built.slo.alarms;

  test('an outage that makes a ticket as well wakes somebody, and makes none', () => {
    // Under the ticket of a day, and then an outage of which the pair on six hours sees too little.
    const before = (third?.check.threshold ?? 0) * 0.78;
    const outage = (first?.check.threshold ?? 0) * 8;
    const failing = (minute: number) => (minute >= 30 * HOUR && minute < 30 * HOUR + 9 ? outage : before);
    const told = incident(built, failing, 31 * HOUR);
    const firing = told.filter(({ fires }) => fires !== undefined).map(({ alarm }) => alarm);
    expect(firing).toEqual(expect.arrayContaining(['OrdersWithin1hBoth', 'OrdersWithin1dBoth']));
    expect(firing).not.toContain('OrdersWithin6hBoth');
    expect(told.find(({ alarm }) => alarm === 'OrdersWithin1hBoth')?.tells).toBeGreaterThan(30 * HOUR);
    expect(told.find(({ alarm }) => alarm === 'OrdersWithin1dBoth')?.tells).toBeUndefined();
  });
});
