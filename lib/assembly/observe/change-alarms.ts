import type { Truth } from '../conditions';
import { matchesGlob } from '../glob';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { someTruth } from '../truth';
import { describe, isMap, isScalar, Unknown, type Value } from '../value';

const FILTER = 'AWS::Logs::MetricFilter';
const ALARM = 'AWS::CloudWatch::Alarm';

/** Whether metric filters on a log group with an alarm on what they count tell of each of some API calls. */
export function tellsOfCalls(
  group: Resource,
  calls: readonly string[],
): readonly (readonly [string, Truth])[] {
  const filters = filtersOn(group.stack.graph).get(group) ?? [];
  return calls.map((call) => [call, someTruth(filters.map((filter) => tellsOf(filter, call)))] as const);
}

const filtersOn = oncePerGraph((graph) => {
  const byGroup = new Map<Resource, Resource[]>();
  for (const filter of graph.ofType(FILTER)) {
    const group = filter.target('LogGroupName');
    if (!(group instanceof Resource)) continue;
    const known = byGroup.get(group);
    if (known) known.push(filter);
    else byGroup.set(group, [filter]);
  }
  return byGroup;
});

function tellsOf(filter: Resource, call: string): Truth {
  const pattern = filter.text('FilterPattern') ?? '';
  const counts = pattern instanceof Unknown ? pattern : countsCall(pattern, call);
  if (counts === false) return false;
  const alarmed = hasAlarm(filter);
  if (alarmed === false) return false;
  return [counts, alarmed, filter.presence].find((truth) => truth instanceof Unknown) ?? true;
}

/** An empty pattern counts everything; a name in it may hold stars. What follows `!=` is left out. */
function countsCall(pattern: string, call: string): boolean {
  if (pattern.trim() === '') return true;
  const names = [...pattern.matchAll(/eventName\s*=\s*"?([\w*]+)"?/g)].map(([, name = '']) => name);
  return names.some((name) => matchesGlob(name, call));
}

function hasAlarm(filter: Resource): Truth {
  const transformations = filter.list('MetricTransformations');
  if (transformations instanceof Unknown) return transformations;
  const alarms = alarmsByMetric(filter.stack.graph);
  return someTruth(
    transformations.map((entry) => {
      const key = isMap(entry) ? keyOf(entry.MetricNamespace, entry.MetricName) : undefined;
      if (key === undefined) return new Unknown(`what ${filter.logicalId} counts is known only at deploy`);
      return someTruth((alarms.get(key) ?? []).map(({ presence }) => presence));
    }),
  );
}

const alarmsByMetric = oncePerGraph((graph) => {
  const alarms = new Map<string, Resource[]>();
  for (const alarm of graph.ofType(ALARM)) {
    const key = keyOf(alarm.get('Namespace'), alarm.get('MetricName'));
    const known = key === undefined ? undefined : alarms.get(key);
    if (known) known.push(alarm);
    else if (key !== undefined) alarms.set(key, [alarm]);
  }
  return alarms;
});

function keyOf(namespace: Value | undefined, name: Value | undefined): string | undefined {
  if (!isScalar(namespace) || !isScalar(name)) return undefined;
  return JSON.stringify([describe(namespace), describe(name)]);
}
