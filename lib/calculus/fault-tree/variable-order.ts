import type { IndexedTree } from './indexed-tree';

/**
 * A module by what is in it.
 *
 * @internal
 */
export interface ModuleParts {
  /** Its gates, each after its inputs; the last is the module itself. Those of modules in it are not among them. */
  readonly gates: readonly number[];

  /** The events and the modules in it, in the order of their levels. */
  readonly units: readonly number[];
}

/**
 * Ways to order the variables of a module. All begin with shared events, those of most gates first; the others stand in
 * the order in which a walk down the tree meets them, so that what fails together stands together. The walks differ in
 * which input of a gate they take first: none is the best for all trees.
 *
 * @internal
 */
export const WALKS = ['as written', 'most used first', 'smallest first'] as const;

/** @internal */
export type Walk = (typeof WALKS)[number];

/** What orders look at. @internal */
export interface Measures {
  /** How many gates need an event or a gate. */
  readonly uses: Int32Array;

  /** How many inputs stand below a gate, each as often as it is met; 1 for an event. */
  readonly sizes: Float64Array;
}

/** Sizes grow without end where much is shared, and must stay comparable. */
const LARGEST = 1e15;

/** @internal */
export function sizesOf({ gates, events }: IndexedTree): Float64Array {
  const sizes = new Float64Array(events + gates.length).fill(1);
  for (const [index, { inputs }] of gates.entries())
    sizes[events + index] = Math.min(
      LARGEST,
      inputs.reduce((sum, input) => sum + (sizes[input] ?? 0), 0),
    );
  return sizes;
}

/** What is ordered, and how. @internal */
export interface Ordering {
  readonly tree: IndexedTree;
  readonly parts: ModuleParts;
  readonly walk: Walk;
  readonly measures: Measures;
}

/**
 * The parts of one module, with its variables in the order of a walk.
 *
 * @internal
 */
export function orderedUnits({ tree, parts, walk, measures }: Ordering): readonly number[] {
  const isUnit = new Set(parts.units);
  const before = comparison(walk, measures);
  const met = new Set<number>();
  const stack = [parts.gates.at(-1) ?? tree.top];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next < 0 || met.has(next)) continue;
    met.add(next);
    if (isUnit.has(next)) continue;
    const inputs = [...(tree.gates[next - tree.events]?.inputs ?? [])];
    if (before) inputs.sort(before);
    for (let index = inputs.length - 1; index >= 0; index -= 1) stack.push(inputs[index] ?? -1);
  }
  const units = [...met].filter((number) => isUnit.has(number));
  const shared = units.filter((unit) => tree.shared[unit]);
  shared.sort((a, b) => (measures.uses[b] as number) - (measures.uses[a] as number) || a - b);
  return [...shared, ...units.filter((unit) => !tree.shared[unit])];
}

function comparison(walk: Walk, { uses, sizes }: Measures): ((a: number, b: number) => number) | undefined {
  if (walk === 'as written') return undefined;
  if (walk === 'smallest first') return (a, b) => (sizes[a] as number) - (sizes[b] as number);
  return (a, b) => (uses[b] as number) - (uses[a] as number) || (sizes[b] as number) - (sizes[a] as number);
}

/**
 * The modules of a tree, inner ones first: the last is that of the top.
 *
 * @internal
 */
export function modulesWithParts(tree: IndexedTree, isModule: Uint8Array): readonly ModuleParts[] {
  const { gates, events } = tree;
  const owner = new Int32Array(events + gates.length).fill(-1);
  const parts = new Map<number, { gates: number[]; units: Set<number> }>();
  for (let index = gates.length - 1; index >= 0; index -= 1) {
    const gate = events + index;
    const isOwn = isModule[index] === 1 || index === gates.length - 1;
    const module = isOwn ? gate : (owner[gate] as number);
    const own = parts.get(module) ?? { gates: [], units: new Set<number>() };
    parts.set(module, own);
    own.gates.push(gate);
    for (const input of gates[index]?.inputs ?? []) {
      if (input < events || isModule[input - events] === 1) {
        if (input >= 0) own.units.add(input);
      } else owner[input] = module;
    }
  }
  return [...parts.values()]
    .map((part) => ({ gates: part.gates.reverse(), units: [...part.units] }))
    .sort((a, b) => (a.gates.at(-1) ?? 0) - (b.gates.at(-1) ?? 0));
}
