import { type Expressed, expressed, type Inexpressible, lengthOutside, movesInUtc } from '../expressed';
import { inUtc } from '../moved-days';
import type { LocalWindow } from '../occurrences';
import { WEEKDAYS, type Weekday } from '../recurrence';
import { endless } from './slo-exclusion';

/** A stretch of the week in which EC2 may stop, reboot or replace instances, in UTC. */
export interface InstanceEventRange {
  /** `sunday` */
  readonly startWeekDay: string;

  /** 0 to 23, in UTC. */
  readonly startHour: number;

  /** `sunday` */
  readonly endWeekDay: string;

  /** 0 to 23, in UTC. */
  readonly endHour: number;
}

const HOUR = 3_600;
const LEAST_SECONDS = 2 * HOUR;
const LEAST_A_WEEK = 4 * HOUR;
const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * A weekly window as the event window of instances, in whole hours of UTC: two hours at the least each time, four a week.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceEventWindow.html
 */
export function instanceEvents(window: LocalWindow): Expressed<readonly InstanceEventRange[]> {
  const utc = inUtc(window);
  const refusals = [
    weekly(window),
    lengthOutside(window, 'an event window', { least: LEAST_SECONDS }),
    hoursAWeek(window),
    movesInUtc(window, 'EC2'),
    endless(window, 'an event window'),
    'problem' in utc ? utc : wholeHours(utc),
  ];
  return expressed(refusals, () => {
    const { start, durationSeconds, recurrence } = utc as LocalWindow;
    const hour = Number(start.slice(11, 13));
    return (recurrence.weekdays ?? []).map((day) => rangeOf(day, hour, durationSeconds / HOUR));
  });
}

function rangeOf(day: Weekday, startHour: number, hours: number): InstanceEventRange {
  const index = WEEKDAYS.indexOf(day);
  const name = (days: number): string => NAMES[(index + days) % NAMES.length] ?? '';
  const end = startHour + hours;
  return { startWeekDay: name(0), startHour, endWeekDay: name(Math.floor(end / 24)), endHour: end % 24 };
}

function weekly({ recurrence: { every } }: LocalWindow): Inexpressible | undefined {
  return every === 'week'
    ? undefined
    : { problem: 'an event window of EC2 comes every week', fix: 'use Recurrence.weekly' };
}

function hoursAWeek({
  durationSeconds,
  recurrence: { weekdays = [] },
}: LocalWindow): Inexpressible | undefined {
  const hours = (durationSeconds * weekdays.length) / HOUR;
  if (hours * HOUR >= LEAST_A_WEEK) return undefined;
  return {
    problem: `it lasts ${hours} h a week, and EC2 asks for ${LEAST_A_WEEK / HOUR} h`,
    fix: 'lengthen it, or let it come on more days',
  };
}

function wholeHours({ start, durationSeconds }: LocalWindow): Inexpressible | undefined {
  if (start.endsWith(':00') && durationSeconds % HOUR === 0) return undefined;
  return { problem: 'EC2 takes whole hours of UTC', fix: 'begin and end on the hour in UTC' };
}
