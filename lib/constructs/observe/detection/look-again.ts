import type { HeartbeatPlan } from './heartbeat-plan';

/** When a job that was missed is looked at again. @internal */
export interface LookAgain {
  /** The six fields of the expression. */
  readonly fields: string;

  /** For how many seconds what a deadline found may hold. */
  readonly lookBack: number;
}

const MINUTES_PER_HOUR = 60;
const DAY = 86_400;

/** CloudWatch keeps hours for 455 days. */
const KEPT = 454 * DAY;

/**
 * Each hour, at the minute that is farthest from all deadlines: what one of them has just found must have arrived, and a beat of
 * the time before it must not pass for a late one.
 *
 * @internal
 */
export function lookAgain({ interval, foundAfter, deadlines = [] }: HeartbeatPlan): LookAgain {
  return {
    fields: `${farthest(deadlines.map((fields) => Number.parseInt(fields, 10)))} * * * ? *`,
    lookBack: Math.min(KEPT, interval + foundAfter + DAY),
  };
}

/** Round the hour: the middle of the longest time without a deadline. */
function farthest(minutes: readonly number[]): number {
  const sorted = [...new Set(minutes)].sort((a, b) => a - b);
  const [first = 0] = sorted;
  let middle = 0;
  let longest = 0;
  for (const [index, minute] of sorted.entries()) {
    const gap = (sorted[index + 1] ?? first + MINUTES_PER_HOUR) - minute;
    if (gap <= longest) continue;
    longest = gap;
    middle = (minute + Math.floor(gap / 2)) % MINUTES_PER_HOUR;
  }
  return middle;
}
