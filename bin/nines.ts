#!/usr/bin/env node
import { run } from '../lib/cli/run';
import { version } from '../package.json';

const world = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
};

// A reader such as `head` may close the pipe early: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void run(process.argv.slice(2), world, version).then((code) => {
  process.exitCode = code;
});
