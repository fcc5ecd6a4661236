import type { CronExpression } from './cron-expression';

/** The fields of a cron expression that say days. @internal */
export interface DayFields {
  readonly dayOfMonth: string;
  readonly month: string;
  readonly dayOfWeek: string;
}

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FEBRUARY = 2;
const LEAP_DAY = '2-29';

/**
 * The fields for days (`1 * ?`) that together say the days after those of an expression, so many days later.
 *
 * @returns `undefined` where no fields say them in every year
 * @internal
 */
export function daysAfter(
  cron: CronExpression,
  fields: DayFields,
  later: number,
): readonly string[] | undefined {
  const { dayOfMonth, month, dayOfWeek } = fields;
  if (later === 0) return [`${dayOfMonth} ${month} ${dayOfWeek}`];
  return dayOfMonth === '?' ? weekdaysAfter(cron, fields, later) : datesAfter(cron, dayOfMonth, later);
}

function weekdaysAfter(
  { firesOn }: CronExpression,
  { month, dayOfWeek }: DayFields,
  later: number,
): readonly string[] | undefined {
  // The day after the last Friday, or after the last Monday of June, may be in another week or month.
  if (month !== '*' || /#|\dL|[A-Z]L/.test(dayOfWeek)) return undefined;
  const shifted = WEEKDAYS.map((_, index) => index).filter((index) =>
    firesOn({ month: 1, dayOfMonth: 1, daysInMonth: 31, dayOfWeek: index + 1 }),
  );
  const names = shifted.map((index) => (index + later) % 7).sort((a, b) => a - b);
  return [`? * ${names.map((index) => WEEKDAYS[index]).join(',')}`];
}

/** Fields that say the days after dates, whether February has 28 days or 29. */
function datesAfter(cron: CronExpression, dayOfMonth: string, later: number): readonly string[] | undefined {
  // The weekday that is nearest to a day is another one each month.
  if (dayOfMonth.includes('W')) return undefined;
  const [short, long] = [28, 29].map((days) => datesOf(cron, days, later));
  if (!short || !long) return undefined;
  const all = new Set([...short, ...long]);
  for (const date of all) if (date !== LEAP_DAY && !(short.has(date) && long.has(date))) return undefined;
  return fieldsOf(all);
}

/** The days after those of a year, as `2-29`. */
function datesOf({ firesOn }: CronExpression, february: number, later: number): ReadonlySet<string> {
  const dates = new Set<string>();
  for (let month = 1; month <= 12; month += 1) {
    const days = daysIn(month, february);
    for (let day = 1; day <= days; day += 1)
      if (firesOn({ month, dayOfMonth: day, daysInMonth: days, dayOfWeek: 1 }))
        dates.add(dateAfter(month, day + later, february));
  }
  return dates;
}

function dateAfter(month: number, day: number, february: number): string {
  const days = daysIn(month, february);
  return day <= days ? `${month}-${day}` : dateAfter((month % 12) + 1, day - days, february);
}

function daysIn(month: number, february: number): number {
  return month === FEBRUARY ? february : new Date(Date.UTC(2_001, month, 0)).getUTCDate();
}

/** One expression for the days that the same months have. A day that a month has not does no harm in it. */
function fieldsOf(dates: ReadonlySet<string>): readonly string[] {
  const monthsOf = new Map<number, number[]>();
  for (const date of dates) {
    const [month = 0, day = 0] = date.split('-').map(Number);
    monthsOf.set(day, [...(monthsOf.get(day) ?? []), month]);
  }
  const daysOf = new Map<string, number[]>();
  for (const [day, months] of [...monthsOf].sort(([one], [other]) => one - other)) {
    const having = MONTHS.filter((month) => day <= daysIn(month, 29));
    const all = having.every((month) => months.includes(month));
    const said = all ? '*' : [...months].sort((a, b) => a - b).join(',');
    daysOf.set(said, [...(daysOf.get(said) ?? []), day]);
  }
  return [...daysOf].map(([months, days]) => `${days.join(',')} ${months} ?`);
}

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
