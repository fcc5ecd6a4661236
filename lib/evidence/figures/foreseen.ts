import type { ServiceAssessment } from '../../assessment/assessment';
import { FigureMetric } from '../../objectives/figure-metrics';
import type { IncidentRecord } from '../../objectives/incident';
import { recentIncidents, type Spread, spreadOf } from '../../objectives/service-figures';
import type { Evidence } from '../evidence';
import { amountShown, MINUTES_A_YEAR, minutesShown, percentShown, threeDigits } from '../report/figures';
import { acceptedRisks } from './accepted-risks';
import type { MeasuredValue } from './measured-values';

/** What the figures of a service are made of, beside its assessment. */
export interface DecidedBy {
  readonly audit: Evidence;

  /** What went wrong, and who took it, as people wrote it down. @default - nobody did */
  readonly incidents?: IncidentRecord;

  /** What CloudWatch measured. @default - nobody asked it */
  readonly measured?: readonly MeasuredValue[];
}

/** Why there is no number. */
export const NOT_ASSESSED = 'not assessed';

/** How much of the error budget of a year is left at best, per cent; below 0 it is missed. `undefined` where it is not assessed. */
export function budgetLeft({ availability, service }: ServiceAssessment): number | undefined {
  if (availability.unknown !== undefined) return undefined;
  const left = 1 - availability.downtimeMinutesPerYear / ((1 - service.slo) * MINUTES_A_YEAR);
  return threeDigits(100 * left);
}

/** What the single points of failure cost, in minutes a year. `undefined` where it is not assessed. */
export function debtOf({ availability }: ServiceAssessment): number | undefined {
  if (availability.unknown !== undefined) return undefined;
  return availability.singlePointsOfFailure.reduce((sum, { minutesPerYear }) => sum + minutesPerYear, 0);
}

/** What the downtime of a year costs at best; `undefined` where it is not assessed, or nobody says what an hour costs. */
export function yearlyCost({ availability, service }: ServiceAssessment): number | undefined {
  const { costOfDowntime } = service;
  if (!costOfDowntime || availability.unknown !== undefined) return undefined;
  return (costOfDowntime.perHour * availability.downtimeMinutesPerYear) / 60;
}

/** How long the incidents of a service took that people wrote down; `undefined` where there are none. */
export function recordedSpread(
  { service }: ServiceAssessment,
  record: IncidentRecord,
  until: Date,
): Spread | undefined {
  const recent = recentIncidents(record, service.name, until.getTime() / 1_000);
  return spreadOf(recent.map((each) => each.until - each.from));
}

const PLANS: Readonly<Record<string, string>> = {
  'AWS::Backup::RestoreTestingPlan': 'restore testing plan',
  'AWS::FIS::ExperimentTemplate': 'fault experiment',
};

/** The drills that the templates plan, by what they are called. */
export function plannedDrills({ service }: ServiceAssessment): readonly (readonly [string, number])[] {
  return Object.entries(PLANS).flatMap(([type, words]) => {
    const count = service.resources.filter((resource) => resource.type === type).length;
    return count === 0 ? [] : [[words, count] as const];
  });
}

/**
 * The numbers of a service as its rows in the report show them, rounded as there; a text in the place of a number says why there is
 * none.
 */
export function foreseenFigures(
  assessed: ServiceAssessment,
  { audit, incidents }: DecidedBy,
): Readonly<Record<FigureMetric, number | string>> {
  const { unknown, unavailability } = assessed.availability;
  const spread = incidents && recordedSpread(assessed, incidents, audit.at);
  const times = spread ?? (incidents ? 'no incident is recorded' : 'nobody named a file of incidents');
  const ofSpread = (part: keyof Spread) => (typeof times === 'string' ? times : times[part]);
  const [debt, cost] = [debtOf(assessed), yearlyCost(assessed)];
  const noCost = assessed.service.costOfDowntime ? NOT_ASSESSED : 'nobody says what an hour costs';
  return {
    [FigureMetric.AVAILABILITY]: unknown === undefined ? percentShown(unavailability) : NOT_ASSESSED,
    [FigureMetric.BUDGET_LEFT]: budgetLeft(assessed) ?? NOT_ASSESSED,
    [FigureMetric.RECOVERY_MEDIAN]: ofSpread('median'),
    [FigureMetric.RECOVERY_P90]: ofSpread('p90'),
    [FigureMetric.INCIDENTS]: incidents && !spread ? 0 : ofSpread('count'),
    [FigureMetric.DRILLS]: plannedDrills(assessed).reduce((sum, [, count]) => sum + count, 0),
    [FigureMetric.RISKS]: acceptedRisks(assessed, audit).risks.length,
    [FigureMetric.DEBT]: debt === undefined ? NOT_ASSESSED : minutesShown(debt),
    [FigureMetric.COST]: cost === undefined ? noCost : amountShown(cost),
  };
}
