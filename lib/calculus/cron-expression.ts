import { type CalendarDay, CYCLES } from './calendar';

/** The six fields inside `cron(...)`, understood. */
export interface CronExpression {
  /** The minutes of a day (0 to 1439) at which it fires, in order. */
  readonly minutesOfDay: readonly number[];

  /** The days after which it fires on the same days again; a divisor of {@link CYCLES.both}. */
  readonly cycle: number;

  /** Whether it fires on a day. */
  firesOn(day: CalendarDay): boolean;
}

/** Why something could not be understood. */
export interface NotUnderstood {
  readonly unknown: string;
}

type DayTest = (day: CalendarDay) => boolean;

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;

  /** Names for the numbers from `from` on. */
  readonly names?: readonly string[];
}

const MINUTES: Field = { name: 'minutes', from: 0, to: 59 };
const HOURS: Field = { name: 'hours', from: 0, to: 23 };
const DAY_OF_MONTH: Field = { name: 'day of month', from: 1, to: 31 };
const MONTHS: Field = {
  name: 'month',
  from: 1,
  to: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const DAY_OF_WEEK: Field = {
  name: 'day of week',
  from: 1,
  to: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};
const YEARS: Field = { name: 'year', from: 1970, to: 2199 };
const SUNDAY = 1;
const SATURDAY = 7;

/** No month is shorter, so every day up to this one exists in each. */
const SHORTEST_MONTH = 28;

/** Stops the reading of one expression; never leaves this file. */
class Unreadable extends Error {}

/**
 * Reads the six fields of an AWS cron expression: minutes, hours, day of month, month, day of week, year.
 *
 * What AWS would refuse, or what it does not document, is not guessed at but reported as unknown.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export function parseCron(fields: string): CronExpression | NotUnderstood {
  try {
    return readCron(fields);
  } catch (error) {
    if (error instanceof Unreadable) return { unknown: error.message };
    throw error;
  }
}

/** The days of the week as people write them elsewhere: there Sunday is 0 or 7. */
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/**
 * The six fields of AWS for the five of the standard: a year more, a ? in one of the two fields for days, and days of
 * the week by name, as AWS counts them from 1.
 *
 * @returns `undefined` for what are no such five fields, and where both fields for days say something: AWS has no such schedule
 */
export function sixFieldsOf(text: string): string | undefined {
  const fields = text.trim().toUpperCase().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 5 || dayOfMonth === undefined || dayOfWeek === undefined) return undefined;
  const anyDay = ['*', '?'].includes(dayOfWeek);
  if (!anyDay && !['*', '?'].includes(dayOfMonth)) return undefined;
  const days = anyDay
    ? `${dayOfMonth === '?' ? '*' : dayOfMonth} ${month} ?`
    : `? ${month} ${dayOfWeek.replace(/(?<![/#\d])[0-7](?!\d)/g, (day) => DAYS[Number(day)] ?? day)}`;
  const six = `${minutes} ${hours} ${days} *`;
  return 'unknown' in parseCron(six) ? undefined : six;
}

function readCron(text: string): CronExpression {
  const fields = text.trim().toUpperCase().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || !minutes || !hours || !dayOfMonth || !month || !dayOfWeek || !year) {
    throw new Unreadable(`cron(${text}) has ${fields.length} fields, not 6`);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Unreadable(`cron(${text}) needs a ? as day of month or as day of week, and not as both`);
  }
  if (numbers(year, YEARS).size <= YEARS.to - YEARS.from) {
    throw new Unreadable(`cron(${text}) fires in some years only`);
  }
  const months = numbers(month, MONTHS);
  const onDay = dayOfMonth === '?' ? dayOfWeekTest(dayOfWeek) : dayOfMonthTest(dayOfMonth);
  return {
    minutesOfDay: minutesOfDay(numbers(hours, HOURS), numbers(minutes, MINUTES)),
    cycle: cycleOf(dayOfMonth, month, dayOfWeek),
    firesOn: (day) => months.has(day.month) && onDay(day),
  };
}

function cycleOf(dayOfMonth: string, month: string, dayOfWeek: string): number {
  const everyMonth = month === '*';
  // Weekdays of certain weeks of a month, such as its last Friday, and the weekday nearest to a day.
  if (dayOfMonth === '?') return everyMonth && !/[#L]/.test(dayOfWeek) ? CYCLES.week : CYCLES.both;
  if (dayOfMonth.includes('W')) return CYCLES.both;
  return everyMonth && dayOfMonth === '*' ? 1 : CYCLES.leapYears;
}

function minutesOfDay(hours: ReadonlySet<number>, minutes: ReadonlySet<number>): number[] {
  const all = [...hours].flatMap((hour) => [...minutes].map((minute) => hour * 60 + minute));
  return all.sort((a, b) => a - b);
}

/** The numbers that a field names with lists, ranges, steps and `*`. */
function numbers(text: string, field: Field): Set<number> {
  return new Set(text.split(',').flatMap((item) => range(item, field)));
}

function range(item: string, field: Field): number[] {
  const [body = '', step, ...more] = item.split('/');
  const [first = '', last, ...rest] = body.split('-');
  if (more.length > 0 || rest.length > 0) throw notRead(item, field);
  const by = step === undefined ? 1 : wholeNumber(step, item, field);
  if (by < 1) throw notRead(item, field);
  const from = first === '*' ? field.from : value(first, item, field);
  const to = rangeEnd({ first, last, step }, item, field);
  if ((first === '*' && last !== undefined) || to < from) throw notRead(item, field);
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}

interface RangeParts {
  readonly first: string;
  readonly last: string | undefined;
  readonly step: string | undefined;
}

/** A lone number ends where it starts; with a step it goes on to the end of the field. */
function rangeEnd({ first, last, step }: RangeParts, item: string, field: Field): number {
  if (last !== undefined) return value(last, item, field);
  return first === '*' || step !== undefined ? field.to : value(first, item, field);
}

function value(text: string, item: string, field: Field): number {
  const named = field.names?.indexOf(text) ?? -1;
  const number = named >= 0 ? field.from + named : wholeNumber(text, item, field);
  if (number < field.from || number > field.to) throw notRead(item, field);
  return number;
}

function wholeNumber(text: string, item: string, field: Field): number {
  if (!/^\d+$/.test(text)) throw notRead(item, field);
  return Number(text);
}

function notRead(item: string, field: Field): Unreadable {
  return new Unreadable(`${JSON.stringify(item)} is no ${field.name} that is documented`);
}

function dayOfMonthTest(text: string): DayTest {
  const tests = text.split(',').map(dayOfMonthItem);
  return (day) => tests.some((test) => test(day));
}

function dayOfMonthItem(item: string): DayTest {
  if (item === 'L') return (day) => day.dayOfMonth === day.daysInMonth;
  if (item === 'LW') return (day) => day.dayOfMonth === nearestWeekday(day.daysInMonth, day);
  if (item.endsWith('W')) {
    const wanted = value(item.slice(0, -1), item, DAY_OF_MONTH);
    if (wanted > SHORTEST_MONTH) {
      throw new Unreadable(`${item} is not documented for months that have no day ${wanted}`);
    }
    return (day) => day.dayOfMonth === nearestWeekday(wanted, day);
  }
  const days = new Set(range(item, DAY_OF_MONTH));
  return (day) => days.has(day.dayOfMonth);
}

/** The day from Monday to Friday that is nearest to a day of the month, in the same month. */
function nearestWeekday(wanted: number, { dayOfMonth, dayOfWeek, daysInMonth }: CalendarDay): number {
  const weekday = weekdayOf(dayOfWeek + wanted - dayOfMonth);
  if (weekday === SATURDAY) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === SUNDAY) return wanted === daysInMonth ? wanted - 2 : wanted + 1;
  return wanted;
}

/** Any whole number as a day of the week. */
function weekdayOf(number: number): number {
  return ((((number - 1) % 7) + 7) % 7) + 1;
}

function dayOfWeekTest(text: string): DayTest {
  if (text.includes('#')) return nthWeekdayTest(text);
  const tests = text.split(',').map(dayOfWeekItem);
  return (day) => tests.some((test) => test(day));
}

/** `3#2`: the second Tuesday. AWS allows no list with it. */
function nthWeekdayTest(text: string): DayTest {
  const [weekday = '', nth = '', ...more] = text.split('#');
  const wanted = value(weekday, text, DAY_OF_WEEK);
  const count = wholeNumber(nth, text, DAY_OF_WEEK);
  if (more.length > 0 || count < 1 || count > 5) throw notRead(text, DAY_OF_WEEK);
  return (day) => day.dayOfWeek === wanted && Math.ceil(day.dayOfMonth / 7) === count;
}

function dayOfWeekItem(item: string): DayTest {
  if (item === 'L') return (day) => day.dayOfWeek === SATURDAY;
  if (item.endsWith('L')) {
    const wanted = value(item.slice(0, -1), item, DAY_OF_WEEK);
    return (day) => day.dayOfWeek === wanted && day.dayOfMonth > day.daysInMonth - 7;
  }
  const days = new Set(range(item, DAY_OF_WEEK));
  return (day) => days.has(day.dayOfWeek);
}
