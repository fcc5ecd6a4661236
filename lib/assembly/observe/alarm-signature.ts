import type { MetricAlarm } from '../../calculus/alarms/metric-alarm';
import type { Resource } from '../resource';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../value';
import { metricAlarmOf } from './alarm-model';
import { keyOf } from './value-key';

/** What an alarm watches, and how it judges that. */
export interface AlarmSignature {
  readonly alarm: Resource;
  readonly model: MetricAlarm;

  /** The same for two alarms only if they watch the same: metrics, dimensions, statistics, periods and expressions. */
  readonly watched: string;
}

/** What an alarm watches; unknown where it cannot be worked out before deploy. */
export function signatureOf(alarm: Resource): AlarmSignature | Unknown {
  const model = metricAlarmOf(alarm);
  if (model instanceof Unknown) return model;
  const queries = alarm.list('Metrics');
  if (queries instanceof Unknown) return queries;
  const [only, ...others] = queries;
  const alone = others.length === 0 && isMap(only) && isMap(only.MetricStat) ? only : undefined;
  const watched =
    only === undefined ? metricOf(alarm) : alone ? metricIn(alone) : queries.map(queryKey).join('|');
  return { alarm, model, watched };
}

/** The one metric of an alarm without queries. */
function metricOf(alarm: Resource): string {
  const stat = alarm.get('ExtendedStatistic') ?? alarm.get('Statistic');
  const [namespace, name, period, unit] = ['Namespace', 'MetricName', 'Period', 'Unit'].map((path) =>
    alarm.get(path),
  );
  return metricKey([namespace, name, stat, period, unit, undefined], alarm.get('Dimensions'));
}

/** The one metric of an alarm with a single query, whose id means nothing then. */
function metricIn({ MetricStat: stat, AccountId: account }: ValueMap): string {
  const { Metric: metric, Stat, Period, Unit }: Partial<ValueMap> = isMap(stat) ? stat : {};
  const { Namespace, MetricName, Dimensions }: Partial<ValueMap> = isMap(metric) ? metric : {};
  return metricKey([Namespace, MetricName, Stat, Period, Unit, account], Dimensions);
}

function metricKey(values: readonly (Value | undefined)[], dimensions: Value | undefined): string {
  return [...values.map(keyOf), sorted(dimensions)].join('|');
}

/** Labels are for people, and the order of dimensions means nothing. */
function queryKey(query: Value): string {
  if (!isMap(query)) return keyOf(query);
  const { Label: _label, MetricStat: stat, ...others } = query;
  const metric = isMap(stat) && isMap(stat.Metric) ? stat.Metric : {};
  const { Dimensions: dimensions, ...name } = metric;
  const rest = isMap(stat) ? { ...stat, Metric: name } : {};
  return `${keyOf(others)}${keyOf(rest)}${sorted(dimensions)}`;
}

function sorted(dimensions: Value | undefined): string {
  return isList(dimensions) ? dimensions.map(keyOf).sort().join(';') : keyOf(dimensions);
}
