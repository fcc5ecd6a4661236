import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConstructOrigin, Json } from './source';

type SourceLine = NonNullable<ConstructOrigin['source']>;

/** Files that are not the user's own: installed packages and the runtimes of Node.js, Python and jsii. */
const FOREIGN = /^node:|^internal\/|^<|(?:^|[\\/])(?:node_modules|site-packages|jsii-kernel-[^\\/]*)[\\/]/;
const POSITION = /^(.*?):(\d+)(?::\d+)?$/;
const LONGEST_FRAME = 2000;

/**
 * The first line of the user's own program in a stack trace as the CDK records it, nothing where none is recorded.
 *
 * Files below the working directory are given relative to it.
 */
export function firstUserLine(frames: Json | undefined): SourceLine | undefined {
  if (!Array.isArray(frames)) return undefined;
  for (const frame of frames as readonly Json[]) {
    const line = typeof frame === 'string' && frame.length <= LONGEST_FRAME ? lineOf(frame) : undefined;
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Frames read `name (file:line:column)`, `at name (file:line:column)` or `file:line:column`. */
function lineOf(frame: string): SourceLine | undefined {
  const open = frame.indexOf(' (');
  const place = open !== -1 && frame.endsWith(')') ? frame.slice(open + 2, -1) : frame.replace(/^\s*at /, '');
  const [, file = '', line = ''] = POSITION.exec(place.trim()) ?? [];
  if (file === '' || FOREIGN.test(file)) return undefined;
  return { file: readable(file), line: Number(line) };
}

function readable(file: string): string {
  const path = file.startsWith('file://') ? pathOf(file) : file;
  if (!isAbsolute(path)) return path;
  const below = relative(process.cwd(), path);
  const outside = below === '' || below.startsWith('..') || isAbsolute(below);
  return outside ? path : below.split(sep).join('/');
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
