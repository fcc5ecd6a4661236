import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';
import { type MetricQueries, metricQueries } from '../evidence/figures/get-metric-data';
import { configFor } from './config';
import type { JudgeFlags } from './judge';
import { figuresOf } from './measured';
import { write } from './output';
import type { World } from './terminal';

/** The options of `nines export queries`. */
export interface ExportQueryFlags extends Pick<JudgeFlags, 'together' | 'config' | 'today'> {
  /** Files of `aws cloudwatch get-dashboard`. @default - what only deploy knows is left out */
  readonly deployed?: readonly string[];

  /** @default - one region only */
  readonly region?: string;
  readonly out?: string;
}

/** Runs `nines export queries` and gives its exit code. */
export function exportQueries(path: string, flags: ExportQueryFlags, world: World): number {
  const { apps, skipped } = load([path], { together: flags.together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const config = configFor([path], flags.config);
  const graphs = apps.map((app) => new Graph(app));
  const figures = figuresOf({ graphs, config }, flags.deployed ?? [], world).filter(
    ({ region }) => flags.region === undefined || region === undefined || region === flags.region,
  );
  const { calls, leftOut } = metricQueries(figures, endOf(flags.today));
  for (const { name, reason } of leftOut)
    world.err(`nines: left out ${printable(name)}: ${printable(reason)}\n`);
  const [only, ...more] = calls;
  if (!only) throw nothing(path);
  if (more.length === 0) write([only.text], flags.out, world);
  else for (const call of calls) writePart(call, { out: flags.out, calls }, world);
  return 0;
}

/** The end of a day that is named; else now. */
function endOf(day: Date | undefined): Date {
  return day ? new Date(day.getTime() + 86_400_000) : new Date();
}

/** Of several calls each has a file of its own, beside the one that is named. */
function writePart(
  { name, region, account, text }: MetricQueries,
  { out, calls }: { readonly out: string | undefined; readonly calls: readonly MetricQueries[] },
  world: World,
): void {
  if (out === undefined)
    throw new ConfigurationError({
      path: '--out',
      problem: `get-metric-data has to be called ${calls.length} times (${calls.map((call) => printable(call.name)).join(', ')})`,
      fix: 'name a file with --out: each call gets one of its own beside it',
    });
  const file = `${out.replace(/\.json$/, '')}.${name.replace(/[^\w.-]/g, '_')}.json`;
  write([text], file, world);
  const where = [
    region === undefined ? '' : ` --region ${region}`,
    account === undefined ? '' : ` in account ${account}`,
  ];
  world.err(
    `nines: wrote ${printable(file)}, for aws cloudwatch get-metric-data${printable(where.join(''))}\n`,
  );
}

function nothing(path: string): ConfigurationError {
  return new ConfigurationError({
    path: printable(path),
    problem: 'no dashboard of it shows a figure that can be asked for',
    fix: 'show objectives of a declared service on a dashboard, and name it with --deployed where its metrics are known at deployment only',
  });
}
