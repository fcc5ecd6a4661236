import { burnRate, errorRateThreshold } from './burn-rate';
import { type CountedEvents, countedSeconds } from './counted-events';
import { errorBudgetSeconds, FOUR_WEEKS, MONTH } from './error-budget';
import { Span, type TimeSpan } from './time-span';

/** Two windows that must both burn the budget too fast: the long one shows that it matters, the short one that it goes on. */
export interface BurnRateWindow {
  readonly longWindow: TimeSpan;
  readonly shortWindow: TimeSpan;

  /** The share of the budget that is gone when both do, as a fraction. */
  readonly budgetShare: number;
}

/** What a pair of windows means for an objective. */
export interface BurnRateCheck<Window extends BurnRateWindow = BurnRateWindow> {
  readonly window: Window;

  /** How many times faster than evenly the budget burns when it fires. */
  readonly burnRate: number;

  /** The share of failing requests at which it fires, as a fraction. From 1 on it never does. */
  readonly threshold: number;
}

/**
 * What pairs of windows mean for an objective over so long a window.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export function burnRateChecks<Window extends BurnRateWindow>(
  slo: number,
  sloWindow: TimeSpan,
  windows: readonly Window[],
): readonly BurnRateCheck<Window>[] {
  return windows.map((window) => {
    const rate = burnRate(window.budgetShare, window.longWindow, sloWindow);
    return { window, burnRate: rate, threshold: errorRateThreshold(rate, slo) };
  });
}

/**
 * Windows made for a month, for an objective over another time: their burn rates stay what they were, but for the rounding. Below
 * four weeks they are shortened, to whole minutes: a pair on three days would fire though an objective of a week is kept. Above a
 * month they are for a smaller share of the budget, as alarms look back a week at most: else nobody would be told while the budget of a
 * quarter is gone in a month.
 */
export function scaledTo<Window extends BurnRateWindow>(
  sloWindow: TimeSpan,
  windows: readonly Window[],
): readonly Window[] {
  const share = sloWindow.toSeconds() / MONTH.toSeconds();
  if (share > 1)
    return windows.map((window) => ({
      ...window,
      budgetShare: Number((window.budgetShare / share).toPrecision(12)),
    }));
  if (sloWindow.toSeconds() >= FOUR_WEEKS.toSeconds()) return windows;
  const scaled = (span: TimeSpan) => Span.minutes(Math.max(1, Math.round((span.toSeconds() * share) / 60)));
  return windows.map((window) => ({
    ...window,
    longWindow: scaled(window.longWindow),
    shortWindow: scaled(window.shortWindow),
  }));
}

/**
 * The seconds until a pair of windows fires after a good time, when a constant share of requests begins to fail.
 *
 * Both windows must be over the threshold, of which the long one is the later. What the alarm adds (its period and the
 * time of its evaluation) is not in it. Traffic is taken to be even.
 *
 * @param failing the share of requests that fail, as a fraction
 * @param counted for events that come one by one: then it is the time at the latest. @default - there is plenty of traffic
 * @returns `Infinity` where it never fires
 */
export function detectionSeconds(check: BurnRateCheck, failing: number, counted?: CountedEvents): number {
  if (counted) return countedSeconds(check, failing, counted);
  const { window, threshold } = check;
  // The alarm compares by "greater than": at the threshold itself nothing fires.
  if (!(failing > threshold)) return Number.POSITIVE_INFINITY;
  return (threshold / failing) * window.longWindow.toSeconds();
}

/** The seconds until the first of several pairs fires; `Infinity` where none does. */
export function firstDetectionSeconds(
  checks: readonly BurnRateCheck[],
  failing: number,
  counted?: CountedEvents,
): number {
  const each = checks.map((check) => detectionSeconds(check, failing, counted));
  return Math.min(Number.POSITIVE_INFINITY, ...each);
}

/**
 * The seconds of the error budget that are left of a total outage when the first of several pairs fires.
 *
 * @throws ConfigurationError when the objective is not between 0 and 1, both excluded
 */
export function budgetLeftAtDetection(
  slo: number,
  sloWindow: TimeSpan,
  checks: readonly BurnRateCheck[],
  counted?: CountedEvents,
): number {
  return errorBudgetSeconds(slo, sloWindow) - firstDetectionSeconds(checks, 1, counted);
}
