import { isMap, isScalar } from 'yaml';
import type { Position } from './refusal';
import { composeYaml } from './yaml-document';

/** Line and column of an offset, both from 1. */
export function positionAt(text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < end; next = text.indexOf('\n', next + 1)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: end - start + 1 };
}

/**
 * Where a key path stands in a text that parsed, or the deepest part of the path that is written there.
 *
 * Positions are found only for messages, by reading the text again: so nothing is paid for while all is well.
 */
export function locate(text: string, path: readonly string[]): Position {
  const offset = isJson(text) ? offsetInJson(text, path) : offsetInYaml(text, path);
  return positionAt(text, offset);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Walks text that `JSON.parse` accepts, so the grammar needs no checking here. */
function offsetInJson(text: string, path: readonly string[]): number {
  let deepest = skipBlanks(text, 0);
  let value = deepest;
  for (const key of path) {
    const entry = entryInJson(text, value, key);
    if (entry === undefined) return deepest;
    deepest = entry.key;
    value = entry.value;
  }
  return deepest;
}

/** Offsets of a key and of its value in the object that opens at `open`. */
function entryInJson(text: string, open: number, wanted: string): { key: number; value: number } | undefined {
  let key = text[open] === '{' ? skipBlanks(text, open + 1) : text.length;
  while (text[key] === '"') {
    const end = endOfString(text, key);
    const value = skipBlanks(text, skipBlanks(text, end) + 1);
    if (JSON.parse(text.slice(key, end)) === wanted) return { key, value };
    const separator = skipBlanks(text, endOfValue(text, value));
    key = skipBlanks(text, separator + 1);
  }
  return undefined;
}

function skipBlanks(text: string, from: number): number {
  const other = /\S/g;
  other.lastIndex = from;
  return other.exec(text)?.index ?? text.length;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  if (text[start] === '{' || text[start] === '[') return endOfCollection(text, start);
  const end = /[,}\]\s]/g;
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}

function endOfCollection(text: string, start: number): number {
  const mark = /["{}[\]]/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    if (found[0] === '"') {
      mark.lastIndex = endOfString(text, found.index);
    } else {
      depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
      if (depth === 0) return mark.lastIndex;
    }
  }
  return text.length;
}

/** The offset after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function offsetInYaml(text: string, path: readonly string[]): number {
  let node: unknown = composeYaml(text).documents[0]?.contents;
  let deepest = 0;
  for (const key of path) {
    if (!isMap(node)) return deepest;
    const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === key);
    if (!isScalar(pair?.key)) return deepest;
    deepest = pair.key.range?.[0] ?? deepest;
    node = pair.value;
  }
  return deepest;
}
