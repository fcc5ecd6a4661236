import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { isDate } from '../../objectives/weakening';

/** When practice runs do not start. */
export interface BlockedTimes {
  /**
   * Times of each week, in UTC, at which no practice run starts: `Fri:18:00-Mon:06:00`.
   *
   * @default - practice runs start at any time
   */
  readonly blockedWindows?: string[];

  /**
   * Days on which no practice run starts, in UTC: `2027-11-26`.
   *
   * @default - practice runs start on any day
   */
  readonly blockedDates?: string[];
}

/** @see https://docs.aws.amazon.com/arc-zonal-shift/latest/api/API_PracticeRunConfiguration.html */
const MOST = 15;

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]';
const MOMENT = `(${DAYS.join('|')}):(${TIME})`;
const WINDOW = new RegExp(`^${MOMENT}-${MOMENT}$`);

/** Everything that is wrong with times and days. @internal */
export function blockedTimeMistakes({ blockedWindows = [], blockedDates = [] }: BlockedTimes): Mistake[] {
  const windows = blockedWindows.filter((each) => !Token.isUnresolved(each));
  const wrongWindows = windows.filter((each) => !WINDOW.test(each) || isEmpty(each));
  const wrongDates = blockedDates.filter((each) => !Token.isUnresolved(each) && !isDate(each));
  const days = wrongWindows.length > 0 ? 0 : windowsByDay(blockedWindows).length;
  return [
    ...wrongWindows.map((each) => ({
      problem: `blockedWindows has ${quoted(each)}, which is no time of the week`,
      fix: 'write a window as Fri:18:00-Mon:06:00, in UTC',
    })),
    ...wrongDates.map((each) => ({
      problem: `blockedDates has ${quoted(each)}, which is no date`,
      fix: 'write a day as YYYY-MM-DD, in UTC',
    })),
    ...tooMany('blockedWindows', days, 'windows, each day counted'),
    ...tooMany('blockedDates', blockedDates.length, 'days'),
  ];
}

function tooMany(what: string, count: number, unit: string): Mistake[] {
  if (count <= MOST) return [];
  return [{ problem: `${what} has ${count} ${unit}`, fix: `leave ${MOST} or fewer in ${what}` }];
}

function isEmpty(window: string): boolean {
  const [start, end] = window.split('-');
  return start === end;
}

/**
 * The same windows, none of which passes midnight: ARC takes no others. `Fri:18:00-Sun:06:00` becomes three.
 *
 * @internal
 */
export function windowsByDay(windows: readonly string[]): string[] {
  return windows.flatMap((window) => (Token.isUnresolved(window) ? [window] : split(window)));
}

function split(window: string): string[] {
  const [, startDay = '', startTime = '', , endDay = '', endTime = ''] = WINDOW.exec(window) ?? [];
  const [first, last] = [DAYS.indexOf(startDay), DAYS.indexOf(endDay)];
  const sameDay = first === last && startTime < endTime;
  const days = sameDay ? 0 : (last - first + DAYS.length) % DAYS.length || DAYS.length;
  return Array.from({ length: days + 1 }, (_, offset) => {
    const day = DAYS[(first + offset) % DAYS.length];
    const from = offset === 0 ? startTime : '00:00';
    const to = offset === days ? endTime : '23:59';
    return `${day}:${from}-${day}:${to}`;
  }).filter((each) => !isNothing(each));
}

/** A window that ends at midnight has nothing of the day that begins there. */
function isNothing(window: string): boolean {
  return window.endsWith(':00:00') && isEmpty(window);
}
