import type { Json } from './source/source';
import { isList, isScalar, Unknown, type Value } from './value';

/** One turn of an `Fn::ForEach`: the key it writes and the body under it. */
export type LoopEntry = readonly [key: string, body: Json];

/** More values than a template of 1 MB, CloudFormation's limit, can hold: beyond, a loop is a bomb. */
export const MOST_LOOP_VALUES = 250_000;

/** What a loop needs of the stack it stands in. */
export interface LoopScope {
  evaluate(json: Json): Value | undefined;

  /** How many values the loops of the stack may yet write. */
  loopValuesLeft: number;
}

/** The parts of `"Fn::ForEach::Name": [identifier, collection, { key: body }]`. */
interface Loop {
  readonly identifier: string;
  readonly collection: Json;
  readonly body: Readonly<Record<string, Json>>;
}

export function isLoopKey(key: string): boolean {
  return key.startsWith('Fn::ForEach::');
}

/** The entries that a loop writes, those of loops inside it included, or why they cannot be known. */
export function expandLoop(key: string, json: Json, scope: LoopScope): readonly LoopEntry[] | Unknown {
  const loop = parseLoop(json);
  if (!loop) return new Unknown(`${key} is no loop`);
  const collection = scope.evaluate(loop.collection);
  if (!isList(collection) || !collection.every(isScalar)) {
    const why = collection instanceof Unknown ? `: ${collection.reason}` : '';
    return new Unknown(`the collection of ${key} is known only at deploy${why}`);
  }
  const entries: LoopEntry[] = [];
  for (const item of collection) {
    const unknown = appendTurn(entries, turn(loop, String(item), scope), scope);
    if (unknown) return unknown;
    if (scope.loopValuesLeft < 0) return new Unknown(`${key} writes more than ${MOST_LOOP_VALUES} values`);
  }
  return entries;
}

function parseLoop(json: Json): Loop | undefined {
  if (!Array.isArray(json) || json.length !== 3) return undefined;
  const [identifier, collection = null, body = null] = json as readonly Json[];
  if (typeof identifier !== 'string' || typeof body !== 'object' || body === null || Array.isArray(body))
    return undefined;
  return { identifier, collection, body: body as Readonly<Record<string, Json>> };
}

function appendTurn(
  entries: LoopEntry[],
  written: readonly LoopEntry[],
  scope: LoopScope,
): Unknown | undefined {
  for (const entry of written) {
    const inner = isLoopKey(entry[0]) ? expandLoop(...entry, scope) : [entry];
    if (inner instanceof Unknown) return inner;
    for (const item of inner) entries.push(item);
  }
  return undefined;
}

/** The entries of a loop's body for one value of its variable. */
function turn({ identifier, body }: Loop, value: string, scope: LoopScope): readonly LoopEntry[] {
  const replace = replacer(identifier, value, scope);
  return Object.entries(body).map(([key, json]) => [replace.text(key), replace.json(json)]);
}

function replacer(identifier: string, value: string, scope: LoopScope) {
  const plain = `\${${identifier}}`;
  const alphanumeric = `&{${identifier}}`;
  const letters = value.replace(/[^A-Za-z0-9]/g, '');
  const text = (from: string): string => {
    scope.loopValuesLeft -= weightOf(from, value, identifier);
    return scope.loopValuesLeft < 0
      ? ''
      : from.replaceAll(plain, () => value).replaceAll(alphanumeric, () => letters);
  };
  const json = (from: Json): Json => {
    scope.loopValuesLeft--;
    if (scope.loopValuesLeft < 0) return null;
    if (typeof from === 'string') return text(from);
    if (from === null || typeof from !== 'object') return from;
    if (Array.isArray(from)) return from.map(json);
    const entries = Object.entries(from as Readonly<Record<string, Json>>);
    if (entries.length === 1 && entries[0]?.[0] === 'Ref' && entries[0][1] === identifier) return value;
    return Object.fromEntries(entries.map(([key, item]) => [text(key), json(item)]));
  };
  return { text, json };
}

/** A long text counts like the many short ones that it could be. */
function weightOf(from: string, value: string, identifier: string): number {
  const most = Math.floor(from.length / (identifier.length + 3));
  return Math.floor((from.length + most * value.length) / 256);
}
