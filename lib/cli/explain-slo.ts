import { existsSync } from 'node:fs';
import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { type ServiceLevel, serviceLevelsOf } from '../audit/service-levels';
import { ConfigurationError } from '../errors';
import { openSloNames } from '../evidence/openslo-names';
import { serviceLevelText } from '../evidence/service-level-text';
import { explainService } from './explain-service';
import type { JudgeFlags } from './judge';
import { write } from './output';
import type { World } from './terminal';

type Asked = JudgeFlags & {
  readonly path: string;

  /** Whether the path was given. */
  readonly isPlaced: boolean;
};

/** Runs `nines explain slo NAME` and gives its exit code. A name is one of the app, else one that `nines export openslo` gives. */
export function explainSlo(name: string | undefined, asked: Asked, world: World): number {
  if (name === undefined) return explainUnnamed(asked, world);
  if (!asked.isPlaced && !existsSync(asked.path) && existsSync(name))
    throw notNamed(printable(name), 'is a path and no name of an objective', namesIn(name, asked, world));
  const levels = levelsOf(asked, world);
  const exported = openSloNames(levels);
  const named = levels.filter(({ level }) => level.name === name);
  const found = named.length > 0 ? named : levels.filter((_, index) => exported[index] === name);
  if (found.length === 0)
    throw notNamed(printable(name), 'is no service-level objective of the app', namesOf(levels));
  write(pages(found), undefined, world);
  return 0;
}

/** A service may be called slo. */
function explainUnnamed(asked: Asked, world: World): number {
  const problem = 'needs the name of an objective';
  if (!existsSync(asked.path)) throw notNamed('slo', problem, undefined);
  try {
    return explainService('slo', asked, world);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw notNamed('slo', problem, namesIn(asked.path, asked, world));
  }
}

function levelsOf({ path, together }: Pick<Asked, 'path' | 'together'>, world: World): ServiceLevel[] {
  const { apps, skipped } = load([path], { together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  return apps.flatMap((app) => serviceLevelsOf(new Graph(app)));
}

function namesIn(path: string, { together }: Asked, world: World): readonly string[] {
  return namesOf(levelsOf({ path, together }, world));
}

function namesOf(levels: readonly ServiceLevel[]): readonly string[] {
  return [...new Set(levels.map(({ level }) => level.name))].sort();
}

function* pages(asked: Parameters<typeof serviceLevelText>[0][]): Generator<string> {
  for (const [index, level] of asked.entries()) {
    if (index > 0) yield '\n';
    yield* serviceLevelText(level);
  }
}

/** @param known undefined where there is no app to name any of */
function notNamed(path: string, problem: string, known: readonly string[] | undefined): ConfigurationError {
  return new ConfigurationError({ path, problem, fix: fixOf(known) });
}

function fixOf(known: readonly string[] | undefined): string {
  if (known === undefined) return 'write nines explain slo NAME [PATH]';
  return known.length === 0
    ? 'watch one with a ServiceLevelObjective inside a declared service'
    : `name one of ${known.map(printable).join(', ')}`;
}
