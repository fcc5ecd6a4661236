import type { AlarmState } from './alarm-state';
import type { Stretch } from './metric-samples';

/** A change of state that CloudWatch wrote down. */
export interface KeptChange {
  /** Seconds since 1970. */
  readonly at: number;
  readonly state: AlarmState;
}

/** What CloudWatch kept of one alarm. */
export interface AlarmHistory {
  readonly name: string;

  /** @default - the file does not tell it */
  readonly arn?: string;

  /** Where it is. @default - neither the file nor its name tells it */
  readonly region?: string;

  /** @default - the file does not tell it */
  readonly account?: string;

  /** The oldest first, each once. */
  readonly changes: readonly KeptChange[];

  /** From when on the changes are known, in seconds since 1970. @default - only the present state is */
  readonly from?: number;

  /** Up to when they are, in seconds since 1970: the last thing written down where the alarm is. @default - only the present state is known */
  readonly until?: number;

  /** The present state, and since when. @default - as the last change says */
  readonly current?: KeptChange;

  /** Actions that CloudWatch could not carry out. */
  readonly failedActions: readonly { readonly at: number; readonly words: string }[];
}

/** The stretches in which an alarm fired; one that has not ended lasts until the end. */
export function firings({ changes }: Pick<AlarmHistory, 'changes'>, until: number): readonly Stretch[] {
  return changes.flatMap(({ at, state }, index) => {
    if (state !== 'ALARM' || changes[index - 1]?.state === 'ALARM') return [];
    const over = changes.slice(index + 1).find((change) => change.state !== 'ALARM');
    return [{ from: at, until: over?.at ?? Math.max(until, at) }];
  });
}

/** The most firings that begin within some seconds of each other, and when the first of them begins. */
export function mostFiringsWithin(
  fired: readonly Stretch[],
  seconds: number,
): { readonly count: number; readonly from: number } {
  let best = { count: 0, from: 0 };
  let first = 0;
  for (const [index, { from }] of fired.entries()) {
    while ((fired[first]?.from ?? from) <= from - seconds) first += 1;
    const count = index - first + 1;
    if (count > best.count) best = { count, from: fired[first]?.from ?? from };
  }
  return best;
}

/** The state that an alarm is in, and since when at the latest; undefined where nothing is known. */
export function presentState({ current, changes }: AlarmHistory): KeptChange | undefined {
  const last = changes.at(-1);
  return current !== undefined && current.at >= (last?.at ?? 0) ? current : last;
}

/** From when on an alarm has surely not fired; undefined where that is not known, or it fires now. */
export function quietSince(history: AlarmHistory): number | undefined {
  const present = presentState(history);
  if (present?.state === 'ALARM') return undefined;
  const last = history.changes.findLast(({ state }) => state === 'ALARM');
  if (last === undefined)
    return Math.min(history.from ?? Number.POSITIVE_INFINITY, present?.at ?? Number.POSITIVE_INFINITY);
  const over = history.changes.find(({ at, state }) => at > last.at && state !== 'ALARM');
  return over?.at;
}
