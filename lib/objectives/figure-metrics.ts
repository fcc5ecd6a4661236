import { ServiceFigure } from './service-figures';

/**
 * Where `nines export figures` has CloudWatch keep what `nines report` says of services, and dashboards read it.
 *
 * @internal
 */
export const FIGURES_NAMESPACE = 'Nines/Figures';

/**
 * The one dimension of these metrics: the name of the service.
 *
 * @internal
 */
export const FIGURES_DIMENSION = 'Service';

/**
 * Each number that `nines report` foresees or has on record of a service, by the name of its metric.
 *
 * @internal
 */
export enum FigureMetric {
  AVAILABILITY = 'AvailabilityAtBest',
  BUDGET_LEFT = 'ErrorBudgetLeftAtBest',
  RECOVERY_MEDIAN = 'RecordedTimeToRecoverMedian',
  RECOVERY_P90 = 'RecordedTimeToRecoverP90',
  INCIDENTS = 'RecordedIncidents',
  DRILLS = 'DrillsPlanned',
  RISKS = 'AcceptedRisks',
  DEBT = 'AvailabilityDebt',
  COST = 'CostOfDowntime',
}

/**
 * The numbers that each figure has: a figure that is left out is an error of types.
 *
 * @internal
 */
export const METRICS_OF_FIGURE: Readonly<Record<ServiceFigure, readonly FigureMetric[]>> = {
  [ServiceFigure.AVAILABILITY]: [FigureMetric.AVAILABILITY],
  [ServiceFigure.BUDGET]: [FigureMetric.BUDGET_LEFT],
  [ServiceFigure.RECOVERY_TIME]: [
    FigureMetric.RECOVERY_MEDIAN,
    FigureMetric.RECOVERY_P90,
    FigureMetric.INCIDENTS,
  ],
  [ServiceFigure.DRILLS]: [FigureMetric.DRILLS],
  [ServiceFigure.RISKS]: [FigureMetric.RISKS],
  [ServiceFigure.DEBT]: [FigureMetric.DEBT],
  [ServiceFigure.COST]: [FigureMetric.COST],
};

/** What a number is called beside its value, and in which unit CloudWatch keeps it; it has none for minutes and for money. */
interface MetricWords {
  readonly label: string;
  readonly unit: 'Percent' | 'Seconds' | 'Count' | 'None';
}

/**
 * The same for each number.
 *
 * @internal
 */
export const METRIC_WORDS: Readonly<Record<FigureMetric, MetricWords>> = {
  [FigureMetric.AVAILABILITY]: { label: 'Availability at best, %', unit: 'Percent' },
  [FigureMetric.BUDGET_LEFT]: { label: 'Budget left at best, %', unit: 'Percent' },
  [FigureMetric.RECOVERY_MEDIAN]: { label: 'Median', unit: 'Seconds' },
  [FigureMetric.RECOVERY_P90]: { label: 'p90', unit: 'Seconds' },
  [FigureMetric.INCIDENTS]: { label: 'n, incidents', unit: 'Count' },
  [FigureMetric.DRILLS]: { label: 'Drills planned', unit: 'Count' },
  [FigureMetric.RISKS]: { label: 'Accepted risks', unit: 'Count' },
  [FigureMetric.DEBT]: { label: 'Minutes a year', unit: 'None' },
  [FigureMetric.COST]: { label: 'A year at best', unit: 'None' },
};
