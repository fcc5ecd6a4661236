import { type Expressed, expressed, type Inexpressible, utcText } from '../expressed';
import {
  firstOccurrences,
  HORIZON_DAYS,
  type LocalWindow,
  type Occurrence,
  startingFrom,
} from '../occurrences';
import { dateOf, dayNumber } from '../recurrence';
import { capitalDay, minuteOfWeek } from './weekly-maintenance';

/** When ARC starts no practice run of a zonal autoshift, in UTC. */
export interface PracticeRunBlocks {
  /** `Sun:02:00-Sun:04:00` */
  readonly blockedWindows: string[];

  /** `2026-12-24` */
  readonly blockedDates: string[];
}

/** @see https://docs.aws.amazon.com/arc-zonal-shift/latest/api/API_PracticeRunConfiguration.html */
const MOST = 15;

/**
 * A window as times at which ARC starts no practice run. A weekly one becomes a time of the week, and two where the clocks
 * change: rather an hour too much than a practice run in the middle of it. All else becomes days, for the first
 * 400 days from a day on.
 *
 * @param from `2026-12-06`; the first day of the window where it is left out
 * @see https://docs.aws.amazon.com/arc-zonal-shift/latest/api/API_PracticeRunConfiguration.html
 */
export function practiceRunBlocks(window: LocalWindow, from?: string): Expressed<PracticeRunBlocks> {
  const seen = from === undefined ? window : startingFrom(window, from);
  const times = seen ? firstOccurrences(seen) : [];
  const weekly = window.recurrence.every === 'week';
  const blockedWindows = weekly ? distinct(times.map(timeOfWeek)) : [];
  const blockedDates = weekly ? [] : distinct(times.flatMap(daysOf));
  return expressed(
    [
      tooMany(blockedWindows.length, 'times of the week'),
      tooMany(blockedDates.length, `days within ${HORIZON_DAYS} days`),
    ],
    () => ({
      blockedWindows,
      blockedDates,
    }),
  );
}

function tooMany(count: number, what: string): Inexpressible | undefined {
  if (count <= MOST) return undefined;
  return {
    problem: `it takes ${count} ${what} in UTC, and ARC blocks ${MOST}`,
    fix: 'shorten it, or let it come less often',
  };
}

function timeOfWeek({ start, end }: Occurrence): string {
  return [start, end]
    .map((moment) => {
      const text = minuteOfWeek(moment);
      return `${capitalDay(text.slice(0, 3))}${text.slice(3)}`;
    })
    .join('-');
}

function daysOf({ start, end }: Occurrence): string[] {
  const [first, last] = [dayNumber(utcText(start)), dayNumber(utcText(end - 1))];
  return Array.from({ length: last - first + 1 }, (_, index) => dateOf(first + index));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
