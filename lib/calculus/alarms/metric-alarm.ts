import type { MissingData } from './alarm-state';
import type { SeenDatapoint } from './datapoints';
import { evaluateMath, type MathScope, type MathSeries, type MathValue } from './metric-math';
import { parseMetricMath } from './metric-math-syntax';
import {
  type MetricName,
  type MetricSamples,
  type MetricValue,
  NotKnown,
  samplesFor,
  statisticOver,
} from './metric-samples';

/** How an alarm compares a value with its threshold, in the words of CloudWatch. */
export type Comparison =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

/** One line of an alarm on metrics: a metric, or an expression over the other lines. */
export type AlarmQuery =
  | {
      readonly id: string;
      readonly metric: MetricName;
      readonly statistic: string;
      /** Seconds. */
      readonly period: number;
    }
  | { readonly id: string; readonly expression: string };

/** An alarm on one metric, or on metric math. */
export interface MetricAlarm {
  readonly name: string;

  /** Where it is. @default - not known */
  readonly region?: string;
  readonly queries: readonly AlarmQuery[];

  /** The id of the query that is compared with the threshold. */
  readonly returns: string;
  readonly comparison: Comparison;

  /** In the unit of the metric or of what the expression comes to. */
  readonly threshold: number;

  /** How many periods are looked at. */
  readonly evaluationPeriods: number;

  /** How many data points in them must be beyond the threshold. */
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/**
 * Where the samples of a metric come from; nothing for a metric that has none.
 *
 * @param region where the alarm is, which sees the metrics of its region only; undefined where that is not known
 */
export type SampleSource = (metric: MetricName, region?: string) => readonly MetricSamples[] | NotKnown;

/** The seconds of one data point of an alarm: those of its metrics, of which CloudWatch takes the longest. */
export function periodOf({ queries }: MetricAlarm): number {
  const periods = queries.flatMap((query) => ('metric' in query ? [query.period] : []));
  return Math.max(...periods, 10);
}

/**
 * The seconds that an alarm may look back.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * @internal
 */
export function longestWindow(alarm: MetricAlarm): number {
  return periodOf(alarm) >= 3_600 ? 7 * 86_400 : 86_400;
}

/**
 * The seconds between two evaluations of an alarm: 10 s for periods below a minute, an hour where it looks back more
 * than a day, else a minute.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluationInterval(alarm: MetricAlarm): number {
  const period = periodOf(alarm);
  if (period < 60) return 10;
  return period * alarm.evaluationPeriods > 86_400 ? 3_600 : 60;
}

/**
 * The data points of an alarm as they could be read at a moment, the oldest first.
 *
 * The periods slide: the last one ends at that moment, or where the last data point before it ends that is not finer
 * than the period.
 *
 * @param count how many of them
 */
export function datapointsAt(
  alarm: MetricAlarm,
  source: SampleSource,
  at: number,
  count: number,
): readonly SeenDatapoint[] | NotKnown {
  const values = valuesAt(alarm, source, at, count);
  if (values instanceof NotKnown) return values;
  return values.map((value) =>
    typeof value === 'number' ? (breaches(alarm, value) ? 'breaching' : 'within') : value,
  );
}

/** The values behind the data points of an alarm, the oldest first. */
export function valuesAt(
  alarm: MetricAlarm,
  source: SampleSource,
  at: number,
  count: number,
): MathSeries | NotKnown {
  const period = periodOf(alarm);
  const kept = alarm.queries.map((query) => ('metric' in query ? source(query.metric, alarm.region) : []));
  const end = endOfPoints(alarm, kept, at);
  const stretches = Array.from({ length: count }, (_, index) => {
    const until = end - (count - 1 - index) * period;
    return { from: until - period, until };
  });
  const read = (query: MetricQuery): MathSeries | NotKnown => {
    const samples = kept[alarm.queries.indexOf(query)] ?? [];
    if (samples instanceof NotKnown) return samples;
    return stretches.map((stretch): MetricValue => statisticOver(samples, query.statistic, stretch, at));
  };
  const starts = stretches.map(({ from }) => from);
  const result = new Queries(alarm.queries, read, { length: count, period, starts }).value(alarm.returns);
  if (typeof result === 'number') return stretches.map(() => result);
  if (result instanceof NotKnown) return result;
  const single =
    Array.isArray(result) && Array.isArray(result[0]) && result.length === 1 ? result[0] : result;
  return typeof single === 'string' || Array.isArray(single[0])
    ? new NotKnown(`${alarm.name} watches several series`)
    : (single as MathSeries);
}

/** Where the last period ends: data points that are as long as the period do not slide by the minute. */
function endOfPoints(
  alarm: MetricAlarm,
  kept: readonly (readonly MetricSamples[] | NotKnown)[],
  at: number,
): number {
  const period = periodOf(alarm);
  const used = alarm.queries.flatMap((query, index) => {
    const samples = kept[index];
    if (!('metric' in query) || samples === undefined || samples instanceof NotKnown) return [];
    return samplesFor(samples, query.statistic, period) ?? samplesFor(samples, 'Sum', period) ?? [];
  });
  const coarsest = used
    .filter((each) => period % each.period === 0)
    .reduce<MetricSamples | undefined>(
      (most, each) => (most && most.period >= each.period ? most : each),
      undefined,
    );
  if (coarsest === undefined) return at;
  const past = (at - (coarsest.points[0]?.[0] ?? 0)) % coarsest.period;
  return at - (past < 0 ? past + coarsest.period : past);
}

type MetricQuery = Extract<AlarmQuery, { metric: MetricName }>;

/** Works out the queries of an alarm, each once. */
class Queries {
  readonly #values = new Map<string, MathValue>();

  constructor(
    private readonly queries: readonly AlarmQuery[],
    private readonly read: (query: MetricQuery) => MathSeries | NotKnown,
    private readonly frame: Pick<MathScope, 'length' | 'period' | 'starts'>,
  ) {}

  value(id: string): MathValue {
    const known = this.#values.get(id);
    if (known !== undefined) return known;
    // An expression that names itself would never end.
    this.#values.set(id, new NotKnown(`${id} is defined by itself`));
    const query = this.queries.find((each) => each.id === id);
    const value =
      query === undefined
        ? new NotKnown(`no query is named ${id}`)
        : 'metric' in query
          ? this.read(query)
          : this.#expression(query.expression);
    this.#values.set(id, value);
    return value;
  }

  #expression(text: string): MathValue {
    const expression = parseMetricMath(text);
    if (expression instanceof NotKnown) return expression;
    return evaluateMath(expression, {
      ...this.frame,
      named: (id) => this.value(id),
      metrics: () => this.#metrics(),
    });
  }

  #metrics(): readonly MathSeries[] | NotKnown {
    const all: MathSeries[] = [];
    for (const query of this.queries) {
      const series = 'metric' in query ? this.read(query) : undefined;
      if (series instanceof NotKnown) return series;
      if (series) all.push(series);
    }
    return all;
  }
}

function breaches({ comparison, threshold }: MetricAlarm, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}
