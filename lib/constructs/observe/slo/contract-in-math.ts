import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { errorBudgetSeconds } from '../../../calculus/error-budget';
import { formatSeconds } from '../../../calculus/time-span';
import { startingFrom } from '../../../calculus/windows/occurrences';
import type { NamedWindow } from '../../../calculus/windows/overlaps';
import { ServiceLevelEngine } from '../../../objectives/catalogue';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { ObjectiveSeries } from '../dashboards/objective-series';
import type { PlacedWindow } from '../windows/other-schedules';
import { type ContractSeries, WHAT_TO_DO } from './contract-in-signals';
import {
  type ContractedMaintenance,
  fewMistakes,
  harmlessMistakes,
  MOST_HIDDEN,
} from './contracted-maintenance';
import { leastBadWithin } from './event-counts';
import { type MaintenanceMask, maintenanceMask } from './maintenance-mask';
import type { ServiceLevelObjective } from './service-level-objective';
import type { WatchedWindow } from './slo-choices';
import { metricsIn } from './window-alarm';

const MINUTE = 60;
const FIVE_MINUTES = 300;
const DAY = 86_400;

/** Five minutes are kept for so many days. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html */
const MOST_DAYS = 63;

/** An alarm takes so many metrics, expressions counted in. */
const MOST_METRICS = 10;

/** Letters of one expression. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
const MOST_LETTERS = 2_048;

/** Data come a little late: the period that began with the window is looked at so many seconds longer. */
const LOOKED_AT = 180;

/**
 * Both series as metric math, and an alarm for each window.
 *
 * @internal
 */
export interface ContractInMath extends ContractSeries {
  readonly contract: undefined;
  readonly raw: undefined;
}

/** What is measured twice. @internal */
export interface MeasuredTwice {
  readonly slo: ServiceLevelObjective;

  /** Its windows that are, the first first. */
  readonly counted: readonly WatchedWindow[];
  readonly maintenance: ContractedMaintenance;
}

/**
 * One objective measured twice in metric math, and for each window of maintenance an alarm on what it hides: on the share of bad
 * events while it was open. As long as none fires, all maintenance together hides no more of the budget than it may, in whichever
 * window of the objective.
 *
 * @throws ConfigurationError where metric math cannot say a window
 * @internal
 */
export function contractInMath(
  scope: Construct,
  { slo, counted, maintenance }: MeasuredTwice,
  runbook: string | undefined,
): (watched: WatchedWindow) => ContractInMath {
  const { path } = scope.node;
  const { windows, from } = maintenance;
  refuse(path, [...stepMistakes(windows), ...counted.flatMap(keptMistakes)]);
  const [series = ''] = Object.keys(slo.indicator.metrics);
  const mask = maintenanceMask(scope, windows, { series, from });
  const strictest = counted
    .map((watched) => ({ watched, allowed: allowedShare(watched, maintenance) }))
    .reduce((least, each) => (each.allowed < least.allowed ? each : least));
  const coming = windows.filter((window) => from === undefined || startingFrom(window, from));
  refuse(path, [
    ...sizeMistakes(slo, mask),
    ...harmlessMistakes(strictest.watched, maintenance),
    ...fewMistakes(slo, coming, (seconds) => leastHidden(slo, seconds)),
  ]);
  const gaps = coming.map((window) =>
    gapAlarm(scope, { objective: slo, window, series, from, ...strictest, runbook }),
  );
  return ({ name, window, objective: owed }) => ({
    window,
    owed,
    contract: undefined,
    raw: undefined,
    contractAttainment: new ObjectiveSeries(slo, 'contract_', mask).attained(`${name}: contract, %`),
    rawAttainment: new ObjectiveSeries(slo, 'raw_', NOTHING).attained(`${name}: raw, %`),
    gaps,
  });
}

/** Counted in the same steps as the contract, so that both agree where nothing is left out. */
const NOTHING: MaintenanceMask = { open: '', clocks: {} };

/** The share of bad events in maintenance by which a quarter of the budget is gone in the worst stretch. */
function allowedShare(watched: WatchedWindow, maintenance: ContractedMaintenance): number {
  const { objective, window } = watched;
  return (MOST_HIDDEN * errorBudgetSeconds(objective, window)) / maintenance.excludedFrom(watched);
}

/** A handful of errors is no trend, but no more than the objective itself asks for where it asks for a number. */
function leastHidden({ indicator, engine, leastBad }: ServiceLevelObjective, seconds: number): number {
  const least = leastBadWithin(indicator, seconds);
  return engine === ServiceLevelEngine.METRIC_MATH ? Math.min(least, leastBad) : least;
}

interface Gap {
  readonly objective: ServiceLevelObjective;
  readonly window: PlacedWindow;
  readonly series: string;
  readonly from: string | undefined;

  /** The window of the objective that allows least, and how much. */
  readonly watched: WatchedWindow;
  readonly allowed: number;
  readonly runbook: string | undefined;
}

function gapAlarm(scope: Construct, gap: Gap): Alarm {
  const { objective, window, watched, allowed, runbook } = gap;
  const { name, indicator } = objective;
  const what = indicator.minutes ? 'minutes' : 'events';
  const least = indicator.minutes
    ? ''
    : `, and at least ${leastHidden(objective, window.durationSeconds)} did`;
  const share = Number((allowed * 100).toPrecision(3));
  return new Alarm(scope, `${window.id}-Gap`, {
    ...(indicator.minutes ? badMinutes(scope, gap) : badShare(scope, gap)),
    alarmDescription: [
      `The maintenance ${window.id} hid failures of ${name}: more than ${share} % of ${what} failed while it lasted${least}. So much each time is a quarter of the error budget over ${formatSeconds(watched.window.toSeconds())}, if as many users are there as at other times. ${WHAT_TO_DO}`,
      runbook === undefined ? '' : ` Runbook: ${runbook}`,
    ].join(''),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  });
}

/** One period is as long as the window: looked at when it began with it. Else there is nothing, and the state stays. */
function badShare(scope: Construct, { objective, window, series, from, allowed }: Gap) {
  const { indicator, name } = objective;
  const { bad, total } = indicator;
  const period = Duration.seconds(window.durationSeconds);
  const { open, clocks } = maintenanceMask(scope, [window], { series, from, seconds: LOOKED_AT });
  return {
    metric: new MathExpression({
      expression: `IF(${open}, IF((${bad}) >= ${leastHidden(objective, window.durationSeconds)}, (${bad}) / (${total}), 0))`,
      label: `${name}: share of bad events in ${window.id}`,
      period,
      usingMetrics: {
        ...metricsIn(indicator, bad + total + open, period),
        ...clocksOf(clocks, indicator, period),
      },
    }),
    threshold: Number(allowed.toPrecision(12)),
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.IGNORE,
  };
}

/** Of the minutes of a window so many must have been bad; minutes that are not in it are good. */
function badMinutes(
  scope: Construct,
  { objective: { indicator, name }, window, series, from, allowed }: Gap,
) {
  const period = Duration.seconds(MINUTE);
  const minutes = window.durationSeconds / MINUTE;
  const { open, clocks } = maintenanceMask(scope, [window], { series, from });
  return {
    metric: new MathExpression({
      expression: `IF(${open}, ${indicator.bad}, 0)`,
      label: `${name}: bad minutes in ${window.id}`,
      period,
      usingMetrics: {
        ...metricsIn(indicator, indicator.bad + open, period),
        ...clocksOf(clocks, indicator, period),
      },
    }),
    threshold: 0,
    evaluationPeriods: minutes,
    datapointsToAlarm: Math.min(minutes, Math.floor(Number((allowed * minutes).toPrecision(12))) + 1),
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
}

function clocksOf(
  clocks: MaintenanceMask['clocks'],
  indicator: ServiceLevelObjective['indicator'],
  period: Duration,
): Readonly<Record<string, MathExpression>> {
  return Object.fromEntries(
    Object.entries(clocks).map(([id, expression]) => [
      id,
      new MathExpression({ expression, period, usingMetrics: metricsIn(indicator, expression, period) }),
    ]),
  );
}

function stepMistakes(windows: readonly NamedWindow[]): Mistake[] {
  return windows
    .filter(
      ({ start, durationSeconds }) =>
        Number(start.slice(14)) % 5 !== 0 || durationSeconds % FIVE_MINUTES !== 0,
    )
    .map(({ id, start, durationSeconds }) => ({
      problem: `window ${id}: it begins at ${start.slice(11)} and lasts ${formatSeconds(durationSeconds)}, and metric math counts in steps of five minutes, as CloudWatch keeps single ones for 15 days only`,
      fix: 'begin and end it at a multiple of five minutes',
    }));
}

function keptMistakes({ window, further }: WatchedWindow): Mistake[] {
  if (window.toSeconds() <= MOST_DAYS * DAY) return [];
  return [
    {
      problem: `the window is ${formatSeconds(window.toSeconds())}, and CloudWatch keeps steps of five minutes for ${MOST_DAYS} d`,
      fix: `use a window of ${MOST_DAYS} days or less, or the engine APPLICATION_SIGNALS with maintenance in UTC${further ? ', or set furtherWindows to false' : ''}`,
    },
  ];
}

function sizeMistakes({ indicator }: ServiceLevelObjective, { open, clocks }: MaintenanceMask): Mistake[] {
  const metrics = Object.keys(indicator.metrics).length + Object.keys(clocks).length + 1;
  const letters = Math.max(indicator.bad.length, indicator.total.length) + open.length + 'IF(, 0, )'.length;
  return [
    ...(metrics > MOST_METRICS
      ? [
          {
            problem: `it takes ${metrics} metrics and expressions, and an alarm has ${MOST_METRICS}`,
            fix: 'use an indicator with fewer metrics, or windows of one time zone',
          },
        ]
      : []),
    ...(letters > MOST_LETTERS
      ? [
          {
            problem: `the maintenance takes ${letters} letters in metric math, and an expression has ${MOST_LETTERS}`,
            fix: 'join windows, or let one come back',
          },
        ]
      : []),
  ];
}
