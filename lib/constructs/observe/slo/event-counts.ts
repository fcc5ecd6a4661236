import type { CountedEvents } from '../../../calculus/counted-events';
import { eventsWithin, secondsBetween } from '../../../calculus/counted-events';
import { formatSeconds, Span, type TimeSpan } from '../../../calculus/time-span';
import type { Mistake } from '../../../objectives/mistakes';
import type { BurnRateAlert } from '../../../objectives/policy/operations';
import type { Indicator } from './indicator';
import type { WatchedWindow } from './slo-choices';

/** A single error at night is no incident. An own decision. */
const LEAST_BAD = 10;

/** One run of a canary may meet a restart. An own decision. */
const LEAST_SELDOM = 2;

/** Waiting for bad events may take a thirtieth of the fastest window: two minutes of an hour. An own decision. */
const WAITS_FOR = 1 / 30;

const MOST_LEAST_BAD = 1_000_000;
const MINUTES = 60;
const MINUTE = 60;

/**
 * The events of an hour, where they are so few that each counts.
 *
 * @internal
 */
export function eventsPerHour({ minutes, eventsPerHour: given }: Indicator): number | undefined {
  return minutes ? MINUTES : given;
}

/**
 * What is counted one by one; undefined where there is plenty of traffic.
 *
 * @internal
 */
export function countedOf(indicator: Indicator, leastBad: number): CountedEvents | undefined {
  const perHour = eventsPerHour(indicator);
  return perHour === undefined ? undefined : { perHour, leastBad };
}

/**
 * How many events must go wrong, unless it is given: a handful, and fewer where it would take them long to come.
 *
 * @internal
 */
export function leastBadOf(indicator: Indicator, windows: readonly WatchedWindow[]): number {
  if (indicator.minutes) return 1;
  const { eventsPerHour: perHour } = indicator;
  const longs = windows.flatMap(({ checks }) => checks.map(({ window }) => window.longWindow.toSeconds()));
  if (perHour === undefined || longs.length === 0) return LEAST_BAD;
  const events = eventsWithin(Math.min(...longs), perHour);
  return Math.max(1, Math.min(handfulOf(events), Math.floor(events)));
}

/**
 * How many events must go wrong in one stretch of time for more than an accident: a handful, and fewer where there are few.
 *
 * @internal
 */
export function leastBadWithin(indicator: Indicator, seconds: number): number {
  if (indicator.minutes) return 1;
  const { eventsPerHour: perHour } = indicator;
  return perHour === undefined ? LEAST_BAD : handfulOf(eventsWithin(seconds, perHour));
}

function handfulOf(events: number): number {
  return Math.min(LEAST_BAD, Math.max(LEAST_SELDOM, Math.floor(events * WAITS_FOR)));
}

/**
 * Alerts whose short window holds an event at all times: between two an empty one would end the alarm, and the next begin it again.
 *
 * @internal
 */
export function withEvents(indicator: Indicator, alerts: readonly BurnRateAlert[]): readonly BurnRateAlert[] {
  const perHour = eventsPerHour(indicator);
  if (!isRate(perHour)) return alerts;
  const least = Span.minutes(Math.ceil(secondsBetween(perHour) / MINUTE));
  return alerts.map((alert) =>
    isShorter(alert.shortWindow, least) && isShorter(least, alert.longWindow)
      ? { ...alert, shortWindow: least }
      : alert,
  );
}

function isShorter(one: TimeSpan, other: TimeSpan): boolean {
  return one.toSeconds() < other.toSeconds();
}

function isRate(perHour: number | undefined): perHour is number {
  return perHour !== undefined && Number.isFinite(perHour) && perHour > 0;
}

/**
 * Numbers of events that mean nothing.
 *
 * @internal
 */
export function countMistakes(indicator: Indicator, leastBadEvents: number | undefined): Mistake[] {
  const { eventsPerHour: perHour, minutes } = indicator;
  const mistakes: Mistake[] = [];
  if (perHour !== undefined && minutes)
    mistakes.push({
      problem: `eventsPerHour of the indicator is ${perHour}, and there are 60 minutes in an hour`,
      fix: 'leave it out where the events are minutes',
    });
  else if (perHour !== undefined && !isRate(perHour))
    mistakes.push({
      problem: `eventsPerHour of the indicator is ${perHour}`,
      fix: 'write a number above 0: 4 for a canary that runs each 15 minutes',
    });
  if (leastBadEvents !== undefined && !(isWhole(leastBadEvents) && leastBadEvents <= MOST_LEAST_BAD))
    mistakes.push({
      problem: `leastBadEvents is ${leastBadEvents}`,
      fix: 'use a whole number from 1 to 1,000,000',
    });
  return mistakes;
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

/**
 * Pairs of windows that hold too few events.
 *
 * @internal
 */
export function seldomMistakes(
  indicator: Indicator,
  windows: readonly WatchedWindow[],
  leastBad: number,
): Mistake[] {
  const perHour = eventsPerHour(indicator);
  if (perHour === undefined) return [];
  return windows.flatMap(({ checks }) =>
    checks.flatMap(({ window: { longWindow, shortWindow } }) =>
      pairMistakes(longWindow.toSeconds(), shortWindow.toSeconds(), { perHour, leastBad }),
    ),
  );
}

function pairMistakes(long: number, short: number, { perHour, leastBad }: CountedEvents): Mistake[] {
  const named = `the alert on ${formatSeconds(long)} and ${formatSeconds(short)}`;
  const events = eventsWithin(long, perHour);
  const between = secondsBetween(perHour);
  const spans = (count: number) => formatSeconds(Math.ceil((count * between) / MINUTE) * MINUTE);
  if (events < leastBad)
    return [
      {
        problem: `${named} can never fire: at ${Number(perHour.toPrecision(3))} events an hour its long window holds ${Number(events.toFixed(2))}, and ${leastBad} bad ${leastBad === 1 ? 'one is' : 'ones are'} needed`,
        fix: `${events < 1 ? 'leave it out of alerts' : `set leastBadEvents to ${Math.floor(events)} or less`}, or give it a long window of ${spans(leastBad)} or more`,
      },
    ];
  if (short >= between) return [];
  return [
    {
      problem: `${named} would end and begin again with each bad event: ${formatSeconds(between)} lie between two events`,
      fix: `give it a short window of ${spans(1)} or more`,
    },
  ];
}
