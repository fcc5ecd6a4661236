import { join } from 'node:path';
import { readText, statusIfAny } from '../assembly/source/text-file';
import { CONFIG_FILE, type Config, parseConfig } from './config';
import type { Vocabulary } from './vocabulary';

/**
 * Reads the configuration named, else the first `nines.config.yaml` in some folders.
 *
 * @throws ConfigurationError when the file named is none, or the file found is not well formed
 */
export function readConfig(
  named: string | undefined,
  folders: readonly string[],
  known: Vocabulary,
): Config | undefined {
  const found = folders.map((folder) => join(folder, CONFIG_FILE)).find((file) => statusIfAny(file));
  const file = named ?? found;
  return file === undefined
    ? undefined
    : parseConfig(readText(file, 'write it in YAML, in UTF-8').text, file, known);
}
