import { type Expressed, expressed, type Inexpressible, oddStart } from '../expressed';
import { type CalendarWindow, escaped, icalendar } from '../icalendar';

/** What a change calendar of Systems Manager says outside of its events. */
export enum CalendarType {
  /** Changes are allowed but for the events: freezes. */
  DEFAULT_OPEN = 'DEFAULT_OPEN',

  /** Changes are allowed during the events only: maintenance. */
  DEFAULT_CLOSED = 'DEFAULT_CLOSED',
}

/** @see https://docs.aws.amazon.com/general/latest/gr/ssm.html */
const MOST_OCTETS = 64 * 1_024;

/**
 * Windows as the content of a change calendar of Systems Manager. One that begins while the clocks change is refused: readers
 * of calendars do not agree when that is.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/change-calendar-create.html
 */
export function changeCalendar(
  windows: readonly CalendarWindow[],
  type: CalendarType,
  description: string,
): Expressed<string> {
  const text = icalendar(windows, [
    'PRODID:-//AWS//Change Calendar 1.0//EN',
    'VERSION:2.0',
    `X-CALENDAR-TYPE:${type}`,
    `X-WR-CALDESC:${escaped(description)}`,
  ]);
  const odd = windows.map((window) => oddStart(window, 'readers of calendars do not agree when that is'));
  return expressed([...odd, tooLong(text)], () => text);
}

function tooLong(text: string): Inexpressible | undefined {
  const octets = new TextEncoder().encode(text).length;
  if (octets <= MOST_OCTETS) return undefined;
  return {
    problem: `the calendar has ${octets} octets, and a document of Systems Manager ${MOST_OCTETS}`,
    fix: 'leave windows out that are over, or make a schedule for each part of the service',
  };
}
