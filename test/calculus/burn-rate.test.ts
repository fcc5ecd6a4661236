import {
  burnRate,
  detectionAtFullFailureSeconds,
  errorRateThreshold,
  timeToExhaustionSeconds,
} from '../../lib/calculus/burn-rate';
import { FOUR_WEEKS, MONTH } from '../../lib/calculus/error-budget';
import { Span } from '../../lib/calculus/time-span';

test.each([
  [0.02, Span.hours(1), 14.4, 13.44],
  [0.05, Span.hours(6), 6, 5.6],
  [0.1, Span.days(1), 3, 2.8],
  [0.1, Span.days(3), 1, 28 / 30],
  [0.05, Span.hours(1), 36, 33.6],
])('%d of the budget within %s is the published burn rate', (share, window, in30Days, in28Days) => {
  expect(burnRate(share, window, MONTH)).toBeCloseTo(in30Days, 9);
  expect(burnRate(share, window, FOUR_WEEKS)).toBeCloseTo(in28Days, 9);
});

test('a burn rate of 14.4 uses up 30 days in 50 hours', () => {
  expect(timeToExhaustionSeconds(14.4, MONTH)).toBeCloseTo(50 * 3600, 6);
});

test('an alert on three nines sees a full failure within minutes', () => {
  expect(errorRateThreshold(14.4, 0.999)).toBeCloseTo(0.0144, 9);
  expect(detectionAtFullFailureSeconds(14.4, 0.999, Span.hours(1)) / 60).toBeCloseTo(0.864, 9);
  expect(detectionAtFullFailureSeconds(6, 0.999, Span.hours(6)) / 60).toBeCloseTo(2.16, 9);
  expect(detectionAtFullFailureSeconds(1, 0.999, Span.days(3)) / 60).toBeCloseTo(4.32, 9);
});

test('an alert that needs more than every request to fail never fires', () => {
  expect(errorRateThreshold(14.4, 0.9)).toBeGreaterThan(1);
  expect(detectionAtFullFailureSeconds(14.4, 0.9, Span.hours(1))).toBe(Number.POSITIVE_INFINITY);
});
