import type { LocalWindow } from '../../../lib/calculus/windows/occurrences';
import { LAST } from '../../../lib/calculus/windows/recurrence';
import { clocksOf, type Minute } from './minutes';
import type { Time } from './readers';
import { FROM, UNTIL } from './windows';

/**
 * Whether a refusal is right: asked of the clocks of Intl and of the times that ical.js reads, not of the code that refuses.
 */

const DAY = 86_400;
const HOUR = 3_600;

const known = new Map<string, ReadonlySet<string>>();

/** The times of a zone that its clocks skip or show twice: `2027-03-28 02:15`. */
function oddClocks(timeZone: string): ReadonlySet<string> {
  const found = known.get(timeZone) ?? read(timeZone);
  known.set(timeZone, found);
  return found;
}

function read(timeZone: string): ReadonlySet<string> {
  const days = new Map<string, string[]>();
  for (const { day, clock } of clocksOf(timeZone, FROM, UNTIL))
    days.set(day.date, [...(days.get(day.date) ?? []), clock]);
  const [first, last] = [[...days.keys()][0], [...days.keys()].at(-1)];
  const all = Array.from({ length: 1_440 }, (_, minute) =>
    new Date(minute * 60_000).toISOString().slice(11, 16),
  );
  const odd = [...days].flatMap(([date, clocks]) =>
    clocks.length === 1_440 || date === first || date === last
      ? []
      : all
          .filter((clock) => clocks.filter((each) => each === clock).length !== 1)
          .map((clock) => `${date} ${clock}`),
  );
  return new Set(odd);
}

function shownAt(timeZone: string, moment: number): Minute | undefined {
  return clocksOf(timeZone, FROM, UNTIL)[(moment - FROM) / 60];
}

/** Whether the clocks skip or show twice the start of one of its times. */
export function startsOdd({ timeZone, start }: LocalWindow, times: readonly Time[]): boolean {
  return times.some(({ start: moment }) =>
    oddClocks(timeZone).has(`${shownAt(timeZone, moment)?.day.date} ${start.slice(11)}`),
  );
}

/** Whether the clocks are changed while it is open: then they do not go as far as a stopwatch, or show its end twice. */
export function lastsThroughChange({ timeZone }: LocalWindow, times: readonly Time[]): boolean {
  return times.some(({ start, end }) => {
    const [from, to] = [start, end].map((moment) => shownAt(timeZone, moment));
    if (!from || !to) return false;
    const [before, after] = [from, to].map(({ day, clock }) => Date.parse(`${day.date}T${clock}Z`) / 1_000);
    return (
      (after ?? 0) - (before ?? 0) !== end - start || oddClocks(timeZone).has(`${to.day.date} ${to.clock}`)
    );
  });
}

/** Whether it ends on another day of the calendar than it began. */
export function passesMidnight({ timeZone }: LocalWindow, times: readonly Time[]): boolean {
  return times.some(
    ({ start, end }) =>
      shownAt(timeZone, start)?.day.date !== shownAt(timeZone, Math.min(end, UNTIL - 60))?.day.date,
  );
}

/** Whether it begins or ends within an hour and lasts for more than one. */
export function isPartOfHours({ start, durationSeconds }: LocalWindow): boolean {
  const minutes = Number(start.slice(14));
  const whole = minutes === 0 && durationSeconds % HOUR === 0;
  return !whole && minutes * 60 + durationSeconds > HOUR;
}

/** Whether it is on a certain weekday, or on the last day, of a month. */
export function isOnOddDay({ recurrence: { nth, dayOfMonth } }: LocalWindow): boolean {
  return nth !== undefined || dayOfMonth === LAST;
}

/** How many times of the week in UTC, or days in UTC, some times have. */
export function placesInUtc({ recurrence }: LocalWindow, times: readonly Time[]): number {
  const weekly = recurrence.every === 'week';
  return new Set(
    times.flatMap(({ start, end }) => {
      if (weekly) return [`${start % (7 * DAY)} ${end - start}`];
      const [first, last] = [Math.floor(start / DAY), Math.floor((end - 1) / DAY)];
      return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
    }),
  ).size;
}
