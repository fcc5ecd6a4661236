import { calendarDay, hasSummerTime } from './calendar';
import type { CronExpression } from './cron-expression';
import { clockChanges } from './windows/time-zone';

/** A stretch of time that the clocks of a time zone skip, as if it were in UTC, in seconds. @internal */
export interface SkippedTime {
  readonly from: number;

  /** What the clocks show then. */
  readonly until: number;
}

const DAY = 86_400;

/** Eleven years: the last Sunday of a month is each of the days that it can be. No clock is read. */
const [FROM, UNTIL] = [Date.UTC(2026) / 1_000, Date.UTC(2037) / 1_000];

const SKIPPED = new Map<string, readonly SkippedTime[]>();

/** When the clocks of a time zone are put forward in 2026 to 2036, which stand for all years. @internal */
export function skippedTimes(timeZone: string): readonly SkippedTime[] {
  const known = SKIPPED.get(timeZone);
  if (known) return known;
  const changes = hasSummerTime(timeZone) ? clockChanges(timeZone, FROM, UNTIL) : [];
  const skipped = changes
    .filter(({ before, after }) => after > before)
    .map(({ at, before, after }) => ({ from: at + before, until: at + after }));
  SKIPPED.set(timeZone, skipped);
  return skipped;
}

/**
 * The first time of a schedule that the clocks skip, as if it were in UTC, in seconds. EventBridge Scheduler leaves it out.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 * @internal
 */
export function firstSkipped(
  { minutesOfDay, firesOn }: CronExpression,
  timeZone: string,
): number | undefined {
  for (const { from, until } of skippedTimes(timeZone)) {
    const midnight = from - (from % DAY);
    const minute = minutesOfDay.find((each) => midnight + each * 60 >= from && midnight + each * 60 < until);
    if (minute !== undefined && firesOn(calendarDay(new Date(midnight * 1_000))))
      return midnight + minute * 60;
  }
  return undefined;
}

/** Whether the clocks may be put forward within so many seconds after a time of a schedule. @internal */
export function forwardAfter({ minutesOfDay }: CronExpression, seconds: number, timeZone: string): boolean {
  const skips = new Set(skippedTimes(timeZone).map(({ from }) => from % DAY));
  return minutesOfDay.some((minute) =>
    [...skips].some((skip) => (skip - minute * 60 + DAY) % DAY <= seconds),
  );
}

/**
 * The most seconds between two times of a schedule that runs each day, where the clocks are put back in between. What they show
 * twice EventBridge Scheduler runs once: at which of the two is not said, so the later counts where it is the longer.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 * @internal
 */
export function longestPutBack({ minutesOfDay }: CronExpression, timeZone: string): number {
  const [first = 0] = minutesOfDay;
  const gaps = minutesOfDay.flatMap((minute, index) => {
    const next = minutesOfDay[index + 1] ?? first + DAY / 60;
    const shifts = repeatedTimes(timeZone).filter(
      ({ from, until }) => minute * 60 < until && next * 60 >= from,
    );
    return shifts.map(({ from, until }) => (next - minute) * 60 + until - from);
  });
  return Math.max(0, ...gaps);
}

const REPEATED = new Map<string, readonly SkippedTime[]>();

/** The stretches of a day, in seconds, that the clocks of a time zone show twice in 2026 to 2036. */
function repeatedTimes(timeZone: string): readonly SkippedTime[] {
  const known = REPEATED.get(timeZone);
  if (known) return known;
  const changes = hasSummerTime(timeZone) ? clockChanges(timeZone, FROM, UNTIL) : [];
  const stretches = changes
    .filter(({ before, after }) => after < before)
    .map(({ at, before, after }) => ({
      from: (at + after) % DAY,
      until: ((at + after) % DAY) + before - after,
    }));
  const distinct = [...new Map(stretches.map((each) => [each.from, each])).values()];
  REPEATED.set(timeZone, distinct);
  return distinct;
}
