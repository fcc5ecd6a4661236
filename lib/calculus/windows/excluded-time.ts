import { type LocalWindow, occurrences } from './occurrences';

/** The stretch of days in which most time is left out. */
export interface ExcludedTime {
  readonly seconds: number;

  /** When it begins, in seconds since 1970. */
  readonly from: number;
}

const DAY = 86_400;

/**
 * The most time that windows take out of any so many days on end; time that several take out counts once.
 *
 * The worst stretch begins with a window or ends with one, so only those are tried.
 */
export function mostExcludedTime(
  windows: readonly LocalWindow[],
  from: number,
  until: number,
  days = 30,
): ExcludedTime {
  const stretches = united(windows, from, until);
  const starts = stretches.flatMap(({ start, end }) => [start, end - days * DAY]);
  return starts
    .map((start) => ({ from: start, seconds: secondsWithin(stretches, start, start + days * DAY) }))
    .reduce((worst, each) => (each.seconds > worst.seconds ? each : worst), { seconds: 0, from });
}

interface Stretch {
  readonly start: number;
  end: number;
}

function united(windows: readonly LocalWindow[], from: number, until: number): readonly Stretch[] {
  const all = windows
    .flatMap((window) => occurrences(window, from, until))
    .sort((one, other) => one.start - other.start);
  const merged: Stretch[] = [];
  for (const { start, end } of all) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function secondsWithin(stretches: readonly Stretch[], from: number, until: number): number {
  return stretches.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, until) - Math.max(start, from)),
    0,
  );
}
