import fc from 'fast-check';
import { Span } from '../../../lib/calculus/time-span';
import { dateOf, dayNumber, type RecurrenceRule, Weekday } from '../../../lib/calculus/windows/recurrence';
import { type MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { windowOf } from './windows';

const DAYS = [
  Weekday.SUNDAY,
  Weekday.MONDAY,
  Weekday.TUESDAY,
  Weekday.WEDNESDAY,
  Weekday.THURSDAY,
  Weekday.FRIDAY,
  Weekday.SATURDAY,
];

interface Drawn {
  readonly day: number;
  readonly recurrence: string;
  readonly more: readonly Weekday[];
  readonly minute: number;
  readonly minutes: number;
  readonly last: number | undefined;
}

/** Windows that begin in December 2026, of every recurrence and of lengths that some of the dialects can say. */
export function randomWindow(timeZone: string): fc.Arbitrary<MaintenanceWindow> {
  return fc
    .record({
      day: fc.integer({ min: 1, max: 31 }),
      recurrence: fc.constantFrom('weekly', 'weekly', 'weekly', 'day', 'nth', 'last', 'yearly', 'once'),
      more: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.subarray(DAYS, { maxLength: 4 }) },
        { weight: 1, arbitrary: fc.constant(DAYS) },
      ),
      minute: fc.oneof(
        fc.integer({ min: 0, max: 23 }).map((hour) => hour * 60),
        fc.integer({ min: 0, max: 287 }).map((fifth) => fifth * 5),
      ),
      minutes: fc.oneof(
        fc.integer({ min: 1, max: 8 }).map((hours) => hours * 60),
        fc.integer({ min: 6, max: 300 }).map((fifth) => fifth * 5),
      ),
      last: fc.oneof(
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.integer({ min: 40, max: 350 }) },
      ),
    })
    .map((drawn) => made(drawn, timeZone));
}

function made({ day, recurrence, more, minute, minutes, last }: Drawn, timeZone: string): MaintenanceWindow {
  const date = `2026-12-${String(day).padStart(2, '0')}`;
  const weekday = DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? Weekday.SUNDAY;
  const days = recurrence === 'weekly' ? new Set([weekday, ...more]).size : 1;
  const clock = new Date(minute * 60_000).toISOString().slice(11, 16);
  return windowOf({
    timeZone,
    start: `${date}T${clock}`,
    // One that comes each day must have ended by then.
    duration: Span.minutes(Math.min(minutes, Math.floor((7 * 1_440) / days))),
    recurrence: ruleOf(recurrence, day, weekday, more),
    ...(last !== undefined && recurrence !== 'once' && { lastDay: dateOf(dayNumber(date) + last) }),
  });
}

function ruleOf(recurrence: string, day: number, weekday: Weekday, more: readonly Weekday[]): RecurrenceRule {
  switch (recurrence) {
    case 'weekly':
      return Recurrence.weekly(...new Set([weekday, ...more]));
    case 'day':
      return day <= 28 ? Recurrence.monthlyOnDay(day) : Recurrence.yearly();
    case 'nth':
      return day <= 28
        ? Recurrence.monthlyOn(Math.ceil(day / 7), weekday)
        : Recurrence.monthlyOnLast(weekday);
    case 'last':
      return day === 31 ? Recurrence.monthlyOnLastDay() : lastOr(day, weekday);
    default:
      return recurrence === 'once' ? Recurrence.once() : Recurrence.yearly();
  }
}

function lastOr(day: number, weekday: Weekday): RecurrenceRule {
  return day > 31 - 7 ? Recurrence.monthlyOnLast(weekday) : Recurrence.weekly(weekday);
}
