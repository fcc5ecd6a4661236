import { largestGap } from '../../calculus/schedule';
import { valuesAt } from '../network/zones';
import type { Resource } from '../resource';
import { isMap, type Value } from '../value';

const HOUR = 3600;
const DAY = 24 * HOUR;
const SCHEDULES = 'PolicyDetails.Schedules';

/** How a policy of Data Lifecycle Manager makes snapshots. */
export interface SnapshotSchedule {
  /** The most time between two of them, in seconds: that of the schedule that runs most often. */
  readonly intervalSeconds: number;

  /** The same of those that are copied to another region. @default - none is */
  readonly copiedSeconds?: number;
}

/** When a policy makes snapshots; a schedule that cannot be read counts as one a day, which is the default. */
export function snapshotScheduleOf(policy: Resource): SnapshotSchedule {
  const schedules = valuesAt(policy, SCHEDULES).flat().filter(isMap);
  if (schedules.length === 0) return byDefault(policy);
  const copied = schedules.filter(({ CrossRegionCopyRules: rules }) => hasEntries(rules));
  return {
    intervalSeconds: leastGap(schedules.map(({ CreateRule: rule }) => rule)),
    ...(copied.length > 0 && { copiedSeconds: leastGap(copied.map(({ CreateRule: rule }) => rule)) }),
  };
}

/** A default policy says in days how often it runs. */
function byDefault(policy: Resource): SnapshotSchedule {
  const days = policy.number('CreateInterval') ?? policy.number('PolicyDetails.CreateInterval');
  const intervalSeconds = (typeof days === 'number' && days > 0 ? days : 1) * DAY;
  const copies = policy.get('CrossRegionCopyTargets') ?? policy.get('PolicyDetails.CrossRegionCopyTargets');
  return { intervalSeconds, ...(hasEntries(copies) && { copiedSeconds: intervalSeconds }) };
}

function hasEntries(value: Value | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}

function leastGap(rules: readonly (Value | undefined)[]): number {
  return Math.min(...rules.map(gapOf));
}

function gapOf(rule: Value | undefined): number {
  if (!isMap(rule)) return DAY;
  const { CronExpression: cron, Interval: hours } = rule;
  if (typeof cron === 'string') {
    const gap = largestGap([cron]);
    return 'seconds' in gap && Number.isFinite(gap.seconds) ? gap.seconds : DAY;
  }
  const count = Number(hours);
  return count > 0 ? count * HOUR : DAY;
}
