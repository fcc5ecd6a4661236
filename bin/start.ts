#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { optimiseLater } from '../lib/synth/patience';

/** The command, and what V8 made of it when the package was built: another version of V8 compiles it anew. */
const COMMAND = join(__dirname, 'command.js');
const COMPILED = join(__dirname, 'command.bin');

optimiseLater();

const command = new Script(wrap(readFileSync(COMMAND, 'latin1')), {
  filename: COMMAND,
  ...(existsSync(COMPILED) && { cachedData: readFileSync(COMPILED) }),
});
command.runInThisContext()(exports, require, module, COMMAND, __dirname);
