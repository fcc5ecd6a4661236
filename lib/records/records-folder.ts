import { join } from 'node:path';
import { namesIn } from '../assembly/source/folder';
import { readText, statusIfAny } from '../assembly/source/text-file';
import { ConfigurationError } from '../errors';
import { parseAllowedSigners } from './allowed-signers';
import type { FiledRiskAcceptance } from './filed-acceptance';
import { parseRiskAcceptance } from './risk-acceptance';
import { parsePemSigner, type Signers } from './signatures';

/** The folder of records beside the configuration. */
export const RECORDS_FOLDER = 'records';

/** The file that says whose signatures count. */
export const ALLOWED_SIGNERS = 'allowed_signers';

/** What people wrote down. */
export interface Records {
  readonly acceptances: readonly FiledRiskAcceptance[];

  /** Whose signatures count. @default - nobody said, so none can be checked */
  readonly signers?: Signers;
}

/** Which folders are read. */
export interface RecordsOptions {
  /** Folders that somebody named: they must be there, and all their YAML and JSON files must be records. */
  readonly named?: readonly string[];

  /** Folders that need not be there: files that do not say that they are records of ours are passed over. */
  readonly usual?: readonly string[];

  /** Another file of allowed signers, in place of those in the folders. @default - those in the folders */
  readonly allowedSigners?: string;
}

/**
 * Reads all records of some folders, not of folders below them.
 *
 * @throws ConfigurationError with file, line and column for the first mistake
 */
export function readRecords({ named = [], usual = [], allowedSigners }: RecordsOptions): Records {
  const folders = [
    ...named.map((folder) => ({ folder, names: namesIn(folder) ?? refuseFolder(folder), strict: true })),
    ...usual.map((folder) => ({ folder, names: namesIn(folder) ?? [], strict: false })),
  ];
  const acceptances = folders.flatMap(({ folder, names, strict }) =>
    names
      .filter((name) => /\.(?:ya?ml|json)$/i.test(name))
      .flatMap((name) => acceptanceIn(join(folder, name), strict)),
  );
  const ssh =
    allowedSigners === undefined
      ? folders
          .filter(({ names }) => names.includes(ALLOWED_SIGNERS))
          .map(({ folder }) => join(folder, ALLOWED_SIGNERS))
      : [allowedSigners];
  const pem = folders.flatMap(({ folder, names }) =>
    names.filter((name) => name.endsWith('.pem')).map((name) => ({ name, file: join(folder, name) })),
  );
  if (ssh.length + pem.length === 0) return { acceptances };
  const signers: Signers = {
    ssh: ssh.flatMap((file) => parseAllowedSigners(readText(file).text, file)),
    pem: pem.map(({ name, file }) =>
      parsePemSigner(readText(file).text, file, name.slice(0, -'.pem'.length)),
    ),
  };
  return { acceptances, signers };
}

/** Whether a file says that it is a record of ours, of whatever kind. */
const OURS = /\bschema["']?\s*:\s*["']?cdk-nines\./;

function acceptanceIn(file: string, strict: boolean): readonly FiledRiskAcceptance[] {
  const { text } = readText(file);
  if (!strict && !OURS.test(text)) return [];
  const record = parseRiskAcceptance(text, file);
  const beside = {
    signature: record.signature ?? textIfAny(`${file}.sig`),
    secondSignature: record.secondSignature ?? textIfAny(`${file}.second.sig`),
  };
  const found = Object.entries(beside).filter(([, signature]) => signature !== undefined);
  return [{ ...record, ...Object.fromEntries(found) }];
}

function textIfAny(file: string): string | undefined {
  return statusIfAny(file) === undefined ? undefined : readText(file).text.trim();
}

function refuseFolder(folder: string): never {
  throw new ConfigurationError({
    path: folder,
    problem: 'is no folder',
    fix: 'name a folder of records, or take it out of the configuration',
  });
}
