import type { FaultTree } from '../calculus/fault-tree/fault-tree';
import { quantify } from '../calculus/fault-tree/quantify';
import { whenAsked } from '../calculus/when-asked';
import type { Availability, EventShare } from './assessment';
import type { Failure, FaultEvent } from './failure';
import { certainIn, type FailureOf, type FaultModel, faultModelOf } from './fault-model';
import { whyPerhapsKept } from './open-availability';

const MINUTES_A_YEAR = 365 * 24 * 60;

/** Cut sets of more events than this are counted by no person. */
const MOST_EVENTS_IN_A_CUT_SET = 3;

const MOST_CUT_SETS_LISTED = 200;

/** How available something is at best that fails so; by what, is worked out when it is asked for. */
export function availabilityOf(top: Failure, failureOf: FailureOf, target: number): Availability {
  const model = faultModelOf(top, failureOf);
  const result = quantify(model.tree, {
    maxOrder: MOST_EVENTS_IN_A_CUT_SET,
    maxListed: MOST_CUT_SETS_LISTED,
  });
  const { probability, exact, bounds } = result;
  const shares = whenAsked(() => sharesOf(model, result.importance));
  const alone = whenAsked(() => aloneIn(model, result.cutSets));
  const kept = (bounds?.upper ?? probability) <= 1 - target;
  const open = whenAsked(() => (kept ? undefined : whyPerhapsKept(shares(), probability, 1 - target)));
  return {
    availability: 1 - probability,
    unavailability: probability,
    downtimeMinutesPerYear: probability * MINUTES_A_YEAR,
    get meets() {
      return open() === undefined ? kept : undefined;
    },
    get open() {
      return open();
    },
    exact,
    ...(bounds && { bounds }),
    get singlePointsOfFailure() {
      return shares().filter(({ event }) => alone().has(event.id) && isOneThing(event));
    },
    get shares() {
      return shares();
    },
    get cutSets() {
      return { ...result.cutSets, byOrder: result.cutSets.byOrder.slice(1) };
    },
    model,
  };
}

/** Several units that are counted as one event are no single point. */
function isOneThing({ counted }: FaultEvent): boolean {
  return counted === undefined || counted.lost === 1;
}

/** The events that stop the service by themselves: what is turned off stands in for nothing. */
function aloneIn({ tree }: FaultModel, { listed }: CutSetsFound): ReadonlySet<string | undefined> {
  const certain = certainIn(tree);
  const settled = certain.length === 0 ? undefined : cutSetsWith(certain, tree);
  return new Set((settled ?? listed).filter(({ length }) => length === 1).map(([id]) => id));
}

/** What else stops the service once some events have happened; undefined where they do. */
function cutSetsWith(happened: readonly string[], tree: FaultTree): CutSetsFound['listed'] | undefined {
  const events = new Map([...tree.events].filter(([id]) => !happened.includes(id)));
  const houseEvents = new Map([...(tree.houseEvents ?? []), ...happened.map((id) => [id, true] as const)]);
  const found = quantify({ ...tree, events, houseEvents }, { maxOrder: 1, maxListed: MOST_CUT_SETS_LISTED });
  return found.probability < 1 ? found.cutSets.listed : undefined;
}

type CutSetsFound = ReturnType<typeof quantify>['cutSets'];

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
