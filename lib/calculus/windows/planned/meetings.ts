import { occurrences } from '../occurrences';
import { common, type NamedWindow, WindowKind } from '../overlaps';
import { PlannedKind, type PlannedWork } from './planned-work';
import type { PlannedTime } from './schedule-times';

/** Work of a template that comes while it must not, or cannot be helped. */
export interface PlannedMeeting<W extends NamedWindow = NamedWindow> {
  readonly window: W;

  /** The first time. */
  readonly first: PlannedTime;

  /** How many times in all. */
  readonly times: number;

  /** Whether it is chosen: what AWS does each week cannot leave a date out. */
  readonly avoidable: boolean;
}

/** The kinds of windows in which each kind of work must not come. */
const NOT_DURING: Readonly<Record<PlannedKind, readonly WindowKind[]>> = {
  [PlannedKind.DRILL]: [WindowKind.FREEZE, WindowKind.MAINTENANCE],
  [PlannedKind.DEPLOYMENT]: [WindowKind.FREEZE],
  [PlannedKind.CHANGE]: [WindowKind.FREEZE, WindowKind.DRILL],
  [PlannedKind.AWS_MAINTENANCE]: [WindowKind.FREEZE],
  [PlannedKind.RESTORE_TEST]: [WindowKind.FREEZE],
};

/** Where work meets windows that it must not meet. Of what is not known to come at a time nothing is said. */
export function meetingsOf<W extends NamedWindow>(
  { kind, times }: PlannedWork,
  windows: readonly W[],
  from: number,
  until: number,
): readonly PlannedMeeting<W>[] {
  if (typeof times !== 'function') return [];
  const avoidable = ![PlannedKind.AWS_MAINTENANCE, PlannedKind.RESTORE_TEST].includes(kind);
  return windows
    .filter((window) => NOT_DURING[kind].includes(window.kind))
    .flatMap((window) => {
      const stretches = occurrences(window, from, until);
      const met = common(stretches, times(from, until));
      const [first] = met;
      return first ? [{ window, first, times: met.length, avoidable }] : [];
    });
}
