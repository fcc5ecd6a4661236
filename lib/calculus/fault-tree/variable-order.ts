import type { IndexedTree } from './indexed-tree';

/**
 * The events that the top needs in the order of their levels: shared ones first, those of most gates before others;
 * then in the order in which a walk down the tree meets them, so that what fails together stands together.
 *
 * @internal
 */
export function variableOrder(tree: IndexedTree): readonly number[] {
  const met = eventsAsMet(tree);
  const shared = met.filter((event) => tree.shared[event]);
  const uses = usesOf(tree);
  shared.sort((a, b) => (uses[b] ?? 0) - (uses[a] ?? 0) || a - b);
  return [...shared, ...met.filter((event) => !tree.shared[event])];
}

function usesOf({ gates, events }: IndexedTree): readonly number[] {
  const uses = new Array<number>(events).fill(0);
  for (const { inputs } of gates)
    for (const input of inputs) if (input >= 0 && input < events) uses[input] = (uses[input] ?? 0) + 1;
  return uses;
}

function eventsAsMet({ gates, events, top }: IndexedTree): number[] {
  const seen = new Set<number>();
  const met: number[] = [];
  const stack = [top];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next < 0 || seen.has(next)) continue;
    seen.add(next);
    if (next < events) met.push(next);
    const inputs = gates[next - events]?.inputs ?? [];
    for (let index = inputs.length - 1; index >= 0; index -= 1) stack.push(inputs[index] ?? -1);
  }
  return met;
}
