import fc from 'fast-check';
import {
  allowedFailures,
  downtimePerYearSeconds,
  errorBudgetSeconds,
  FOUR_WEEKS,
  failoverDowntimeSeconds,
  failoversWithin,
  MONTH,
  unavailability,
  YEAR,
} from '../../lib/calculus/error-budget';
import { Span } from '../../lib/calculus/time-span';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

describe('an error budget', () => {
  test.each([
    [0.99, 3.65 * DAY, 7.2 * HOUR],
    [0.995, 43.8 * HOUR, 3.6 * HOUR],
    [0.999, 8.76 * HOUR, 43.2 * MINUTE],
    [0.9995, 4.38 * HOUR, 21.6 * MINUTE],
    [0.9999, 52.56 * MINUTE, 4.32 * MINUTE],
    [0.99999, 5.256 * MINUTE, 25.92],
  ])('of %d agrees with the published tables', (slo, perYear, perMonth) => {
    expect(downtimePerYearSeconds(slo)).toBeCloseTo(perYear, 6);
    expect(errorBudgetSeconds(slo, MONTH)).toBeCloseTo(perMonth, 6);
  });

  test('of four weeks is 28 days of it', () => {
    expect(errorBudgetSeconds(0.99, FOUR_WEEKS)).toBeCloseTo(28 * DAY * 0.01, 6);
  });

  test('of four nines is spent half by five dependencies with five nines', () => {
    const budget = downtimePerYearSeconds(0.9999);
    const dependencies = 5 * downtimePerYearSeconds(0.99999);
    expect(dependencies / MINUTE).toBeCloseTo(26.28, 6);
    expect((budget - dependencies) / MINUTE).toBeCloseTo(26.28, 6);
  });

  test('of four nines does not hold three outages of 20 min', () => {
    expect(failoversWithin(downtimePerYearSeconds(0.9999), Span.minutes(20))).toBe(2);
    expect(failoverDowntimeSeconds(3, Span.minutes(20))).toBeGreaterThan(downtimePerYearSeconds(0.9999));
  });

  test('holds any number of failovers that take no time', () => {
    expect(failoversWithin(60, Span.ZERO)).toBe(Number.POSITIVE_INFINITY);
  });

  test('counts requests exactly where floating point would miss one', () => {
    expect(allowedFailures(0.999, 30_000_000)).toBe(30_000);
    expect(allowedFailures(0.9999, 2_500_000)).toBe(250);
    expect(allowedFailures(0.999, 999)).toBe(0);
  });

  test('is smaller for a stricter objective', () => {
    const slo = fc.double({ min: 0.5, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(slo, slo, (one, other) => {
        const [strict, loose] = one > other ? [one, other] : [other, one];
        expect(errorBudgetSeconds(strict, YEAR)).toBeLessThanOrEqual(errorBudgetSeconds(loose, YEAR));
      }),
    );
  });

  test.each([0, 1, 99.99, -0.5, Number.NaN])('fails when the objective is %d', (slo) => {
    expect(() => unavailability(slo)).toThrow(/must lie between 0 and 1[\s\S]*0\.9999 for 99\.99 %/);
  });
});
