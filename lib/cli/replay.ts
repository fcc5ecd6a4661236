import { Graph } from '../assembly/graph';
import { load } from '../assembly/source/load';
import { printable } from '../assembly/source/printable';
import { readText } from '../assembly/source/text-file';
import { metricsWatched, replay, stretchOf } from '../assessment/replay';
import { sampleSourceOf } from '../calculus/alarms/sample-source';
import { ConfigurationError } from '../errors';
import { firstOf, replayJson, replayText } from '../evidence/replay';
import { parseMetricExports } from '../records/metric-export';
import { write } from './output';
import type { World } from './terminal';

const METRICS = 'save the metrics again, in UTF-8 (PowerShell: | Out-File -Encoding utf8)';

const RENDERERS = { text: replayText, json: replayJson } as const;

/** The options of `nines replay`, as commander reads them. */
export interface ReplayFlags {
  readonly metrics: readonly string[];
  readonly together: boolean;
  readonly by?: number;
  readonly delay: number;
  readonly format: keyof typeof RENDERERS;
  readonly out?: string;
}

/** Runs `nines replay` and gives its exit code: 1 where nobody is told in time. */
export function runReplay(path: string, flags: ReplayFlags, world: World): number {
  const files = flags.metrics.map((file) => ({ file, text: readText(file, METRICS).text }));
  const kept = parseMetricExports(files).map((each) => ({
    ...each,
    samples: each.samples.map((samples) => ({ ...samples, delay: flags.delay })),
  }));
  const during = stretchOf(kept);
  if (during === undefined)
    throw new ConfigurationError({
      path: flags.metrics.join(', '),
      problem: 'there is no data point in it',
      fix: 'save the metrics of the incident, with an hour before it',
    });
  const { apps, skipped } = load([path], { together: flags.together });
  for (const { file, reason } of skipped)
    world.err(`nines: skipped ${printable(file)}: ${printable(reason)}\n`);
  const graphs = apps.map((app) => new Graph(app));
  const source = sampleSourceOf(kept, graphs.flatMap(metricsWatched));
  const alarms = graphs.flatMap((graph) => replay(graph, source, during, 'UNKNOWN'));
  const result = { alarms, ...during, ...(flags.by !== undefined && { by: flags.by }) };
  write(RENDERERS[flags.format](result), flags.out, world);
  const first = firstOf(result);
  return flags.by === undefined || (first !== undefined && first <= flags.by) ? 0 : 1;
}
