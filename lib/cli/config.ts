import { dirname, resolve } from 'node:path';
import type { Config } from '../records/config';
import { readConfig } from '../records/config-file';

/** The configuration named, else the one in the working folder, else the one beside the first path. */
export function configFor(paths: readonly string[], named: string | undefined): Config | undefined {
  const [first] = paths;
  return readConfig(named, first === undefined ? [''] : ['', dirname(resolve(first))]);
}
