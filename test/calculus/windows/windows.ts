import { Span } from '../../../lib/calculus/time-span';
import type { Expressed, Inexpressible } from '../../../lib/calculus/windows/expressed';
import { type LocalWindow, occurrences } from '../../../lib/calculus/windows/occurrences';
import { WindowKind } from '../../../lib/calculus/windows/overlaps';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import {
  MaintenanceWindow,
  type MaintenanceWindowProps,
  Recurrence,
} from '../../../lib/objectives/maintenance-window';

/** Clocks change in the first three, by half an hour in the third. */
export const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];

/** A year and more, with both changes of the clocks. In Lord Howe the first of December begins in November. */
export const FROM = Date.UTC(2026, 10, 30) / 1_000;
export const UNTIL = Date.UTC(2028, 0, 1) / 1_000;

/** Two hours on a Sunday morning, unless said otherwise. */
export function windowOf(props: Partial<MaintenanceWindowProps> = {}): MaintenanceWindow {
  return new MaintenanceWindow({
    id: 'patching',
    kind: WindowKind.MAINTENANCE,
    start: '2026-12-06T04:00',
    duration: Span.hours(2),
    recurrence: Recurrence.weekly(Weekday.SUNDAY),
    reason: 'patches are installed',
    ...props,
  });
}

/** Windows of every recurrence, in a time zone. */
export function everyRecurrence(timeZone: string): Readonly<Record<string, MaintenanceWindow>> {
  const { SUNDAY, WEDNESDAY, TUESDAY, FRIDAY } = Weekday;
  return {
    'each Sunday': windowOf({ timeZone }),
    'two days a week': windowOf({
      timeZone,
      recurrence: Recurrence.weekly(WEDNESDAY, SUNDAY),
      start: '2026-12-02T20:30',
    }),
    'each day': windowOf({
      timeZone,
      recurrence: Recurrence.weekly(...Object.values(Weekday)),
      start: '2026-12-01T05:15',
    }),
    'each 15th': windowOf({ timeZone, recurrence: Recurrence.monthlyOnDay(15), start: '2026-12-15T06:00' }),
    'each last day of a month': windowOf({
      timeZone,
      recurrence: Recurrence.monthlyOnLastDay(),
      start: '2026-12-31T06:00',
    }),
    'each second Tuesday': windowOf({
      timeZone,
      recurrence: Recurrence.monthlyOn(2, TUESDAY),
      start: '2026-12-08T06:00',
    }),
    'each last Friday': windowOf({
      timeZone,
      recurrence: Recurrence.monthlyOnLast(FRIDAY),
      start: '2026-12-25T06:00',
    }),
    'each year': windowOf({ timeZone, recurrence: Recurrence.yearly(), start: '2026-12-24T06:00' }),
    once: windowOf({ timeZone, recurrence: Recurrence.once(), start: '2027-03-28T06:00' }),
  };
}

/** When a window begins within the year, as moments in text. */
export function startsOf(window: LocalWindow): string[] {
  return occurrences(window, FROM, UNTIL).map(({ start }) => textOf(start));
}

export function textOf(moment: number): string {
  return new Date(moment * 1_000).toISOString();
}

/** The words; a refusal is a failure of the test. */
export function wordsOf<T>(either: Expressed<T>): T {
  if ('written' in either) return either.written;
  throw new Error(either.problem);
}

/** The refusal; words are a failure of the test. */
export function refusalOf<T>(either: Expressed<T>): Inexpressible {
  if ('problem' in either) return either;
  throw new Error(`it was written: ${JSON.stringify(either.written)}`);
}
