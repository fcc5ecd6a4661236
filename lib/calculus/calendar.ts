/** A day of the calendar, as cron expressions see it. */
export interface CalendarDay {
  /** 1 to 12. */
  readonly month: number;

  /** 1 to 31. */
  readonly dayOfMonth: number;

  /** 1 (Sunday) to 7 (Saturday). */
  readonly dayOfWeek: number;

  /** 28 to 31. */
  readonly daysInMonth: number;
}

const FIRST_DAY = Date.UTC(2001, 0, 1);
const MILLISECONDS_PER_DAY = 86_400_000;

/** Leap years repeat after four years up to 2099, weekdays every week: both together after 28 years, 10,227 days. */
export const CYCLES = { leapYears: 4 * 365 + 1, week: 7, both: 7 * (4 * 365 + 1) } as const;

const days: CalendarDay[] = [];

/**
 * The first days from 2001 on, at most all of 2001 to 2028, which stand for all years up to 2099.
 *
 * Made when first asked for, because most runs never ask for many.
 */
export function calendar(length: number): readonly CalendarDay[] {
  for (let index = days.length; index < length; index += 1)
    days.push(calendarDay(new Date(FIRST_DAY + index * MILLISECONDS_PER_DAY)));
  return days.slice(0, length);
}

/** A day as cron expressions see it, in UTC. @internal */
export function calendarDay(date: Date): CalendarDay {
  const month = date.getUTCMonth();
  return {
    month: month + 1,
    dayOfMonth: date.getUTCDate(),
    dayOfWeek: date.getUTCDay() + 1,
    daysInMonth: new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate(),
  };
}

/** Whether the clocks of a time zone change within the years 2025 to 2027; `undefined` when there is no such zone. */
export function hasSummerTime(timeZone: string): boolean | undefined {
  if (/^(Etc\/)?(UTC|GMT)$/i.test(timeZone)) return false;
  try {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
    const halfMonths = Array.from({ length: 72 }, (_, index) => offsetAt(format, index));
    return new Set(halfMonths).size > 1;
  } catch {
    return undefined;
  }
}

function offsetAt(format: Intl.DateTimeFormat, halfMonth: number): string {
  const date = new Date(Date.UTC(2025, Math.floor(halfMonth / 2), halfMonth % 2 === 0 ? 1 : 15));
  return format.formatToParts(date).find((part) => part.type === 'timeZoneName')?.value ?? '';
}
