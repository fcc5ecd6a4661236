import { durationWords } from '../calculus/duration-words';
import { percentile } from '../calculus/percentile';
import type { Incident, IncidentRecord } from './incident';

/**
 * What is said of a service to those who decide: measured on dashboards, foreseen in `nines report`. One list for both, so that
 * neither forgets what the other shows.
 *
 * @internal
 */
export enum ServiceFigure {
  AVAILABILITY = 'availability',
  BUDGET = 'budget',
  RECOVERY_TIME = 'recoveryTime',
  DRILLS = 'drills',
  RISKS = 'risks',
  DEBT = 'debt',
  COST = 'costOfDowntime',
}

/**
 * What each is called, wherever it is shown.
 *
 * @internal
 */
export const FIGURE_TITLES: Readonly<Record<ServiceFigure, string>> = {
  [ServiceFigure.AVAILABILITY]: 'Availability',
  [ServiceFigure.BUDGET]: 'Error budget left',
  [ServiceFigure.RECOVERY_TIME]: 'Time to recover (MTTR)',
  [ServiceFigure.DRILLS]: 'Drills overdue',
  [ServiceFigure.RISKS]: 'Accepted risks that are open',
  [ServiceFigure.DEBT]: 'Availability debt: what known single points of failure cost in a year',
  [ServiceFigure.COST]: 'Cost of downtime',
};

/** A risk that somebody has accepted: something weaker than the tier owes, or a finding. */
export interface AcceptedRisk {
  readonly reason: string;

  /** Its last day, `YYYY-MM-DD`. @default - it has no end */
  readonly expires?: string | undefined;
}

/**
 * What is counted as one, on dashboards as in the report.
 *
 * @internal
 */
export const COUNTED_AS_RISK =
  'Weaker than the tier owes, or accepted on anything of the service, in code or in files, whether or not a finding needs it; each once.';

/**
 * Each risk once: what is weaker may answer for findings, too, with the same words until the same day.
 *
 * @internal
 */
export function openRisks(all: readonly AcceptedRisk[]): readonly AcceptedRisk[] {
  return [...new Map(all.map((risk) => [`${risk.reason} ${risk.expires}`, risk])).values()];
}

/**
 * How many risks are accepted, and when somebody has to look again.
 *
 * @param expires the last day of each, `YYYY-MM-DD`; nothing where one has no end
 * @internal
 */
export function risksInWords(expires: readonly (string | undefined)[]): string {
  if (expires.length === 0) return 'None is accepted.';
  const [next] = expires.filter((day) => day !== undefined).sort();
  const endless = expires.filter((day) => day === undefined).length;
  const ends = next === undefined ? [] : [`the next ends on ${next}`];
  return `${[`${expires.length} accepted`, ...ends, ...(endless > 0 ? [`${endless} without an end`] : [])].join(', ')}.`;
}

/**
 * Incidents of so many days are looked at: long enough for a median, short enough to show what was learnt.
 *
 * @internal
 */
export const INCIDENT_DAYS = 90;

const DAY = 86_400;

/**
 * The incidents of a service that people wrote down, of the days before a moment.
 *
 * @param until seconds since 1970
 * @internal
 */
export function recentIncidents(
  { incidents }: IncidentRecord,
  service: string,
  until: number,
): readonly Incident[] {
  return incidents.filter(
    ({ service: of, from }) => of === service && from <= until && from > until - INCIDENT_DAYS * DAY,
  );
}

/**
 * Median and p90, for a few long incidents make a mean of nothing; and of how many.
 *
 * @internal
 */
export interface Spread {
  /** Seconds. */
  readonly median: number;

  /** Seconds. */
  readonly p90: number;
  readonly count: number;
}

/**
 * The spread of some times in seconds.
 *
 * @returns `undefined` of none
 * @internal
 */
export function spreadOf(seconds: readonly number[]): Spread | undefined {
  const [median, p90] = [percentile(seconds, 50), percentile(seconds, 90)];
  return median === undefined || p90 === undefined ? undefined : { median, p90, count: seconds.length };
}

/**
 * The same for people.
 *
 * @internal
 */
export function spreadInWords({ median, p90, count }: Spread): string {
  return `Median ${durationWords(median)}, p90 ${durationWords(p90)}, n = ${count}`;
}
