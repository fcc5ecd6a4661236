import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';
import { CONFIG_FILE, type Config, parseConfig } from '../records/config';

/** The configuration named, else the one in the working folder, else the one beside the first path. */
export function configFor(paths: readonly string[], named: string | undefined): Config | undefined {
  const beside = paths[0] === undefined ? [] : [join(dirname(resolve(paths[0])), CONFIG_FILE)];
  const file = named ?? [CONFIG_FILE, ...beside].find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : parseConfig(read(file), file);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError({
      path: printable(file),
      problem: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      fix: `name a ${CONFIG_FILE} that exists`,
    });
  }
}
