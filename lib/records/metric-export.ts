import { apart, type Stretch } from '../calculus/alarms/metric-samples';
import type { KeptMetric } from '../calculus/alarms/sample-source';
import { ConfigurationError } from '../errors';
import { parseMetricCsv } from './metric-csv';
import { parseMetricData } from './metric-data';
import type { Series, ToldMetrics } from './metric-series';
import { regionInName } from './region-in-name';

/** One metric at one statistic and period, in one region, as all files tell it. */
interface Joined extends Omit<Series, 'points'> {
  readonly points: Map<number, number>;
  readonly covers: Stretch[];
}

/**
 * Reads metrics that were saved: the queries and results of `aws cloudwatch get-metric-data` in one JSON object, or CSV, any
 * number of files. What two files, or one file twice, tell of a metric is joined; a value that is told twice counts once.
 *
 * A file covers the time from its `StartTime` to its `EndTime`, else from its first point to its last one, for all of its
 * metrics; what it does not cover is not known. Its region is in the file (`Region`, or a column), else in its name.
 *
 * @throws ConfigurationError with the file, and the line of CSV, where something is not understood, and where two values of a
 * metric are told for one time
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function parseMetricExports(
  files: readonly { readonly file: string; readonly text: string }[],
): readonly KeptMetric[] {
  const joined = new Map<string, Joined>();
  for (const { file, text } of files) {
    const told = /^\s*\{/.test(text) ? parseMetricData(text, file) : parseMetricCsv(text, file);
    const named = regionInName(file);
    const all = spanOf(told);
    for (const series of told.series) {
      const region = series.region ?? named;
      const key = keyOf({ ...series, ...(region !== undefined && { region }) });
      const entry: Joined = joined.get(key) ?? {
        ...series,
        ...(region !== undefined && { region }),
        points: new Map(),
        covers: [],
      };
      joined.set(key, entry);
      addPoints(entry, series, file);
      if (all) entry.covers.push(coveredBy(all, series));
    }
  }
  return [...joined.values()].map(({ metric, region, statistic, period, points, covers }) => ({
    metric,
    ...(region !== undefined && { region }),
    samples: [
      {
        statistic,
        period,
        points: [...points].sort(([one], [other]) => one - other),
        covers: apart(covers),
      },
    ],
  }));
}

function keyOf({ metric, region, statistic, period }: Series): string {
  const { namespace, name, dimensions } = metric;
  return JSON.stringify([region, namespace, name, Object.entries(dimensions).sort(), statistic, period]);
}

function addPoints({ points }: Joined, { metric, statistic, points: told }: Series, file: string): void {
  for (const [at, value] of told) {
    const known = points.get(at);
    if (known !== undefined && known !== value)
      throw new ConfigurationError({
        path: file,
        problem: `${metric.namespace} ${metric.name} (${statistic}) is ${value} at ${new Date(at * 1_000).toISOString()}, and ${known} by what was read before`,
        fix: 'save the metrics again, or say in the file or its name of which region they are',
      });
    points.set(at, value);
  }
}

/**
 * From when until when a file tells of its metrics. A point of five minutes does not show that minutes were asked for up to
 * its end.
 */
function spanOf({ series, asked, empty = [] }: ToldMetrics): Stretch | undefined {
  if (asked) return asked;
  const moments = [
    ...empty,
    ...series.flatMap(({ points, period }) => points.map(([at]) => ({ at, period }))),
  ];
  const finest = moments.reduce((least, { period }) => Math.min(least, period), Number.POSITIVE_INFINITY);
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { at, period } of moments) {
    from = Math.min(from, at + period - finest);
    until = Math.max(until, at + finest);
  }
  return from < until ? { from, until } : undefined;
}

/** Periods that are not whole at an end are not known there. */
function coveredBy({ from, until }: Stretch, { period, points }: Series): Stretch {
  const past = (points[0]?.[0] ?? 0) % period;
  const first = Math.ceil((from - past) / period) * period + past;
  const end = Math.floor((until - past) / period) * period + past;
  return { from: first, until: Math.max(first, end) };
}
