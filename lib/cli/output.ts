import { closeSync, openSync, writeFileSync } from 'node:fs';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';
import type { World } from './terminal';

/** Pieces are written together until there is so much of them, in characters. */
const CHUNK = 1_000_000;

/** Writes a result, in pieces, to the file asked for, else to standard output. */
export function write(pieces: Iterable<string>, file: string | undefined, world: World): void {
  if (file === undefined) {
    for (const chunk of chunksOf(pieces)) world.out(chunk);
    return;
  }
  try {
    const target = openSync(file, 'w');
    // Not writeSync: it may write a part only, and says so by a number.
    for (const chunk of chunksOf(pieces)) writeFileSync(target, chunk);
    closeSync(target);
  } catch (error) {
    throw new ConfigurationError({
      path: printable(file) || '--out',
      problem: `cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      fix: 'name a file in a folder that exists and that you may write to',
    });
  }
}

function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
