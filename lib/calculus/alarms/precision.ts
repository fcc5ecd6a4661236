import type { Stretch } from './metric-samples';

/** How an alarm and incidents met. */
export interface Meeting {
  /** How often it fired. */
  readonly fired: number;

  /** How often it fired while, or shortly before, users felt something. */
  readonly real: number;
}

/** Alarms that fire so much before users feel it belong to the incident, in seconds. An own decision. */
export const LEAD = 900;

/** Whether an alarm fired for an incident: they overlap, or the alarm came shortly before. */
export function meets(firing: Stretch, incident: Stretch): boolean {
  return firing.from <= incident.until && firing.until >= incident.from - LEAD;
}

/** How often an alarm fired for an incident, and how often at all. */
export function meetingOf(fired: readonly Stretch[], incidents: readonly Stretch[]): Meeting {
  const real = fired.filter((firing) => incidents.some((incident) => meets(firing, incident))).length;
  return { fired: fired.length, real };
}
