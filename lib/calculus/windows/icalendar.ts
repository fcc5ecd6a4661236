import { firstMoment, type LocalWindow, secondOfDay } from './occurrences';
import type { NamedWindow } from './overlaps';
import { dayNumber, LAST, type RecurrenceRule } from './recurrence';
import { clockAt, momentOf } from './time-zone';
import { compact, vtimezone } from './vtimezone';

/** A window as an event of a calendar. */
export interface CalendarWindow extends NamedWindow {
  readonly reason: string;
}

const DAY = 86_400;
const MOST_OCTETS = 75;

/**
 * A calendar file with windows as events that come back in their own time zones.
 *
 * @param header the lines that name the product and describe the calendar
 * @see https://www.rfc-editor.org/rfc/rfc5545
 * @internal
 */
export function icalendar(windows: readonly CalendarWindow[], header: readonly string[]): string {
  const zones = new Map<string, number>();
  for (const window of windows) {
    const first = firstMoment(window);
    if (!isUtc(window)) zones.set(window.timeZone, Math.min(first, zones.get(window.timeZone) ?? first));
  }
  const lines = [
    'BEGIN:VCALENDAR',
    ...header,
    ...[...zones].sort().flatMap(([zone, first]) => vtimezone(zone, first)),
    ...windows.flatMap(event),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** A text as iCalendar writes it. @internal */
export function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

function event(window: CalendarWindow): readonly string[] {
  const { id, kind, reason, timeZone, durationSeconds, recurrence } = window;
  const first = firstMoment(window);
  const rule = ruleOf(recurrence);
  const at = (moment: number): string =>
    isUtc(window) ? `:${compact(moment)}Z` : `;TZID=${timeZone}:${compact(clockAt(timeZone, moment))}`;
  return [
    'BEGIN:VEVENT',
    `UID:${id}@cdk-nines`,
    // The time at which it was written would change the file each time.
    `DTSTAMP:${compact(first)}Z`,
    `SUMMARY:${escaped(`${kind}: ${id}`)}`,
    `DESCRIPTION:${escaped(reason)}`,
    `CATEGORIES:${kind.toUpperCase()}`,
    `DTSTART${at(first)}`,
    `DTEND${at(first + durationSeconds)}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}${until(window)}`]),
    'END:VEVENT',
  ];
}

function isUtc({ timeZone }: LocalWindow): boolean {
  return /^(Etc\/)?(UTC|Zulu)$/i.test(timeZone);
}

function ruleOf({ every, weekdays = [], nth, dayOfMonth }: RecurrenceRule): string | undefined {
  const days = weekdays.map((day) => day.slice(0, 2)).join(',');
  switch (every) {
    case 'once':
      return undefined;
    case 'week':
      return `FREQ=WEEKLY;BYDAY=${days}`;
    case 'month':
      return nth === undefined
        ? `FREQ=MONTHLY;BYMONTHDAY=${dayOfMonth === LAST ? '-1' : dayOfMonth}`
        : `FREQ=MONTHLY;BYDAY=${nth}${days}`;
    case 'year':
      return 'FREQ=YEARLY';
  }
}

function until({ lastDay, timeZone, start }: LocalWindow): string {
  if (lastDay === undefined) return '';
  return `;UNTIL=${compact(momentOf(timeZone, dayNumber(lastDay) * DAY + secondOfDay(start)).at)}Z`;
}

/** Lines of 75 octets at the most; a letter is not torn apart. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    if (octets(part) + octets(letter) > MOST_OCTETS - 1) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].join('\r\n ');
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length;
}
