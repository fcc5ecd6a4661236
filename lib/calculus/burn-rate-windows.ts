import { burnRate, errorRateThreshold } from './burn-rate';
import { unavailability } from './error-budget';
import { Span, type TimeSpan } from './time-span';

/** Whether a person is woken, or finds a ticket in the morning. */
export type AlertSeverity = 'page' | 'ticket';

/** Two windows that must both burn the budget too fast: the long one shows that it matters, the short one that it goes on. */
export interface BurnRateWindow {
  /** `fast`, `medium`, `slow`, `trickle`. */
  readonly name: string;
  readonly long: TimeSpan;
  readonly short: TimeSpan;

  /** The share of the budget that is gone when it fires, as a fraction. */
  readonly budgetShare: number;
  readonly severity: AlertSeverity;
}

/**
 * The four pairs of windows, the fastest first, for objectives over 28 or 30 days.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const BURN_RATE_WINDOWS: readonly BurnRateWindow[] = [
  { name: 'fast', long: Span.hours(1), short: Span.minutes(5), budgetShare: 0.02, severity: 'page' },
  { name: 'medium', long: Span.hours(6), short: Span.minutes(30), budgetShare: 0.05, severity: 'page' },
  { name: 'slow', long: Span.days(1), short: Span.hours(2), budgetShare: 0.1, severity: 'ticket' },
  { name: 'trickle', long: Span.days(3), short: Span.hours(6), budgetShare: 0.1, severity: 'ticket' },
];

/** What a pair of windows means for an objective. */
export interface BurnRateCheck {
  readonly window: BurnRateWindow;

  /** How many times faster than evenly the budget burns when it fires. */
  readonly burnRate: number;

  /** The share of failing requests at which it fires, as a fraction. Above 1 it never does. */
  readonly threshold: number;
}

/** What the pairs of windows mean for an objective over so long a window. */
export function burnRateChecks(
  slo: number,
  sloWindow: TimeSpan,
  windows: readonly BurnRateWindow[] = BURN_RATE_WINDOWS,
): readonly BurnRateCheck[] {
  return windows.map((window) => {
    const rate = burnRate(window.budgetShare, window.long, sloWindow);
    return { window, burnRate: rate, threshold: errorRateThreshold(rate, slo) };
  });
}

/**
 * The seconds until a pair of windows fires after a good time, when a constant share of requests begins to fail.
 *
 * Both windows must be over the threshold, of which the long one is the later. What the alarm adds (its period and the
 * time of its evaluation) is not in it. Traffic is taken to be even.
 *
 * @param failing the share of requests that fail, as a fraction
 * @returns `Infinity` where it never fires
 */
export function detectionSeconds({ window, threshold }: BurnRateCheck, failing: number): number {
  // The alarm compares by "greater than": at the threshold itself nothing fires.
  if (!(failing > threshold)) return Number.POSITIVE_INFINITY;
  return (threshold / failing) * window.long.toSeconds();
}

/** The seconds until the first of several pairs fires. */
export function firstDetectionSeconds(checks: readonly BurnRateCheck[], failing: number): number {
  return Math.min(Number.POSITIVE_INFINITY, ...checks.map((check) => detectionSeconds(check, failing)));
}

/**
 * The seconds of a total outage that the budget leaves to a person who is paged at once: what is left of it when the page
 * arrives. Below the time that people need to answer, the objective cannot be kept by people.
 *
 * @param overhead seconds from the moment at which the threshold is passed to the page
 */
export function budgetLeftAfterPage(
  slo: number,
  sloWindow: TimeSpan,
  checks: readonly BurnRateCheck[],
  overhead: number,
): number {
  const pages = checks.filter(({ window }) => window.severity === 'page');
  return unavailability(slo) * sloWindow.toSeconds() - firstDetectionSeconds(pages, 1) - overhead;
}
