import type { Inexpressible } from './expressed';
import { utcText } from './expressed';
import { firstMoment, type LocalWindow } from './occurrences';
import { dateOf, dayNumber, LAST, type RecurrenceRule, WEEKDAYS, type Weekday } from './recurrence';

/** February is the shortest month, and now and then a day longer. */
const SURE_DAYS = 28;

/** The same days, some days later or earlier, or why there is no rule for them. @internal */
export function movedRule(
  { recurrence, start }: Pick<LocalWindow, 'recurrence' | 'start'>,
  days: number,
): RecurrenceRule | Inexpressible {
  if (days === 0 || recurrence.every === 'once') return recurrence;
  const { every, weekdays = [], nth, dayOfMonth = 0 } = recurrence;
  const no = (what: string): Inexpressible => ({
    problem: `it passes midnight, and ${days > 0 ? 'the day after' : 'the day before'} ${what} has no rule of its own`,
    fix: 'choose a time at which it does not pass midnight, or a day of the week',
  });
  if (every === 'week') return { every, weekdays: weekdays.map((day) => movedWeekday(day, days)) };
  if (every === 'year')
    return ['02-28', '02-29', '03-01'].includes(start.slice(5, 10)) ? no('the end of February') : recurrence;
  if (nth !== undefined) return no('a certain weekday of a month');
  const moved = dayOfMonth + days;
  if (dayOfMonth === LAST || moved < 1 || moved > SURE_DAYS)
    return no(dayOfMonth === LAST ? 'the last of a month' : `day ${dayOfMonth} of each month`);
  return { every, dayOfMonth: moved };
}

function movedWeekday(weekday: Weekday, days: number): Weekday {
  const index = (WEEKDAYS.indexOf(weekday) + days + WEEKDAYS.length) % WEEKDAYS.length;
  return WEEKDAYS[index] ?? weekday;
}

/**
 * The same window said in UTC, where its first time counts for all; or why there is no rule for it.
 *
 * @internal
 */
export function inUtc(window: LocalWindow): LocalWindow | Inexpressible {
  const start = utcText(firstMoment(window)).slice(0, 16);
  const days = dayNumber(start) - dayNumber(window.start);
  const recurrence = movedRule(window, days);
  if ('problem' in recurrence) return recurrence;
  const { lastDay } = window;
  return {
    start,
    recurrence,
    durationSeconds: window.durationSeconds,
    timeZone: 'UTC',
    ...(lastDay !== undefined && { lastDay: dateOf(dayNumber(lastDay) + days) }),
  };
}
