import { eitherOf } from './path';
import type { Json } from './source/source';
import type { Stack } from './stack';
import { isScalar, Unknown, unknownIn, type Value } from './value';

/** `Fn::FindInMap`, with the default value that the language extensions allow. */
export function findInMap(argument: Json, stack: Stack): Value | undefined {
  if (!Array.isArray(argument)) return new Unknown('Fn::FindInMap names no mapping');
  const [mapJson = null, topJson = null, keyJson = null, options = null] = argument as readonly Json[];
  const name = stack.evaluate(mapJson);
  if (typeof name !== 'string') return new Unknown('the mapping of Fn::FindInMap is known only at deploy');
  const declared =
    isMap(options) && Object.hasOwn(options, 'DefaultValue') ? options.DefaultValue : undefined;
  const fallback = declared === undefined ? undefined : stack.evaluate(declared);
  const mapping = stack.mapping(name);
  if (mapping === undefined) return fallback ?? new Unknown(`mapping ${name} is not in the template`);
  const found = entriesAt(mapping, [stack.evaluate(topJson), stack.evaluate(keyJson)]);
  return chosenFrom(found, fallback, stack) ?? new Unknown(`mapping ${name} has no such entry`);
}

/** What two keys find: entries of which each may be meant where a key is unknown. */
interface Found {
  readonly entries: readonly Json[];

  /** Why a key is unknown. @default - both are known */
  readonly reason?: string;
}

function entriesAt(mapping: Json, keys: readonly (Value | undefined)[]): Found {
  let found: Found = { entries: [mapping] };
  for (const key of keys) {
    if (isScalar(key)) {
      found = { ...found, entries: found.entries.flatMap((entry) => entryOf(entry, String(key))) };
      continue;
    }
    const reason = found.reason ?? unknownIn(key)?.reason ?? 'a key of Fn::FindInMap is known only at deploy';
    found = { entries: found.entries.flatMap((entry) => (isMap(entry) ? Object.values(entry) : [])), reason };
  }
  return found;
}

function entryOf(entry: Json, key: string): readonly Json[] {
  return isMap(entry) && Object.hasOwn(entry, key) ? [entry[key] ?? null] : [];
}

function chosenFrom(
  { entries, reason }: Found,
  fallback: Value | undefined,
  stack: Stack,
): Value | undefined {
  const values = entries.map((entry) => stack.evaluate(entry));
  if (reason === undefined) return values[0] ?? fallback;
  return eitherOf(reason, fallback === undefined ? values : [...values, fallback]);
}

function isMap(json: Json): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
