import { alarmQueriesAt, metricAlarmOf } from '../assembly/observe/alarm-model';
import type { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';
import { namedIn, type ServiceLevel } from '../audit/service-levels';
import type { AlarmQuery } from '../calculus/alarms/metric-alarm';
import { burnRate } from '../calculus/burn-rate';
import { Span } from '../calculus/time-span';
import {
  type CatalogueBurnRateAlarm,
  type CatalogueServiceLevel,
  ServiceLevelEngine,
} from '../objectives/catalogue';
import {
  OPEN_SLO_ANNOTATIONS as NOTES,
  OPEN_SLO,
  OPEN_SLO_AT_ONCE,
  openSloDuration,
} from '../objectives/open-slo';
import { beginning, openSloNames } from './openslo-names';
import { type OpenSloTarget, OpenSloTargets } from './openslo-targets';
import { type Yaml, yamlDocument } from './yaml';

/** A description has 1050 characters at most, a display name 63. */
const LONGEST_WORDS = 1_050;
const LONGEST_DISPLAY_NAME = 63;

/** Objectives in OpenSLO, and those that it cannot be written of. */
export interface OpenSloExport {
  readonly documents: readonly Yaml[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];

  /** What of the others has no place in the documents, to be given again when they are read. */
  readonly notCarried: readonly { readonly name: string; readonly what: string }[];
}

/**
 * Objectives as documents of OpenSLO v1: a service, what is counted, the objective, and its alerts.
 *
 * A condition of OpenSLO has one window, and a policy one condition: each pair is a policy on the long window, and a condition on
 * the short one that an annotation names.
 *
 * @see https://github.com/OpenSLO/OpenSLO
 */
export function openSloOf(levels: readonly ServiceLevel[]): OpenSloExport {
  const names = openSloNames(levels);
  const services = new Map(levels.map(({ service }) => [service.name, serviceDocument(service)]));
  const documents: Yaml[] = [...services.values()];
  const leftOut: { name: string; reason: string }[] = [];
  const written: ServiceLevel[] = [];
  const targets = new OpenSloTargets(levels.filter((level) => typeof queriesOf(level) !== 'string'));
  for (const [index, level] of levels.entries()) {
    const name = names[index] ?? level.level.name;
    const queries = queriesOf(level);
    if (typeof queries === 'string') {
      leftOut.push({ name: level.level.name, reason: queries });
      continue;
    }
    const base = levels.findIndex(
      (other) => other.stack === level.stack && other.level.name === level.level.furtherOf,
    );
    documents.push(sliDocument(name, level, queries), sloDocument(name, level, names[base]));
    for (const alarm of level.level.alarms)
      documents.push(...alertDocuments(name, level, { alarm, target: targets.of(level, alarm).name }));
    written.push(level);
  }
  return {
    documents: [...documents, ...targets.all.map(targetDocument)],
    leftOut,
    notCarried: written.flatMap((level) => notCarried(level, targets)),
  };
}

function notCarried(level: ServiceLevel, targets: OpenSloTargets): OpenSloExport['notCarried'] {
  const isLong = [...level.level.good].length > LONGEST_WORDS;
  const what = [
    ...(isLong ? [`its words after the first ${LONGEST_WORDS} characters`] : []),
    ...targets.notCarried(level),
  ];
  return what.map((each) => ({ name: level.level.name, what: each }));
}

/** All of them in one file. */
export function* openSloYaml(documents: readonly Yaml[]): Generator<string> {
  for (const [index, document] of documents.entries())
    yield `${index === 0 ? '' : '---\n'}${yamlDocument(document)}`;
}

/** A document of some kind. */
function object(kind: string, metadata: Readonly<Record<string, Yaml>>, spec: Yaml): Yaml {
  return { apiVersion: OPEN_SLO, kind, metadata, spec };
}

function serviceDocument({ name, tier, owner }: ServiceLevel['service']): Yaml {
  return object(
    'Service',
    { name, labels: { tier: String(tier), owner } },
    { description: `${name}, tier ${tier}` },
  );
}

function sliDocument(name: string, { level }: ServiceLevel, queries: readonly AlarmQuery[]): Yaml {
  const source = (expression: string): Yaml => ({
    metricSource: { type: 'CloudWatch', spec: { metricDataQueries: dataQueries(expression, queries) } },
  });
  const notes = {
    [NOTES.kind]: level.kind,
    [NOTES.leastBad]: String(level.leastBad),
    ...(level.eventsPerHour !== undefined && { [NOTES.perHour]: level.eventsPerHour }),
    ...(level.minutes && { [NOTES.minutes]: 'true' }),
    ...(level.onlyIn !== undefined && { [NOTES.onlyIn]: level.onlyIn }),
  };
  return object(
    'SLI',
    { name, annotations: notes },
    {
      description: beginning(level.good, LONGEST_WORDS),
      ratioMetric: { counter: false, bad: source(level.bad), total: source(level.total) },
    },
  );
}

function sloDocument(name: string, { service, level }: ServiceLevel, furtherOf: string | undefined): Yaml {
  const target = { target: Number(level.objective) };
  const annotations = {
    ...sloNotes(name, level),
    ...(furtherOf !== undefined && { [NOTES.furtherOf]: furtherOf }),
  };
  const percent = Number((Number(level.objective) * 100).toPrecision(6));
  const displayName = beginning(level.name, LONGEST_DISPLAY_NAME);
  return object(
    'SLO',
    { name, displayName, ...(Object.keys(annotations).length > 0 && { annotations }) },
    {
      description: beginning(`${percent} % of ${level.good}`, LONGEST_WORDS),
      service: service.name,
      indicatorRef: name,
      timeWindow: [{ duration: openSloDuration(level.windowSeconds), isRolling: true }],
      budgetingMethod: level.minutes ? 'Timeslices' : 'Occurrences',
      objectives: [level.minutes ? { ...target, timeSliceTarget: 1, timeSliceWindow: '1m' } : target],
      alertPolicies: level.alarms.map((alarm) => ({ alertPolicyRef: pairName(name, alarm) })),
    },
  );
}

function sloNotes(name: string, level: CatalogueServiceLevel): Readonly<Record<string, string>> {
  const { engine, responseSeconds, recoversAlone, runbook } = level;
  return {
    ...(name !== level.name && { [NOTES.name]: level.name }),
    ...(engine !== ServiceLevelEngine.METRIC_MATH && { [NOTES.engine]: engine }),
    ...(responseSeconds !== undefined && { [NOTES.response]: String(responseSeconds) }),
    ...(recoversAlone !== undefined && { [NOTES.recoversAlone]: String(recoversAlone) }),
    ...(runbook !== undefined && { [NOTES.runbook]: runbook }),
  };
}

function pairName(name: string, { longWindowSeconds }: CatalogueBurnRateAlarm): string {
  return `${name}-${openSloDuration(longWindowSeconds)}`;
}

function alertDocuments(
  name: string,
  { level }: ServiceLevel,
  { alarm, target }: { readonly alarm: CatalogueBurnRateAlarm; readonly target: string },
): readonly Yaml[] {
  const pair = pairName(name, alarm);
  const rate = burnRate(
    Number(alarm.budgetShare),
    Span.seconds(alarm.longWindowSeconds),
    Span.seconds(level.windowSeconds),
  );
  const condition = (own: string, other: string, seconds: number): Yaml =>
    object(
      'AlertCondition',
      { name: own, annotations: { [NOTES.pair]: other } },
      {
        severity: alarm.severity,
        condition: {
          kind: 'burnrate',
          op: 'gt',
          threshold: Number(rate.toPrecision(12)),
          lookbackWindow: openSloDuration(seconds),
          alertAfter: OPEN_SLO_AT_ONCE,
        },
      },
    );
  return [
    condition(pair, `${pair}-short`, alarm.longWindowSeconds),
    condition(`${pair}-short`, pair, alarm.shortWindowSeconds),
    object(
      'AlertPolicy',
      { name: pair },
      {
        description: `Both ${openSloDuration(alarm.longWindowSeconds)} and ${openSloDuration(alarm.shortWindowSeconds)} burn the budget too fast`,
        alertWhenBreaching: true,
        alertWhenResolved: true,
        alertWhenNoData: level.silence !== undefined,
        conditions: [{ conditionRef: pair }],
        notificationTargets: [{ targetRef: target }],
      },
    ),
  ];
}

function targetDocument({ name, topic }: OpenSloTarget): Yaml {
  const description = beginning(`the topic ${topic}`, LONGEST_WORDS);
  return object('AlertNotificationTarget', { name }, { target: 'sns', ...(topic && { description }) });
}

/** The metrics of the alarms, which the catalogue does not repeat. */
function queriesOf({ stack, level }: ServiceLevel): readonly AlarmQuery[] | string {
  const signals = namedIn(stack, level.signals);
  if (signals) return signalsQueries(signals);
  const alarm = namedIn(stack, level.alarms[0]?.long ?? level.silence);
  if (alarm === undefined) return 'no alarm of the template watches it, so its metrics are not known';
  const model = metricAlarmOf(alarm);
  return model instanceof Unknown ? model.reason : model.queries;
}

const SIGNALS = 'RequestBasedSli.RequestBasedSliMetric';
const COUNTS = [
  `${SIGNALS}.MonitoredRequestCountMetric.BadCountMetric`,
  `${SIGNALS}.TotalRequestCountMetric`,
] as const;

/** Where Application Signals counts, its objective has the metrics. */
function signalsQueries(objective: Resource): readonly AlarmQuery[] | string {
  const lists = COUNTS.map((path) => alarmQueriesAt(objective, path));
  const open = lists.find((list) => list instanceof Unknown);
  if (open instanceof Unknown) return open.reason;
  const queries = lists.flatMap((list) => (list instanceof Unknown ? [] : list));
  if (queries.length === 0) return 'Application Signals discovers what is counted';
  return [...new Map(queries.map((query) => [query.id, query])).values()];
}

/** What `GetMetricData` takes. */
function dataQueries(expression: string, queries: readonly AlarmQuery[]): readonly Yaml[] {
  const id = ['sli', 'sli_value'].find((free) => queries.every((query) => query.id !== free)) ?? 'sli_result';
  const metrics = queries.flatMap((query): Yaml[] => {
    if (!('metric' in query) || !new RegExp(`\\b${query.id}\\b`).test(expression)) return [];
    const { namespace, name, dimensions } = query.metric;
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: namespace, MetricName: name, Dimensions };
    return [{ Id: query.id, MetricStat: { Metric, Period: 60, Stat: query.statistic }, ReturnData: false }];
  });
  return [...metrics, { Id: id, Expression: expression, ReturnData: true }];
}
