import { unavailability } from './error-budget';
import type { TimeSpan } from './time-span';

/**
 * How many times faster than evenly the budget burns, when a share of it is gone within a window.
 *
 * 2 % of a 30-day budget within an hour is a burn rate of 14.4.
 *
 * @param budgetShare the share of the whole budget, as a fraction
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export function burnRate(budgetShare: number, window: TimeSpan, sloWindow: TimeSpan): number {
  return (budgetShare * sloWindow.toSeconds()) / window.toSeconds();
}

/** The seconds until the whole budget is gone at a burn rate. */
export function timeToExhaustionSeconds(rate: number, sloWindow: TimeSpan): number {
  return sloWindow.toSeconds() / rate;
}

/**
 * The share of failing requests at which an alert on a burn rate fires, as a fraction.
 *
 * Above 1 the alert can never fire: an objective of 90 % has no burn rate of 14.4.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 */
export function errorRateThreshold(rate: number, slo: number): number {
  return rate * unavailability(slo);
}

/**
 * The seconds until an alert fires when everything fails; `Infinity` when it can never fire.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 */
export function detectionAtFullFailureSeconds(rate: number, slo: number, longWindow: TimeSpan): number {
  const threshold = errorRateThreshold(rate, slo);
  return threshold > 1 ? Number.POSITIVE_INFINITY : threshold * longWindow.toSeconds();
}
