import {
  isList,
  isMap,
  Reference,
  referencesIn,
  sameValue,
  Text,
  Unknown,
  type Value,
  ZoneList,
} from './value';

/** Where a value stands in a resource, such as `Replicas.0.Region`. */
export function valueAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  let current = value;
  for (let depth = 0; depth < path.length; depth += 1) {
    const key = path[depth] ?? '';
    if (current === undefined || current === null) return undefined;
    if (current instanceof Unknown) return throughUnknown(current, path.slice(depth));
    if (current instanceof Reference || current instanceof Text || current instanceof ZoneList) {
      return unknownFrom(`${key} of a value that is known only at deploy`, current);
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
  return overAlternatives(parent, (alternative) => valueAt(alternative, rest));
}

/** What a function makes of an unknown: of each value that it may take, where they are known. */
export function overAlternatives(
  value: Unknown,
  compute: (alternative: Value | undefined) => Value | undefined,
): Value | undefined {
  return value.alternatives
    ? eitherOf(value.reason, value.alternatives.map(compute))
    : unknownFrom(value.reason, value);
}

/** One value where all alternatives agree, else an unknown that keeps them. */
export function eitherOf(reason: string, alternatives: readonly (Value | undefined)[]): Value | undefined {
  const [head, ...others] = alternatives;
  return others.every((other) => agree(head, other)) ? head : new Unknown(reason, alternatives);
}

function agree(a: Value | undefined, b: Value | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameValue(a, b) === true;
}

/** An unknown that deploy makes of another value: another value, but one that still mentions the same resources. */
export function unknownFrom(reason: string, value: Value | undefined): Unknown {
  return new Unknown(reason, undefined, referencesIn(value));
}

/** A path, taken apart. */
export interface Path {
  readonly name: string;
  readonly steps: readonly string[];
}

/** Rules ask for the same few paths of very many resources. */
const PATHS = new Map<string, Path>();
const MOST_PATHS = 10_000;

/** A path at its first dot, where it has one. */
export function pathOf(text: string, dot: number): Path {
  const known = PATHS.get(text);
  if (known) return known;
  const path = { name: text.slice(0, dot), steps: text.slice(dot + 1).split('.') };
  if (PATHS.size < MOST_PATHS) PATHS.set(text, path);
  return path;
}
