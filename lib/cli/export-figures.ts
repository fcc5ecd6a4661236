import { printable } from '../assembly/source/printable';
import { putFigures } from '../evidence/figures/put-metric-data';
import { type GatherFlags, gathered } from './gathered';
import { write } from './output';
import type { World } from './terminal';

/** The options of `nines export figures`. */
export interface ExportFigureFlags extends GatherFlags {
  readonly out?: string;
}

/** Runs `nines export figures` and gives its exit code: 1 where a rule threw, since then findings may be missing. */
export function exportFigures(path: string, flags: ExportFigureFlags, world: World, version: string): number {
  const { audit, assessment, incidents } = gathered([path], { ...flags, onlyTold: true }, world, version);
  const { text, leftOut } = putFigures(assessment.services, { audit, ...(incidents && { incidents }) });
  for (const { name, reason } of leftOut)
    world.err(`nines: left out ${printable(name)}: ${printable(reason)}\n`);
  write([text], flags.out, world);
  return audit.result.engineErrors.length > 0 ? 1 : 0;
}
