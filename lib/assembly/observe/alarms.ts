import type { Truth } from '../conditions';
import { identifiersOf } from '../identifiers';
import { fail, type Judgement, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { inSamePlace } from '../same-place';
import { everyTruth } from '../truth';
import { describe, isList, isMap, isScalar, Unknown, type Value } from '../value';
import { misreadDimension } from './misread-dimension';

const ALARM = 'AWS::CloudWatch::Alarm';

/** A metric that an alarm watches, alone or in metric math. */
export interface WatchedMetric {
  readonly alarm: Resource;

  /** The name of the metric; unknown where deploy gives it. */
  readonly name: string | Unknown;
}

/** The metrics of a resource that alarms watch. */
export interface Alarms {
  /** Those whose dimensions name the resource. */
  readonly metrics: readonly WatchedMetric[];

  /** Those whose dimensions may name it once they are deployed. */
  readonly maybe: readonly WatchedMetric[];

  /** Why there may be others. @default - there are no others in the app */
  readonly unknown?: Unknown;
}

/** The alarms whose dimensions mention a resource, metric math included, over the whole app. */
export function alarmsOn(resource: Resource): Alarms {
  const { byResource, byName, open, unseen } = alarmIndex(resource.stack.graph);
  const named = identifiersOf(resource).flatMap((name) => byName.get(name.toLowerCase()) ?? []);
  // A name means the resource of the region and account that the alarm stands in.
  const near = (place: boolean) =>
    named.filter(({ alarm }) => {
      const truth = inSamePlace(alarm, resource);
      return place ? truth === true : truth instanceof Unknown;
    });
  return {
    metrics: [...(byResource.get(resource) ?? []), ...near(true)],
    maybe: [...near(false), ...open],
    ...(unseen && { unknown: unseen }),
  };
}

/** A resource whose metric an alarm watches. */
export interface WatchedResource {
  readonly resource: Resource;

  /** The name of the metric. */
  readonly name: string;
}

/** The resources of the app whose metrics an alarm watches, with the metrics. */
export function watchedBy(alarm: Resource): readonly WatchedResource[] {
  return alarmIndex(alarm.stack.graph).byAlarm.get(alarm) ?? [];
}

/** The names of the metrics that an alarm watches, whatever they are of. */
export function metricNamesOf(alarm: Resource): readonly (string | Unknown)[] {
  const own = alarm.get('MetricName');
  const queries = alarm.list('Metrics');
  if (queries instanceof Unknown) return [queries];
  const names = queries.map((query) => {
    const stat = isMap(query) ? query.MetricStat : query;
    const metric = isMap(stat) ? stat.Metric : stat;
    return isMap(metric) ? metric.MetricName : metric;
  });
  return [own, ...names].filter((name) => name !== undefined).map(metricName);
}

/** Whether an alarm will do for a question, and what it is asked for, in words. */
export interface AlarmQuestion {
  /** Any of these metrics will do. */
  readonly metrics: readonly string[];

  /** Whether an alarm on one of them will do. */
  readonly accepts: (alarm: Resource, metric: string) => Truth;

  /** What is needed, such as `an alarm with an action on Errors`. */
  readonly needed: string;
}

/** Judges whether an alarm on one of some metrics of a resource will do. */
export function alarmAnswers(resource: Resource, { metrics, accepts, needed }: AlarmQuestion): Judgement {
  const { metrics: own, maybe, unknown: others } = alarmsOn(resource);
  const matters = ({ name }: WatchedMetric) => name instanceof Unknown || metrics.includes(name);
  const candidates = own
    .filter(matters)
    .map((watched) => ({ watched, does: answers(watched, resource, accepts) }));
  const sure = candidates.find(({ does }) => does === true);
  if (sure) return pass({ found: `${sure.watched.alarm.logicalId} watches ${describe(sure.watched.name)}` });
  const open = candidates.find(({ does }) => does instanceof Unknown);
  if (open?.does instanceof Unknown) return unknown(undefined, open.does);
  const another = maybe.find(matters);
  if (another) return unknown(undefined, doubtOf(another));
  if (others) return unknown(undefined, others);
  const [weak] = candidates;
  const found = weak === undefined ? 'no alarm' : `${weak.watched.alarm.logicalId}, which will not do`;
  return fail({ found, needed });
}

function answers(watched: WatchedMetric, resource: Resource, accepts: AlarmQuestion['accepts']): Truth {
  const { alarm, name } = watched;
  if (name instanceof Unknown) return doubtOf(watched);
  return everyTruth([existsWith(alarm, resource), accepts(alarm, name)]);
}

/** Judges whether an alarm watches one metric of a resource. */
export function alarmWatches(resource: Resource, metric: string): Judgement {
  const { metrics, maybe, unknown: others } = alarmsOn(resource);
  const sure = metrics.find(({ name, alarm }) => name === metric && existsWith(alarm, resource) === true);
  if (sure) return pass({ found: `${sure.alarm.logicalId} watches ${metric}` });
  const matters = ({ name }: WatchedMetric) => name === metric || name instanceof Unknown;
  const open = metrics.find(matters) ?? maybe.find(matters);
  if (open) return unknown(undefined, doubtOf(open));
  if (others) return unknown(undefined, others);
  return fail({ found: `no alarm on ${metric}`, needed: `an alarm on ${metric}` });
}

function doubtOf({ alarm, name }: WatchedMetric): Unknown {
  if (alarm.presence instanceof Unknown) return alarm.presence;
  const why = name instanceof Unknown ? name.reason : 'its dimensions are known only at deploy';
  return new Unknown(`what ${alarm.logicalId} watches: ${why}`);
}

interface AlarmIndex {
  readonly byResource: ReadonlyMap<Resource, readonly WatchedMetric[]>;

  readonly byAlarm: ReadonlyMap<Resource, readonly WatchedResource[]>;

  /** By the text of a dimension, in lower case. */
  readonly byName: ReadonlyMap<string, readonly WatchedMetric[]>;

  /** Those of which deploy decides what they watch. */
  readonly open: readonly WatchedMetric[];

  /** Why there may be alarms that the templates do not show. */
  readonly unseen: Unknown | undefined;
}

const alarmIndex = oncePerGraph((graph): AlarmIndex => {
  const byResource = new Map<Resource, WatchedMetric[]>();
  const byAlarm = new Map<Resource, WatchedResource[]>();
  const byName = new Map<string, WatchedMetric[]>();
  const open: WatchedMetric[] = [];
  for (const { watched, dimension } of graph.ofType(ALARM).flatMap(dimensionsOf)) {
    const { alarm, name } = watched;
    const target = graph.resolve(dimension, alarm);
    if (isScalar(dimension)) append(byName, String(dimension).toLowerCase(), watched);
    else if (target instanceof Resource) append(byResource, target, watched);
    else open.push(watched);
    const meant = target instanceof Resource && (!isScalar(dimension) || inSamePlace(target, alarm) === true);
    if (meant && typeof name === 'string') append(byAlarm, alarm, { resource: target, name });
  }
  const [macro] = graph.unreadable;
  return { byResource, byAlarm, byName, open, unseen: macro === undefined ? undefined : new Unknown(macro) };
});

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** One dimension of a metric that an alarm watches: what it names. */
interface Dimension {
  readonly watched: WatchedMetric;
  readonly dimension: Value;
}

function dimensionsOf(alarm: Resource): readonly Dimension[] {
  const queries = alarm.list('Metrics');
  if (queries instanceof Unknown) return [{ watched: { alarm, name: queries }, dimension: queries }];
  const own = dimensionsIn(alarm, alarm.get('MetricName'), alarm.get('Dimensions'));
  return [...own, ...queries.flatMap((query) => dimensionsOfQuery(alarm, query))];
}

function dimensionsOfQuery(alarm: Resource, query: Value): readonly Dimension[] {
  const { MetricStat: stat, Expression: expression } = isMap(query) ? query : { MetricStat: query };
  if (expression !== undefined) return dimensionsOfInsights(alarm, expression);
  const metric = isMap(stat) ? stat.Metric : stat;
  return isMap(metric)
    ? dimensionsIn(alarm, metric.MetricName, metric.Dimensions)
    : dimensionsIn(alarm, metric, metric);
}

/** A Metrics Insights query may take in any resource: what it selects is not read further. */
function dimensionsOfInsights(alarm: Resource, expression: Value): readonly Dimension[] {
  const metric = /^\s*SELECT\s+\w+\(\s*"?([^")]+?)"?\s*\)/i.exec(describe(expression))?.[1];
  if (metric === undefined) return [];
  return [{ watched: { alarm, name: metric }, dimension: new Unknown('a query selects what is watched') }];
}

function dimensionsIn(alarm: Resource, name: Value | undefined, dimensions: Value | undefined) {
  const watched: WatchedMetric = { alarm, name: metricName(name) };
  if (dimensions === undefined) return [];
  const list = isList(dimensions) ? dimensions : [dimensions];
  return list
    .filter((entry) => !misreadDimension(entry))
    .map(
      (entry): Dimension => ({ watched, dimension: isMap(entry) ? (entry.Value ?? null) : openValue(entry) }),
    );
}

function metricName(name: Value | undefined): string | Unknown {
  if (name instanceof Unknown) return name;
  return isScalar(name) ? String(name) : new Unknown(`the metric is ${describe(name)}, known only at deploy`);
}

function openValue(entry: Value): Unknown {
  return entry instanceof Unknown ? entry : new Unknown('a dimension is known only at deploy');
}
