import { CutSetDiagram } from './cut-set-diagram';
import { FULL, type NodeTable } from './node-table';
import type { TreeDiagram } from './tree-diagram';

/**
 * Minimal cut sets of a tree: a family for each module, in which a module in it is one variable.
 *
 * @internal
 */
export interface CutSetFamilies {
  readonly table: NodeTable;

  /** By module: its family. */
  readonly families: Int32Array;

  /** By level: the number of an event, or -1 less the index of a module. */
  readonly units: Int32Array;
}

/** How many nodes the families may take. */
const MAX_NODES = 4_000_000;

/**
 * All minimal cut sets of a coherent tree, by Rauzy's recursion, from the leaves up: those that need a variable are
 * those of the high side that include none of the low side. Undefined when there is no room for them.
 *
 * @see Rauzy, Mathematical foundations of minimal cutsets, IEEE Trans. Reliability 2001
 * @internal
 */
export function allCutSets(diagram: TreeDiagram, steps: number): CutSetFamilies | undefined {
  const { low, high, level, count } = diagram.table;
  const sets = new CutSetDiagram(MAX_NODES, steps);
  const families = new Int32Array(count);
  families[1] = 1;
  for (let node = 2; node < count; node += 1) {
    const family = sets.minimal(
      level[node] as number,
      families[high[node] as number] as number,
      families[low[node] as number] as number,
    );
    if (family === FULL) return undefined;
    families[node] = family;
  }
  return familiesOf(diagram, families, sets.table);
}

/**
 * The minimal cut sets up to an order, and perhaps some beyond, without building the others. Undefined when there is no
 * room for them.
 *
 * @internal
 */
export function cutSetsUpTo(order: number, diagram: TreeDiagram, steps: number): CutSetFamilies | undefined {
  const { low, high, level, count } = diagram.table;
  const sets = new CutSetDiagram(MAX_NODES, steps);
  const least = leastOrders(diagram);
  const upTo = Array.from({ length: order + 1 }, () => new Int32Array(count));
  for (const families of upTo) families[1] = 1;
  for (let node = 2; node < count; node += 1) {
    const weight = least.levels[level[node] as number] as number;
    for (let limit = least.nodes[node] as number; limit <= order; limit += 1) {
      const without = upTo[limit]?.[low[node] as number] as number;
      const more = upTo[limit - weight]?.[high[node] as number] ?? 0;
      const family = sets.minimal(level[node] as number, more, without);
      if (family === FULL) return undefined;
      const families = upTo[limit];
      if (families) families[node] = family;
    }
  }
  return familiesOf(diagram, upTo[order] ?? new Int32Array(count), sets.table);
}

function familiesOf({ modules, units }: TreeDiagram, families: Int32Array, table: NodeTable): CutSetFamilies {
  return { table, units, families: Int32Array.from(modules, ({ root }) => families[root] as number) };
}

/** The least order of the cut sets of every node, and of what stands at every level. */
function leastOrders({ table, modules, units }: TreeDiagram) {
  const { level, low, high, count } = table;
  const nodes = new Float64Array(count);
  nodes[0] = Number.POSITIVE_INFINITY;
  const levels = new Float64Array(units.length);
  for (const [index, { firstNode, firstLevel, levels: own }] of modules.entries()) {
    for (let at = firstLevel; at < firstLevel + own; at += 1) {
      const unit = units[at] as number;
      levels[at] = unit >= 0 ? 1 : (nodes[modules[-1 - unit]?.root ?? 0] as number);
    }
    for (let node = firstNode; node < (modules[index + 1]?.firstNode ?? count); node += 1)
      nodes[node] = Math.min(
        nodes[low[node] as number] as number,
        (levels[level[node] as number] as number) + (nodes[high[node] as number] as number),
      );
  }
  return { nodes, levels };
}
