import { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { unavailability } from '../../../calculus/error-budget';
import { formatSeconds } from '../../../calculus/time-span';
import type { Mistake } from '../../../objectives/mistakes';
import type { MaintenanceSchedule } from '../windows/maintenance-schedule';
import type { ServiceLevelObjective } from './service-level-objective';
import { requestBased } from './signal-metrics';

/**
 * The part of the error budget that may lie between the two series. An own decision.
 *
 * @internal
 */
export const MOST_HIDDEN = 0.25;

const DAY = 86_400;

/**
 * Both series as objectives of Application Signals.
 *
 * @internal
 */
export interface ContractInSignals {
  readonly contract: CfnServiceLevelObjective;
  readonly raw: CfnServiceLevelObjective;
  readonly contractAttainment: Metric;
  readonly rawAttainment: Metric;
  readonly gaps: readonly Alarm[];
}

/**
 * One objective measured twice by Application Signals, and the alarm on the gap.
 *
 * @internal
 */
export function contractInSignals(
  scope: Construct,
  objective: ServiceLevelObjective,
  schedule: MaintenanceSchedule,
  runbook: string | undefined,
): ContractInSignals {
  const contract = series(scope, 'Contract', objective, schedule.sloExclusions());
  // An objective in Application Signals counts all time itself.
  const raw = objective.signalsOverAllTime ?? series(scope, 'Raw', objective, []);
  const contractAttainment = attainment(contract.name);
  const rawAttainment = attainment(raw.name);
  const gap = gapAlarm(scope, objective, { contract: contractAttainment, raw: rawAttainment }, runbook);
  return { contract, raw, contractAttainment, rawAttainment, gaps: [gap] };
}

function series(
  scope: Construct,
  id: 'Contract' | 'Raw',
  { name, objective, window, indicator }: ServiceLevelObjective,
  exclusionWindows: CfnServiceLevelObjective.ExclusionWindowProperty[],
): CfnServiceLevelObjective {
  return new CfnServiceLevelObjective(scope, id, {
    name: `${name}-${id.toLowerCase()}`,
    description: `${indicator.good}, ${id === 'Raw' ? 'over all time' : 'without the time of maintenance'}`,
    requestBasedSli: requestBased(indicator),
    goal: {
      attainmentGoal: percent(objective),
      interval: { rollingInterval: { duration: window.toSeconds() / DAY, durationUnit: 'DAY' } },
    },
    ...(exclusionWindows.length > 0 && { exclusionWindows }),
  });
}

function gapAlarm(
  scope: Construct,
  { name, objective, window }: ServiceLevelObjective,
  usingMetrics: Readonly<Record<'contract' | 'raw', Metric>>,
  runbook: string | undefined,
): Alarm {
  const budget = percent(unavailability(objective));
  const threshold = Number((MOST_HIDDEN * budget).toPrecision(12));
  return new Alarm(scope, 'Gap', {
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
export function wholeDayMistakes({ window }: ServiceLevelObjective): Mistake[] {
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
