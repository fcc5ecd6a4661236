import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import { nearestInWords } from './nearest-name';
import type { YamlReader } from './yaml-reader';

/** Reads a text that must be one of a few. */
export function oneOf<T extends string>(
  node: Node,
  allowed: readonly T[],
  { what, reader }: { readonly what: string; readonly reader: YamlReader },
): T {
  const text = reader.text(node, what);
  const found = allowed.find((each) => each === text);
  if (found !== undefined) return found;
  return reader.refuse(node, `${printable(text)} is no ${what}`, nearestInWords(text, allowed));
}

/** Reads a fraction of time, between 0 and 1. */
export function fractionIn(node: Node, what: string, reader: YamlReader): number {
  const text = reader.text(node, what);
  const value = Number(text);
  return value >= 0 && value <= 1
    ? value
    : reader.refuse(node, `${what} is ${printable(text)}`, 'write a fraction from 0 to 1, such as 0.999');
}
