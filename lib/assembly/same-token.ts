import { isScalar, Reference, sameValue, Text, Unknown, type Value } from './value';

type Part = string | Reference | Unknown;

/**
 * Whether two values are the same, also where deploy decides what they are.
 *
 * The same parameter of one stack is one token, so `api.{Domain}` is surely itself and surely not `www.{Domain}`,
 * whatever the domain will be. Undefined when it cannot be told.
 */
export function sameToken(a: Value, b: Value): boolean | undefined {
  if (a === b) return true;
  const [left, right] = [partsOf(a), partsOf(b)];
  if (!left || !right) return sameValue(a, b);
  const [restA, restB] = withoutCommonEnds(left, right);
  if (restA.length === 0 && restB.length === 0) return true;
  if (isPlain(restA) && isPlain(restB)) return restA.join('') === restB.join('');
  return clash(restA, restB) ? false : undefined;
}

const unknownNumbers = new WeakMap<Unknown, number>();
let unknownsMet = 0;

/** A text that is the same for two values just where they are surely the same token; undefined for lists and maps. */
export function tokenKey(value: Value): string | undefined {
  const parts = partsOf(value)?.map((part) => {
    if (typeof part === 'string') return part;
    return part instanceof Reference ? [part.resource.id, part.attribute] : [numberOf(part)];
  });
  return parts && JSON.stringify(parts);
}

function numberOf(unknown: Unknown): number {
  const number = unknownNumbers.get(unknown) ?? unknownsMet++;
  unknownNumbers.set(unknown, number);
  return number;
}

function partsOf(value: Value): readonly Part[] | undefined {
  if (value instanceof Text) return value.parts;
  if (value instanceof Unknown || value instanceof Reference) return [value];
  return isScalar(value) ? [String(value)] : undefined;
}

function isPlain(parts: readonly Part[]): parts is readonly string[] {
  return parts.every((part) => typeof part === 'string');
}

/** Tokens stand for some text each: what both begin and end with says nothing about whether they differ. */
function withoutCommonEnds(
  a: readonly Part[],
  b: readonly Part[],
): readonly [readonly Part[], readonly Part[]] {
  let start = 0;
  while (start < a.length && start < b.length && samePart(a[start], b[start])) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && samePart(a.at(-1 - end), b.at(-1 - end))) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Texts that begin or end in other letters differ, whatever the tokens between stand for. */
function clash(a: readonly Part[], b: readonly Part[]): boolean {
  const [headA, headB] = [textAt(a, 0), textAt(b, 0)];
  const [tailA, tailB] = [textAt(a, -1), textAt(b, -1)];
  return (
    !(headA.startsWith(headB) || headB.startsWith(headA)) || !(tailA.endsWith(tailB) || tailB.endsWith(tailA))
  );
}

function textAt(parts: readonly Part[], position: number): string {
  const part = parts.at(position);
  return typeof part === 'string' ? part : '';
}

function samePart(a: Part | undefined, b: Part | undefined): boolean {
  if (a === b) return true;
  return (
    a instanceof Reference &&
    b instanceof Reference &&
    a.resource === b.resource &&
    a.attribute === b.attribute
  );
}
