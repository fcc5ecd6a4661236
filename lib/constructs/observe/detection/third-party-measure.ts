import { eventsWithin, secondsBetween } from '../../../calculus/counted-events';
import { formatSeconds } from '../../../calculus/time-span';
import type { Mistake } from '../../../objectives/mistakes';
import { eventsPerHour } from '../slo/event-counts';
import type { Indicator } from '../slo/indicator';

const LEAST_FAILURES = 10;
const MINUTE = 60;

/** An alarm looks at twice as much, and those that look back over a day are evaluated once an hour. */
const LONGEST = 43_200;

/** Seconds of one data point: a minute, and where events are fewer, from one to the next. @internal */
export function secondsOfMeasure(measured: Indicator): number {
  const perHour = eventsPerHour(measured);
  if (perHour === undefined) return MINUTE;
  return Math.max(MINUTE, Math.ceil(secondsBetween(perHour) / MINUTE) * MINUTE);
}

/** So many failures are no hiccup: where each event counts, the share says so alone. @internal */
export function usualFailures(measured: Indicator): number {
  return eventsPerHour(measured) === undefined ? LEAST_FAILURES : 1;
}

/** More failures than there are events, and events that are too seldom. @internal */
export function measureMistakes(measured: Indicator, leastFailures = usualFailures(measured)): Mistake[] {
  const perHour = eventsPerHour(measured);
  if (perHour === undefined) return [];
  const seconds = secondsOfMeasure(measured);
  if (seconds > LONGEST)
    return [
      {
        problem: `measured has an event each ${formatSeconds(Math.round(secondsBetween(perHour)))}, and its alarm needs one each ${formatSeconds(LONGEST)} at least`,
        fix: 'measure it more often, by a canary: journeyAvailability(canary)',
      },
    ];
  const events = Math.floor(eventsWithin(seconds, perHour));
  if (leastFailures <= events) return [];
  return [
    {
      problem: `leastFailures is ${leastFailures}, and ${formatSeconds(seconds)} hold ${events} ${events === 1 ? 'event' : 'events'} of measured: its alarm could never fire`,
      fix: events === 1 ? 'use 1, or leave it out' : `use 1 to ${events}`,
    },
  ];
}
