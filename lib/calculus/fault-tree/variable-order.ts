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
export function orderedUnits(ordering: Ordering): readonly number[] {
  const { tree, measures } = ordering;
  const units = unitsAsMet(ordering);
  const shared = units.filter((unit) => tree.shared[unit]);
  shared.sort((a, b) => (measures.uses[b] as number) - (measures.uses[a] as number) || a - b);
  return [...shared, ...units.filter((unit) => !tree.shared[unit])];
}

/** The variables of a module in the order in which a walk down from its gate meets them. */
function unitsAsMet({ tree, parts, walk, measures }: Ordering): readonly number[] {
  const isUnit = new Set(parts.units);
  const before = comparison(walk, measures);
  const inOrder = (inputs: readonly number[]) => (before ? [...inputs].sort(before) : inputs);
  const met = new Set<number>();
  const stack = [parts.gates.at(-1) ?? tree.top];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next < 0 || met.has(next)) continue;
    met.add(next);
    if (isUnit.has(next)) continue;
    const ordered = inOrder(tree.gates[next - tree.events]?.inputs ?? []);
    for (let index = ordered.length - 1; index >= 0; index -= 1) stack.push(ordered[index] ?? -1);
  }
  return [...met].filter((number) => isUnit.has(number));
}

function comparison(walk: Walk, { uses, sizes }: Measures): ((a: number, b: number) => number) | undefined {
  if (walk === 'as written') return undefined;
  if (walk === 'smallest first') return (a, b) => (sizes[a] as number) - (sizes[b] as number);
  return (a, b) => (uses[b] as number) - (uses[a] as number) || (sizes[b] as number) - (sizes[a] as number);
}

/** A module whose parts are being gathered: its gates from the top down. */
interface Gathered {
  readonly gates: number[];
  readonly units: Set<number>;
}

/**
 * The modules of a tree, inner ones first: the last is that of the top.
 *
 * @internal
 */
export function modulesWithParts(tree: IndexedTree, isModule: Uint8Array): readonly ModuleParts[] {
  const { gates, events } = tree;
  const owner = new Int32Array(events + gates.length).fill(-1);
  const top = events + gates.length - 1;
  owner[top] = top;
  const parts = new Map<number, Gathered>();
  const isUnit = (input: number) => input < events || isModule[input - events] === 1;
  for (let index = gates.length - 1; index >= 0; index -= 1) {
    const gate = events + index;
    const module = isUnit(gate) ? gate : (owner[gate] as number);
    const own = gathered(module, parts);
    own.gates.push(gate);
    for (const input of gates[index]?.inputs ?? [])
      if (!isUnit(input)) owner[input] = module;
      else if (input >= 0) own.units.add(input);
  }
  return [...parts.values()]
    .map((part) => ({ gates: part.gates.reverse(), units: [...part.units] }))
    .sort((a, b) => (a.gates.at(-1) ?? 0) - (b.gates.at(-1) ?? 0));
}

function gathered(module: number, parts: Map<number, Gathered>): Gathered {
  const known = parts.get(module);
  if (known) return known;
  const added = { gates: [], units: new Set<number>() };
  parts.set(module, added);
  return added;
}
