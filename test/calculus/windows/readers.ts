import { Cron } from 'croner';
import type { ExcludedRange } from '../../../lib/calculus/windows/dialects/anomaly-exclusions';
import type { InstanceEventRange } from '../../../lib/calculus/windows/dialects/instance-events';
import type { PracticeRunBlocks } from '../../../lib/calculus/windows/dialects/practice-runs';

/**
 * What the dialects say, read by other code than that which writes them: croner knows zones, weeks and days by itself.
 */

/** One time that something comes, in seconds since 1970. */
export interface Time {
  readonly start: number;
  readonly end: number;
}

const WEEK = 7 * 86_400;

/** The moments at which a cron expression of AWS comes, as croner reads it: it knows time zones by itself. */
export function cronStarts(fields: string, timezone: string, from: number, until: number): number[] {
  const job = croner(fields, timezone);
  const found: number[] = [];
  let at = job.nextRun(new Date(from * 1_000 - 1_000));
  while (at && at.getTime() < until * 1_000) {
    found.push(at.getTime() / 1_000);
    at = job.nextRun(at);
  }
  return found;
}

/** Whether a cron expression of CodePipeline, of seven fields, names a minute. */
export function cronMatcher(cron: string, timezone: string): (moment: number) => boolean {
  const fields = cron.split(' ');
  expect(fields).toHaveLength(7);
  expect([fields[3], fields[5]].filter((field) => field === '?')).toHaveLength(1);
  const [, minute, hour, day, month, weekday, year] = fields;
  const job = croner(`0 ${minute} ${hour} ${day} ${month} ${weekday} ${year}`, timezone);
  return (moment) => job.match(new Date(moment * 1_000));
}

function croner(fields: string, timezone: string): Cron {
  const pattern = fields
    .replaceAll('?', '*')
    // AWS numbers the days from Sunday = 1, croner from Sunday = 0.
    .replace(/\b([1-7])L\b/, (_, day: string) => `${Number(day) - 1}#L`);
  return new Cron(pattern, { timezone, paused: true, domAndDow: true });
}

/** What is inside `cron(...)` or `at(...)`. */
export const inside = (expression: string): string => /^(?:cron|at)\((.*)\)$/.exec(expression)?.[1] ?? '';

/** The six fields of AWS without the year, which is always *. */
export function fiveFields(expression: string): string {
  const fields = inside(expression).split(' ');
  expect(fields).toHaveLength(6);
  expect(fields[5]).toBe('*');
  // AWS wants a question mark in exactly one of the two.
  expect([fields[2], fields[4]].filter((field) => field === '?')).toHaveLength(1);
  return fields.slice(0, 5).join(' ');
}

/** When a schedule of EventBridge Scheduler or Systems Manager comes between its own dates. */
export function scheduleStarts(
  expression: string,
  timezone: string,
  { from, until }: { readonly from: number; readonly until: number },
): number[] {
  // `at` is a time on the clocks of the zone, which croner reads too.
  if (expression.startsWith('at(')) return cronStarts(inside(expression), timezone, 0, until);
  return cronStarts(fiveFields(expression), timezone, from, until);
}

const readWeekly = new Map<string, readonly Time[]>();

/** `sun:23:00-mon:01:00`, the window of databases and caches, and `Sun:23:00-Mon:01:00` of ARC. */
export function weeklyTimes(text: string, from: number, until: number): readonly Time[] {
  const key = `${text} ${from} ${until}`;
  const known = readWeekly.get(key) ?? readWeek(text, from, until);
  readWeekly.set(key, known);
  return known;
}

function readWeek(text: string, from: number, until: number): readonly Time[] {
  const [, firstDay = '', firstClock = '', lastDay = '', lastClock = ''] =
    /^([A-Za-z]{3}):(\d\d:\d\d)-([A-Za-z]{3}):(\d\d:\d\d)$/.exec(text) ?? [];
  return fromTo(onDay(firstDay, firstClock), onDay(lastDay, lastClock), from, until);
}

/** The event window of instances. */
export function eventTimes(ranges: readonly InstanceEventRange[], from: number, until: number): Time[] {
  return ranges
    .flatMap(({ startWeekDay, startHour, endWeekDay, endHour }) =>
      fromTo(onDay(startWeekDay, `${startHour}:0`), onDay(endWeekDay, `${endHour}:0`), from, until),
    )
    .sort((one, other) => one.start - other.start);
}

/** A time of the week as cron has it. */
function onDay(day: string, clock: string): string {
  const [hour, minute] = clock.split(':').map(Number);
  expect(day.toLowerCase()).toMatch(/^(sun|mon|tue|wed|thu|fri|sat)(day|sday|nesday|rsday|urday)?$/);
  return `${minute} ${hour} * * ${day.slice(0, 3).toUpperCase()}`;
}

/** Every time that begins when one cron expression comes in UTC, and ends when the other comes next. */
function fromTo(begin: string, end: string, from: number, until: number): Time[] {
  const ends = croner(end, 'UTC');
  return cronStarts(begin, 'UTC', from - WEEK, until)
    .map((start) => ({ start, end: (ends.nextRun(new Date(start * 1_000))?.getTime() ?? 0) / 1_000 }))
    .filter((time) => time.end > from);
}

/** Ranges of times in UTC. */
export function rangeTimes(ranges: readonly ExcludedRange[]): Time[] {
  return ranges.map(({ startTime, endTime }) => ({ start: utc(startTime), end: utc(endTime) }));
}

/** What ARC blocks: times of the week, and whole days in UTC. */
export function blockedTimes(blocks: PracticeRunBlocks, from: number, until: number): Time[] {
  const days = blocks.blockedDates.flatMap((date) => {
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
    return fromTo(`0 0 0 ${Number(day)} ${Number(month)} * ${year}`, '0 0 * * *', from, until);
  });
  return [...blocks.blockedWindows.flatMap((text) => weeklyTimes(text, from, until)), ...days];
}

function utc(text: string): number {
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  return Date.parse(`${text}Z`) / 1_000;
}
