import type { NodeTable } from './node-table';

/**
 * Which way a function may be off: never above the true one, or never below.
 *
 * @internal
 */
export type Side = 'lower' | 'upper';

/**
 * A function that is to be made smaller.
 *
 * @internal
 */
export interface Reducing {
  readonly table: NodeTable;

  /** Nodes before it belong to others. */
  readonly start: number;

  /** How many nodes it may keep. */
  readonly keep: number;
  readonly side: Side;
}

/**
 * How functions are kept small while larger ones are built from them.
 *
 * @internal
 */
export interface Reduction {
  readonly sides: readonly Side[];

  /** How many nodes a function may have. */
  readonly keep: number;

  /** Whether any number of nodes can be reached. */
  readonly isAnySize: boolean;
  reduce(root: number, reducing: Reducing): number;
}

/**
 * Keeps what is likeliest: a bound on either side.
 *
 * @param probabilities - by level
 * @internal
 */
export function byLikelihood(probabilities: Float64Array, keep: number): Reduction {
  return {
    sides: ['lower', 'upper'],
    keep,
    isAnySize: true,
    reduce: (root, reducing) => likeliest(root, reducing, probabilities),
  };
}

/**
 * Keeps what takes at most so many failures: minimal cut sets up to that order stay as they are.
 *
 * @internal
 */
export function byOrder(order: number, keep: number): Reduction {
  return {
    sides: ['lower'],
    keep,
    isAnySize: false,
    reduce: (root, reducing) => withinOrder(root, reducing, order),
  };
}

/** A smaller function that lies below, or above: its least likely nodes become false, or true. */
function likeliest(root: number, reducing: Reducing, probabilities: Float64Array): number {
  const { start, keep } = reducing;
  const nodes = reached(root, reducing);
  if (nodes.length <= keep) return root;
  const mass = massOf(root, { ...reducing, nodes, probabilities });
  const ranked = [...nodes].sort(
    (a, b) => (mass[b - start] as number) - (mass[a - start] as number) || b - a,
  );
  const kept = ranked.slice(0, Math.floor(keep)).sort((a, b) => a - b);
  return rebuilt(root, kept, reducing);
}

/** Without the nodes that are reached by more failures only. */
function withinOrder(root: number, reducing: Reducing, order: number): number {
  const { table, start } = reducing;
  const nodes = reached(root, reducing);
  const failures = new Int32Array(Math.max(0, root - start) + 1).fill(order + 1);
  failures[root - start] = 0;
  const meet = (node: number, count: number) => {
    if (node >= start) failures[node - start] = Math.min(failures[node - start] as number, count);
  };
  for (const node of [...nodes].reverse()) {
    const count = failures[node - start] as number;
    meet(table.low[node] as number, count);
    meet(table.high[node] as number, count + 1);
  }
  const kept = nodes.filter((node) => (failures[node - start] as number) <= order);
  return kept.length === nodes.length ? root : rebuilt(root, kept, reducing);
}

/** The nodes of a function, from the leaves up. */
function reached(root: number, { table: { low, high }, start }: Reducing): readonly number[] {
  if (root < start) return [];
  const marked = new Uint8Array(root - start + 1);
  marked[root - start] = 1;
  for (let node = root; node >= start; node -= 1) {
    if (marked[node - start] === 0) continue;
    for (const next of [low[node] as number, high[node] as number])
      if (next >= start) marked[next - start] = 1;
  }
  const nodes: number[] = [];
  for (let node = start; node <= root; node += 1) if (marked[node - start] === 1) nodes.push(node);
  return nodes;
}

/** The function with some of its nodes; the others become leaves. */
function rebuilt(root: number, kept: readonly number[], { table, start, side }: Reducing): number {
  const now = new Int32Array(root - start + 1).fill(side === 'lower' ? 0 : 1);
  const nodeNow = (node: number) => (node < start ? node : (now[node - start] as number));
  const { maxNodes } = table;
  table.maxNodes = Number.POSITIVE_INFINITY;
  for (const node of kept) {
    const down = nodeNow(table.low[node] as number);
    const up = nodeNow(table.high[node] as number);
    now[node - start] = down === up ? down : table.node(table.level[node] as number, down, up);
  }
  table.maxNodes = maxNodes;
  return now[root - start] as number;
}

/** What a function's mass is worked out from. */
interface Massing extends Reducing {
  readonly nodes: readonly number[];
  readonly probabilities: Float64Array;
}

/** By how much the probability may change at most when a node becomes a leaf. */
function massOf(root: number, { table, start, probabilities, side, nodes }: Massing): Float64Array {
  const { level, low, high } = table;
  const value = new Float64Array(root - start + 1);
  const valueAt = (node: number) => (node < start ? node : (value[node - start] as number));
  const p = (node: number) => probabilities[level[node] as number] as number;
  for (const node of nodes)
    value[node - start] =
      p(node) * valueAt(high[node] as number) + (1 - p(node)) * valueAt(low[node] as number);
  const reach = new Float64Array(root - start + 1);
  reach[root - start] = 1;
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index] as number;
    const mass = reach[node - start] as number;
    const up = high[node] as number;
    const down = low[node] as number;
    if (up >= start) reach[up - start] = (reach[up - start] as number) + mass * p(node);
    if (down >= start) reach[down - start] = (reach[down - start] as number) + mass * (1 - p(node));
    const off = side === 'lower' ? (value[node - start] as number) : 1 - (value[node - start] as number);
    value[node - start] = mass * off;
  }
  return value;
}
