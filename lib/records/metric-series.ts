import type { MetricName, Stretch } from '../calculus/alarms/metric-samples';
import type { ConfigurationError } from '../errors';
import { secondsOf } from './json-file';

/** The columns of CSV that are needed; `region` may be there, too. */
export const CSV_HEAD = ['timestamp', 'namespace', 'metric', 'dimensions', 'statistic', 'period', 'value'];

/** How the metrics of an incident are written. */
export const SHAPES =
  'write {"MetricDataQueries": [...], "MetricDataResults": [...]} as of get-metric-data, or CSV with the columns ' +
  CSV_HEAD.join(',');

/** Values of a metric as a file tells them; none where it tells that there are none. */
export interface Series {
  readonly metric: MetricName;
  readonly statistic: string;

  /** Seconds. */
  readonly period: number;

  /** @default - the file, or its line, does not tell it */
  readonly region?: string;
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** What one file tells. */
export interface ToldMetrics {
  readonly series: readonly Series[];

  /** What was asked for. @default - from the first point to the last one of any metric, as far as that is sure */
  readonly asked?: Stretch;

  /** Times of which the file tells that there is no value. @default - none */
  readonly empty?: readonly { readonly at: number; readonly period: number }[];
}

/** @throws what `wrong` makes, where a value is no number */
export function numberIn(value: unknown, wrong: () => ConfigurationError): number {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value !== ''
        ? Number(value)
        : Number.NaN;
  if (!Number.isFinite(number)) throw wrong();
  return number;
}

/** @throws what `wrong` makes, where a value is no time with its zone */
export function timeIn(value: unknown, wrong: () => ConfigurationError): number {
  const seconds = secondsOf(value);
  if (seconds === undefined) throw wrong();
  return seconds;
}
