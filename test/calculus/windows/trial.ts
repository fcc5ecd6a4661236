import fc from 'fast-check';
import type { Expressed } from '../../../lib/calculus/windows/expressed';
import { icalendar } from '../../../lib/calculus/windows/icalendar';
import { type LocalWindow, occurrences } from '../../../lib/calculus/windows/occurrences';
import { calendarEvents } from '../../support/calendar-events';
import { randomWindow } from './random-windows';
import type { Time } from './readers';
import { FROM, UNTIL, type windowOf } from './windows';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;
export const SEED = 20_261_124;
export const RUNS = 36;

export type Window = ReturnType<typeof windowOf>;

/** Every time of the year, as the window itself says. */
export const own = remembered((window: LocalWindow): readonly Time[] =>
  occurrences(window, FROM, UNTIL).map(({ start, end }) => ({ start, end })),
);

/** Every time of the year, as ical.js reads the calendar file of the window: it shares no code with what is tried. */
export const independent = remembered((window: Window): readonly Time[] => {
  const text = calendarOf(window);
  return calendarEvents(text, UNTIL).map(({ start, end }) => ({ start: seconds(start), end: seconds(end) }));
});

export const startsOf = (window: LocalWindow): number[] => own(window).map(({ start }) => start);
export const seconds = (text: string | undefined): number => Date.parse(text ?? '') / 1_000;

/** The same windows are tried in each dialect, and ical.js takes its time. */
function remembered<W>(work: (window: W) => readonly Time[]): (window: W) => readonly Time[] {
  const known = new Map<string, readonly Time[]>();
  return (window) => {
    const key = JSON.stringify(window);
    const times = known.get(key) ?? work(window);
    known.set(key, times);
    return times;
  };
}

/** Tries random windows; of what a dialect says each time is compared, and what it refuses must be right to refuse. */
export function holds<T>(
  timeZone: string,
  dialect: (window: Window) => Expressed<T>,
  said: (window: Window, words: T) => void,
  refused: (window: Window) => void,
): number {
  let count = 0;
  fc.assert(
    fc.property(randomWindow(timeZone), (window) => {
      const words = dialect(window);
      if ('written' in words) {
        count += 1;
        said(window, words.written);
      } else refused(window);
    }),
    { seed: SEED, numRuns: RUNS },
  );
  return count;
}

/** Whether a window is at one time of the day in UTC all the year, as ical.js reads it. */
export function standsInUtc(window: Window): boolean {
  return new Set(independent(window).map(({ start }) => start % DAY)).size <= 1;
}

/** What a window says that a service which knows the week in UTC cannot: neither more nor less must be refused. */
export function beyondTheWeek(window: Window, least: number, most: number): boolean {
  const { recurrence, durationSeconds, lastDay } = window;
  return (
    recurrence.every !== 'week' ||
    lastDay !== undefined ||
    durationSeconds < least ||
    durationSeconds > most ||
    !standsInUtc(window)
  );
}

/** A calendar file, also of what Systems Manager is not given. */
function calendarOf(window: Window): string {
  return icalendar([window], ['PRODID:-//cdk-nines//Windows//EN', 'VERSION:2.0']);
}
