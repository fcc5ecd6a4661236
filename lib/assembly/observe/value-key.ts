import { isList, isMap, Reference, Text, Unknown, type Value, ZoneList } from '../value';

/** A text that two values share only if deploy gives them the same value. */
export function keyOf(value: Value | undefined): string {
  if (value === undefined) return '';
  if (value instanceof Reference) return `<${value.resource.id}.${value.attribute}>`;
  if (value instanceof Text) return value.parts.map(keyOf).join('');
  if (value instanceof Unknown || value instanceof ZoneList) return objectKey(value);
  if (isList(value)) return `[${value.map(keyOf).join(',')}]`;
  if (isMap(value))
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${name}:${keyOf(value[name])}`)
      .join(',')}}`;
  return String(value);
}

/** One object stands for one value that is not known, wherever it is met. */
const NUMBERS = new WeakMap<object, number>();
let next = 0;

function objectKey(value: object): string {
  const known = NUMBERS.get(value);
  if (known !== undefined) return `<?${known}>`;
  next += 1;
  NUMBERS.set(value, next);
  return `<?${next}>`;
}
