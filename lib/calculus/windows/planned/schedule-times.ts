import { calendarDay } from '../../calendar';
import { type CronExpression, parseCron } from '../../cron-expression';
import { isTimeZone, momentOf } from '../time-zone';

/** A stretch of time, in seconds since 1970. */
export interface PlannedTime {
  readonly start: number;
  readonly end: number;
}

/** Why it cannot be said when something comes. */
export interface TimesNotKnown {
  readonly unknown: string;
}

/** When something comes between two moments, in order. */
export type Times = (from: number, until: number) => readonly PlannedTime[];

/** A schedule of AWS. */
export interface ScheduleWords {
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly expression: string;

  /** @default UTC */
  readonly timeZone?: string;

  /** The first moment at which it may come, in seconds since 1970. @default - none */
  readonly notBefore?: number;

  /** The last one, in seconds since 1970. @default - none */
  readonly notAfter?: number;

  /** How long it lasts, or may begin later. */
  readonly seconds: number;

  /** So many days later than the expression says. @default 0 */
  readonly daysLater?: number;
}

const DAY = 86_400;

/** What comes more often counts as coming all day. */
const MOST_A_DAY = 24;

const RATE_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: DAY };

/**
 * When a schedule of AWS comes. A time that the clocks skip does not come; one that they show twice comes once.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleTimes(words: ScheduleWords): Times | TimesNotKnown {
  const { expression, timeZone = 'UTC' } = words;
  if (!isTimeZone(timeZone)) return { unknown: `${timeZone} is no time zone that is known` };
  const [, kind, inside = ''] = /^\s*(cron|rate|at)\s*\(\s*(.*?)\s*\)\s*$/i.exec(expression) ?? [];
  switch (kind?.toLowerCase()) {
    case 'cron':
      return cronTimes(inside, timeZone, words);
    case 'rate':
      return rateTimes(inside, words);
    case 'at':
      return onceAt(inside, timeZone, words);
    default:
      return { unknown: `${expression} is neither cron(…), rate(…) nor at(…)` };
  }
}

function onceAt(text: string, timeZone: string, { seconds }: ScheduleWords): Times | TimesNotKnown {
  const clock = Date.parse(`${text.replace(/Z$/, '')}Z`) / 1_000;
  if (Number.isNaN(clock)) return { unknown: `at(${text}) is no time` };
  const start = momentOf(timeZone, clock).at;
  return within([{ start, end: start + seconds }]);
}

function rateTimes(text: string, { notBefore, notAfter, seconds }: ScheduleWords): Times | TimesNotKnown {
  const [, count, unit = ''] = /^(\d+)\s+(minute|hour|day)s?$/i.exec(text) ?? [];
  const each = Number(count) * (RATE_SECONDS[unit.toLowerCase()] ?? Number.NaN);
  if (!(each > 0)) return { unknown: `rate(${text}) is no rate` };
  const last = notAfter ?? Number.POSITIVE_INFINITY;
  if (each <= DAY)
    return (from, until) => {
      const stretch = { start: Math.max(from, notBefore ?? from), end: Math.min(until, last) };
      return stretch.start < stretch.end ? [stretch] : [];
    };
  if (notBefore === undefined) return { unknown: `rate(${text}) comes from its deployment on` };
  return (from, until) => {
    const first = Math.max(0, Math.floor((from - seconds - notBefore) / each));
    const found: PlannedTime[] = [];
    for (let start = notBefore + first * each; start < until && start <= last; start += each)
      if (start + seconds > from) found.push({ start, end: start + seconds });
    return found;
  };
}

function cronTimes(text: string, timeZone: string, words: ScheduleWords): Times | TimesNotKnown {
  const { fields, years } = withoutYears(text);
  const cron = parseCron(fields);
  if ('unknown' in cron) return { unknown: cron.unknown };
  const inYears = years ?? (() => true);
  return (from, until) => {
    const found: PlannedTime[] = [];
    const later = words.daysLater ?? 0;
    const first = dayOf(from - words.seconds) - 1 - later;
    for (let day = first; day <= dayOf(until) + 1; day += 1)
      if (inYears(yearOf(day))) found.push(...onDay(cron, day, timeZone, words));
    return within(found)(from, until);
  };
}

function onDay(cron: CronExpression, day: number, timeZone: string, words: ScheduleWords): PlannedTime[] {
  if (!cron.firesOn(calendarDay(dateOf(day)))) return [];
  const {
    seconds,
    daysLater = 0,
    notBefore = Number.NEGATIVE_INFINITY,
    notAfter = Number.POSITIVE_INFINITY,
  } = words;
  const midnight = (day + daysLater) * DAY;
  const { minutesOfDay } = cron;
  if (minutesOfDay.length > MOST_A_DAY) {
    const [start, end] = [midnight, midnight + DAY].map((clock) => momentOf(timeZone, clock).at);
    const stretch = { start: Math.max(start ?? 0, notBefore), end: Math.min(end ?? 0, notAfter) + seconds };
    return stretch.start < stretch.end ? [stretch] : [];
  }
  return minutesOfDay
    .map((minute) => momentOf(timeZone, midnight + minute * 60))
    .filter(({ at, shown }) => shown !== 'never' && at >= notBefore && at <= notAfter)
    .map(({ at }) => ({ start: at, end: at + seconds }));
}

/** An expression for all years, and the years in which it counts. */
function withoutYears(text: string): { fields: string; years?: (year: number) => boolean } {
  const fields = text.trim().split(/\s+/);
  const named = fields[5];
  if (fields.length !== 6 || named === undefined || !/^\d{4}(-\d{4})?(,\d{4}(-\d{4})?)*$/.test(named))
    return { fields: text };
  const ranges = named.split(',').map((part) => part.split('-').map(Number));
  return {
    fields: [...fields.slice(0, 5), '*'].join(' '),
    years: (year) => ranges.some(([first = 0, last = first]) => first <= year && year <= last),
  };
}

/** Stretches that are known, as far as they meet what is asked about. @internal */
export function within(stretches: readonly PlannedTime[]): Times {
  return (from, until) => stretches.filter(({ start, end }) => end > from && start < until);
}

function yearOf(day: number): number {
  return dateOf(day).getUTCFullYear();
}

function dateOf(day: number): Date {
  return new Date(day * DAY * 1_000);
}

/** Days since 1970. */
function dayOf(moment: number): number {
  return Math.floor(moment / DAY);
}
