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

const FIRST_YEAR = 2001;
const LAST_YEAR = 2028;
const MILLISECONDS_PER_DAY = 86_400_000;

let days: readonly CalendarDay[] | undefined;

/**
 * Every day of 2001 to 2028. Weekdays and leap years repeat every 28 years up to 2099, so these stand for all of them.
 *
 * Made when first asked for, because most runs never ask.
 */
export function calendar(): readonly CalendarDay[] {
  if (days) return days;
  const start = Date.UTC(FIRST_YEAR, 0, 1);
  const length = (Date.UTC(LAST_YEAR + 1, 0, 1) - start) / MILLISECONDS_PER_DAY;
  days = Array.from({ length }, (_, index) => calendarDay(new Date(start + index * MILLISECONDS_PER_DAY)));
  return days;
}

function calendarDay(date: Date): CalendarDay {
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
