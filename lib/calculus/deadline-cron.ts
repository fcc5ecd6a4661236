import { type NotUnderstood, parseCron } from './cron-expression';

/** When something that was due by a cron expression must be done. */
export interface DeadlineCron {
  /** The six fields of the deadline: `20 3 * * ? *`. */
  readonly fields: string;

  /** The least seconds between two times on one day or the next; the days between are not looked at. */
  readonly leastGap: number;
}

const MINUTES_PER_DAY = 1_440;

/**
 * The cron expression that fires so many minutes after another, on the clock of the same zone.
 *
 * It can be written where all times of a day have one minute (`0 2,14 * * ? *`), and where midnight does not lie between,
 * unless it fires every day.
 *
 * @returns why not, where it cannot be written
 */
export function deadlineCron(fields: string, laterMinutes: number): DeadlineCron | NotUnderstood {
  const cron = parseCron(fields);
  if ('unknown' in cron) return cron;
  const [, , dayOfMonth, month, dayOfWeek, year] = fields.trim().split(/\s+/);
  const due = cron.minutesOfDay;
  const minutes = new Set(due.map((minute) => minute % 60));
  if (minutes.size > 1) return { unknown: `cron(${fields}) fires at several minutes of an hour` };
  const daily = cron.cycle === 1;
  const later = due.map((minute) => minute + laterMinutes);
  if (!daily && later.some((minute) => minute >= MINUTES_PER_DAY))
    return { unknown: `the deadline of cron(${fields}) is on the day after` };
  const onClock = later.map((minute) => minute % MINUTES_PER_DAY).sort((a, b) => a - b);
  const hours = onClock.map((minute) => Math.floor(minute / 60)).join(',');
  return {
    fields: [(onClock[0] ?? 0) % 60, hours, dayOfMonth, month, dayOfWeek, year].join(' '),
    leastGap: leastGap(due) * 60,
  };
}

/** Round the clock: the first of the next day follows the last. */
function leastGap(minutes: readonly number[]): number {
  return Math.min(
    ...minutes.map((minute, index) => (minutes[index + 1] ?? (minutes[0] ?? 0) + MINUTES_PER_DAY) - minute),
  );
}
