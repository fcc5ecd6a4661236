import { quantify } from '../calculus/fault-tree/quantify';
import type { Availability, EventShare } from './assessment';
import type { Failure } from './failure';
import { type FailureOf, type FaultModel, faultModelOf } from './fault-model';

const MINUTES_A_YEAR = 365 * 24 * 60;

/** Cut sets of more events than this are counted by no person. */
const MOST_EVENTS_IN_A_CUT_SET = 3;

const MOST_CUT_SETS_LISTED = 200;

/** How available something is at best that fails so. */
export function availabilityOf(top: Failure, failureOf: FailureOf, target: number): Availability {
  const model = faultModelOf(top, failureOf);
  const result = quantify(model.tree, {
    maxOrder: MOST_EVENTS_IN_A_CUT_SET,
    maxListed: MOST_CUT_SETS_LISTED,
  });
  const { probability, exact, bounds, cutSets } = result;
  const shares = sharesOf(model, result.importance);
  const alone = new Set(cutSets.listed.filter(({ length }) => length === 1).map(([id]) => id));
  return {
    availability: 1 - probability,
    unavailability: probability,
    downtimeMinutesPerYear: probability * MINUTES_A_YEAR,
    meets: (bounds?.upper ?? probability) <= 1 - target,
    exact,
    ...(bounds && { bounds }),
    singlePointsOfFailure: shares.filter(({ event }) => alone.has(event.id)),
    shares,
    cutSets: { ...cutSets, byOrder: cutSets.byOrder.slice(1) },
    model,
  };
}

function sharesOf(
  { tree, events }: FaultModel,
  importance: ReturnType<typeof quantify>['importance'],
): readonly EventShare[] {
  return [...events.values()]
    .map((event): EventShare => {
      const { birnbaum = 0, raw = 1 } = importance.get(event.id) ?? {};
      const probability = tree.events.get(event.id)?.probability ?? 0;
      return { event, birnbaum, raw, minutesPerYear: probability * birnbaum * MINUTES_A_YEAR };
    })
    .sort((a, b) => b.minutesPerYear - a.minutesPerYear || (a.event.id < b.event.id ? -1 : 1));
}
