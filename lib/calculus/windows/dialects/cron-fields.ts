import type { LocalWindow } from '../occurrences';
import { LAST, WEEKDAYS, type Weekday } from '../recurrence';

/** The fields of a cron expression of AWS that say when a window begins. @internal */
export interface CronFields {
  readonly minute: string;
  readonly hour: string;
  readonly dayOfMonth: string;
  readonly month: string;
  readonly dayOfWeek: string;
}

/** Every day of the week, which is one word. */
const ALL_DAYS = WEEKDAYS.length;

/**
 * When a window that comes back begins, with `?` in the field of the day that is not used.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 * @internal
 */
export function cronFields({ start, recurrence }: LocalWindow): CronFields {
  const [, month, day] = start.slice(0, 10).split('-').map(Number);
  const [hour, minute] = start.slice(11).split(':').map(Number);
  const time = { minute: String(minute), hour: String(hour) };
  const { every, weekdays = [], nth, dayOfMonth } = recurrence;
  switch (every) {
    case 'week':
      return { ...time, dayOfMonth: '?', month: '*', dayOfWeek: weekdayList(weekdays) };
    case 'month':
      return nth === undefined
        ? { ...time, dayOfMonth: dayOfMonth === LAST ? 'L' : String(dayOfMonth), month: '*', dayOfWeek: '?' }
        : { ...time, dayOfMonth: '?', month: '*', dayOfWeek: nthWeekday(weekdays[0], nth) };
    default:
      return { ...time, dayOfMonth: String(day), month: String(month), dayOfWeek: '?' };
  }
}

/** `cron(0 2 ? * SUN *)`: the six fields of EventBridge Scheduler and Systems Manager. @internal */
export function sixFields({ minute, hour, dayOfMonth, month, dayOfWeek }: CronFields): string {
  return `cron(${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} *)`;
}

/** The days in the order of the week. @internal */
export function weekdayList(weekdays: readonly Weekday[]): string {
  const named = WEEKDAYS.filter((each) => weekdays.includes(each));
  return named.length === ALL_DAYS ? '*' : named.join(',');
}

/** `TUE#2`, and `3L` for the last Tuesday: AWS counts from Sunday. */
function nthWeekday(weekday: Weekday | undefined, nth: number): string {
  if (weekday === undefined) return '*';
  return nth === LAST ? `${((WEEKDAYS.indexOf(weekday) + 1) % 7) + 1}L` : `${weekday}#${nth}`;
}
