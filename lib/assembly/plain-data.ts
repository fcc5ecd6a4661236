import { isMacroKey, type Json, type JsonObject } from './source/source';

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
