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
