import { AWS_FACTS } from '../../calculus/aws-facts';
import { type LargestGap, largestGap } from '../../calculus/schedule';
import { Unknown } from '../value';
import type { PlanRule } from './backup-plan';

/** At most so many seconds; less only if what is unknown turns out well. */
export interface UpperBound {
  /** `Infinity` where there is no bound. */
  readonly seconds: number;

  /** Why it may be less. @default - it is exact */
  readonly unknown?: Unknown;
}

const UTC = 'UTC';
const SECONDS_PER_MINUTE = 60;

/**
 * The most time between two backups that the rules together leave, by the clock on the wall: a rule that runs at the same
 * time every day leaves one day, on the days too when the clocks change.
 */
export function largestWallClockGap(rules: readonly PlanRule[]): UpperBound {
  return gapOf(rules, () => UTC);
}

/**
 * How old the newest backup can be that the rules together have started.
 *
 * A backup may wait for its start as long as its window, so rules with short windows may do better alone.
 */
export function oldestNewestBackup(rules: readonly PlanRule[]): UpperBound {
  const windows = rules.map(startWindowOf);
  const open = windows.find((window) => window instanceof Unknown);
  const bounds = [...new Set(windows)].map((longest) => {
    if (longest instanceof Unknown) return { seconds: Number.POSITIVE_INFINITY, unknown: longest };
    const prompt = rules.filter((_, index) => isWithin(windows[index], longest));
    const gap = gapOf(prompt, ({ timeZone }) => timeZone ?? UTC);
    return { ...gap, seconds: gap.seconds + longest };
  });
  return leastOf(bounds, open);
}

/** How long a backup of a rule may wait for its start, in seconds. */
function startWindowOf({ startWindowMinutes: minutes }: PlanRule): number | Unknown {
  if (minutes instanceof Unknown) return minutes;
  return minutes === undefined
    ? AWS_FACTS.backupDefaultStartWindowSeconds.value
    : minutes * SECONDS_PER_MINUTE;
}

function isWithin(window: number | Unknown | undefined, longest: number): boolean {
  return typeof window === 'number' && window <= longest;
}

type Zone = (rule: PlanRule) => string | Unknown;

/** Schedules of different time zones are not taken together; each alone is a bound. */
function gapOf(rules: readonly PlanRule[], zoneOf: Zone): UpperBound {
  const byZone = new Map<string, string[]>();
  let open: Unknown | undefined;
  for (const rule of rules) {
    const zone = zoneOf(rule);
    const schedule = rule.schedule ?? AWS_FACTS.backupDefaultSchedule.value;
    if (zone instanceof Unknown) open ??= zone;
    else if (schedule instanceof Unknown) open ??= schedule;
    else byZone.set(zone, [...(byZone.get(zone) ?? []), schedule]);
  }
  if (byZone.size > 1) open ??= new Unknown('the rules of the plan follow different time zones');
  return leastOf(
    [...byZone].map(([zone, schedules]) => bound(gapIn(schedules, zone))),
    open,
  );
}

function bound(gap: LargestGap): UpperBound {
  return 'seconds' in gap ? gap : { seconds: gap.atMostSeconds, unknown: new Unknown(gap.unknown) };
}

function leastOf(bounds: readonly UpperBound[], open: Unknown | undefined): UpperBound {
  const seconds = Math.min(...bounds.map((each) => each.seconds));
  const unknown = open ?? bounds.find((each) => each.unknown)?.unknown;
  return { seconds, ...(unknown && { unknown }) };
}

const MOST_GAPS_KEPT = 1000;
const gaps = new Map<string, LargestGap>();

/** Thousands of resources follow the same few schedules, and a calendar of years is walked for each answer. */
function gapIn(schedules: readonly string[], zone: string): LargestGap {
  const key = JSON.stringify([zone, ...schedules]);
  const gap = gaps.get(key) ?? largestGap(schedules, zone);
  if (gaps.size >= MOST_GAPS_KEPT) gaps.clear();
  gaps.set(key, gap);
  return gap;
}
