import { isList, isMap, Reference, Text, Unknown, type Value, ZoneList } from './value';

/** Where a value stands in a resource, such as `Replicas.0.Region`. */
export function valueAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  let current = value;
  for (const [depth, key] of path.entries()) {
    if (current === undefined || current === null) return undefined;
    if (current instanceof Unknown) return throughUnknown(current, path.slice(depth));
    if (current instanceof Reference || current instanceof Text || current instanceof ZoneList) {
      return new Unknown(`${key} of a value that is known only at deploy`);
    }
    current = step(current, key);
  }
  return current;
}

function step(value: Value, key: string): Value | undefined {
  if (isList(value)) return value[Number(key)];
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A condition may decide about the parent, and yet both branches may hold the same below. */
function throughUnknown(parent: Unknown, rest: readonly string[]): Value | undefined {
  if (!parent.alternatives) return new Unknown(parent.reason, [undefined, parent]);
  return eitherOf(
    parent.reason,
    parent.alternatives.map((alternative) => valueAt(alternative, rest)),
  );
}

/** One value where all alternatives agree, else an unknown that keeps them. */
export function eitherOf(reason: string, alternatives: readonly (Value | undefined)[]): Value | undefined {
  const [head, ...others] = alternatives;
  const agree = others.every((other) => JSON.stringify(other) === JSON.stringify(head));
  return agree && isPlain(head) ? head : new Unknown(reason, alternatives);
}

function isPlain(value: Value | undefined): boolean {
  return value === undefined || value === null || typeof value !== 'object';
}
