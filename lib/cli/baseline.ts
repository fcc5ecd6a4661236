import { baselineOf } from '../audit/baseline';
import { baselineText } from '../audit/baseline-file';
import { type JudgeFlags, judgePaths } from './judge';
import { write } from './output';
import type { World } from './terminal';
import { dayOfRun } from './today';

/** The options of `nines baseline`, as commander reads them. */
export interface BaselineFlags extends JudgeFlags {
  readonly out?: string;
}

/** Runs `nines baseline` and gives its exit code: findings are what it is there for, engine errors are not. */
export function baseline(paths: readonly string[], flags: BaselineFlags, world: World): number {
  const { result } = judgePaths(paths, flags, world, dayOfRun(flags));
  for (const error of result.engineErrors) world.err(`nines: engine error: ${error}\n`);
  if (result.engineErrors.length > 0) return 1;
  const known = baselineOf(result);
  write([baselineText(known)], flags.out, world);
  world.err(`nines: the baseline has ${known.findings.size} findings and ${known.unknowns.size} unknown\n`);
  return 0;
}
