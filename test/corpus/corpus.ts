import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Real public templates and labelled cases, kept beside the project: data that it does not own. */
const CORPUS = process.env.NINES_CORPUS ?? join(__dirname, '..', '..', '..', 'shared');

/** The built command, as users run it. */
export const NINES = join(__dirname, '..', '..', 'dist', 'bin', 'nines.js');

/** A path of the corpus. Missing data is a failure, not a reason to skip. */
export function corpus(...path: readonly string[]): string {
  const found = join(CORPUS, ...path);
  if (!existsSync(found))
    throw new Error(
      `${found} is missing: set NINES_CORPUS to the folder that holds templates, labelled and tools`,
    );
  if (!existsSync(NINES)) throw new Error('the command is not built: npm run build');
  return found;
}
