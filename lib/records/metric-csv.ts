import type { MetricName } from '../calculus/alarms/metric-samples';
import { ConfigurationError } from '../errors';
import { CSV_HEAD, numberIn, type Series, SHAPES, type ToldMetrics, timeIn } from './metric-series';

/**
 * Reads metrics in CSV. A line without a value tells that there is none at its time.
 *
 * @throws ConfigurationError with the line, where something is not understood
 */
export function parseMetricCsv(text: string, file: string): ToldMetrics {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = cells(head).map((cell) => cell.trim().toLowerCase());
  const missing = CSV_HEAD.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new ConfigurationError({
      path: `${file}:1`,
      problem: `the column ${missing[0]} is missing`,
      fix: SHAPES,
    });
  const empty: { readonly at: number; readonly period: number }[] = [];
  const series = lines.flatMap((line, index): readonly Series[] => {
    if (line.trim() === '') return [];
    const values = cells(line);
    const cell = (column: string) => values[columns.indexOf(column)]?.trim() ?? '';
    const wrong = (column: string, kind: string) => () =>
      new ConfigurationError({
        path: `${file}:${index + 2}`,
        problem: `${column} is ${JSON.stringify(cell(column))}, which is no ${kind}`,
        fix: SHAPES,
      });
    const at = timeIn(cell('timestamp'), wrong('timestamp', 'time'));
    const period = numberIn(cell('period'), wrong('period', 'number'));
    const value = cell('value') === '' ? undefined : numberIn(cell('value'), wrong('value', 'number'));
    if (value === undefined) empty.push({ at, period });
    return [
      {
        metric: {
          namespace: cell('namespace'),
          name: cell('metric'),
          dimensions: dimensionsIn(cell('dimensions')),
        },
        statistic: cell('statistic'),
        period,
        ...(cell('region') !== '' && { region: cell('region') }),
        points: value === undefined ? [] : [[at, value]],
      },
    ];
  });
  return { series, empty };
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
