import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';

/** A file to write. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What is written where it was not before; nothing is, where one of them is there already. */
export function writeNew(
  folder: string,
  files: readonly NewFile[],
  { force = false, fix }: { readonly force?: boolean; readonly fix: string },
): readonly string[] {
  const targets = files.map(({ path, text }) => ({ path: join(folder, path), text }));
  const there = targets.find(({ path }) => existsSync(path));
  if (there && !force)
    throw new ConfigurationError({ path: printable(there.path), problem: 'is there already', fix });
  for (const { path, text } of targets) writeOne(path, text, force);
  return targets.map(({ path }) => path);
}

function writeOne(path: string, text: string, force: boolean): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Without force the file system itself refuses a file that came in between.
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw new ConfigurationError({
      path: printable(path),
      problem: `cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      fix: 'name a folder that you may write to',
    });
  }
}
