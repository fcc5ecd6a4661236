import type { Truth } from './conditions';
import type { Resource } from './resource';
import { isList, isMap, Reference, Text, Unknown, type Value, ZoneList } from './value';

/** One value at one place of a resource's properties. */
export interface Place {
  /** The path with the positions of lists, such as `Targets.0.Arn`. */
  readonly path: string;
  readonly value: Value;

  /** True, or unknown where a condition that deploy decides may leave the value out. */
  readonly presence: Truth;
}

/**
 * The values at a path in which `*` stands for every entry of a list or a map, such as `Targets.*.Arn`. Each value that a
 * condition may choose is a place of its own.
 */
export function placesOf(resource: Resource, pattern: string): readonly Place[] {
  const [name = '', ...rest] = pattern.split('.');
  return placesIn({ path: name, value: resource.get(name), presence: true }, rest);
}

/** The same, below a value that stands somewhere already. */
export function placesIn(
  at: Omit<Place, 'value'> & { readonly value: Value | undefined },
  keys: readonly string[],
): readonly Place[] {
  const { path, value, presence } = at;
  if (value === undefined || value === null) return [];
  if (value instanceof Unknown)
    return value.alternatives
      ? value.alternatives.flatMap((alternative) =>
          placesIn({ path, value: alternative, presence: new Unknown(value.reason) }, keys),
        )
      : [{ path, value, presence }];
  const [key, ...rest] = keys;
  if (key === undefined) return [{ path, value, presence }];
  if (value instanceof Reference || value instanceof Text || value instanceof ZoneList)
    return [
      { path, value: new Unknown(`${key} of a value that is known only at deploy`, undefined), presence },
    ];
  return entriesOf(value, key).flatMap(([name, entry]) =>
    placesIn({ path: `${path}.${name}`, value: entry, presence }, rest),
  );
}

function entriesOf(value: Value, key: string): readonly (readonly [string, Value | undefined])[] {
  if (isList(value)) {
    if (key === '*') return value.map((entry, index) => [String(index), entry] as const);
    // CloudFormation takes a list of one for the one.
    return value.length === 1 && isMap(value[0]) ? entriesOf(value[0], key) : [];
  }
  if (!isMap(value)) return [];
  if (key === '*') return Object.entries(value);
  return Object.hasOwn(value, key) ? [[key, value[key]]] : [];
}
