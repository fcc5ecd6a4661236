import { type Expressed, expressed, type Inexpressible, oddStart, runsThroughChange } from '../expressed';
import { type LocalWindow, secondOfDay } from '../occurrences';
import { WEEKDAYS } from '../recurrence';
import { type CronFields, cronFields, weekdayList } from './cron-fields';
import { endless } from './slo-exclusion';

/** The rule `DeploymentWindow` of CodePipeline: when deployments are allowed. */
export interface DeploymentWindow {
  /** Seconds, minutes, hours, day, month, weekday, year: `* * 2-3 ? * SUN *`. It names each minute, not the first one. */
  readonly cron: string;

  /** An IANA name. */
  readonly timeZone: string;
}

const HOUR = 3_600;
const HOURS = 24;

/**
 * A window as the time in which CodePipeline deploys, and at no other.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export function deploymentsWithin(window: LocalWindow): Expressed<DeploymentWindow> {
  const time = timeFields(window);
  return expressed([...clockRefusals(window), 'problem' in time ? time : undefined], () => {
    const days = cronFields(window);
    const year = window.recurrence.every === 'once' ? window.start.slice(0, 4) : '*';
    return textOf({ ...days, ...(time as TimeFields) }, window.timeZone, year);
  });
}

/**
 * A freeze as the time in which CodePipeline deploys: all but the window. Several rules must all hold, and each is one
 * expression, so only freezes whose rest is one can be said: whole days of each week, the same whole hours of every day, or
 * whole months of each year. For any other use a change calendar of Systems Manager.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export function deploymentsOutside(window: LocalWindow): Expressed<DeploymentWindow> {
  const rest = restOf(window);
  return expressed([...clockRefusals(window), rest ? undefined : noRest(window)], () =>
    textOf({ ...EVERY_MINUTE, ...rest }, window.timeZone, '*'),
  );
}

type TimeFields = Pick<CronFields, 'minute' | 'hour'>;

const EVERY_MINUTE: CronFields = { minute: '*', hour: '*', dayOfMonth: '?', month: '*', dayOfWeek: '*' };

function clockRefusals(window: LocalWindow): readonly (Inexpressible | undefined)[] {
  return [
    oddStart(window, 'CodePipeline reads the clock'),
    endless(window, 'the rule of CodePipeline'),
    runsThroughChange(window, 'CodePipeline reads the clock, and would end it an hour too early or too late'),
  ];
}

function textOf(fields: CronFields, timeZone: string, year: string): DeploymentWindow {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = fields;
  return { cron: `* ${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} ${year}`, timeZone };
}

/** The minutes of a window that lies within one day: whole hours, or a part of one hour. */
function timeFields({ start, durationSeconds }: LocalWindow): TimeFields | Inexpressible {
  const from = secondOfDay(start);
  const until = from + durationSeconds;
  if (until > HOURS * HOUR)
    return {
      problem: 'it passes midnight, and one expression of CodePipeline cannot',
      fix: 'write a window for each day',
    };
  const [first, last] = [from, until - 60].map((second) => Math.floor(second / HOUR));
  if (from % HOUR === 0 && until % HOUR === 0) return { minute: '*', hour: range(first, last, HOURS) };
  if (first === last)
    return { minute: range((from % HOUR) / 60, ((until - 60) % HOUR) / 60, 60), hour: String(first) };
  return {
    problem:
      'it begins or ends within an hour, and lasts for several: one expression of CodePipeline cannot say so',
    fix: 'begin and end on the hour',
  };
}

function range(first = 0, last = 0, all = 0): string {
  if (last - first + 1 === all) return '*';
  return first === last ? String(first) : `${first}-${last}`;
}

function restOf(window: LocalWindow): Partial<CronFields> | undefined {
  const { recurrence } = window;
  if (recurrence.every === 'week') return otherDays(window) ?? otherHours(window);
  return recurrence.every === 'year' ? otherMonths(window) : undefined;
}

function otherDays({ start, durationSeconds, recurrence }: LocalWindow): Partial<CronFields> | undefined {
  const days = durationSeconds / (HOURS * HOUR);
  if (!start.endsWith('T00:00') || !Number.isInteger(days)) return undefined;
  const frozen = new Set(
    (recurrence.weekdays ?? []).flatMap((day) =>
      Array.from({ length: days }, (_, index) => WEEKDAYS[(WEEKDAYS.indexOf(day) + index) % WEEKDAYS.length]),
    ),
  );
  const rest = WEEKDAYS.filter((day) => !frozen.has(day));
  return rest.length === 0 ? undefined : { dayOfWeek: weekdayList(rest) };
}

function otherHours({ start, durationSeconds, recurrence }: LocalWindow): Partial<CronFields> | undefined {
  const [from, hours] = [secondOfDay(start) / HOUR, durationSeconds / HOUR];
  const daily = new Set(recurrence.weekdays).size === WEEKDAYS.length;
  if (!daily || !Number.isInteger(from) || !Number.isInteger(hours) || hours >= HOURS) return undefined;
  const frozen = Array.from({ length: hours }, (_, index) => (from + index) % HOURS);
  const rest = Array.from({ length: HOURS }, (_, hour) => hour).filter((hour) => !frozen.includes(hour));
  return { hour: rest.join(',') };
}

/** Months whose length is always the same: February is refused. */
function otherMonths({ start, durationSeconds }: LocalWindow): Partial<CronFields> | undefined {
  if (!start.endsWith('-01T00:00')) return undefined;
  const first = Date.parse(`${start}:00Z`);
  const end = new Date(first + durationSeconds * 1_000);
  const [from, months] = [new Date(first).getUTCMonth(), new Set<number>()];
  if (end.getUTCDate() !== 1 || durationSeconds % (HOURS * HOUR) !== 0) return undefined;
  for (let month = from; month % 12 !== end.getUTCMonth(); month += 1) months.add((month % 12) + 1);
  const rest = Array.from({ length: 12 }, (_, index) => index + 1).filter((month) => !months.has(month));
  return months.has(2) || rest.length === 12 ? undefined : { month: rest.join(',') };
}

function noRest({ recurrence }: LocalWindow): Inexpressible {
  const what = recurrence.every === 'once' ? 'a freeze that comes once' : 'this freeze';
  return {
    problem: `CodePipeline knows only when deployments are allowed, and all times but ${what} are no single expression`,
    fix: 'freeze whole days of each week, the same hours of every day or whole months, or use the change calendar',
  };
}
