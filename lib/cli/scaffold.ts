import { resolve } from 'node:path';
import { printable } from '../assembly/source/printable';
import type { FailOn } from '../audit/report';
import { writeNew } from './new-files';
import { pipelineFor } from './pipeline';
import type { PipelineKind } from './pipeline-kinds';
import type { World } from './terminal';

/** The options of `nines scaffold`, as commander reads them. */
export interface ScaffoldFlags {
  readonly path?: string;
  readonly baseline?: string;
  readonly config?: string;
  readonly failOn: FailOn;
  readonly out?: string;
}

/** Runs `nines scaffold KIND` for the working folder and gives its exit code. Nothing is ever overwritten. */
export function scaffold(kind: PipelineKind, flags: ScaffoldFlags, world: World, version: string): number {
  const { out, ...rest } = flags;
  const { root, files, advice } = pipelineFor(kind, {
    ...rest,
    ...(out !== undefined && { root: resolve(out) }),
    folder: resolve(''),
    version,
  });
  const written = writeNew(root, files, { fix: 'move it away, or name another folder with --out' });
  for (const file of written) world.out(`${printable(file)}\n`);
  for (const line of advice) world.err(`nines: ${line}\n`);
  return 0;
}
