import { isUtf8 } from 'node:buffer';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { refusal } from './refusal';

/** A text and the name of its file as the user would write it. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

const MEGABYTE = 1024 * 1024;

/** No file over this is read. CloudFormation itself stops at 1 MB. */
export const LARGEST = 50 * MEGABYTE;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
  ELOOP: 'is a loop of symbolic links',
  ENAMETOOLONG: 'has too long a name',
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EPERM: 'may not be read',
};

/**
 * Runs a file system call.
 *
 * @throws ConfigurationError in place of any system error
 */
export function attempt<T>(file: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const code = codeOf(error);
    const reason = REASONS[code] ?? `cannot be read (${code})`;
    throw refusal({ file, problem: reason, fix: 'check the path and its permissions' });
  }
}

/** Not by `instanceof`: under some test runners system errors come from another realm. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'no reason given';
}

/** What is at a path, symbolic links followed. */
export function statusOf(file: string): Stats {
  return attempt(file, () => statSync(file));
}

/** The same, or nothing where a link leads nowhere. */
export function statusIfAny(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch (error) {
    if (['ENOENT', 'ELOOP'].includes(codeOf(error))) return undefined;
    return statusOf(file);
  }
}

/**
 * The bytes of a regular file. Pipes and devices are refused, because reading them may never end.
 *
 * @throws ConfigurationError when it cannot be read or is over 50 MB; such a file is not opened
 */
export function readBytes(file: string): Buffer {
  const status = statusOf(file);
  if (status.isDirectory()) throw refusal({ file, problem: 'is a folder', fix: 'name a file in it' });
  if (!status.isFile()) {
    throw refusal({ file, problem: 'is not a regular file', fix: 'name a file or a folder' });
  }
  if (status.size > LARGEST) throw tooLarge(file, status.size);
  return attempt(file, () => readFileSync(file));
}

function tooLarge(file: string, size: number): Error {
  const found = (size / MEGABYTE).toFixed(1);
  const problem = `is ${found} MB, and at most ${LARGEST / MEGABYTE} MB are read`;
  return refusal({ file, problem, fix: 'split the template; CloudFormation takes at most 1 MB' });
}

/** What to do where a file that should hold a template is no text. */
const A_TEMPLATE = 'name a template in JSON or YAML, in UTF-8';

/**
 * The text in some bytes, without its byte order mark.
 *
 * @param fix what to do where it is no text
 * @throws ConfigurationError when they are empty, binary or not UTF-8
 */
export function decode(file: string, bytes: Buffer, fix = A_TEMPLATE): TextFile {
  if (bytes.includes(0)) {
    const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
    throw refusal({ file, problem: isWide ? 'is UTF-16' : 'is binary', fix });
  }
  if (!isUtf8(bytes)) {
    throw refusal({ file, problem: 'is not UTF-8', fix: 'save it as UTF-8' });
  }
  const marked = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString('utf8', marked ? 3 : 0);
  if (text.trim() === '') {
    throw refusal({
      file,
      at: { line: 1, column: 1 },
      problem: 'is empty',
      fix: 'write it, or name another file',
    });
  }
  return { file, text };
}

/** A regular file of at most 50 MB as text. @throws ConfigurationError when it is not that */
export function readText(file: string, fix?: string): TextFile {
  return decode(file, readBytes(file), fix);
}
