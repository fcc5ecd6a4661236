import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { serviceLevelsOf } from '../audit/service-levels';
import { ConfigurationError } from '../errors';
import { openSloNames } from '../evidence/openslo-names';
import { serviceLevelText } from '../evidence/service-level-text';
import type { JudgeFlags } from './judge';
import { write } from './output';
import type { World } from './terminal';

/** Runs `nines explain slo NAME` and gives its exit code. A name is one of the app, else one that `nines export openslo` gives. */
export function explainSlo(
  name: string,
  { path, together }: Pick<JudgeFlags, 'together'> & { readonly path: string },
  world: World,
): number {
  const { apps, skipped } = load([path], { together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const levels = apps.flatMap((app) => serviceLevelsOf(new Graph(app)));
  const exported = openSloNames(levels);
  const named = levels.filter(({ level }) => level.name === name);
  const asked = named.length > 0 ? named : levels.filter((_, index) => exported[index] === name);
  if (asked.length === 0) throw noSuch(name, [...new Set(levels.map(({ level }) => level.name))].sort());
  write(pages(asked), undefined, world);
  return 0;
}

function* pages(asked: Parameters<typeof serviceLevelText>[0][]): Generator<string> {
  for (const [index, level] of asked.entries()) {
    if (index > 0) yield '\n';
    yield* serviceLevelText(level);
  }
}

function noSuch(name: string, known: readonly string[]): ConfigurationError {
  return new ConfigurationError({
    path: printable(name),
    problem: 'is no service-level objective of the app',
    fix:
      known.length === 0
        ? 'watch one with a ServiceLevelObjective inside a declared service'
        : `name one of ${known.map(printable).join(', ')}`,
  });
}
