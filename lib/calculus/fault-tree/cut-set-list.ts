import type { CutSetCounts } from './cut-set-counts';
import type { CutSetFamilies } from './cut-sets';

/** A list that shares its end with others. */
interface Link<T> {
  readonly value: T;
  readonly rest: Link<T> | undefined;
}

/** A set is to be completed by one of so many members from each of these families. */
interface Goal {
  readonly family: number;
  readonly order: number;
}

interface State {
  readonly goals: Link<Goal> | undefined;
  readonly events: Link<number> | undefined;
}

/**
 * The sets of one order of the top's family, as event numbers. Every step leads to a set: counts tell which do not.
 *
 * @internal
 */
export function* setsOfOrder(
  order: number,
  sets: CutSetFamilies,
  counts: CutSetCounts,
): Generator<readonly number[]> {
  const top = sets.families.at(-1) ?? 0;
  if (counts.at(top, order) === 0) return;
  const stack: State[] = [{ goals: { value: { family: top, order }, rest: undefined }, events: undefined }];
  for (let state = stack.pop(); state; state = stack.pop()) {
    if (state.goals === undefined) yield [...eachOf(state.events)];
    else if (state.goals.value.family === 1) stack.push({ goals: state.goals.rest, events: state.events });
    else pushChoices(stack, state, { sets, counts });
  }
}

/** A set either lacks the variable of a node or has it, or one of the sets of the module that it stands for. */
function pushChoices(
  stack: State[],
  { goals, events }: State,
  { sets, counts }: { readonly sets: CutSetFamilies; readonly counts: CutSetCounts },
): void {
  const { table, units } = sets;
  if (!goals) return;
  const { family, order } = goals.value;
  const low = table.low[family] as number;
  const high = table.high[family] as number;
  const level = table.level[family] as number;
  const unit = units[level] as number;
  const goal = (to: number, of: number, rest: Link<Goal> | undefined) => ({
    value: { family: to, order: of },
    rest,
  });
  if (counts.at(low, order) > 0) stack.push({ goals: goal(low, order, goals.rest), events });
  if (unit >= 0) {
    if (counts.at(high, order - 1) > 0)
      stack.push({ goals: goal(high, order - 1, goals.rest), events: { value: unit, rest: events } });
    return;
  }
  const module = counts.familyAt(level);
  for (let own = order; own >= 0; own -= 1)
    if (counts.at(module, own) > 0 && counts.at(high, order - own) > 0)
      stack.push({ goals: goal(module, own, goal(high, order - own, goals.rest)), events });
}

function* eachOf<T>(list: Link<T> | undefined): Generator<T> {
  for (let link = list; link; link = link.rest) yield link.value;
}
