import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../../../lib/errors';

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files in it; objects are written as JSON. Gone after the test file. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array | object>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'reader-')));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    const raw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(file, raw ? content : JSON.stringify(content));
  }
  return folder;
}

/** One file in a new folder. */
export function fileOf(name: string, content: string | Uint8Array | object): string {
  return join(folderOf({ [name]: content }), name);
}

/** What a call refuses with, its path without the folder; anything else that it throws is thrown on. */
export function refusalFrom(call: () => unknown): {
  path: string;
  problem: string;
  fix: string;
  line: string;
} {
  try {
    call();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const { problem, fix, line } = error;
    return { path: error.path.replace(/^.*\/reader-[^/]*\/?/, ''), problem, fix, line };
  }
  throw new Error('the call was not refused');
}

/** A queue and nothing else. */
export const QUEUE = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
