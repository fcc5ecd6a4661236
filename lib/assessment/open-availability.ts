import type { EventShare } from './assessment';
import { whyUncertain } from './recovery/uncertain';

const MINUTES_A_YEAR = 365 * 24 * 60;

/** Why an availability may be as owed after all: what costs too much may be more, or elsewhere, once it is deployed. */
export function whyPerhapsKept(
  shares: readonly EventShare[],
  unavailability: number,
  owed: number,
): string | undefined {
  const doubtful = shares
    .map(({ event, minutesPerYear }) => ({
      minutesPerYear,
      // A service of AWS costs the same however many resources stand on it, and wherever in its region.
      why:
        event.kind === 'awsService'
          ? undefined
          : event.resources.map(whyUncertain).find((each) => each !== undefined),
    }))
    .filter(({ why }) => why !== undefined);
  const cost = doubtful.reduce((sum, { minutesPerYear }) => sum + minutesPerYear, 0);
  return unavailability * MINUTES_A_YEAR - cost <= owed * MINUTES_A_YEAR ? doubtful[0]?.why : undefined;
}
