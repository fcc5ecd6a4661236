import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { declaredWindows } from '../audit/declared-windows';
import { calendarFile } from '../evidence/calendar';
import { overlapsOf, type WindowsToCome, windowsJson, windowsText } from '../evidence/windows';
import { write } from './output';
import type { World } from './terminal';

const RENDERERS = {
  text: windowsText,
  json: windowsJson,
  ics: ({ windows }: WindowsToCome) => calendarFile(windows),
} as const;

/** The options of `nines windows next`, as commander reads them. */
export interface WindowsFlags {
  /** Seconds since 1970. */
  readonly from?: number;
  readonly count: number;
  readonly format: keyof typeof RENDERERS;
  readonly out?: string;
}

/** Runs `nines windows next` and gives its exit code: 1 where windows meet that must not. */
export function nextWindows(path: string, flags: WindowsFlags, world: World): number {
  const { apps, skipped } = load([path], { together: false });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const windows = declaredWindows(apps.map((app) => new Graph(app)));
  // The one question of this command is what comes next: it may read the clock.
  const from = flags.from ?? Math.floor(Date.now() / 1_000);
  const asked = { windows, from, count: flags.count };
  write(RENDERERS[flags.format](asked), flags.out, world);
  return overlapsOf(asked).length > 0 ? 1 : 0;
}
