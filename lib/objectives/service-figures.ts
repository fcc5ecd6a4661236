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
