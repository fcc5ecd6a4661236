import type { BurnRateCheck } from './burn-rate-windows';

/** Events that come so seldom that each counts: the runs of a canary, the minutes of an hour. */
export interface CountedEvents {
  /** So many there are in an hour, at even distances. */
  readonly perHour: number;

  /** So many must have gone wrong in the long window. */
  readonly leastBad: number;
}

const HOUR = 3_600;

/** The seconds between two events, in thousandths: an hour in sevenths has a tail in binary. */
export function secondsBetween(perHour: number): number {
  return Number((HOUR / perHour).toFixed(3));
}

/** How many events a time holds, a part of one at its end counted as a part. */
export function eventsWithin(seconds: number, perHour: number): number {
  return Number((seconds / secondsBetween(perHour)).toPrecision(9));
}

/**
 * The seconds until a pair of windows fires after a good time, at the latest, when one event in so many begins to fail: until as many
 * bad ones have come as both windows need, the first of them one distance after the beginning.
 *
 * @param failing the share of events that fail, as a fraction
 * @returns `Infinity` where no window ever holds so many
 */
export function countedSeconds(
  { window: { longWindow, shortWindow }, threshold }: BurnRateCheck,
  failing: number,
  { perHour, leastBad }: CountedEvents,
): number {
  const between = secondsBetween(perHour) / failing;
  const needed = [
    { seconds: longWindow.toSeconds(), least: leastBad },
    { seconds: shortWindow.toSeconds(), least: 1 },
  ].map(({ seconds, least }) => {
    const events = Math.ceil(eventsWithin(seconds, perHour));
    const count = Math.max(least, Math.floor(Number((threshold * events).toPrecision(12))) + 1);
    // So many lie within a window whose ends do not both belong to it.
    return (count - 1) * between < seconds ? count : Number.POSITIVE_INFINITY;
  });
  return Math.max(...needed) * between;
}

const QUARTER_HOUR = 900;
const FIVE_MINUTES = 300;
const DAY = 86_400;

/** So many seconds alarms look back at most. @internal */
export const LOOKS_BACK = 7 * DAY;

const MISSED = 3;

/**
 * How long nothing may be measured before it is silence: a quarter of an hour, and as long as three events take. Alarms look back a day
 * at most in periods of five minutes, and a week in hours.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function silence(perHour = Number.POSITIVE_INFINITY): {
  readonly seconds: number;
  readonly period: number;
} {
  const missed = MISSED * secondsBetween(perHour);
  const period = missed > DAY ? HOUR : FIVE_MINUTES;
  return {
    seconds: Math.min(LOOKS_BACK, Math.max(QUARTER_HOUR, Math.ceil(missed / period) * period)),
    period,
  };
}
