import { type LocalWindow, type Occurrence, occurrences } from './occurrences';

/** What a window is for. */
export enum WindowKind {
  /** Work that users may notice: it is not counted against objectives, and alarms are mute. */
  MAINTENANCE = 'maintenance',

  /** Nothing is changed: no deployment, no drill. */
  FREEZE = 'freeze',

  /** A failure is practised. Alarms stay on: whether they fire is a part of it. */
  DRILL = 'drill',
}

/** A window with what it is for. */
export interface NamedWindow extends LocalWindow {
  readonly id: string;
  readonly kind: WindowKind;

  /** The services that it is for; all where it is left out. */
  readonly appliesTo?: readonly string[];
}

/** A stretch of time for which two windows want what cannot be at once. */
export interface Overlap {
  readonly one: NamedWindow;
  readonly other: NamedWindow;

  /** Seconds since 1970. */
  readonly start: number;

  /** Seconds since 1970; that moment is no longer in it. */
  readonly end: number;
}

/**
 * Windows that meet and must not: a freeze with a drill or with maintenance, a drill with maintenance or another drill.
 * Windows of different services do not meet. In order of time.
 */
export function overlaps(windows: readonly NamedWindow[], from: number, until: number): readonly Overlap[] {
  const expanded = windows.map((window) => ({ window, times: occurrences(window, from, until) }));
  return expanded
    .flatMap(({ window: one, times }, index) =>
      expanded
        .slice(index + 1)
        .filter(({ window: other }) => conflict(one, other))
        .flatMap(({ window: other, times: others }) =>
          common(times, others).map((stretch) => ({ one, other, ...stretch })),
        ),
    )
    .sort((a, b) => a.start - b.start);
}

function conflict(one: NamedWindow, other: NamedWindow): boolean {
  const sameWork = one.kind === other.kind && one.kind !== WindowKind.DRILL;
  return !sameWork && shareService(one, other);
}

/** Whether two windows are for one service. @internal */
export function shareService({ appliesTo: mine }: NamedWindow, { appliesTo: theirs }: NamedWindow): boolean {
  return mine === undefined || theirs === undefined || mine.some((service) => theirs.includes(service));
}

/** The stretches that two lists in order have in common. @internal */
export function common(
  mine: readonly Pick<Occurrence, 'start' | 'end'>[],
  theirs: readonly Pick<Occurrence, 'start' | 'end'>[],
): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let [left, right] = [0, 0];
  while (left < mine.length && right < theirs.length) {
    const [one, other] = [mine[left], theirs[right]];
    if (!one || !other) break;
    const [start, end] = [Math.max(one.start, other.start), Math.min(one.end, other.end)];
    if (start < end) found.push({ start, end });
    if (one.end <= other.end) left += 1;
    else right += 1;
  }
  return found;
}
