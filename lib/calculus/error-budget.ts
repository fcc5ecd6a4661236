import { ConfigurationError } from '../errors';
import { Span, type TimeSpan } from './time-span';

/** The year of error budgets: 365 days, as in the tables of AWS, Azure and Google. */
export const YEAR: TimeSpan = Span.days(365);

/** The month of error budgets: 30 days. */
export const MONTH: TimeSpan = Span.days(30);

/** Four weeks: a window in which every weekday counts the same. */
export const FOUR_WEEKS: TimeSpan = Span.days(28);

/**
 * The share of time or requests that an objective allows to fail, as a fraction: 0.9999 allows 0.0001.
 *
 * Rounded to twelve decimals, so that 1 - 0.9999 is 0.0001 and not 0.00009999999999998899.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 */
export function unavailability(slo: number): number {
  if (!(slo > 0 && slo < 1)) {
    throw new ConfigurationError({
      path: 'slo',
      problem: `${slo} is no availability objective; it must lie between 0 and 1, both excluded`,
      fix: 'write a fraction: 0.9999 for 99.99 %',
    });
  }
  return Math.round((1 - slo) * 1e12) / 1e12;
}

/**
 * How many seconds an objective allows to fail within a window.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 */
export function errorBudgetSeconds(slo: number, window: TimeSpan): number {
  return unavailability(slo) * window.toSeconds();
}

/**
 * How many seconds an objective allows to fail in a year.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 */
export function downtimePerYearSeconds(slo: number): number {
  return errorBudgetSeconds(slo, YEAR);
}

/**
 * How many of so many requests may fail; whole requests, rounded down.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 */
export function allowedFailures(slo: number, requests: number): number {
  return wholeCount(unavailability(slo) * requests);
}

/** How many whole failovers of one length an error budget holds; `Infinity` for a failover that takes no time. */
export function failoversWithin(budgetSeconds: number, failover: TimeSpan): number {
  const length = failover.toSeconds();
  return length === 0 ? Number.POSITIVE_INFINITY : wholeCount(budgetSeconds / length);
}

/** The seconds of downtime that so many failovers a year cost. */
export function failoverDowntimeSeconds(failoversPerYear: number, failover: TimeSpan): number {
  return failoversPerYear * failover.toSeconds();
}

/** Rounds down, but not below a whole number that floating point missed by a hair. */
function wholeCount(count: number): number {
  return Math.floor(count * (1 + 1e-12));
}
