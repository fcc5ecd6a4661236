import { comesOn, dateOf, dayNumber, type RecurrenceRule } from './recurrence';
import { momentOf, type TimesShown } from './time-zone';

/** A stretch of time that comes back, as the clocks of one time zone show it. */
export interface LocalWindow {
  /** When it comes first: `2026-12-06T02:00`. */
  readonly start: string;

  /** How long it lasts on a stopwatch, whatever the clocks do meanwhile. */
  readonly durationSeconds: number;
  readonly recurrence: RecurrenceRule;

  /** An IANA name. */
  readonly timeZone: string;

  /** The last day on which it begins: `2026-12-31`; for ever where it is left out. */
  readonly lastDay?: string;
}

/** One time that a window comes, in seconds since 1970. */
export interface Occurrence {
  /** Seconds since 1970. */
  readonly start: number;

  /** Seconds since 1970; that moment is no longer in it. */
  readonly end: number;

  /** Whether the clocks show its start once, skip it, or show it twice. */
  readonly shown: TimesShown;
}

const DAY = 86_400;

/** So far ahead windows are looked at: a year, and more than a month. */
export const HORIZON_DAYS = 400;

/** Every time that a window comes between two moments, as far as it is at least partly between them; in order. */
export function occurrences(window: LocalWindow, from: number, until: number): readonly Occurrence[] {
  const first = dayNumber(window.start);
  const last = window.lastDay === undefined ? Number.POSITIVE_INFINITY : dayNumber(window.lastDay);
  const timeOfDay = secondOfDay(window.start);
  const found: Occurrence[] = [];
  // Clocks differ from UTC by less than a day.
  const firstSeen = Math.max(first, Math.floor((from - window.durationSeconds) / DAY) - 1);
  const lastSeen = Math.min(last, Math.ceil(until / DAY) + 1);
  for (let day = firstSeen; day <= lastSeen; day += 1) {
    if (!comesOn(window.recurrence, first, day)) continue;
    const { at: start, shown } = momentOf(window.timeZone, day * DAY + timeOfDay);
    const end = start + window.durationSeconds;
    if (end > from && start < until) found.push({ start, end, shown });
  }
  return found;
}

/**
 * A window as if it came first on a day: what is written out of it begins then.
 *
 * @param day `2026-12-06`, as the clocks of its time zone show it
 * @returns itself where it has not come before, and `undefined` where it comes no more
 */
export function startingFrom<T extends LocalWindow>(window: T, day: string): T | undefined {
  const first = dayNumber(window.start);
  const asked = dayNumber(day);
  if (asked <= first) return window;
  const last = window.lastDay === undefined ? Number.POSITIVE_INFINITY : dayNumber(window.lastDay);
  // What comes once a year comes within the next.
  for (let each = asked; each <= Math.min(last, asked + 366); each += 1)
    if (comesOn(window.recurrence, first, each))
      return { ...window, start: `${dateOf(each)}${window.start.slice(10)}` };
  return undefined;
}

/** Every time that a window comes in the first 400 days. @internal */
export function firstOccurrences(window: LocalWindow): readonly Occurrence[] {
  const from = firstMoment(window);
  return occurrences(window, from, from + HORIZON_DAYS * DAY);
}

/** The start of the first time. @internal */
export function firstMoment(window: LocalWindow): number {
  return momentOf(window.timeZone, dayNumber(window.start) * DAY + secondOfDay(window.start)).at;
}

/** Seconds from midnight, on the clocks. @internal */
export function secondOfDay(start: string): number {
  const [hours = 0, minutes = 0] = start.slice(11).split(':').map(Number);
  return hours * 3_600 + minutes * 60;
}
