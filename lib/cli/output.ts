import { writeFileSync } from 'node:fs';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';
import type { World } from './terminal';

/** Writes a result to the file asked for, else to standard output. */
export function write(text: string, file: string | undefined, world: World): void {
  if (file === undefined) {
    world.out(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ConfigurationError({
      path: printable(file),
      problem: `cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      fix: 'name a file in a folder that exists and that you may write to',
    });
  }
}
