import {
  budgetLeftAtDetection,
  burnRateChecks,
  detectionSeconds,
  firstDetectionSeconds,
  scaledTo,
} from '../../lib/calculus/burn-rate-windows';
import { MONTH } from '../../lib/calculus/error-budget';
import { Span } from '../../lib/calculus/time-span';

/** The pairs of the workbook, the fastest first. */
const PAIRS = [
  { longWindow: Span.hours(1), shortWindow: Span.minutes(5), budgetShare: 0.02 },
  { longWindow: Span.hours(6), shortWindow: Span.minutes(30), budgetShare: 0.05 },
  { longWindow: Span.days(1), shortWindow: Span.hours(2), budgetShare: 0.1 },
  { longWindow: Span.days(3), shortWindow: Span.hours(6), budgetShare: 0.1 },
];

const checks = (slo: number) => burnRateChecks(slo, MONTH, PAIRS);

test('the pairs burn 14.4, 6, 3 and 1 times too fast over 30 days', () => {
  expect(checks(0.999).map(({ burnRate }) => Number(burnRate.toFixed(9)))).toEqual([14.4, 6, 3, 1]);
});

/** Objective, then the thresholds in percent and the minutes to detect a total outage, pair by pair. */
test.each([
  [0.95, [72, 30, 15, 5], [43.2, 108, 216, 216]],
  [0.99, [14.4, 6, 3, 1], [8.64, 21.6, 43.2, 43.2]],
  [0.995, [7.2, 3, 1.5, 0.5], [4.32, 10.8, 21.6, 21.6]],
  [0.999, [1.44, 0.6, 0.3, 0.1], [0.864, 2.16, 4.32, 4.32]],
])('at %s the thresholds and detection times are those of the workbook', (slo, percents, minutes) => {
  for (const [index, check] of checks(slo).entries()) {
    expect(check.threshold * 100).toBeCloseTo(percents[index] ?? Number.NaN, 9);
    expect(detectionSeconds(check, 1) / 60).toBeCloseTo(minutes[index] ?? Number.NaN, 9);
  }
});

test('at 90 % the fastest pair can never fire', () => {
  const [fast, medium] = checks(0.9);
  expect(fast && detectionSeconds(fast, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(medium && detectionSeconds(medium, 1)).toBeCloseTo(216 * 60, 6);
});

test('a tenth of the failures takes ten times as long, and what is below the threshold is never found', () => {
  const [fast] = checks(0.999);
  if (fast === undefined) throw new Error('no pair');
  expect(detectionSeconds(fast, 0.1)).toBeCloseTo(10 * detectionSeconds(fast, 1), 6);
  expect(detectionSeconds(fast, 0.0144)).toBe(Number.POSITIVE_INFINITY);
  expect(firstDetectionSeconds(checks(0.999), 0.01)).toBeCloseTo(0.6 * 6 * 3600, 6);
  expect(firstDetectionSeconds([], 1)).toBe(Number.POSITIVE_INFINITY);
});

test('at 99.999 % the budget is gone before a person can help', () => {
  expect(budgetLeftAtDetection(0.99999, MONTH, checks(0.99999))).toBeCloseTo(25.92 - 0.5184, 6);
  expect(budgetLeftAtDetection(0.999, MONTH, checks(0.999))).toBeCloseTo(2592 - 51.84, 6);
});

test('nothing fires at the threshold itself, as alarms compare by greater than', () => {
  const window = { longWindow: Span.days(3), shortWindow: Span.hours(6), budgetShare: 0.1 };
  const [check] = burnRateChecks(0.5, MONTH, [window]);
  if (check === undefined) throw new Error('no check');
  expect(check.threshold).toBe(0.5);
  expect(detectionSeconds(check, 0.5)).toBe(Number.POSITIVE_INFINITY);
  expect(detectionSeconds(check, 0.75)).toBe((2 / 3) * 3 * 86_400);
});

describe('windows for an objective over another time', () => {
  test('stay from four weeks to a month', () => {
    for (const days of [28, 30]) expect(scaledTo(Span.days(days), PAIRS)).toBe(PAIRS);
  });

  test('keep their times above, with smaller shares of the budget, so that burn rates stay', () => {
    for (const days of [31, 90, 365]) {
      const over = Span.days(days);
      const scaled = scaledTo(over, PAIRS);
      const rates = burnRateChecks(0.99, over, scaled).map(({ burnRate }) => Number(burnRate.toFixed(9)));
      expect(rates).toEqual([14.4, 6, 3, 1]);
      expect(scaled.map(({ longWindow }) => longWindow)).toEqual(PAIRS.map(({ longWindow }) => longWindow));
    }
    expect(scaledTo(Span.days(60), PAIRS).map(({ budgetShare }) => budgetShare)).toEqual([
      0.01, 0.025, 0.05, 0.05,
    ]);
  });

  test('are shortened in proportion below, to whole minutes, so that burn rates stay', () => {
    for (const days of [1, 2, 7, 14, 27]) {
      const over = Span.days(days);
      const rates = burnRateChecks(0.99, over, scaledTo(over, PAIRS)).map(({ burnRate }) => burnRate);
      [14.4, 6, 3, 1].forEach((rate, index) => {
        // An hour of a month is two minutes of a day.
        expect(Math.abs((rates[index] ?? 0) / rate - 1)).toBeLessThan(0.05);
      });
    }
    const [fast] = scaledTo(Span.days(7), PAIRS);
    expect([fast?.longWindow.toSeconds(), fast?.shortWindow.toSeconds()]).toEqual([14 * 60, 60]);
  });
});
