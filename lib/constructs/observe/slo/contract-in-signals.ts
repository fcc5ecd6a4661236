import { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { unavailability } from '../../../calculus/error-budget';
import { formatSeconds } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { exclusionsOf } from '../windows/window-dialects';
import {
  type ContractedMaintenance,
  fewMistakes,
  harmlessMistakes,
  MOST_HIDDEN,
} from './contracted-maintenance';
import { nameMistakes, takenMistakes } from './objective-names';
import type { ServiceLevelObjective } from './service-level-objective';
import { requestBased } from './signal-metrics';
import type { WatchedWindow } from './slo-choices';

const DAY = 86_400;

/** One window of an objective, measured twice. */
export interface ContractSeries {
  /** The window of the objective. */
  readonly window: Duration;

  /** The share of events that must be good over it, as a fraction. */
  readonly owed: number;

  /** The objective without the time of maintenance, where Application Signals measures. */
  readonly contract: CfnServiceLevelObjective | undefined;

  /** The objective over all time, where Application Signals measures: its own where that is its engine. */
  readonly raw: CfnServiceLevelObjective | undefined;

  /** The share of good events in per cent, as each of the two has it. In metric math it is that since the start of the graph. */
  readonly contractAttainment: IMetric;
  readonly rawAttainment: IMetric;

  /** The alarms on the gap between them; in metric math one for each window of maintenance, which all windows of the objective share. */
  readonly gaps: readonly Alarm[];
}

/**
 * Both series as objectives of Application Signals.
 *
 * @internal
 */
export interface ContractInSignals extends Omit<ContractSeries, 'contract' | 'raw'> {
  readonly contract: CfnServiceLevelObjective;
  readonly raw: CfnServiceLevelObjective;
}

/**
 * One window of an objective measured twice by Application Signals, and the alarm on the gap.
 *
 * @internal
 */
export function contractInSignals(
  scope: Construct,
  counted: CountedInSignals,
  maintenance: ContractedMaintenance,
  runbook: string | undefined,
): ContractInSignals {
  const { slo, watched } = counted;
  const { window, objective: owed } = watched;
  const exclusions = exclusionsOf(scope, maintenance.windows);
  const own = slo.signalsOverAllTime(watched);
  const names = (own ? ['Contract' as const] : SERIES).map((what) => nameOf(what, watched));
  refuse(scope.node.path, [
    ...harmlessMistakes(watched, maintenance),
    ...emptyMistakes(slo, maintenance),
    ...names.flatMap(nameMistakes),
    ...takenMistakes(scope, names),
  ]);
  const contract = series(scope, 'Contract', counted, exclusions);
  // An objective in Application Signals counts all time itself.
  const raw = own ?? series(scope, 'Raw', counted, []);
  const contractAttainment = attainment(contract.name);
  const rawAttainment = attainment(raw.name);
  const both = { contract: contractAttainment, raw: rawAttainment };
  const gap = gapAlarm(scope, watched, both, runbook);
  return { window, owed, contract, raw, contractAttainment, rawAttainment, gaps: [gap] };
}

/** One alarm is on what all windows hide: each event counts, so that one of them must hold one. */
function emptyMistakes(slo: ServiceLevelObjective, { windows }: ContractedMaintenance): Mistake[] {
  const empty = fewMistakes(slo, windows, () => 1);
  return empty.length < windows.length ? [] : empty;
}

/** One window of an objective. @internal */
export interface CountedInSignals {
  readonly slo: ServiceLevelObjective;
  readonly watched: WatchedWindow;
}

/** What is over a further window says so in its id. */
function idOf(what: string, { further, window }: WatchedWindow): string {
  return further ? `${what}-${formatSeconds(window.toSeconds()).replaceAll(' ', '')}` : what;
}

const SERIES = ['Contract', 'Raw'] as const;

type Series = (typeof SERIES)[number];

/** As Application Signals has it. */
function nameOf(what: Series, { name }: WatchedWindow): string {
  return `${name}-${what.toLowerCase()}`;
}

function series(
  scope: Construct,
  what: Series,
  { slo: { indicator }, watched }: CountedInSignals,
  exclusionWindows: CfnServiceLevelObjective.ExclusionWindowProperty[],
): CfnServiceLevelObjective {
  const { objective, window } = watched;
  return new CfnServiceLevelObjective(scope, idOf(what, watched), {
    name: nameOf(what, watched),
    description: `${indicator.good}, ${what === 'Raw' ? 'over all time' : 'without the time of maintenance'}`,
    requestBasedSli: requestBased(indicator, Stack.of(scope).account),
    goal: {
      attainmentGoal: percent(objective),
      interval: { rollingInterval: { duration: window.toSeconds() / DAY, durationUnit: 'DAY' } },
    },
    ...(exclusionWindows.length > 0 && { exclusionWindows }),
  });
}

function gapAlarm(
  scope: Construct,
  watched: WatchedWindow,
  usingMetrics: Readonly<Record<'contract' | 'raw', Metric>>,
  runbook: string | undefined,
): Alarm {
  const { name, objective, window } = watched;
  const budget = percent(unavailability(objective));
  const threshold = Number((MOST_HIDDEN * budget).toPrecision(12));
  return new Alarm(scope, idOf('Gap', watched), {
    alarmDescription: [
      `Maintenance hides failures of ${name}: over ${formatSeconds(window.toSeconds())} the contract counts ${threshold} points of a per cent more good events than users met, a quarter of the error budget of ${budget} %. ${WHAT_TO_DO}`,
      runbook === undefined ? '' : ` Runbook: ${runbook}`,
    ].join(''),
    metric: new MathExpression({
      expression: 'contract - raw',
      label: 'Hidden by maintenance, in points of a per cent',
      period: Duration.minutes(5),
      usingMetrics,
    }),
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    // Nothing is hidden where nothing is measured yet; that nothing is measured is told by another alarm.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** @internal */
export const WHAT_TO_DO =
  'Move the work to when fewer are there, make it so that users do not notice, or count it.';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html */
function attainment(name: string): Metric {
  return new Metric({
    namespace: 'AWS/ApplicationSignals',
    metricName: 'AttainmentRate',
    dimensionsMap: { SloName: name },
    statistic: Stats.MAXIMUM,
    period: Duration.minutes(5),
  });
}

/**
 * What Application Signals cannot measure.
 *
 * @internal
 */
export function wholeDayMistakes({ window }: WatchedWindow): Mistake[] {
  if (Number.isInteger(window.toSeconds() / DAY)) return [];
  return [
    {
      problem: `the window is ${formatSeconds(window.toSeconds())}, and Application Signals counts whole days`,
      fix: 'use a window of whole days, or the engine METRIC_MATH',
    },
  ];
}

/**
 * A share in per cent, without the tail of a fraction in binary.
 *
 * @internal
 */
export function percent(share: number): number {
  return Number((share * 100).toPrecision(12));
}
