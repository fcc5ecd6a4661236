import { dirname, isAbsolute, join, resolve } from 'node:path';
import { statusIfAny } from '../assembly/source/text-file';
import type { Tier } from '../objectives/tier';
import { CONFIG_FILE } from './config';
import type { ExceptionConfig } from './exception-config';
import type { CheckSignature, FiledRiskAcceptance } from './filed-acceptance';
import { RECORDS_FOLDER, readRecords } from './records-folder';
import { signatureChecker } from './signatures';

/** What is known of exceptions besides what the templates say. */
export interface ExceptionsBeside {
  readonly records: readonly FiledRiskAcceptance[];
  readonly requireSignatures: boolean | readonly Tier[];

  /** @default - nobody said whose signatures count */
  readonly checkSignature?: CheckSignature;
}

/**
 * Reads the exceptions beside a configuration.
 *
 * @param named the file of the configuration, where somebody named it
 * @param folders where it is looked for else, the first one first
 * @throws ConfigurationError with file, line and column for the first mistake in a record
 */
export function exceptionsBeside(
  { records, allowedSigners, requireSignatures = false }: ExceptionConfig,
  named: string | undefined,
  folders: readonly string[],
): ExceptionsBeside {
  const folder =
    named === undefined
      ? folders.find((each) => statusIfAny(join(each, CONFIG_FILE)) !== undefined)
      : dirname(named);
  const bases = folder === undefined ? folders : [folder];
  const [base = ''] = bases;
  const { acceptances, signers } = readRecords({
    ...(records
      ? { named: records.map((each) => beside(base, each)) }
      : { usual: onceEach(bases).map((each) => join(each, RECORDS_FOLDER)) }),
    ...(allowedSigners !== undefined && { allowedSigners: beside(base, allowedSigners) }),
  });
  return {
    records: acceptances,
    requireSignatures,
    ...(signers && { checkSignature: signatureChecker(signers) }),
  };
}

function beside(base: string, path: string): string {
  return isAbsolute(path) ? path : join(base, path);
}

/** Two names of one folder are one: its records would count twice. */
function onceEach(folders: readonly string[]): readonly string[] {
  const real = folders.map((folder) => resolve(folder));
  return folders.filter((_folder, index) => real.indexOf(real[index] ?? '') === index);
}
