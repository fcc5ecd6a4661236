import { type CronExpression, type NotUnderstood, parseCron } from './cron-expression';
import { daysAfter } from './days-after';

/** When something that was due by a cron expression must be done. */
export interface DeadlineCrons {
  /** The six fields of each expression that says deadlines: `20 3 * * ? *`. Together they say all, each once. */
  readonly fields: readonly string[];

  /** The least seconds between two times on one day or the next; the days between are not looked at. */
  readonly leastGap: number;
}

const MINUTES_PER_DAY = 1_440;

/**
 * The cron expressions that fire so many minutes after another, on the clock of the same zone. Times after midnight are of the
 * days after: `MON-FRI` becomes `TUE-SAT`, and the last day of a month the first of the next.
 *
 * @returns why not, where no expression says the days after: those of a weekday of certain weeks or months, and of 28 or 29
 * February
 */
export function deadlineCrons(fields: string, laterMinutes: number): DeadlineCrons | NotUnderstood {
  const cron = parseCron(fields);
  if ('unknown' in cron) return cron;
  const [, , dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = fields
    .trim()
    .toUpperCase()
    .split(/\s+/);
  const found: string[] = [];
  for (const [later, due] of byDaysLater(cron, laterMinutes)) {
    const days = daysAfter(cron, { dayOfMonth, month, dayOfWeek }, later);
    if (days === undefined) return { unknown: `no expression says the days after those of cron(${fields})` };
    for (const [minute, hours] of byMinute(due))
      for (const each of days) found.push(`${minute} ${hours.join(',')} ${each} ${year}`);
  }
  return { fields: found, leastGap: leastGap(cron.minutesOfDay) * 60 };
}

/** The minutes of a day of the deadlines, by how many days later than the job they are. For a daily job all days are the same. */
function byDaysLater({ minutesOfDay, cycle }: CronExpression, laterMinutes: number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const minute of minutesOfDay) {
    const at = minute + laterMinutes;
    const days = cycle === 1 ? 0 : Math.floor(at / MINUTES_PER_DAY);
    groups.set(days, [...(groups.get(days) ?? []), at % MINUTES_PER_DAY]);
  }
  return groups;
}

/** The hours at which it fires, by the minute of the hour. */
function byMinute(minutes: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const each of [...minutes].sort((a, b) => a - b)) {
    const minute = each % 60;
    groups.set(minute, [...(groups.get(minute) ?? []), Math.floor(each / 60)]);
  }
  return groups;
}

/** Round the clock: the first of the next day follows the last. */
function leastGap(minutes: readonly number[]): number {
  return Math.min(
    ...minutes.map((minute, index) => (minutes[index + 1] ?? (minutes[0] ?? 0) + MINUTES_PER_DAY) - minute),
  );
}
