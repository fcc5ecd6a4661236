import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { seeds } from './seeds';
import { trial } from './trial';

/** Trials between two signs of life. */
const BATCH = 20;

/** A process that gives no sign for so long hangs. */
const SILENCE_MS = 90_000;

/** What a process says after each batch. */
interface Report {
  readonly from: number;
  readonly judged: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly problems: readonly string[];
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '0' },
    processes: { type: 'string', default: String(availableParallelism()) },
    share: { type: 'string' },
  },
});
const count = Number(values.count);
const seed = Number(values.seed) * 1_000_000;

if (values.share === undefined) void everyShare();
else oneShare(Number(values.share));

/** Tries every n-th batch and reports each. */
function oneShare(share: number): void {
  const apps = seeds();
  for (let from = share * BATCH; from < count; from += Number(values.processes) * BATCH) {
    let [judged, refused, slowestMs] = [0, 0, 0];
    const problems: string[] = [];
    for (let number = from; number < Math.min(from + BATCH, count); number += 1) {
      const { outcome, problem, milliseconds } = trial(apps, seed + number);
      if (outcome === 'refused') refused += 1;
      else judged += 1;
      slowestMs = Math.max(slowestMs, milliseconds);
      if (problem !== undefined) problems.push(`${seed + number}: ${problem}`);
    }
    process.send?.({ from, judged, refused, slowestMs, problems } satisfies Report);
  }
}

/** Runs the shares side by side and prints what came of them. */
async function everyShare(): Promise<void> {
  const start = Date.now();
  const shares = Array.from({ length: Number(values.processes) }, (_, share) => watched(share));
  const reports = (await Promise.all(shares)).flat();
  const problems = reports.flatMap((report) => report.problems);
  const judged = reports.reduce((sum, report) => sum + report.judged, 0);
  const refused = reports.reduce((sum, report) => sum + report.refused, 0);
  const slowest = Math.max(0, ...reports.map(({ slowestMs }) => slowestMs));
  for (const problem of problems) console.error(problem);
  console.log(
    `${count} apps from seed ${values.seed}: ${judged} judged, ${refused} refused, ${problems.length} problems; ` +
      `slowest ${slowest.toFixed(0)} ms, ${((Date.now() - start) / 1000).toFixed(0)} s in all`,
  );
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function watched(share: number): Promise<readonly Report[]> {
  return new Promise((resolve) => {
    const reports: Report[] = [];
    const args = [...process.argv.slice(2), '--share', String(share), '--processes', values.processes];
    const child = fork(__filename, args);
    const fail = (problem: string) => {
      const from = (reports.at(-1)?.from ?? -1) + 1;
      reports.push({
        from,
        judged: 0,
        refused: 0,
        slowestMs: 0,
        problems: [`share ${share}, after ${seed + from}: ${problem}`],
      });
    };
    let timer: NodeJS.Timeout;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        fail(`no sign of life for ${SILENCE_MS / 1000} s`);
        child.kill('SIGKILL');
      }, SILENCE_MS);
    };
    wait();
    child.on('message', (report) => {
      reports.push(report as Report);
      wait();
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (code !== 0 && code !== null) fail(`the process ended with ${code}`);
      resolve(reports);
    });
  });
}
