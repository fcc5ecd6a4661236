import type { CutSetDiagram } from './cut-set-diagram';
import { FULL, type NodeTable } from './node-table';

/**
 * The minimal cut sets of a coherent function, by Rauzy's recursion, from the leaves up; {@link FULL} when there are
 * too many nodes.
 *
 * @see Rauzy, Mathematical foundations of minimal cutsets, IEEE Trans. Reliability 2001
 * @internal
 */
export function minimalCutSets(root: number, { level, low, high }: NodeTable, sets: CutSetDiagram): number {
  const families = new Int32Array(root + 1);
  families[1] = 1;
  for (const node of reachable(root, low, high)) {
    const without = families[low[node] as number] as number;
    const more = sets.without(families[high[node] as number] as number, without);
    if (more === FULL) return FULL;
    const family = sets.join(level[node] as number, more, without);
    if (family === FULL) return FULL;
    families[node] = family;
  }
  return families[root] as number;
}

function* reachable(root: number, low: Int32Array, high: Int32Array): Generator<number> {
  const marked = new Uint8Array(root + 1);
  marked[root] = 1;
  for (let node = root; node > 1; node -= 1) {
    if (marked[node] === 0) continue;
    marked[low[node] as number] = 1;
    marked[high[node] as number] = 1;
  }
  for (let node = 2; node <= root; node += 1) if (marked[node] === 1) yield node;
}

/**
 * How many sets of each order a family has; the index is the order.
 *
 * @internal
 */
export function countsByOrder(family: number, { low, high }: NodeTable): readonly number[] {
  const counts: (readonly number[])[] = [[], [1]];
  for (let node = 2; node <= family; node += 1)
    counts.push(sum([0, ...(counts[high[node] as number] ?? [])], counts[low[node] as number] ?? []));
  return counts[family] ?? [];
}

function sum(a: readonly number[], b: readonly number[]): readonly number[] {
  return Array.from(
    { length: Math.max(a.length, b.length) },
    (_, order) => (a[order] ?? 0) + (b[order] ?? 0),
  );
}

/**
 * The sets of one order in a family, as levels.
 *
 * @internal
 */
export function* setsOfOrder(
  family: number,
  order: number,
  { level, low, high }: NodeTable,
): Generator<readonly number[]> {
  const stack: { readonly node: number; readonly set: readonly number[] }[] = [{ node: family, set: [] }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, set } = next;
    if (node === 1 && set.length === order) yield set;
    if (node < 2) continue;
    stack.push({ node: low[node] as number, set });
    if (set.length < order) stack.push({ node: high[node] as number, set: [...set, level[node] as number] });
  }
}
