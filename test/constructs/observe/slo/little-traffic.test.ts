import { Canary, Code, Runtime, Schedule, Test } from 'aws-cdk-lib/aws-synthetics';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { evaluateMath } from '../../../../lib/calculus/alarms/metric-math';
import { parseMetricMath } from '../../../../lib/calculus/alarms/metric-math-syntax';
import { NotKnown } from '../../../../lib/calculus/alarms/metric-samples';
import { detectionSeconds } from '../../../../lib/calculus/burn-rate-windows';
import type { Indicator } from '../../../../lib/constructs/observe/slo/indicator';
import { journeyAvailability, journeyLatency } from '../../../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { AlertSeverity } from '../../../../lib/objectives/policy/operations';
import type { Tier } from '../../../../lib/objectives/tier';
import { refusal, WEAKENING } from '../../fixtures';
import { canaryIn, WALKED } from './canaries';
import { DAY, during, HOUR, series, watched } from './incidents';
import { freshness, orders } from './orders';

/** A canary each so many minutes, watched at a tier. */
function journey(tier: Tier, every: number, props: Partial<ServiceLevelObjectiveProps> = {}) {
  const built = watched((scope) => ({
    tier,
    indicator: journeyAvailability(canaryIn(scope, every)),
    ...props,
  }));
  /** Of its runs, from the minute `phase` on, one in so many fails. */
  const fails = (oneIn: number, { minutes, phase = 0 }: { minutes: number; phase?: number }) => {
    const run = (minute: number) => (minute - phase + 1_000 * every) / every;
    const isRun = (minute: number) => Number.isInteger(run(minute));
    const bad = (minute: number) => minute >= phase && (run(minute) - 1_000) % oneIn === 0;
    const { samples: counts } = series(WALKED, 'SampleCount', {
      minutes,
      at: (minute) => (isRun(minute) ? 1 : undefined),
    });
    const { samples: shares } = series(WALKED, 'Average', {
      minutes,
      at: (minute) => (isRun(minute) ? (bad(minute) ? 0 : 100) : undefined),
    });
    return during(built.graph, [{ metric: WALKED, samples: [...counts, ...shares] }], minutes);
  };
  return { ...built, fails };
}

const inId = (hours: number) => (hours >= 24 ? `${hours / 24}d` : `${hours}h`);

describe.each<[Tier, number]>([
  [2, 15],
  [1, 5],
  [0, 1],
])('a journey at tier %s, each %s minutes', (tier, every) => {
  const { slo, fails } = journey(tier, every, { recoversAlone: true });
  const counted = { perHour: 60 / every, leastBad: slo.leastBad };

  const never = Number.POSITIVE_INFINITY;
  const hoursFor = every === 1 ? 4 : 12;

  test.each([1, 2, 10])('where one run in %s fails, each pair fires as reckoned, to one run', (oneIn) => {
    const found = fails(oneIn, { minutes: Math.min(3 * DAY, hoursFor * HOUR * oneIn) });
    for (const { check } of slo.alarms) {
      const hours = check.window.longWindow.toSeconds() / 3_600;
      const { fires = never } = found.find(({ alarm }) => alarm === `OrdersWithin${inId(hours)}Both`) ?? {};
      const latest = detectionSeconds(check, 1 / oneIn, counted) / 60;
      expect({ hours, never: fires === never }).toEqual({ hours, never: latest === never });
      if (fires === never) continue;
      expect(fires).toBeGreaterThan(latest - every * oneIn);
      // The alarm on three days is evaluated each hour only.
      expect(fires).toBeLessThanOrEqual(latest + (hours > 24 ? HOUR : 1));
    }
  });

  test('a total outage is told once, by the fastest pair, after two runs', () => {
    const told = fails(1, { minutes: 6 * HOUR }).filter(({ tells }) => tells !== undefined);
    expect(told).toEqual([{ alarm: 'OrdersWithin1hBoth', fires: every + 1, tells: every + 1 }]);
  });

  test('a single run that fails tells nobody', () => {
    expect(fails(10_000, { minutes: 6 * HOUR }).filter(({ fires }) => fires !== undefined)).toEqual([]);
  });
});

describe('how many must go wrong', () => {
  const leastOf = (eventsPerHour: number, props: Partial<ServiceLevelObjectiveProps> = {}) =>
    new ServiceLevelObjective(new Stack(), 'Orders', {
      tier: 1,
      recoversAlone: true,
      indicator: { ...orders, eventsPerHour },
      ...props,
    }).leastBad;

  test.each([
    [2, 2],
    [4, 2],
    [60, 2],
    [120, 4],
    [300, 10],
    [1e6, 10],
  ])('of %s an hour it is %s', (perHour, least) => {
    expect(leastOf(perHour)).toBe(least);
  });

  test('of one in the fastest window it is one', () => {
    const alerts = [
      {
        severity: AlertSeverity.PAGE,
        budgetShare: 0.05,
        longWindow: Duration.hours(6),
        shortWindow: Duration.hours(5),
      },
      {
        severity: AlertSeverity.PAGE,
        budgetShare: 0.06,
        longWindow: Duration.hours(7),
        shortWindow: Duration.hours(5),
      },
    ];
    expect(leastOf(0.2, { alerts })).toBe(1);
  });

  test('a short window of the tier holds one run at least', () => {
    const { slo } = journey(2, 15);
    expect(slo.alarms.map(({ check }) => check.window.shortWindow.toSeconds() / 60)).toEqual([15, 360]);
  });
});

test('the rate of a canary is that of its schedule, and of none where it is not known', () => {
  const at = (schedule: Schedule) => {
    const canary = new Canary(new Stack(), 'Canary', {
      schedule,
      runtime: Runtime.SYNTHETICS_NODEJS_PUPPETEER_9_1,
      test: Test.custom({
        code: Code.fromInline('exports.handler = async () => {};'),
        handler: 'index.handler',
      }),
    });
    return journeyLatency(canary, Duration.seconds(1)).eventsPerHour;
  };
  expect(at(Schedule.rate(Duration.minutes(15)))).toBe(4);
  expect(at(Schedule.rate(Duration.minutes(7)))).toBeCloseTo(60 / 7, 9);
  expect(at(Schedule.rate(Duration.hours(1)))).toBe(1);
  expect(at(Schedule.once())).toBeUndefined();
  expect(at(Schedule.cron({ minute: '5' }))).toBeUndefined();
  const imported = Canary.fromCanaryName(new Stack(), 'Canary', 'shop');
  expect(journeyAvailability(imported).eventsPerHour).toBeUndefined();
});

test.each<[string, (canary: Canary) => Indicator, string]>([
  ['succeed', journeyAvailability, 'succeeded'],
  ['end soon enough', (canary) => journeyLatency(canary, Duration.seconds(1)), 'share'],
])('runs that do not %s are counted whole, whatever tail their share has', (_, indicatorOf, share) => {
  const { bad, metrics } = indicatorOf(canaryIn(new Stack(), 5));
  const [runs = ''] = Object.keys(metrics).filter((name) => name !== share);
  const expression = parseMetricMath(bad);
  if (expression instanceof NotKnown) throw new Error(expression.reason);
  const counts = Array.from({ length: 60 }, (_each, index) => index + 1);
  const wrong = counts.flatMap((count) => {
    const failed = Array.from({ length: count + 1 }, (_each, index) => index);
    const shares = failed.map((each) => ((count - each) / count) * 100);
    const named = (id: string) => (id === runs ? failed.map(() => count) : shares);
    const scope = { length: failed.length, period: 60, starts: failed, metrics: () => [], named };
    const found = evaluateMath(expression, scope) as readonly number[];
    return failed.filter((each) => found[each] !== each).map((each) => `${each} of ${count}`);
  });
  expect(wrong).toEqual([]);
});

describe('refuses', () => {
  const refused = (indicator: Indicator, props: Partial<ServiceLevelObjectiveProps> = {}) =>
    refusal(() => new ServiceLevelObjective(new Stack(), 'Orders', { tier: 1, indicator, ...props })).message;

  test.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9])(
    'leastBadEvents of %s',
    (leastBadEvents) => {
      expect(refused(orders, { leastBadEvents })).toContain(
        `leastBadEvents is ${leastBadEvents}\n  fix: use a whole number from 1 to 1,000,000`,
      );
    },
  );

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('%s events an hour', (eventsPerHour) => {
    expect(refused({ ...orders, eventsPerHour })).toContain(
      `eventsPerHour of the indicator is ${eventsPerHour}`,
    );
  });

  test('events an hour of minutes', () => {
    expect(refused({ ...freshness, eventsPerHour: 4 })).toContain('there are 60 minutes in an hour');
  });

  test('more bad events than the long window holds', () => {
    expect(refused({ ...orders, eventsPerHour: 4 }, { leastBadEvents: 5, recoversAlone: true })).toContain(
      'the alert on 1 h and 15 min can never fire: at 4 events an hour its long window holds 4, and 5 bad ones are needed\n  fix: set leastBadEvents to 4 or less, or give it a long window of 1 h 15 min or more',
    );
    expect(refused(freshness, { leastBadEvents: 61 })).toContain('holds 60, and 61 bad ones are needed');
  });

  test('a window in which there is no event at times', () => {
    expect(
      refused({ ...orders, eventsPerHour: 4 }, { window: Duration.days(7), recoversAlone: true }),
    ).toContain(
      'the alert on 14 min and 1 min can never fire: at 4 events an hour its long window holds 0.93, and 1 bad one is needed',
    );
  });

  test('a short window of a given alert that is empty between two events', () => {
    const alert = {
      severity: AlertSeverity.PAGE,
      budgetShare: 0.02,
      longWindow: Duration.hours(1),
      shortWindow: Duration.minutes(5),
    };
    expect(
      refused(
        { ...orders, eventsPerHour: 4 },
        { alerts: [alert, { ...alert, longWindow: Duration.hours(6) }], recoversAlone: true },
      ),
    ).toContain(
      'the alert on 1 h and 5 min would end and begin again with each bad event: 15 min lie between two events',
    );
  });

  test('silence of what comes less than once a week: each wait would be silence', () => {
    const seldom = { ...orders, eventsPerHour: 1 / 200 };
    const none = { alerts: [], alertOnSilence: true, weakening: WEAKENING };
    expect(refused(seldom, none)).toContain(
      'an alarm on silence would fire between any two events: 8 d 8 h lie between them, and an alarm looks back 7 d\n  fix: measure an event each 7 d or more often, or set alertOnSilence to false',
    );
    expect(() => refused({ ...orders, eventsPerHour: 1 / 100 }, none)).toThrow();
  });

  test('people who are called too late to keep the objective', () => {
    expect(refused({ ...orders, eventsPerHour: 4 })).toContain('people cannot keep 99.95 %');
  });
});

test('silence is told after three runs that lack', () => {
  const periods = (perHour: number) => {
    const indicator = { ...orders, eventsPerHour: perHour };
    const { silence } = new ServiceLevelObjective(new Stack(), 'Orders', {
      tier: 1,
      indicator,
      recoversAlone: true,
    });
    const resource = silence?.node.defaultChild as unknown as { evaluationPeriods: number };
    return resource.evaluationPeriods;
  };
  expect([1_000, 12, 4, 2].map(periods)).toEqual([3, 3, 9, 18]);
});
