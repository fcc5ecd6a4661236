import { withBaseline } from '../audit/baseline';
import { readBaseline } from '../audit/baseline-file';
import type { FrameworkName } from '../audit/frameworks';
import { type FailOn, mustFail } from '../audit/report';
import { type BesideFlags, checkBase, evidenceBeside } from './beside';
import { type Format, rendererOf } from './formats';
import { checkFormat } from './frameworks';
import { type JudgeFlags, judgePaths } from './judge';
import { write } from './output';
import { paletteFor, type World } from './terminal';
import { dayOfRun } from './today';

/** The options of `nines audit`, as commander reads them. */
export interface AuditFlags extends BesideFlags, JudgeFlags {
  readonly format: Format;
  readonly all: boolean;
  readonly failOn: FailOn;
  readonly out?: string;

  /** The frameworks to report on. @default - none; formats made of controls take all */
  readonly framework?: readonly FrameworkName[];
}

/** Runs `nines audit` and gives its exit code. */
export function audit(paths: readonly string[], flags: AuditFlags, world: World, version: string): number {
  checkFormat(flags.format, flags.framework);
  checkBase(flags.format, flags.base);
  const at = dayOfRun(flags);
  const known = flags.baseline === undefined ? undefined : readBaseline(flags.baseline);
  const {
    apps,
    rules,
    result: judged,
  } = judgePaths(paths, { ...flags, onlyTold: showsOnlyTold(flags) }, world, at);
  const result = known ? withBaseline(judged, known) : judged;
  const render = rendererOf(flags.format);
  const pieces = render({
    result,
    rules,
    ...(result.register && { register: result.register }),
    version,
    at,
    all: flags.all,
    palette: paletteFor(world),
    ...(flags.framework && { frameworks: flags.framework }),
    ...evidenceBeside(flags, apps),
  });
  write(pieces, flags.out, world);
  return mustFail(result, flags.failOn) ? 1 : 0;
}

/** Formats that show passes only where they are asked for. The others make sums of them by service, or list them. */
const SHORT: ReadonlySet<Format> = new Set<Format>(['gitlab', 'json', 'markdown', 'sarif']);

function showsOnlyTold({ format, all, framework }: AuditFlags): boolean {
  return SHORT.has(format) && !all && framework === undefined;
}
