import { isMacroKey, type Json, type JsonObject } from './source/source';
import { textOf } from './strings';

/** Whether a value of a template holds a function, or what looks like one: plain data mentions nothing. */
export function holdsFunction(json: Json): boolean {
  if (typeof json !== 'object' || json === null) return false;
  if (Array.isArray(json)) return json.some(holdsFunction);
  const object = json as JsonObject;
  for (const key in object) {
    if (key === 'Ref' || isMacroKey(key)) return true;
    const item = object[key] ?? null;
    if (typeof item === 'object' && holdsFunction(item)) return true;
  }
  return false;
}

const NO_MACROS: readonly string[] = [];

/** The keys of loops and transforms that write properties. */
export function macrosIn(properties: JsonObject): readonly string[] {
  for (const name in properties) if (isMacroKey(name)) return Object.keys(properties).filter(isMacroKey);
  return NO_MACROS;
}

/** Whether a value is what it says: a number, a truth, or a text that nothing is read into at deploy. */
export function isPlain(json: Json | undefined): json is string | number | boolean {
  return typeof json === 'string'
    ? textOf(json) === json
    : typeof json === 'number' || typeof json === 'boolean';
}
