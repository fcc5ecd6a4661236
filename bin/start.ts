#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/**
 * How long V8 interprets a function before it optimises it. The usual patience suits servers: an audit is over before
 * most of what is optimised early has paid, and the work for it takes a core of its own.
 */
const PATIENCE = '--interrupt-budget=1000000';

/** The command, and what V8 made of it when the package was built: another version of V8 compiles it anew. */
const COMMAND = join(__dirname, 'command.js');
const COMPILED = join(__dirname, 'command.bin');

// V8 reads this flag whenever it starts to count, so that it may be set now; other versions may not know it.
if (!process.env.NINES_NO_V8_FLAGS) {
  try {
    setFlagsFromString(PATIENCE);
  } catch {
    // Then it is only slower.
  }
}

const command = new Script(wrap(readFileSync(COMMAND, 'latin1')), {
  filename: COMMAND,
  ...(existsSync(COMPILED) && { cachedData: readFileSync(COMPILED) }),
});
command.runInThisContext()(exports, require, module, COMMAND, __dirname);
