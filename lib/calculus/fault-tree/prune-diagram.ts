import type { NodeTable } from './node-table';

/** Which way a function may be off: never above the true one, or never below. @internal */
export type Side = 'lower' | 'upper';

/** A function that is to be made smaller. @internal */
export interface Pruning {
  readonly table: NodeTable;

  /** Nodes before it belong to others. */
  readonly start: number;

  /** By level. */
  readonly probabilities: Float64Array;

  /** How many nodes it may keep. */
  readonly keep: number;
  readonly side: Side;
}

/**
 * A smaller function that lies below, or above, a function: its least likely nodes become false, or true.
 *
 * @internal
 */
export function pruned(root: number, pruning: Pruning): number {
  const { table, start, keep, side } = pruning;
  if (root < start) return root;
  const { low, high } = table;
  const marked = reached(root, pruning);
  const nodes: number[] = [];
  for (let node = start; node <= root; node += 1) if (marked[node - start] === 1) nodes.push(node);
  if (nodes.length <= keep) return root;
  const mass = massOf(root, nodes, pruning);
  const ranked = [...nodes].sort(
    (a, b) => (mass[b - start] as number) - (mass[a - start] as number) || b - a,
  );
  for (const node of ranked.slice(Math.floor(keep))) marked[node - start] = 0;
  const now = new Int32Array(root - start + 1).fill(side === 'lower' ? 0 : 1);
  const nodeNow = (node: number) => (node < start ? node : (now[node - start] as number));
  const { maxNodes } = table;
  table.maxNodes = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    if (marked[node - start] === 0) continue;
    const down = nodeNow(low[node] as number);
    const up = nodeNow(high[node] as number);
    now[node - start] = down === up ? down : table.node(table.level[node] as number, down, up);
  }
  table.maxNodes = maxNodes;
  return now[root - start] as number;
}

function reached(root: number, { table: { low, high }, start }: Pruning): Uint8Array {
  const marked = new Uint8Array(root - start + 1);
  marked[root - start] = 1;
  for (let node = root; node >= start; node -= 1) {
    if (marked[node - start] === 0) continue;
    for (const next of [low[node] as number, high[node] as number])
      if (next >= start) marked[next - start] = 1;
  }
  return marked;
}

/** By how much the probability may change at most when a node becomes a leaf. */
function massOf(root: number, nodes: readonly number[], pruning: Pruning): Float64Array {
  const { table, start, probabilities, side } = pruning;
  const { level, low, high } = table;
  const value = new Float64Array(root - start + 1);
  const valueOf = (node: number) => (node < start ? node : (value[node - start] as number));
  const p = (node: number) => probabilities[level[node] as number] as number;
  for (const node of nodes)
    value[node - start] =
      p(node) * valueOf(high[node] as number) + (1 - p(node)) * valueOf(low[node] as number);
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
