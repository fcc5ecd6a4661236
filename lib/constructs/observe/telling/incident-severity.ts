import type { Tier } from '../../../objectives/tier';

/**
 * How bad an incident is, 1 the worst.
 *
 * @see https://response.pagerduty.com/before/severity_levels/
 */
export enum IncidentSeverity {
  /** Critical: the service is down for all, and every minute counts. PagerDuty: critical. */
  SEV_1 = 1,

  /** Many users are hit. PagerDuty: error. */
  SEV_2 = 2,

  /** Some are hit, or will be soon. PagerDuty: warning. */
  SEV_3 = 3,

  /** Nobody is hit yet. PagerDuty: info. */
  SEV_4 = 4,

  /** A matter for working days. PagerDuty: info. */
  SEV_5 = 5,
}

/** How bad an alarm of a tier is where nobody says. @internal */
export function severityOf(tier: Tier): IncidentSeverity {
  return tier + 1;
}
