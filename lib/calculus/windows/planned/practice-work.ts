import { weeklyWindow } from '../../weekly-window';
import { type PlainProperty, PlannedKind, type PlannedWork } from './planned-work';
import type { PlannedTime, Times } from './schedule-times';
import { weekly } from './weekly-work';

const MINUTE = 60;
const DAY = 86_400;

/**
 * Practice runs of a zonal autoshift: each week, at a time that ARC chooses among those that are not blocked.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.how-it-works.practice-runs.html
 * @internal
 */
export function practiceRuns(property: PlainProperty): readonly PlannedWork[] {
  if (property('PracticeRunConfiguration') === undefined) return [];
  const dates = listAt(property, 'PracticeRunConfiguration.BlockedDates');
  const windows = listAt(property, 'PracticeRunConfiguration.BlockedWindows');
  const times = blocked(dates, windows);
  return [
    {
      kind: PlannedKind.DRILL,
      what: 'practises the loss of a zone',
      sometime: true,
      times: times ? allBut(times) : { unknown: 'when it is blocked is known at deployment only' },
    },
  ];
}

/** Undefined where something is not plain. */
function listAt(property: PlainProperty, path: string): readonly string[] | undefined {
  const value = property(path);
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((_, index) => property(`${path}.${index}`));
  return texts.every((each) => typeof each === 'string') ? texts : undefined;
}

function blocked(
  dates: readonly string[] | undefined,
  windows: readonly string[] | undefined,
): readonly Times[] | undefined {
  const weeks = windows?.map(weeklyWindow);
  const days = dates?.map((date) => Date.parse(`${date}T00:00:00Z`) / 1_000);
  if (!weeks || !days || days.some(Number.isNaN)) return undefined;
  const known = weeks.filter((each) => each !== undefined);
  if (known.length < weeks.length) return undefined;
  return [
    ...known.map(({ start, minutes }) => weekly(start * MINUTE, minutes * MINUTE)),
    () => days.map((start) => ({ start, end: start + DAY })),
  ];
}

/** What is left of a stretch when others are taken out. */
function allBut(times: readonly Times[]): Times {
  return (from, until) => {
    const taken = times.flatMap((each) => each(from, until)).sort((one, other) => one.start - other.start);
    const left: PlannedTime[] = [];
    let at = from;
    for (const { start, end } of taken) {
      if (start > at) left.push({ start: at, end: Math.min(start, until) });
      at = Math.max(at, end);
    }
    if (at < until) left.push({ start: at, end: until });
    return left.filter(({ start, end }) => start < end);
  };
}
