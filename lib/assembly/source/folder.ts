import { readdirSync } from 'node:fs';
import { attempt, statusIfAny } from './text-file';

/**
 * The names of what lies in a folder, sorted; nothing where there is no such folder.
 *
 * @throws ConfigurationError when it may not be read
 */
export function namesIn(folder: string): readonly string[] | undefined {
  if (statusIfAny(folder)?.isDirectory() !== true) return undefined;
  return attempt(folder, () => readdirSync(folder)).sort();
}
