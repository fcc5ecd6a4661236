import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { serviceLevelsOf } from '../audit/service-levels';
import { ConfigurationError } from '../errors';
import { openSloOf, openSloYaml } from '../evidence/openslo';
import { write } from './output';
import type { World } from './terminal';

/** The options of `nines export openslo`. */
export interface OpenSloFlags {
  readonly together: boolean;
  readonly out?: string;
}

/** Runs `nines export openslo` and gives its exit code. */
export function exportOpenSlo(path: string, { together, out }: OpenSloFlags, world: World): number {
  const { apps, skipped } = load([path], { together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const levels = apps.flatMap((app) => serviceLevelsOf(new Graph(app)));
  const { documents, leftOut, notCarried } = openSloOf(levels);
  for (const { name, reason } of leftOut)
    world.err(`nines: left out ${printable(name)}: ${printable(reason)}\n`);
  for (const { name, what } of notCarried)
    world.err(`nines: not carried: ${printable(name)}: ${printable(what)}\n`);
  if (levels.length === leftOut.length)
    throw new ConfigurationError({
      path: printable(path),
      problem: 'no service-level objective of it can be written',
      fix: 'watch one with a ServiceLevelObjective inside a declared service',
    });
  write(openSloYaml(documents), out, world);
  return 0;
}
