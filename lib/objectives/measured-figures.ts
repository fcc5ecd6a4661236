import { formatSeconds } from '../calculus/time-span';
import { ServiceFigure } from './service-figures';

/**
 * Each number that CloudWatch measures of a service, and dashboards show.
 *
 * @internal
 */
export enum MeasuredPart {
  ATTAINED = 'attained',
  BUDGET_LEFT = 'budget',
  RECOVERY_MEDIAN = 'median',
  RECOVERY_P90 = 'p90',
  INCIDENTS = 'incidents',
  OVERDUE = 'overdue',
}

/**
 * The figure that each is a part of. What no number measures can only be counted or foreseen: risks, debt, cost.
 *
 * @internal
 */
export const FIGURE_OF_PART: Readonly<Record<MeasuredPart, ServiceFigure>> = {
  [MeasuredPart.ATTAINED]: ServiceFigure.AVAILABILITY,
  [MeasuredPart.BUDGET_LEFT]: ServiceFigure.BUDGET,
  [MeasuredPart.RECOVERY_MEDIAN]: ServiceFigure.RECOVERY_TIME,
  [MeasuredPart.RECOVERY_P90]: ServiceFigure.RECOVERY_TIME,
  [MeasuredPart.INCIDENTS]: ServiceFigure.RECOVERY_TIME,
  [MeasuredPart.OVERDUE]: ServiceFigure.DRILLS,
};

/**
 * What the lines of an objective's widget are called: whoever reads a dashboard knows them by it.
 *
 * @internal
 */
export const OBJECTIVE_LABELS = {
  [MeasuredPart.ATTAINED]: 'Attained, %',
  [MeasuredPart.BUDGET_LEFT]: 'Error budget left, %',
} as const;

/**
 * What the widget of an objective is called, from what the catalogue has of it, too.
 *
 * @internal
 */
export function objectiveTitle(slo: {
  readonly name: string;
  readonly objective: number;
  readonly windowSeconds: number;
}): string {
  return `${slo.name}: ${percentOf(slo.objective)} owed over ${formatSeconds(slo.windowSeconds)}`;
}

/**
 * Whether a widget may be that of an objective.
 *
 * @internal
 */
export function isObjectiveTitle(title: string): boolean {
  return / owed over [^:]+$/.test(title);
}

/**
 * A share as people read it.
 *
 * @internal
 */
export function percentOf(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}

/**
 * What an incident bridge measures: the seconds from the first alarm of each incident to the end of its last.
 *
 * @internal
 */
export const TIME_TO_RESOLVE = {
  namespace: 'Nines/Incidents',
  metricName: 'TimeToResolve',
  dimension: 'Service',
} as const;

/**
 * The statistics of it that are shown.
 *
 * @internal
 */
export const RECOVERY_STATISTICS = {
  [MeasuredPart.RECOVERY_MEDIAN]: 'p50',
  [MeasuredPart.RECOVERY_P90]: 'p90',
  [MeasuredPart.INCIDENTS]: 'SampleCount',
} as const;

/**
 * How many types of data have no restore test in time, of each plan.
 *
 * @internal
 */
export const RESTORES_OVERDUE = {
  namespace: 'Nines/RestoreTesting',
  metricName: 'Overdue',
  dimension: 'Plan',
} as const;
