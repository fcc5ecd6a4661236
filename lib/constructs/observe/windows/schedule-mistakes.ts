import { formatSeconds } from '../../../calculus/time-span';
import { localText } from '../../../calculus/windows/expressed';
import { HORIZON_DAYS } from '../../../calculus/windows/occurrences';
import { type Overlap, overlaps, WindowKind } from '../../../calculus/windows/overlaps';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import { type Mistake, repeated } from '../../../objectives/mistakes';
import type { Tier } from '../../../objectives/tier';

/** The time that is looked at, in seconds since 1970. @internal */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

const DAY = 86_400;
const MINUTE = 60;

/** What cannot be of windows taken together. @internal */
export function scheduleMistakes(
  windows: readonly MaintenanceWindow[],
  { from, until }: Stretch,
  tier: Tier,
): Mistake[] {
  return [
    ...idMistakes(windows),
    ...(tier === 0 ? approverMistakes(windows) : []),
    ...longMistakes(windows),
    ...overlapMistakes(overlaps(windows, from, until)),
  ];
}

/** One for each pair of windows: the first time that they meet. @internal */
export function overlapMistakes(found: readonly Overlap[]): Mistake[] {
  const pairs = new Map<string, Overlap[]>();
  for (const overlap of found) {
    const key = `${overlap.one.id} ${overlap.other.id}`;
    pairs.set(key, [...(pairs.get(key) ?? []), overlap]);
  }
  return [...pairs.values()].flatMap((times) =>
    times.slice(0, 1).map((first) => meeting(first, times.length)),
  );
}

/** How windows of maintenance fit into what a tier allows, of which they take more. @internal */
export function shorterWindows(
  windows: readonly { readonly id: string; readonly durationSeconds: number }[],
  share: number,
): string {
  const lengths = windows.map(
    ({ id, durationSeconds }) =>
      `${id} to ${formatSeconds(Math.floor((durationSeconds * share) / MINUTE) * MINUTE)}`,
  );
  return `shorten ${[...new Set(lengths)].join(', ')}, or let them come less often`;
}

function meeting({ one, other, start, end }: Overlap, times: number): Mistake {
  const again = times > 1 ? `, and ${times - 1} times more within ${HORIZON_DAYS} days` : '';
  return {
    problem: `the ${one.kind} ${one.id} and the ${other.kind} ${other.id} meet on ${localText(one.timeZone, start)} ${one.timeZone} for ${formatSeconds(end - start)}${again}`,
    fix: `move ${one.id} or ${other.id}, or say in appliesTo which services they are for`,
  };
}

function idMistakes(windows: readonly MaintenanceWindow[]): Mistake[] {
  return repeated(windows.map(({ id }) => id)).map((id) => ({
    problem: `two windows are named ${id}`,
    fix: 'give each an id of its own',
  }));
}

function approverMistakes(windows: readonly MaintenanceWindow[]): Mistake[] {
  return windows
    .filter(({ kind, approver }) => kind === WindowKind.MAINTENANCE && approver === undefined)
    .map(({ id }) => ({
      problem: `nobody approved the maintenance ${id} of a service of tier 0`,
      fix: 'name the role that agreed in approver',
    }));
}

function longMistakes(windows: readonly MaintenanceWindow[]): Mistake[] {
  return windows
    .filter(({ kind, durationSeconds }) => kind === WindowKind.MAINTENANCE && durationSeconds > DAY)
    .map(({ id, durationSeconds }) => ({
      problem: `the maintenance ${id} keeps alarms mute for ${formatSeconds(durationSeconds)}`,
      fix: 'shorten it to 1 d or less; for a time without changes use a freeze',
    }));
}
