import type { DecisionDiagram } from './decision-diagram';
import { FAILED, type IndexedGate, type IndexedTree } from './indexed-tree';
import { FULL } from './node-table';

/**
 * The node of the top event, by Shannon's expansion of every gate; {@link FULL} when the diagram may not be so large.
 *
 * @param order event numbers by level
 * @internal
 */
export function buildDiagram(tree: IndexedTree, order: readonly number[], diagram: DecisionDiagram): number {
  const nodes = new Int32Array(tree.events + tree.gates.length);
  for (const [level, event] of order.entries()) nodes[event] = diagram.variable(level);
  const nodeOf = (number: number) => (number >= 0 ? (nodes[number] as number) : number === FAILED ? 1 : 0);
  for (const [index, gate] of tree.gates.entries()) {
    const node = nodeOfGate(gate, deepestFirst(gate.inputs.map(nodeOf), diagram), diagram);
    if (node === FULL) return FULL;
    nodes[tree.events + index] = node;
  }
  return nodeOf(tree.top);
}

/** What joins the deepest first copies least: the nodes above are new in any case. */
function deepestFirst(nodes: readonly number[], { table }: DecisionDiagram): readonly number[] {
  return [...nodes].sort((a, b) => (table.level[b] as number) - (table.level[a] as number) || b - a);
}

function nodeOfGate({ type, min }: IndexedGate, inputs: readonly number[], diagram: DecisionDiagram): number {
  if (type === 'not') return diagram.not(inputs[0] ?? 0);
  if (type === 'atleast') return atLeast(min, inputs, diagram);
  let node = type === 'and' ? 1 : 0;
  for (const input of inputs) {
    node = type === 'and' ? diagram.and(node, input) : diagram.or(node, input);
    if (node === FULL) return FULL;
  }
  return node;
}

/** Counts from the last input to the first: `reached[k]` is that k of those seen so far fail. */
function atLeast(min: number, inputs: readonly number[], diagram: DecisionDiagram): number {
  const reached = new Int32Array(min + 1);
  reached[0] = 1;
  for (const [seen, input] of inputs.entries()) {
    const left = inputs.length - 1 - seen;
    for (let k = Math.min(min, seen + 1); k >= Math.max(1, min - left); k -= 1) {
      const node = diagram.choose(input, reached[k - 1] as number, reached[k] as number);
      if (node === FULL) return FULL;
      reached[k] = node;
    }
  }
  return reached[min] as number;
}
