import { isList, isObject, own, ownObject } from '../json';
import type { Json, JsonObject } from '../source';

/** The properties of a resource with what the `Globals` section adds: the resource's own values win. */
export function withGlobals(globals: JsonObject, type: string, body: JsonObject): JsonObject {
  const properties = ownObject(body, 'Properties');
  const shared = ownObject(globals, type.slice('AWS::Serverless::'.length));
  const ignored = own(body, 'IgnoreGlobals');
  if (ignored === '*') return properties;
  const left = Object.entries(shared).filter(([name]) => !(isList(ignored) && ignored.includes(name)));
  return merged(Object.fromEntries(left), properties) as JsonObject;
}

/** Mappings are merged, lists are joined, all else is replaced. */
function merged(shared: Json, local: Json): Json {
  if (isList(shared) && isList(local)) return [...shared, ...local];
  if (!isObject(shared) || !isObject(local)) return local;
  if (isFunction(shared) || isFunction(local)) return local;
  const result: Record<string, Json> = { ...shared };
  for (const [key, value] of Object.entries(local)) {
    const other = Object.hasOwn(shared, key) ? shared[key] : undefined;
    result[key] = other === undefined ? value : merged(other, value);
  }
  return result;
}

/** Whether a value is a function of CloudFormation. */
export function isIntrinsic(json: Json | undefined): boolean {
  return isObject(json) && isFunction(json);
}

function isFunction(json: JsonObject): boolean {
  const keys = Object.keys(json);
  const [key = ''] = keys;
  return keys.length === 1 && (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'));
}

/** The parts of an `Fn::If`. */
export function partsOfIf(json: Json | undefined): readonly [string, Json, Json] | undefined {
  const parts = isObject(json) && Object.keys(json).length === 1 ? own(json, 'Fn::If') : undefined;
  if (!isList(parts) || parts.length !== 3) return undefined;
  const [name, yes = null, no = null] = parts;
  return typeof name === 'string' ? [name, yes, no] : undefined;
}

/** Whether a value stands for none. */
export function isNoValue(json: Json): boolean {
  return isObject(json) && own(json, 'Ref') === 'AWS::NoValue';
}
