/** A day of the week, as AWS abbreviates it. */
export enum Weekday {
  MONDAY = 'MON',
  TUESDAY = 'TUE',
  WEDNESDAY = 'WED',
  THURSDAY = 'THU',
  FRIDAY = 'FRI',
  SATURDAY = 'SAT',
  SUNDAY = 'SUN',
}

/** The days of the week, Monday first. @internal */
export const WEEKDAYS: readonly Weekday[] = Object.values(Weekday);

/** How often a window comes back. */
export type Frequency = 'once' | 'week' | 'month' | 'year';

/** How a window comes back, from its first day on. */
export interface RecurrenceRule {
  readonly every: Frequency;

  /** The days of each week; or the one day of which `nth` says which in a month. */
  readonly weekdays?: readonly Weekday[];

  /** Which of a weekday in a month: 1 to 4, or -1 for the last. */
  readonly nth?: number;

  /** The day of each month: 1 to 28, or -1 for the last. */
  readonly dayOfMonth?: number;
}

/** The last of a month. @internal */
export const LAST = -1;

const MILLISECONDS_PER_DAY = 86_400_000;

/** A day of the calendar as a number: days since 1970. @internal */
export type DayNumber = number;

/** Reads `YYYY-MM-DD`, at the start of a text. @internal */
export function dayNumber(date: string): DayNumber {
  return Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / MILLISECONDS_PER_DAY;
}

/** `YYYY-MM-DD` @internal */
export function dateOf(day: DayNumber): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** The day of the week on which a day falls. @internal */
export function weekdayOf(day: DayNumber): Weekday {
  // 1 January 1970 was a Thursday.
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? Weekday.MONDAY;
}

/** Whether a window that begins on a first day comes on another. @internal */
export function comesOn(rule: RecurrenceRule, first: DayNumber, day: DayNumber): boolean {
  if (day <= first) return day === first;
  switch (rule.every) {
    case 'once':
      return false;
    case 'week':
      return (rule.weekdays ?? [weekdayOf(first)]).includes(weekdayOf(day));
    case 'month':
      return fitsMonth(rule, first, day);
    case 'year':
      return dateOf(day).slice(5) === dateOf(first).slice(5);
  }
}

/** Whether a day is one of those that the rule names, whatever the first one. @internal */
export function fits(rule: RecurrenceRule, day: DayNumber): boolean {
  if (rule.every === 'week') return (rule.weekdays ?? [weekdayOf(day)]).includes(weekdayOf(day));
  return rule.every === 'month' ? fitsMonth(rule, day, day) : true;
}

function fitsMonth({ weekdays, nth, dayOfMonth }: RecurrenceRule, first: DayNumber, day: DayNumber): boolean {
  const [date, length] = dateInMonth(day);
  if (weekdays?.[0] !== undefined && nth !== undefined) {
    if (weekdayOf(day) !== weekdays[0]) return false;
    return nth === LAST ? date > length - 7 : Math.ceil(date / 7) === nth;
  }
  const wanted = dayOfMonth ?? dateInMonth(first)[0];
  return date === (wanted === LAST ? length : wanted);
}

function dateInMonth(day: DayNumber): readonly [date: number, length: number] {
  const at = new Date(day * MILLISECONDS_PER_DAY);
  const length = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  return [at.getUTCDate(), length];
}
