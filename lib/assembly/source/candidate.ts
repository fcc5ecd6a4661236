import { closeSync, openSync, readSync } from 'node:fs';
import { ConfigurationError } from '../../errors';
import { isObject, own } from './json';
import { parse } from './parse';
import { isMacroKey, type Json } from './source';
import { type Template, templateFrom } from './template';
import { attempt, decode, LARGEST, readBytes, statusOf } from './text-file';

/** What a file of a folder turned out to be: a template, or something else for a reason of a word or two. */
export type Candidate = { readonly template: Template } | { readonly skipped: string };

const PEEK = 64 * 1024;
const VERSION = /\bAWSTemplateFormatVersion["']?\s{0,20}:/;
const RESOURCES = /(?:^|[{,]\s{0,100})["']?Resources["']?\s{0,20}:/m;
const TYPE = /\bType["']?\s{0,20}:\s{0,20}["']?(?:AWS|Alexa|Custom)::/;
const OPENING = /^\s*\{\s*"Resources"\s*:\s*\{/;

/**
 * Reads a file that nobody named, found in a folder.
 *
 * Something else than a template is passed over. A template that is broken is not: whoever audits the folder would
 * believe it had been seen.
 *
 * @throws ConfigurationError when the file plainly is a template, but not a sound one
 */
export function readCandidate(file: string): Candidate {
  const status = statusOf(file);
  if (!status.isFile()) return { skipped: 'not a file' };
  if (status.size > LARGEST && !looksLikeTemplate(peek(file))) return { skipped: 'over 50 MB' };
  const bytes = readBytes(file);
  if (bytes.length === 0) return { skipped: 'empty' };
  if (!bytes.includes('Resources') && !bytes.includes('AWSTemplateFormatVersion'))
    return { skipped: 'no template' };
  return candidateIn(file, bytes);
}

function candidateIn(file: string, bytes: Buffer): Candidate {
  let source: ReturnType<typeof decode>;
  let value: Json;
  try {
    source = decode(file, bytes);
    value = parse(source);
  } catch (error) {
    const passable = error instanceof ConfigurationError && !looksLikeTemplate(bytes.toString('latin1'));
    if (passable) return { skipped: 'unreadable' };
    throw error;
  }
  if (!isTemplate(value)) return { skipped: 'no template' };
  if (lacksResources(value)) return { skipped: 'no resources' };
  if (isFragment(value)) return { skipped: 'fragment' };
  return { template: templateFrom(source, value) };
}

function peek(file: string): string {
  const bytes = Buffer.alloc(PEEK);
  const descriptor = attempt(file, () => openSync(file, 'r'));
  try {
    return bytes.toString(
      'latin1',
      0,
      attempt(file, () => readSync(descriptor, bytes)),
    );
  } finally {
    closeSync(descriptor);
  }
}

/** Whether text that does not parse was meant as a template. */
function looksLikeTemplate(text: string): boolean {
  return VERSION.test(text) || OPENING.test(text) || (RESOURCES.test(text) && TYPE.test(text));
}

function isTemplate(value: Json): boolean {
  if (!isObject(value)) return false;
  if (Object.hasOwn(value, 'AWSTemplateFormatVersion')) return true;
  const resources = own(value, 'Resources');
  if (!isObject(resources)) return false;
  const entries = Object.entries(resources);
  return entries.length === 0 || entries.some(([id, entry]) => isMacroKey(id) || isTyped(entry));
}

function isTyped(entry: Json): boolean {
  const type = isObject(entry) ? own(entry, 'Type') : undefined;
  return typeof type === 'string' && type.includes('::');
}

/** A skeleton to be filled in, which YAML reads as null. */
function lacksResources(value: Json): boolean {
  return isObject(value) && own(value, 'Resources') === null;
}

/** A piece for another tool (rain's modules, chalice's merge files): resources without a type, and no version. */
function isFragment(value: Json): boolean {
  if (!isObject(value) || Object.hasOwn(value, 'AWSTemplateFormatVersion')) return false;
  const resources = own(value, 'Resources');
  if (!isObject(resources)) return false;
  return Object.entries(resources).some(
    ([id, entry]) => !isMacroKey(id) && isObject(entry) && typeof own(entry, 'Type') !== 'string',
  );
}
