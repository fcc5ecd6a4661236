import type { MetricAlarm } from '../../calculus/alarms/metric-alarm';
import type { Resource } from '../resource';
import { isList, isMap, Unknown, type Value } from '../value';
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
  const single = ['Namespace', 'MetricName', 'Statistic', 'ExtendedStatistic', 'Period', 'Unit'].map((path) =>
    keyOf(alarm.get(path)),
  );
  const watched = [...single, sorted(alarm.get('Dimensions')), ...queries.map(queryKey)].join('|');
  return { alarm, model, watched };
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
