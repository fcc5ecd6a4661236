import type { MetricName } from '../calculus/alarms/metric-samples';
import type { KeptMetric } from '../calculus/alarms/sample-source';
import { ConfigurationError } from '../errors';
import { isJsonRecord, type JsonRecord, parseJsonFile, secondsOf } from './json-file';

const CSV_HEAD = ['timestamp', 'namespace', 'metric', 'dimensions', 'statistic', 'period', 'value'];

const SHAPES =
  'write {"MetricDataQueries": [...], "MetricDataResults": [...]} as of get-metric-data, or CSV with the columns ' +
  CSV_HEAD.join(',');

/** One value of a metric as a file tells it. */
interface Sample {
  readonly metric: MetricName;
  readonly statistic: string;
  readonly period: number;
  readonly at: number;
  readonly value: number;
}

/**
 * Reads metrics that were saved: the queries and results of `aws cloudwatch get-metric-data` in one JSON object, or CSV.
 *
 * @throws ConfigurationError with the file, and the line of CSV, where something is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function parseMetricExport(text: string, file: string): readonly KeptMetric[] {
  const samples = /^\s*\{/.test(text) ? jsonSamples(text, file) : csvSamples(text, file);
  const kept = new Map<
    string,
    { metric: MetricName; statistic: string; period: number; points: [number, number][] }
  >();
  for (const { metric, statistic, period, at, value } of samples) {
    const key = JSON.stringify([
      metric.namespace,
      metric.name,
      Object.entries(metric.dimensions).sort(),
      statistic,
      period,
    ]);
    const entry = kept.get(key) ?? { metric, statistic, period, points: [] };
    entry.points.push([at, value]);
    kept.set(key, entry);
  }
  return [...kept.values()].map(({ metric, statistic, period, points }) => ({
    metric,
    samples: [{ statistic, period, points: points.sort(([one], [other]) => one - other) }],
  }));
}

function jsonSamples(text: string, file: string): readonly Sample[] {
  const parsed = parseJsonFile(text, file, SHAPES);
  const wrong = (problem: string) => new ConfigurationError({ path: file, problem, fix: SHAPES });
  const { MetricDataQueries: queries, MetricDataResults: results } = isJsonRecord(parsed) ? parsed : {};
  if (!Array.isArray(queries) || !Array.isArray(results))
    throw wrong('it holds no MetricDataQueries or no MetricDataResults');
  const byId = new Map(queries.filter(isJsonRecord).map((query) => [query.Id, query.MetricStat]));
  return results.flatMap((result, index) => {
    if (!isJsonRecord(result)) throw wrong(`MetricDataResults.${index} is no object`);
    const stat = byId.get(result.Id);
    // The result of an expression is worked out again.
    if (stat === undefined && byId.has(result.Id)) return [];
    const metric = isJsonRecord(stat) && isJsonRecord(stat.Metric) ? metricIn(stat.Metric) : undefined;
    if (!isJsonRecord(stat) || metric === undefined)
      throw wrong(
        `no query of a metric has the id ${JSON.stringify(result.Id)} of MetricDataResults.${index}`,
      );
    const period = numberIn(stat.Period, () =>
      wrong(`the Period of ${JSON.stringify(result.Id)} is no number`),
    );
    return resultPoints(result, `MetricDataResults.${index}`, wrong).map((point) => ({
      metric,
      statistic: String(stat.Stat),
      period,
      ...point,
    }));
  });
}

function resultPoints(
  { Timestamps: times, Values: values }: JsonRecord,
  path: string,
  wrong: (problem: string) => ConfigurationError,
): readonly Pick<Sample, 'at' | 'value'>[] {
  if (!Array.isArray(times) || !Array.isArray(values) || times.length !== values.length)
    throw wrong(`${path} has not as many Timestamps as Values`);
  return times.map((time, index) => ({
    at: timeIn(time, () => wrong(`${path}.Timestamps.${index} is no time`)),
    value: numberIn(values[index], () => wrong(`${path}.Values.${index} is no number`)),
  }));
}

function metricIn({
  Namespace: namespace,
  MetricName: name,
  Dimensions: list,
}: JsonRecord): MetricName | undefined {
  if (typeof namespace !== 'string' || typeof name !== 'string') return undefined;
  const dimensions = (Array.isArray(list) ? list : []).filter(isJsonRecord);
  return {
    namespace,
    name,
    dimensions: Object.fromEntries(dimensions.map((each) => [String(each.Name), String(each.Value)])),
  };
}

function csvSamples(text: string, file: string): readonly Sample[] {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = cells(head).map((cell) => cell.trim().toLowerCase());
  const missing = CSV_HEAD.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new ConfigurationError({
      path: `${file}:1`,
      problem: `the column ${missing[0]} is missing`,
      fix: SHAPES,
    });
  return lines.flatMap((line, index): readonly Sample[] => {
    if (line.trim() === '') return [];
    const values = cells(line);
    const cell = (column: string) => values[columns.indexOf(column)]?.trim() ?? '';
    const wrong = (column: string, kind: string) => () =>
      new ConfigurationError({
        path: `${file}:${index + 2}`,
        problem: `${column} is ${JSON.stringify(cell(column))}, which is no ${kind}`,
        fix: SHAPES,
      });
    return [
      {
        metric: {
          namespace: cell('namespace'),
          name: cell('metric'),
          dimensions: dimensionsIn(cell('dimensions')),
        },
        statistic: cell('statistic'),
        period: numberIn(cell('period'), wrong('period', 'number')),
        at: timeIn(cell('timestamp'), wrong('timestamp', 'time')),
        value: numberIn(cell('value'), wrong('value', 'number')),
      },
    ];
  });
}

/** The cells of a line of CSV; in quotes, a doubled quote stands for itself. */
function cells(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** `QueueName=orders;Stage=prod`. */
function dimensionsIn(text: string): MetricName['dimensions'] {
  const pairs = text.split(';').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]),
  );
}

function numberIn(value: unknown, wrong: () => ConfigurationError): number {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value !== ''
        ? Number(value)
        : Number.NaN;
  if (!Number.isFinite(number)) throw wrong();
  return number;
}

function timeIn(value: unknown, wrong: () => ConfigurationError): number {
  const seconds = secondsOf(value);
  if (seconds === undefined) throw wrong();
  return seconds;
}
