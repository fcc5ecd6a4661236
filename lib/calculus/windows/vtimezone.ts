import { dateOf, dayNumber, weekdayOf } from './recurrence';
import { type ClockChange, clockChanges, offsetAt } from './time-zone';

const DAY = 86_400;
const YEAR = 366 * DAY;

/** A rule must have held for so many years to be written as one. */
const YEARS = 12;

/**
 * The lines of iCalendar that say when the clocks of a time zone change: as a rule where the next twelve years follow one,
 * else each change by itself.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5
 * @internal
 */
export function vtimezone(timeZone: string, from: number): readonly string[] {
  const start = from - 2 * YEAR;
  const changes = clockChanges(timeZone, start, start + YEARS * YEAR);
  const directions = [changes.filter(isForward), changes.filter((each) => !isForward(each))];
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...(changes.length === 0 ? fixed(offsetAt(timeZone, from)) : directions.flatMap(observances)),
    'END:VTIMEZONE',
  ];
}

function isForward({ before, after }: ClockChange): boolean {
  return after > before;
}

function fixed(offset: number): readonly string[] {
  return observance('STANDARD', { at: -offset, before: offset, after: offset });
}

function observances(changes: readonly ClockChange[]): readonly string[] {
  const [first] = changes;
  if (!first) return [];
  const kind = isForward(first) ? 'DAYLIGHT' : 'STANDARD';
  const rule = ruleOf(changes);
  return rule === undefined
    ? changes.flatMap((change) => observance(kind, change))
    : observance(kind, first, [`RRULE:${rule}`]);
}

function observance(kind: string, change: ClockChange, more: readonly string[] = []): readonly string[] {
  return [
    `BEGIN:${kind}`,
    `TZOFFSETFROM:${offsetText(change.before)}`,
    `TZOFFSETTO:${offsetText(change.after)}`,
    `DTSTART:${compact(change.at + change.before)}`,
    ...more,
    `END:${kind}`,
  ];
}

/** The rule that all changes of one direction follow: `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`. */
function ruleOf(changes: readonly ClockChange[]): string | undefined {
  const seen = changes.map(localDay);
  const [first] = seen;
  if (!first) return undefined;
  const alike = seen.every(
    ({ month, weekday, time, years }, index) =>
      month === first.month &&
      weekday === first.weekday &&
      time === first.time &&
      years === first.years + index,
  );
  const sameOffsets = changes.every(
    ({ before, after }) => before === changes[0]?.before && after === changes[0]?.after,
  );
  if (!alike || !sameOffsets) return undefined;
  const nth = seen.every(({ isLast }) => isLast)
    ? -1
    : seen.every((each) => each.nth === first.nth)
      ? first.nth
      : 0;
  return nth === 0 ? undefined : `FREQ=YEARLY;BYMONTH=${first.month};BYDAY=${nth}${first.weekday}`;
}

/** The day of a change on the clocks as they were before it. */
function localDay({ at, before }: ClockChange) {
  const local = new Date((at + before) * 1_000);
  const [year, date] = [local.getUTCFullYear(), local.getUTCDate()];
  const length = new Date(Date.UTC(year, local.getUTCMonth() + 1, 0)).getUTCDate();
  return {
    years: year,
    month: local.getUTCMonth() + 1,
    weekday: twoLetters(dateOf(dayNumber(local.toISOString()))),
    time: local.toISOString().slice(11),
    nth: Math.ceil(date / 7),
    isLast: date > length - 7,
  };
}

function twoLetters(date: string): string {
  return weekdayOf(dayNumber(date)).slice(0, 2);
}

/** `+0100`, `+1030` */
function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60);
  const digits = [Math.floor(minutes / 60), minutes % 60].map((each) => String(each).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${digits.join('')}`;
}

/** `20261206T040000` of what a clock shows, as if it were one of UTC. @internal */
export function compact(clock: number): string {
  return new Date(clock * 1_000).toISOString().slice(0, 19).replace(/[-:]/g, '');
}
