import type { MissingData } from '../../calculus/alarms/alarm-state';
import type { AlarmQuery, Comparison, MetricAlarm } from '../../calculus/alarms/metric-alarm';
import { parseMetricMath } from '../../calculus/alarms/metric-math-syntax';
import { type MetricName, NotKnown, type OpenName } from '../../calculus/alarms/metric-samples';
import type { Resource } from '../resource';
import { describe, isList, isMap, Unknown, type Value, type ValueMap, wordOf } from '../value';
import { dimensionValueOf } from './dimension-value';

const COMPARISONS: readonly string[] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const TREATMENTS: readonly string[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** The id of the only query of an alarm that watches one metric. */
const ONLY = 'metric';

/**
 * An alarm on metrics as it is worked out offline.
 *
 * A dimension that deploy fills in is written as what it refers to, in braces: `{Queue.QueueName}`.
 *
 * @returns why not, where a value is known only at deploy or the alarm is of a kind that cannot be worked out
 */
export function metricAlarmOf(alarm: Resource): MetricAlarm | Unknown {
  try {
    return readAlarm(alarm);
  } catch (error) {
    if (error instanceof Unreadable) return new Unknown(error.message);
    throw error;
  }
}

/**
 * The queries of a list that another resource has in the form of an alarm's.
 *
 * @returns why not, where a value is known only at deploy
 */
export function alarmQueriesAt(resource: Resource, path: string): readonly AlarmQuery[] | Unknown {
  const list = resource.list(path);
  if (list instanceof Unknown) return list;
  try {
    return list.map((entry, index) => queryOf(entry, `${path}.${index}`, resource).query);
  } catch (error) {
    if (error instanceof Unreadable) return new Unknown(error.message);
    throw error;
  }
}

class Unreadable extends Error {}

const OF_BANDS = /^(LessThanLowerOr)?GreaterThanUpperThreshold$|^LessThanLowerThreshold$/;

function readAlarm(alarm: Resource): MetricAlarm {
  if (alarm.get('ThresholdMetricId') !== undefined || OF_BANDS.test(wordOf(alarm.get('ComparisonOperator'))))
    throw new Unreadable('it compares with an anomaly band, which CloudWatch learns from weeks of data');
  if (alarm.get('EvaluationWindow.WallClockWindow') !== undefined)
    throw new Unreadable('it looks at periods of the clock (WallClockWindow), which are not worked out');
  const queries = queriesOf(alarm);
  const periods = count(alarm, 'EvaluationPeriods');
  const needed = alarm.get('DatapointsToAlarm') === undefined ? periods : count(alarm, 'DatapointsToAlarm');
  return {
    name: alarm.id,
    queries: queries.map(({ query }) => query),
    returns: returned(queries),
    comparison: oneOf<Comparison>(alarm, 'ComparisonOperator', COMPARISONS),
    threshold: known(alarm.number('Threshold'), 'Threshold'),
    evaluationPeriods: periods,
    datapointsToAlarm: needed,
    missingData: missingDataOf(alarm, queries),
  };
}

interface ReadQuery {
  readonly query: AlarmQuery;
  readonly returnData: boolean;
}

function queriesOf(alarm: Resource): readonly ReadQuery[] {
  const list = alarm.list('Metrics');
  if (list instanceof Unknown) throw new Unreadable(`Metrics: ${list.reason}`);
  if (list.length > 0) return list.map((entry, index) => queryOf(entry, `Metrics.${index}`, alarm));
  const metric: ValueMap = {
    Namespace: alarm.get('Namespace') ?? null,
    MetricName: alarm.get('MetricName') ?? null,
    Dimensions: alarm.get('Dimensions') ?? [],
  };
  const statistic = alarm.get('ExtendedStatistic') ?? alarm.get('Statistic');
  return [
    {
      query: {
        id: ONLY,
        metric: metricOf(metric, '', alarm),
        statistic: text(statistic, 'Statistic'),
        period: known(alarm.number('Period'), 'Period'),
      },
      returnData: true,
    },
  ];
}

function queryOf(entry: Value, path: string, at: Resource): ReadQuery {
  if (!isMap(entry)) throw new Unreadable(`${path} is ${describe(entry)}`);
  const id = text(entry.Id, `${path}.Id`);
  const returnData = entry.ReturnData === undefined || wordOf(entry.ReturnData) !== 'false';
  const { MetricStat: stat, Expression: expression } = entry;
  if (expression !== undefined) {
    const words = text(expression, `${path}.Expression`);
    const parsed = parseMetricMath(words);
    if (parsed instanceof NotKnown) throw new Unreadable(`${path}.Expression: ${parsed.reason}`);
    return { query: { id, expression: words }, returnData };
  }
  if (!isMap(stat) || !isMap(stat.Metric)) throw new Unreadable(`${path} is neither metric nor expression`);
  const period = Number(text(stat.Period, `${path}.MetricStat.Period`));
  if (!(period > 0)) throw new Unreadable(`${path}.MetricStat.Period is ${describe(stat.Period)}`);
  const metric = metricOf(stat.Metric, `${path}.MetricStat.Metric.`, at);
  return { query: { id, metric, statistic: text(stat.Stat, `${path}.MetricStat.Stat`), period }, returnData };
}

function metricOf(metric: ValueMap, path: string, at: Resource): MetricName {
  const list = metric.Dimensions ?? [];
  if (!isList(list)) throw new Unreadable(`${path}Dimensions is ${describe(list)}`);
  const dimensions = list.map((entry): readonly [string, string | OpenName] => {
    if (!isMap(entry)) throw new Unreadable(`${path}Dimensions: ${describe(entry)}`);
    return [text(entry.Name, `${path}Dimensions.Name`), dimensionValueOf(entry.Value, at)];
  });
  const open = dimensions.filter((entry): entry is [string, OpenName] => typeof entry[1] !== 'string');
  return {
    namespace: text(metric.Namespace, `${path}Namespace`),
    name: text(metric.MetricName, `${path}MetricName`),
    dimensions: Object.fromEntries(
      dimensions.map(([key, value]) => [key, typeof value === 'string' ? value : `{${value.words}}`]),
    ),
    ...(open.length > 0 && { open: Object.fromEntries(open) }),
  };
}

function returned(queries: readonly ReadQuery[]): string {
  const [only, ...others] = queries.filter(({ returnData }) => returnData);
  if (only === undefined || others.length > 0)
    throw new Unreadable(
      `${only === undefined ? 'no query' : 'more than one query'} is compared with the threshold`,
    );
  return only.query.id;
}

/** Alarms on DynamoDB's metrics ignore missing data where nothing else is set. */
function missingDataOf(alarm: Resource, queries: readonly ReadQuery[]): MissingData {
  if (alarm.get('TreatMissingData') !== undefined) return oneOf(alarm, 'TreatMissingData', TREATMENTS);
  const ofTables = queries.some(
    ({ query }) => 'metric' in query && query.metric.namespace === 'AWS/DynamoDB',
  );
  return ofTables ? 'ignore' : 'missing';
}

function oneOf<Word extends string>(alarm: Resource, path: string, words: readonly string[]): Word {
  const value = text(alarm.get(path), path);
  if (!words.includes(value)) throw new Unreadable(`${path} is ${value}, which is not worked out`);
  return value as Word;
}

function count(alarm: Resource, path: string): number {
  const value = known(alarm.number(path), path);
  if (!Number.isInteger(value) || value < 1 || value > 100_000) throw new Unreadable(`${path} is ${value}`);
  return value;
}

function known(value: number | Unknown | undefined, path: string): number {
  if (value instanceof Unknown) throw new Unreadable(value.reason);
  if (value === undefined) throw new Unreadable(`${path} is not set`);
  return value;
}

function text(value: Value | undefined, path: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value instanceof Unknown) throw new Unreadable(`${path}: ${value.reason}`);
  throw new Unreadable(`${path} is ${describe(value)}`);
}
