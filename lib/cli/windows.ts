import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { declaredWindows } from '../audit/declared-windows';
import { plannedMeetings } from '../audit/planned-meetings';
import { HORIZON_DAYS } from '../calculus/windows/occurrences';
import { calendarFile } from '../evidence/calendar';
import { overlapsOf, type WindowsToCome, windowsJson, windowsText } from '../evidence/windows';
import { write } from './output';
import type { World } from './terminal';

const DAY = 86_400;

const RENDERERS = {
  text: windowsText,
  json: windowsJson,
  ics: ({ windows }: WindowsToCome) => calendarFile(windows),
} as const;

/** The options of `nines windows next`, as commander reads them. */
export interface WindowsFlags {
  /** Seconds since 1970. */
  readonly from?: number;

  /** The same by a day, as other commands take it. */
  readonly today?: Date;
  readonly count: number;
  readonly format: keyof typeof RENDERERS;
  readonly out?: string;
}

/** Runs `nines windows next` and gives its exit code: 1 where windows meet that must not, or a resource comes during one that forbids it. */
export function nextWindows(path: string, flags: WindowsFlags, world: World): number {
  const { apps, skipped } = load([path], { together: false });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const graphs = apps.map((app) => new Graph(app));
  const windows = declaredWindows(graphs);
  // The one question of this command is what comes next: it may read the clock.
  const from = flags.from ?? Math.floor((flags.today?.getTime() ?? Date.now()) / 1_000);
  const planned = plannedMeetings(graphs, windows, { from, until: from + HORIZON_DAYS * DAY });
  const asked = { windows, from, count: flags.count, planned };
  write(RENDERERS[flags.format](asked), flags.out, world);
  return overlapsOf(asked).length > 0 || planned.meetings.some(({ avoidable }) => avoidable) ? 1 : 0;
}
