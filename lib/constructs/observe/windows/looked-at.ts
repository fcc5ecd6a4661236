import { Annotations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import {
  firstMoment,
  HORIZON_DAYS,
  type LocalWindow,
  startingFrom,
} from '../../../calculus/windows/occurrences';
import { dayNumber } from '../../../calculus/windows/recurrence';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { isDate } from '../../../objectives/weakening';
import type { Stretch } from './schedule-mistakes';

const DAY = 86_400;

/**
 * From a day on, or from the first window, until 400 days after all have come. No clock is read.
 *
 * @internal
 */
export function stretchOf(windows: readonly LocalWindow[], day?: string): Stretch {
  if (windows.length === 0) return { from: 0, until: 0 };
  const asked = day === undefined ? undefined : dayNumber(day) * DAY;
  const starts = windows.map(firstMoment);
  const from = asked ?? Math.min(...starts);
  return { from, until: Math.max(from, ...starts) + HORIZON_DAYS * DAY };
}

/** As far as lists are written of a window: 400 days from a day on, or from its own first time. @internal */
export function listedDays(window: LocalWindow, day?: string): Stretch {
  const from = day === undefined ? firstMoment(window) : dayNumber(day) * DAY;
  return { from, until: from + HORIZON_DAYS * DAY };
}

/** @internal */
export function fromMistakes(from: string | undefined): Mistake[] {
  if (from === undefined || isDate(from)) return [];
  return [{ problem: `from is ${quoted(from)}, which is no day`, fix: 'write it as YYYY-MM-DD' }];
}

/**
 * Windows that come no more leave nothing out, and lists that begin too early are over: whoever forgot to renew one hears of it.
 *
 * @internal
 */
export function warnOfPast(
  scope: IConstruct,
  windows: readonly MaintenanceWindow[],
  from: string | undefined,
): void {
  if (from === undefined) {
    warnOfEarlyLists(scope, windows);
    return;
  }
  for (const window of windows)
    if (!startingFrom(window, from))
      Annotations.of(scope).addWarningV2(
        `cdk-nines:window-is-over-${window.id}`,
        `The ${window.kind} ${window.id} comes no more from ${from} on: nothing is written out of it. Take it out, or give it a later lastDay.`,
      );
}

/** No clock is read, but whoever names a later window lives after the lists of one that comes much earlier. */
function warnOfEarlyLists(scope: IConstruct, windows: readonly MaintenanceWindow[]): void {
  const [latest] = [...windows].sort((one, other) => firstMoment(other) - firstMoment(one));
  if (!latest) return;
  const day = latest.start.slice(0, 10);
  for (const window of windows.filter(({ recurrence }) => recurrence.every !== 'once'))
    if (listedDays(window).until < firstMoment(latest) && startingFrom(window, day))
      Annotations.of(scope).addWarningV2(
        `cdk-nines:lists-end-early-${window.id}`,
        `What is written of the ${window.kind} ${window.id} as a list begins on ${window.start.slice(0, 10)} and ends ${HORIZON_DAYS} days later, before ${latest.id} comes first on ${day}: give from, the day of the synthesis.`,
      );
}
