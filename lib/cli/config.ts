import { dirname, resolve } from 'node:path';
import { VOCABULARY } from '../audit/vocabulary';
import type { Config } from '../records/config';
import { readConfig } from '../records/config-file';
import type { ExceptionConfig } from '../records/exception-config';
import { type ExceptionsBeside, exceptionsBeside } from '../records/exceptions-beside';

/** The configuration named, else the one in the working folder, else the one beside the first path. */
export function configFor(paths: readonly string[], named: string | undefined): Config | undefined {
  return readConfig(named, foldersFor(paths), VOCABULARY);
}

/** The records that stand beside that configuration. */
export function exceptionsFor(
  paths: readonly string[],
  named: string | undefined,
  config: ExceptionConfig = {},
): ExceptionsBeside {
  return exceptionsBeside(config, named, foldersFor(paths));
}

function foldersFor([first]: readonly string[]): readonly string[] {
  return first === undefined ? [''] : ['', dirname(resolve(first))];
}
