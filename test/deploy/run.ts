import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdkCli } from './cdk-cli';
import { DeployTest } from './deploy-test';
import { NoEmulator, startEmulator } from './emulator';
import { findExamples } from './example';
import { KnownTypes } from './known-types';
import { describeProblem } from './problem';
import { endAll } from './processes';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

// The last SDK that runs on Node 20 says at each start that it is.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Whether somebody wants it to end: what is found from then on tells nothing. */
let stopped = false;

const folder = mkdtempSync(join(tmpdir(), 'nines-deploy-'));

async function main(): Promise<number> {
  const began = process.hrtime.bigint();
  const emulator = await startEmulator();
  const known = KnownTypes.read();
  const test = new DeployTest(new CdkCli(emulator.endpoint, folder), { emulator, known, folder });
  for (const example of findExamples(EXAMPLES)) await test.check(example);
  if (stopped) return 1;
  const { problems, counts } = test.finish();
  for (const problem of problems) console.error(`${describeProblem(problem)}\n`);
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
  console.log(
    `deploy test: ${counts.examples} examples, ${counts.stacks} stacks, ${counts.created} resources created, ` +
      `${counts.compared} of them compared with what their services say, ${counts.runs} example whose functions were called, ` +
      `${counts.changes} changes that replace no data, ` +
      `${known.size} types not known to the emulator, problems: ${problems.length}, ${seconds} s`,
  );
  return problems.length === 0 ? 0 : 1;
}

async function cleanUp(): Promise<void> {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Every time, not once: a terminal tells tsx as well, which passes it on, and the second would end this at once.
  process.on(signal, () => {
    if (stopped) return;
    stopped = true;
    console.error(`deploy test: stopped by ${signal}`);
    const leave = (): void => process.exit(128 + constants.signals[signal]);
    cleanUp().then(leave, leave);
  });
}

async function run(): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!stopped) console.error(error instanceof NoEmulator ? error.message : error);
    process.exitCode = 1;
  } finally {
    await cleanUp();
  }
}

void run();
