import { type Expressed, expressed, type Inexpressible, lengthOutside, oddStart } from '../expressed';
import type { LocalWindow } from '../occurrences';
import { LAST } from '../recurrence';
import { cronFields } from './cron-fields';

/** When a mute rule of CloudWatch silences alarms. */
export interface AlarmMute {
  /** `cron(0 2 * * SUN)` or `at(2026-12-06T02:00)` */
  readonly expression: string;

  /** ISO 8601: `PT2H`. */
  readonly duration: string;

  /** An IANA name. */
  readonly timezone: string;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html */
const MOST_SECONDS = 15 * 86_400;

/**
 * A window as a mute rule of CloudWatch: five fields in the time zone of the window. It knows days of the week and days of
 * the month, but neither the second Tuesday nor the last day of a month.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export function alarmMute(window: LocalWindow): Expressed<AlarmMute> {
  const refusals = [
    lengthOutside(window, 'a mute rule', { most: MOST_SECONDS }),
    oddDay(window),
    oddStart(window, 'CloudWatch does not say what a mute rule does then'),
  ];
  return expressed(refusals, () => ({
    expression: expressionOf(window),
    duration: isoDuration(window.durationSeconds),
    timezone: window.timeZone,
  }));
}

function oddDay({ recurrence: { nth, dayOfMonth } }: LocalWindow): Inexpressible | undefined {
  if (nth === undefined && dayOfMonth !== LAST) return undefined;
  const what = nth === undefined ? 'the last day' : 'a certain weekday';
  return {
    problem: `the cron expressions of mute rules cannot say ${what} of a month`,
    fix: 'use a day of the week or a day of the month from 1 to 28, or name each date as a window of its own',
  };
}

function expressionOf(window: LocalWindow): string {
  if (window.recurrence.every === 'once') return `at(${window.start})`;
  const { minute, hour, dayOfMonth, month, dayOfWeek } = cronFields(window);
  const [day, weekday] = [dayOfMonth, dayOfWeek].map((field) => (field === '?' ? '*' : field));
  return `cron(${minute} ${hour} ${day} ${month} ${weekday})`;
}

/** Days, hours and minutes of a stopwatch. @internal */
export function isoDuration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  const date = days > 0 ? `${days}D` : '';
  const time = `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
  return `P${date}${time === '' ? '' : `T${time}`}`;
}
