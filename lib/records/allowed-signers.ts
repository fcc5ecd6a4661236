import { matchesGlob } from '../assembly/glob';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';
import { readSshKey } from './ssh-key';
import { strictBase64 } from './ssh-wire';

/** One line of an `allowed_signers` file: whose key it is, for what, and from when to when. */
export interface AllowedSigner {
  /** Patterns of approvers; one with `!` before it excludes. */
  readonly principals: readonly string[];

  /** Patterns of namespaces. @default - all */
  readonly namespaces?: readonly string[];

  /** The first moment, in milliseconds. @default - always */
  readonly validAfter?: number;

  /** The last moment, in milliseconds. @default - for ever */
  readonly validBefore?: number;

  /** The key in SSH's binary form. */
  readonly publicKey: Buffer;
}

/**
 * Reads an `allowed_signers` file. A name with spaces stands in quotes; a day without `Z` is a day of UTC.
 *
 * @throws ConfigurationError with file and line for the first mistake
 * @see https://man.openbsd.org/ssh-keygen#ALLOWED_SIGNERS
 */
export function parseAllowedSigners(text: string, file: string): readonly AllowedSigner[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const plain = line.trim();
    return plain === '' || plain.startsWith('#') ? [] : [signerIn(plain, `${printable(file)}:${index + 1}`)];
  });
}

/** Whether a list of patterns names a text, as OpenSSH decides it: an exclusion wins. */
export function isListed(patterns: readonly string[], text: string): boolean {
  const matches = (pattern: string): boolean => matchesGlob(pattern, text, '?');
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

/** Words between spaces; quotes keep what they hold together. */
const WORD = /(?:"[^"]*"|[^\s"])+/g;

function signerIn(line: string, path: string): AllowedSigner {
  const words = line.match(WORD) ?? [];
  const [principals = '', second = ''] = words;
  const hasOptions = !isKeyType(second);
  const [type = '', base64 = ''] = words.slice(hasOptions ? 2 : 1);
  return {
    principals: splitList(unquoted(principals)),
    ...(hasOptions && optionsIn(second, path)),
    publicKey: keyOf(type, base64, path),
  };
}

function isKeyType(word: string): boolean {
  return /^(?:sk-)?(?:ssh|ecdsa)-[\w@.-]+$/.test(word);
}

function keyOf(type: string, base64: string, path: string): Buffer {
  const refuse = (problem: string): never => {
    const fix = 'write: approver, options, key type and key, as in a .pub file';
    throw new ConfigurationError({ path, problem: printable(problem), fix });
  };
  const bytes = strictBase64(base64) ?? refuse('holds no public key');
  try {
    const { type: own } = readSshKey(bytes);
    return own === type ? bytes : refuse(`the key is of type ${own}, not ${type}`);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    return refuse(`the key cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function optionsIn(list: string, path: string): Omit<AllowedSigner, 'principals' | 'publicKey'> {
  const options = list.match(/[\w-]+(?:="[^"]*")?/g) ?? [];
  return Object.assign({}, ...options.map((option) => optionOf(option, path)));
}

function optionOf(option: string, path: string): Omit<AllowedSigner, 'principals' | 'publicKey'> {
  const equals = option.indexOf('=');
  const name = (equals < 0 ? option : option.slice(0, equals)).toLowerCase();
  const value = equals < 0 ? '' : unquoted(option.slice(equals + 1));
  if (name === 'namespaces' && value !== '') return { namespaces: splitList(value) };
  if (name === 'valid-after') return { validAfter: momentOf(value, path) };
  if (name === 'valid-before') return { validBefore: momentOf(value, path) };
  throw new ConfigurationError({
    path,
    problem: `option ${printable(name)} is not known`,
    fix: 'use namespaces="cdk-nines", valid-after="YYYYMMDD" or valid-before="YYYYMMDD"; certificates are not read',
  });
}

/** `YYYYMMDD`, also with hours, minutes and seconds. */
function momentOf(value: string, path: string): number {
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(value) ?? [];
  const moment = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  if (!Number.isNaN(moment)) return moment;
  throw new ConfigurationError({
    path,
    problem: `${JSON.stringify(printable(value))} is no date`,
    fix: 'write YYYYMMDD, in UTC',
  });
}

function splitList(list: string): readonly string[] {
  return list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function unquoted(word: string): string {
  return word.replaceAll('"', '');
}
