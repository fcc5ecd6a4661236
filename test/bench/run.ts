import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SynthesisedApp } from '../support/example-app';
import { writeAssembly } from './apps';
import { faultTrees } from './fault-trees';
import { printSlowestRules } from './rules';
import { printShareOfSynth } from './synth';
import { writeTemplates } from './templates';

const ROOT = join(__dirname, '..', '..');
const NINES = join(ROOT, 'dist', 'bin', 'nines.js');
const COMMAND = join(ROOT, 'dist', 'bin', 'command.js');
const PARSE =
  "const fs=require('node:fs');for(const f of fs.readdirSync(process.argv[1]))JSON.parse(fs.readFileSync(process.argv[1]+'/'+f,'utf8'))";
const SIZES = [1_000, 10_000, 50_000];

/** Sizes up to which the linter is measured: at 50,000 resources it takes about ten minutes. */
const LINT_UP_TO = Number(process.env.BENCH_LINT_UP_TO ?? Number.POSITIVE_INFINITY);

interface Timing {
  readonly seconds: number;
  readonly ran: boolean;
}

/** The middle of several whole-process times. */
function time(command: string, args: readonly string[], runs: number): Timing {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = process.hrtime.bigint();
    const { error, status } = spawnSync(command, args, { stdio: 'ignore' });
    if (error || status === null) return { seconds: Number.NaN, ran: false };
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  times.sort((a, b) => a - b);
  return { seconds: times[Math.floor(times.length / 2)] ?? Number.NaN, ran: true };
}

function build(): void {
  const { status } = spawnSync(process.execPath, [join(ROOT, '.build', 'build.cjs')], {
    stdio: 'inherit',
    cwd: ROOT,
  });
  if (status !== 0 || !existsSync(NINES)) throw new Error('the build failed');
}

function startUp(): void {
  const bare = time(process.execPath, ['-e', '0'], 21).seconds;
  const version = time(process.execPath, [NINES, '--version'], 21).seconds;
  const size = (statSync(COMMAND).size / 1024).toFixed(0);
  console.log(
    `nines --version: ${ms(version)} against ${ms(bare)} for node -e 0: ${ms(version - bare)} more (${size} kB)`,
  );
}

function audits(folder: string): void {
  console.log('\nresources    nines audit    JSON.parse   ratio    per 1,000    cfn-lint     ratio');
  for (const size of SIZES) {
    const templates = join(folder, String(size));
    const files = writeTemplates(templates, size);
    const runs = size > 10_000 ? 3 : 5;
    const audit = time(process.execPath, [NINES, 'audit', templates, '--format', 'json'], runs).seconds;
    const parse = time(process.execPath, ['-e', PARSE, templates], runs).seconds;
    const lint =
      size <= LINT_UP_TO ? time('cfn-lint', ['-t', ...files], 1) : { seconds: Number.NaN, ran: false };
    const against = lint.ran
      ? `${s(lint.seconds)} ${(lint.seconds / audit).toFixed(0).padStart(6)} x`
      : 'not measured';
    const row = [
      String(size).padStart(9),
      s(audit),
      s(parse),
      `${(audit / parse).toFixed(1)} x`.padStart(8),
      s((audit * 1000) / size),
      against,
    ];
    console.log(row.join('   '));
  }
}

/** One app of many stacks, all of whose resources may refer to each other, as the examples synthesise it. */
function oneApp(folder: string): void {
  const examples = readdirSync(join(ROOT, 'examples')).map(
    (name) => new SynthesisedApp(join('examples', name)),
  );
  const outdirs = examples.map((example) => dirname(example.templates()[0] ?? ROOT));
  console.log(
    '\none app      nines audit    JSON.parse   ratio    per 1,000    peak memory   nines assess   peak memory',
  );
  for (const size of SIZES) {
    const assembly = join(folder, `app-${size}`);
    writeAssembly(assembly, outdirs, size);
    const audit = time(process.execPath, [NINES, 'audit', assembly, '--format', 'json'], 3).seconds;
    const parse = time(process.execPath, ['-e', PARSE, assembly], 3).seconds;
    const row = [
      String(size).padStart(9),
      s(audit),
      s(parse),
      `${(audit / parse).toFixed(1)} x`.padStart(8),
      s((audit * 1000) / size),
      `${peakMegabytes('audit', assembly).toFixed(0)} MB`.padStart(10),
      s(time(process.execPath, [NINES, 'assess', assembly, '--format', 'json'], 3).seconds),
      `${peakMegabytes('assess', assembly).toFixed(0)} MB`.padStart(10),
    ];
    console.log(row.join('   '));
  }
  for (const example of examples) example.remove();
  printSlowestRules(join(folder, 'app-10000'));
}

/** What the process holds at most, as it says itself when it ends. */
function peakMegabytes(command: 'audit' | 'assess', assembly: string): number {
  const script = `process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS));process.argv.splice(1,0,'nines');require(${JSON.stringify(NINES)})`;
  const { stderr } = spawnSync(process.execPath, ['-e', script, command, assembly, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024;
}

const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
const s = (seconds: number) => `${seconds.toFixed(2)} s`.padStart(10);

if (!process.env.BENCH_NO_BUILD) build();
startUp();
faultTrees();
const folder = mkdtempSync(join(tmpdir(), 'nines-bench-'));
try {
  audits(folder);
  oneApp(folder);
  printShareOfSynth(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
