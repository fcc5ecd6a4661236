import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { audit as judge } from '../audit/engine';
import { type FailOn, mustFail } from '../audit/report';
import { RULES } from '../audit/rules';
import type { Tier } from '../objectives/tier';
import { type BesideFlags, evidenceBeside } from './beside';
import { configFor, exceptionsFor } from './config';
import { type Format, rendererOf } from './formats';
import { write } from './output';
import { paletteFor, type World } from './terminal';

/** The options of `nines audit`, as commander reads them. */
export interface AuditFlags extends BesideFlags {
  readonly format: Format;
  readonly all: boolean;
  readonly failOn: FailOn;

  /** @default - as the configuration says, else 1 */
  readonly tier?: string;
  readonly together: boolean;
  readonly config?: string;
  readonly out?: string;
}

/** Runs `nines audit` and gives its exit code. */
export function audit(paths: readonly string[], flags: AuditFlags, world: World, version: string): number {
  const config = configFor(paths, flags.config);
  const { apps, skipped } = load(paths, { together: flags.together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const at = new Date();
  const result = judge(
    apps.map((app) => new Graph(app)),
    {
      rules: RULES,
      ...(flags.tier !== undefined && { assumedTier: Number(flags.tier) as Tier }),
      today: at,
      exceptions: exceptionsFor(paths, flags.config, config),
      ...(config && { config }),
    },
  );
  const render = rendererOf(flags.format);
  const pieces = render({
    result,
    rules: RULES,
    ...(result.register && { register: result.register }),
    version,
    at,
    all: flags.all,
    palette: paletteFor(world),
    ...evidenceBeside(flags, apps),
  });
  write(pieces, flags.out, world);
  return mustFail(result, flags.failOn) ? 1 : 0;
}
