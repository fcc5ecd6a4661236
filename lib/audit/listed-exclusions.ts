import { type Judgement, notApplicable, pass, unknown } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import { isMap, isScalar, Unknown, type Value } from '../assembly/value';
import type { Occurrence } from '../calculus/windows/occurrences';
import { scheduleTimes } from '../calculus/windows/planned/schedule-times';
import { judgeListed, midnight, momentOf, noDay } from './listed-windows';
import type { RuleContext } from './rule';

const EXCLUSIONS = 'ExclusionWindows';

const HOUR = 3_600;
const DAY = 86_400;

/** A month at its longest: what ends later is not called over too early. */
const SECONDS: Readonly<Record<string, number>> = { MINUTE: 60, HOUR, DAY, MONTH: 31 * DAY };

/** What is left out of an objective, once or again and again. */
interface Exclusion {
  /** When the last of it ends, in seconds since 1970; `Infinity` where it comes back for ever. */
  readonly end: number;

  /** The first moment that may be of it, in seconds since 1970; undefined where it comes back for ever. */
  readonly from?: number;

  /** Whether it begins at a moment, in seconds since 1970; undefined where only the deployment knows. */
  readonly beginsAt?: (moment: number) => boolean;
}

/**
 * Judges the time that an objective of Application Signals leaves out. What comes back by a rule without a last year needs no renewal;
 * single times, and rules whose years are over, are a list that must reach further than today.
 *
 * @see https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_ExclusionWindow.html
 */
export function judgeExclusions(objective: Resource, { today, service }: RuleContext): Judgement {
  const list = objective.list(EXCLUSIONS);
  if (list instanceof Unknown) return unknown(EXCLUSIONS, list);
  if (list.length === 0) return notApplicable('it counts all time');
  const exclusions: Exclusion[] = [];
  for (const value of list) {
    const exclusion = exclusionOf(value);
    if (exclusion instanceof Unknown) return unknown(EXCLUSIONS, exclusion);
    exclusions.push(exclusion);
  }
  const endless = exclusions.filter(({ end }) => end === Number.POSITIVE_INFINITY);
  const listed = exclusions.filter(({ end }) => end < Number.POSITIVE_INFINITY);
  const forEver = pass({ property: EXCLUSIONS, found: 'rules that come back for ever' });
  if (listed.length === 0) return forEver;
  if (today === undefined) return noDay(EXCLUSIONS);
  if (endless.some(({ beginsAt }) => beginsAt === undefined))
    return unknown(EXCLUSIONS, 'when an exclusion comes: a rate without a start begins when it is deployed');
  // What a rule says for ever needs no renewal.
  const has = ({ start }: Occurrence) => saidBy(listed, start) && !saidBy(endless, start);
  const end = Math.max(...listed.map((each) => each.end));
  const from = Math.min(end, ...listed.flatMap((each) => each.from ?? []));
  const times = { property: EXCLUSIONS, from, end, has };
  const judged = judgeListed(objective, times, service.name, midnight(today));
  if (judged.outcome === 'fail') return { ...judged, fix: 'let it come back by a RecurrenceRule' };
  return judged.outcome === 'notApplicable' && endless.length > 0 ? forEver : judged;
}

function saidBy(exclusions: readonly Exclusion[], moment: number): boolean {
  return exclusions.some(({ beginsAt }) => beginsAt?.(moment));
}

function exclusionOf(value: Value): Exclusion | Unknown {
  const [start, unit, count, expression] = [
    textIn(value, 'StartTime'),
    textIn(value, 'Window', 'DurationUnit'),
    textIn(value, 'Window', 'Duration'),
    textIn(value, 'RecurrenceRule', 'Expression'),
  ];
  for (const each of [start, unit, count, expression]) if (each instanceof Unknown) return each;
  const begins = start === undefined ? undefined : momentOf(start as string);
  if (Number.isNaN(begins)) return new Unknown(`the start ${start}, which is no time`);
  if (expression !== undefined) return recurring(expression as string, begins);
  if (begins === undefined) return new Unknown('an exclusion without a start begins when it is deployed');
  const seconds = Number(count) * (SECONDS[unit as string] ?? Number.NaN);
  if (!(seconds > 0)) return new Unknown(`the length ${count} ${unit} of an exclusion, which is none`);
  return { from: begins, end: begins + seconds, beginsAt: (moment) => moment === begins };
}

function recurring(expression: string, begins: number | undefined): Exclusion | Unknown {
  if (/^\s*rate\s*\(/.test(expression)) return atRate(expression, begins);
  const times = scheduleTimes({ expression, seconds: 1 });
  if ('unknown' in times) return new Unknown(`when an exclusion comes: ${times.unknown}`);
  const last = lastYearOf(expression);
  return {
    end: last === undefined ? Number.POSITIVE_INFINITY : Date.UTC(last + 1, 0) / 1_000,
    ...(last !== undefined && { from: begins ?? Date.UTC(last, 0) / 1_000 }),
    beginsAt: (moment) => times(moment, moment + 1).length > 0,
  };
}

const RATES: Readonly<Record<string, number>> = { hour: HOUR, day: DAY };

function atRate(expression: string, begins: number | undefined): Exclusion | Unknown {
  const [, count, unit = ''] =
    /^\s*rate\s*\(\s*([1-9]\d*)\s+(hour|day|month)s?\s*\)\s*$/.exec(expression) ?? [];
  if (count === undefined) return new Unknown(`when an exclusion comes: ${expression} is no rate`);
  const end = Number.POSITIVE_INFINITY;
  if (begins === undefined) return { end };
  const each = RATES[unit];
  if (each !== undefined)
    return { end, beginsAt: (moment) => (moment - begins) % (Number(count) * each) === 0 };
  return {
    end,
    beginsAt: (moment) => isMonthsFrom(new Date(begins * 1_000), new Date(moment * 1_000), Number(count)),
  };
}

/** Whether so many months, or a multiple of them, lie between two moments. */
function isMonthsFrom(one: Date, other: Date, count: number): boolean {
  const [mine, theirs] = [one, other].map((date) => date.getUTCFullYear() * 12 + date.getUTCMonth()) as [
    number,
    number,
  ];
  const [day, time] = [one, other].map((date) => date.toISOString().slice(8)) as [string, string];
  return day === time && (theirs - mine) % count === 0;
}

/** The last year in which an expression counts; undefined where there is none. */
function lastYearOf(expression: string): number | undefined {
  const [, years = ''] = /\s(\d{4}[-,\d]*)\s*\)\s*$/.exec(expression) ?? [];
  const named = years.match(/\d{4}/g);
  return named ? Math.max(...named.map(Number)) : undefined;
}

/** The text at a place in a value; undefined where there is none. */
function textIn(value: Value | undefined, ...path: readonly string[]): string | Unknown | undefined {
  if (value instanceof Unknown || value === undefined) return value;
  const [name, ...rest] = path;
  if (name !== undefined) return isMap(value) ? textIn(value[name], ...rest) : NO_TEXT;
  return isScalar(value) ? String(value) : NO_TEXT;
}

const NO_TEXT = new Unknown('an exclusion is no text before deploy');
