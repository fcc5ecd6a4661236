import type { Graph } from '../assembly/graph';
import { type MetricCoverage, metricCoverage } from '../assembly/observe/metric-coverage';
import type { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';
import { alarmFindings, alarmsOf } from '../assessment/alarm-quality/alarm-findings';
import type { AlarmFinding, AlarmWeight } from '../assessment/alarm-quality/finding';
import { historiesOf } from '../assessment/alarm-quality/known-history';
import { lived, unjudged } from '../assessment/alarm-quality/lived';
import { type Agreement, agreement } from '../assessment/alarm-quality/precision';
import type { AlarmHistory } from '../calculus/alarms/alarm-history';
import { MANDATORY_METRICS } from '../calculus/mandatory-metrics';
import type { IncidentRecord } from '../objectives/incident';
import { Tier } from '../objectives/tier';
import type { ResolvedService, ServiceIndex } from './services';
import { HIGH, INFO, LOW, MEDIUM, type Severity, type SeverityByTier } from './severity';

/** A finding on an alarm, as loud as the tier of its service makes it. */
export interface JudgedAlarmFinding extends AlarmFinding {
  readonly severity: Severity;
  readonly service: ResolvedService;
}

/** A mandatory metric of a resource, and the alarms on it. */
export interface CoverageRow extends MetricCoverage {
  readonly resource: Resource;
  readonly service: ResolvedService;

  /** Whether the tier owes an alarm on it. */
  readonly owed: boolean;
}

/** A resource of which it is not known, or not so, that it needs alarms. */
export interface UncoveredResource {
  readonly resource: Resource;
  readonly because: string;
  readonly sure: boolean;
}

/** What the history of the alarms of an app tells. */
export interface AlarmLives {
  /** Alarms of the app of which there is a history. */
  readonly known: number;

  /** Names in the history that are of no alarm of the app. */
  readonly strange: readonly string[];

  /** Alarms of which it is not known whether they ever fire, as the history is too short; and how far it reaches, in seconds. */
  readonly tooShort: { readonly alarms: number; readonly reach: number };
}

/** All that can be said of the alarms of an app. */
export interface AlarmReport {
  readonly graph: Graph;
  readonly alarms: readonly Resource[];
  readonly findings: readonly JudgedAlarmFinding[];
  readonly coverage: readonly CoverageRow[];
  readonly exempt: readonly UncoveredResource[];

  /** @default - no history was given */
  readonly lives?: AlarmLives;

  /** @default - no history, or no incidents were given */
  readonly agreement?: Agreement;
}

/** What alarms are judged with, beside their templates. */
export interface AlarmEvidence {
  /** @default - none was saved */
  readonly histories?: readonly AlarmHistory[];

  /** @default - none were written down */
  readonly record?: IncidentRecord;

  /** The moment of judgement, in seconds since 1970. */
  readonly now: number;
}

const WEIGHTS: Readonly<Record<AlarmWeight, SeverityByTier>> = {
  high: HIGH,
  medium: MEDIUM,
  low: LOW,
  info: INFO,
};

/** Judges the alarms of an app. */
export function alarmReport(graph: Graph, services: ServiceIndex, evidence: AlarmEvidence): AlarmReport {
  const alarms = alarmsOf(graph);
  const serviceOf = (alarm: Resource) => services.of(alarm).name;
  const ownerOf = (alarm: Resource) => ({
    name: serviceOf(alarm),
    runbook: services.of(alarm).catalogue?.runbook,
  });
  const { histories, record, now } = evidence;
  const known = histories && historiesOf(alarms, histories);
  const fromLife = (known ?? []).flatMap(([alarm, history]) =>
    lived(alarm, { history, now, ...(record?.acknowledged && { acknowledged: record.acknowledged }) }),
  );
  const findings = [...alarmFindings(graph, ownerOf), ...fromLife].map((finding) => {
    const service = services.of(finding.alarm);
    return { ...finding, service, severity: WEIGHTS[finding.weight][service.tier] };
  });
  return {
    graph,
    alarms,
    findings,
    ...coverageOf(graph, services),
    ...(histories && known && { lives: livesOf(histories, known, now) }),
    ...(known &&
      record && {
        agreement: agreement({ alarms, histories: known, incidents: record.incidents, serviceOf }),
      }),
  };
}

/** What mandatory metrics the resources of an app have, and the alarms on each. */
export function coverageOf(graph: Graph, services: ServiceIndex): Pick<AlarmReport, 'coverage' | 'exempt'> {
  const coverage: CoverageRow[] = [];
  const exempt: UncoveredResource[] = [];
  for (const resource of graph.ofType(...Object.keys(MANDATORY_METRICS))) {
    const found = metricCoverage(resource);
    const service = services.of(resource);
    const owed = service.tier <= Tier.BUSINESS_CRITICAL;
    if (typeof found === 'string') exempt.push({ resource, because: found, sure: true });
    else if (found instanceof Unknown) exempt.push({ resource, because: found.reason, sure: false });
    else coverage.push(...found.map((each) => ({ ...each, resource, service, owed })));
  }
  return { coverage, exempt };
}

function livesOf(
  histories: readonly AlarmHistory[],
  known: readonly (readonly [Resource, AlarmHistory])[],
  now: number,
): AlarmLives {
  const taken = new Set(known.map(([, history]) => history));
  const short = known
    .map(([alarm, history]) => ({ alarm, reach: unjudged({ history, now }) }))
    .filter(({ reach }) => reach !== undefined);
  return {
    known: new Set(known.map(([alarm]) => alarm)).size,
    strange: histories.filter((history) => !taken.has(history)).map(({ name }) => name),
    tooShort: {
      alarms: new Set(short.map(({ alarm }) => alarm)).size,
      reach: Math.max(0, ...short.map(({ reach = 0 }) => reach)),
    },
  };
}
