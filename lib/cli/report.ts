import { printable } from '../assembly/source/printable';
import type { Assessment } from '../assessment/assessment';
import type { FrameworkName } from '../audit/frameworks';
import { report } from '../evidence/report';
import { assessGraph, named } from './assess';
import { configFor } from './config';
import { type JudgeFlags, judgePaths } from './judge';
import { write } from './output';
import type { World } from './terminal';
import { dayOfRun } from './today';

/** The options of `nines report`, as commander reads them. */
export interface ReportFlags extends JudgeFlags {
  readonly service?: string;

  /** Where to write; `-` is standard output. */
  readonly out: string;

  /** The frameworks to report on. @default - all */
  readonly framework?: readonly FrameworkName[];
}

/** Runs `nines report` and gives its exit code: 1 where a rule threw, since then the report is not whole. */
export function runReport(
  paths: readonly string[],
  flags: ReportFlags,
  world: World,
  version: string,
): number {
  const at = dayOfRun(flags);
  const { graphs, rules, result } = judgePaths(paths, flags, world, at);
  const config = configFor(paths, flags.config);
  const services = graphs.flatMap((graph) => assessGraph(graph, flags, config).services);
  const assessment: Assessment = named({ services }, flags.service);
  const audit = {
    result,
    rules,
    ...(result.register && { register: result.register }),
    version,
    at,
    ...(flags.framework && { frameworks: flags.framework }),
  };
  write(report({ audit, assessment }), flags.out === '-' ? undefined : flags.out, world);
  if (flags.out !== '-') world.err(`nines: wrote ${printable(flags.out)}\n`);
  return result.engineErrors.length > 0 ? 1 : 0;
}
