import { type Expressed, expressed, type Inexpressible, oddStart, runsThroughChange } from '../expressed';
import { inUtc } from '../moved-days';
import { firstMoment, firstOccurrences, type LocalWindow, secondOfDay, startingFrom } from '../occurrences';
import { dayNumber, LAST, WEEKDAYS, type Weekday } from '../recurrence';
import { clockChanges, offsetAt } from '../time-zone';
import { lastStart } from './schedules';

const DAY = 86_400;
const WEEK = 7 * DAY;

/** Monday, 5 January 1970. */
const FIRST_MONDAY = 4 * DAY;

/** So many years from a day on the changes of the clocks are written out: a mask that is made again from a later day has later ones. */
const YEARS = 5;

/** Metrics are kept for so many days: those before `from` are asked as well. */
const KEPT_DAYS = 455;

/** A window in metric math. */
export interface MathMask {
  /** What the clocks of the zone show when each period begins, in seconds: an expression of its own, as others use it often. */
  readonly clock: string;

  /** 1 where a period begins within the window, else 0. */
  readonly open: string;
}

/** The ids that the expressions of a mask use. */
export interface MaskIds {
  /** The series whose periods are asked. */
  readonly series: string;

  /** The id that the expression `clock` is given. */
  readonly clock: string;
}

/**
 * A window as a condition of metric math. Metric math knows UTC only: where the clocks of the zone change, each change of the
 * five years from a day on is written out, and of the 455 days before, as far as the window had come.
 *
 * @param from `2026-12-06`; the first day of the window where it is left out: later than five years after it, the mask of a
 * zone whose clocks change is wrong by an hour
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function mathMask(window: LocalWindow, ids: MaskIds, from?: string): Expressed<MathMask> {
  const seen = (from === undefined ? undefined : startingFrom(window, from)) ?? window;
  const day = dayOf(seen, ids);
  const refusals = [
    oddStart(seen, 'metric math reads the clock'),
    runsThroughChange(seen, 'metric math reads the clock, and would end it too early or too late'),
    typeof day === 'string' ? undefined : day,
  ];
  return expressed(refusals, () => ({
    clock: clockOf(window, ids, from),
    open: openOf(window, ids, day as string),
  }));
}

function openOf(window: LocalWindow, { series }: MaskIds, day: string): string {
  const { recurrence, lastDay, durationSeconds } = window;
  const first = firstMoment(window);
  if (recurrence.every === 'once') return between(`EPOCH(${series})`, first, first + durationSeconds);
  const until = lastDay === undefined ? undefined : lastStart(window, lastDay) + durationSeconds;
  return `(${between(`EPOCH(${series})`, first, until)} AND (${day}))`;
}

/** The condition on the week, or on the day and the time of the day. */
function dayOf(window: LocalWindow, ids: MaskIds): string | Inexpressible {
  const { recurrence, durationSeconds } = window;
  const clock = secondOfDay(window.start);
  if (recurrence.every === 'once') return '';
  if (recurrence.every === 'week') {
    const days = recurrence.weekdays ?? [];
    if (days.length === WEEKDAYS.length) return cyclic(ids.clock, DAY, clock, durationSeconds);

    const starts = days.map((day) => FIRST_MONDAY + WEEKDAYS.indexOf(day) * DAY + clock);
    return starts.map((start) => cyclic(ids.clock, WEEK, start, durationSeconds)).join(' OR ');
  }
  const date = dateOf(window, ids);
  return typeof date === 'string' ? `${date} AND (${cyclic(ids.clock, DAY, clock, durationSeconds)})` : date;
}

/** A day of each month or year, which metric math knows in UTC. */
function dateOf(window: LocalWindow, { series }: MaskIds): string | Inexpressible {
  const days = firstOccurrences(window).map(({ start, end }) => [
    Math.floor((start + offsetAt(window.timeZone, start)) / DAY) - Math.floor(start / DAY),
    Math.floor((end - 1) / DAY) - Math.floor(start / DAY),
  ]);
  if (days.some(([moved, passed]) => passed !== 0 || moved !== days[0]?.[0]))
    return {
      problem: 'it passes midnight in UTC, and metric math knows days in UTC',
      fix: 'choose a time at which it does not, or a day of the week',
    };
  const utc = inUtc(window);
  if ('problem' in utc) return utc;
  const { recurrence, start } = utc;
  const { every, nth, dayOfMonth, weekdays } = recurrence;
  if (nth === LAST || dayOfMonth === LAST)
    return {
      problem: 'metric math does not know the last of a month',
      fix: 'use a day from 1 to 28, or one of the first four of a weekday',
    };
  if (every === 'year')
    return `MONTH(${series}) == ${Number(start.slice(5, 7))} AND DATE(${series}) == ${Number(start.slice(8, 10))}`;
  if (nth === undefined) return `DATE(${series}) == ${dayOfMonth}`;
  const weekday = WEEKDAYS.indexOf(weekdays?.[0] as Weekday) + 1;
  return `DAY(${series}) == ${weekday} AND DATE(${series}) > ${7 * (nth - 1)} AND DATE(${series}) <= ${7 * nth}`;
}

/** What the clocks show, as if it were a moment in UTC. */
function clockOf(window: LocalWindow, { series }: MaskIds, day: string | undefined): string {
  const { timeZone } = window;
  const first = firstMoment(window);
  const asked = day === undefined ? first : Math.max(first, dayNumber(day) * DAY);
  const from = Math.max(first, asked - KEPT_DAYS * DAY) - DAY;
  const changes = clockChanges(timeZone, from, asked - DAY + YEARS * 366 * DAY);
  const base = offsetAt(timeZone, from);
  const others = changes
    .map(({ at, after }, index) => ({ at, after, until: changes[index + 1]?.at }))
    .filter(({ after }) => after !== base);
  const stretches = others.map(({ at, until }) => between(`EPOCH(${series})`, at, until));
  const shift = (others[0]?.after ?? base) - base;
  const moved = stretches.length === 0 ? '' : ` + ${shift} * (${stretches.join(' OR ')})`;
  return `EPOCH(${series}) + ${base}${moved}`;
}

function between(value: string, from: number, until: number | undefined): string {
  return until === undefined ? `(${value} >= ${from})` : `(${value} >= ${from} AND ${value} < ${until})`;
}

/** Whether a value lies in a stretch that comes back; one that runs over the end of the cycle has two parts. */
function cyclic(value: string, cycle: number, start: number, seconds: number): string {
  const since = `${value} - ${start}`;
  return `(${since} - ${cycle} * FLOOR((${since}) / ${cycle}) < ${seconds})`;
}
