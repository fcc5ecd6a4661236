import { CYCLES, calendar, hasSummerTime } from './calendar';
import { type CronExpression, parseCron } from './cron-expression';

/** The largest gap between two firings of a schedule. */
export interface KnownGap {
  /** `Infinity` when it never fires again. */
  readonly seconds: number;
}

/** A schedule that could not be understood in full. */
export interface UnknownGap {
  /** Why. */
  readonly unknown: string;

  /** The gap of the expressions that were understood; the rest can only make it smaller. `Infinity` when none was. */
  readonly atMostSeconds: number;
}

/** How long a schedule can stay silent. */
export type LargestGap = KnownGap | UnknownGap;

type Reading =
  | { readonly cron: CronExpression }
  | { readonly rateSeconds: number }
  | { readonly unknown: string };

const MINUTES_PER_DAY = 24 * 60;
const SECONDS_PER_HOUR = 3600;
const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: SECONDS_PER_HOUR, day: 86_400 };

/** Clocks go forward within these first hours of a day. */
const HOURS_THAT_MAY_BE_SKIPPED = 4;

/**
 * The largest gap between two firings of several `cron(...)` and `rate(...)` expressions taken together.
 *
 * The calendar of 2001 to 2028 stands for all years to 2099: weekdays and leap years repeat every 28, and where only one
 * of them counts a part of it is enough. When the phase of a
 * rate is unknown, the worst one counts. In a time zone with summer time a gap can be an hour longer, and a time that the
 * clocks skip may not fire at all: such a schedule is unknown.
 *
 * @param timeZone an IANA name; cron expressions are read in it
 */
export function largestGap(expressions: readonly string[], timeZone = 'UTC'): LargestGap {
  // Many plans together say the same thing over and over.
  const distinct = [...new Set(expressions)];
  const key = JSON.stringify([timeZone, ...distinct]);
  const known = GAPS.get(key) ?? workedOut(distinct, timeZone);
  if (GAPS.size >= MOST_REMEMBERED) GAPS.clear();
  GAPS.set(key, known);
  return known;
}

/** Few schedules are asked for again and again, and ten thousand days are long to go through. */
const GAPS = new Map<string, LargestGap>();
const MOST_REMEMBERED = 1_000;

function workedOut(expressions: readonly string[], timeZone: string): LargestGap {
  const readings = expressions.map(read);
  const crons = readings.flatMap((reading) => ('cron' in reading ? [reading.cron] : []));
  const rates = readings.flatMap((reading) => ('rateSeconds' in reading ? [reading.rateSeconds] : []));
  const unread = readings.find((reading) => 'unknown' in reading);
  const local = crons.length > 0 ? cronGap(crons, timeZone) : { seconds: Number.POSITIVE_INFINITY };
  const seconds = Math.min(...rates, 'seconds' in local ? local.seconds : local.atMostSeconds);
  const unknown = unread ? unread.unknown : 'unknown' in local ? local.unknown : undefined;
  return unknown === undefined ? { seconds } : { unknown, atMostSeconds: seconds };
}

function read(expression: string): Reading {
  const [, kind, body = ''] = /^\s*(cron|rate|at)\s*\((.*)\)\s*$/i.exec(expression) ?? [];
  switch (kind?.toLowerCase()) {
    case 'cron': {
      const cron = parseCron(body);
      return 'unknown' in cron ? cron : { cron };
    }
    case 'rate':
      return readRate(body, expression);
    case 'at':
      return { rateSeconds: Number.POSITIVE_INFINITY };
    default:
      return { unknown: `${JSON.stringify(expression)} is neither cron(...) nor rate(...)` };
  }
}

function readRate(body: string, expression: string): Reading {
  const [, count, unit = ''] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/i.exec(body) ?? [];
  const seconds = Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? Number.NaN);
  return seconds > 0
    ? { rateSeconds: seconds }
    : { unknown: `${expression} is no rate: write a positive number and minutes, hours or days` };
}

function cronGap(crons: readonly CronExpression[], timeZone: string): LargestGap {
  const gap = calendarGapMinutes(crons) * 60;
  const summerTime = hasSummerTime(timeZone);
  if (summerTime === undefined) {
    return {
      unknown: `${JSON.stringify(timeZone)} is no time zone that is known`,
      atMostSeconds: Number.POSITIVE_INFINITY,
    };
  }
  if (!summerTime) return { seconds: gap };
  const mayBeSkipped = crons.some((cron) =>
    cron.minutesOfDay.some((minute) => minute < HOURS_THAT_MAY_BE_SKIPPED * 60),
  );
  if (!mayBeSkipped) return { seconds: gap + SECONDS_PER_HOUR };
  return {
    unknown: `a firing before ${HOURS_THAT_MAY_BE_SKIPPED}:00 in ${timeZone} may be skipped when the clocks go forward`,
    atMostSeconds: Number.POSITIVE_INFINITY,
  };
}

/** When a day's firings start and end, and the largest gap between them, in minutes. */
interface DayFirings {
  readonly first: number;
  readonly last: number;
  readonly largestGap: number;
}

function calendarGapMinutes(crons: readonly CronExpression[]): number {
  const days = calendar(crons.map(({ cycle }) => cycle).reduce(together));
  const firingsOn = memoised((firing: readonly CronExpression[]) => firingsOf(firing));
  let first: number | undefined;
  let last: number | undefined;
  let largest = 0;
  for (const [index, day] of days.entries()) {
    const firings = firingsOn(
      crons.map((cron) => cron.firesOn(day)),
      crons,
    );
    if (!firings) continue;
    const midnight = index * MINUTES_PER_DAY;
    const sinceLast = last === undefined ? 0 : midnight + firings.first - last;
    largest = Math.max(largest, sinceLast, firings.largestGap);
    first ??= midnight + firings.first;
    last = midnight + firings.last;
  }
  if (first === undefined || last === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(largest, days.length * MINUTES_PER_DAY - last + first);
}

/** The days after which two cycles begin together. None is a part of another but 1, and a week of all but leap years. */
function together(one: number, other: number): number {
  return Math.max(one, other) % Math.min(one, other) === 0 ? Math.max(one, other) : CYCLES.both;
}

type FiringsOn = (fires: readonly boolean[], crons: readonly CronExpression[]) => DayFirings | undefined;

/** Days on which the same expressions fire look the same: ten thousand days are worked out only once or twice. */
function memoised(work: (firing: readonly CronExpression[]) => DayFirings | undefined): FiringsOn {
  const known = new Map<string, DayFirings | undefined>();
  return (fires, crons) => {
    const key = fires.join();
    if (!known.has(key)) known.set(key, work(crons.filter((_, index) => fires[index])));
    return known.get(key);
  };
}

function firingsOf(crons: readonly CronExpression[]): DayFirings | undefined {
  const minutes = crons.flatMap((cron) => cron.minutesOfDay).sort((a, b) => a - b);
  const first = minutes[0];
  const last = minutes.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const gaps = minutes.map((minute, index) => minute - (minutes[index - 1] ?? minute));
  return { first, last, largestGap: gaps.reduce((largest, gap) => Math.max(largest, gap), 0) };
}
