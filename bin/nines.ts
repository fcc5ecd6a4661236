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
  if (error.code === 'EPIPE') return;
  process.stderr.write(
    `nines: standard output cannot be written (${error.code}); fix: make room, or use --out\n`,
  );
  process.exit(2);
});

void run(process.argv.slice(2), world, version).then((code) => {
  process.exitCode = code;
});
