import { addTo, LevelSums } from './level-sums';
import type { NodeTable } from './node-table';

/**
 * The probability of every node: one pass from the leaves up. All terms are positive: small probabilities keep their
 * digits.
 *
 * @param probabilities by level
 * @internal
 */
export function nodeProbabilities(table: NodeTable, probabilities: Float64Array): Float64Array {
  const { level, low, high, count } = table;
  const result = new Float64Array(count);
  result[1] = 1;
  for (let node = 2; node < count; node += 1) {
    const p = probabilities[level[node] as number] as number;
    result[node] =
      p * (result[high[node] as number] as number) + (1 - p) * (result[low[node] as number] as number);
  }
  return result;
}

/**
 * The probability of a function given each of its variables.
 *
 * @internal
 */
export interface Conditionals {
  /** By level: given that the variable is true. */
  readonly failed: Float64Array;

  /** By level: given that it is false. */
  readonly works: Float64Array;

  /** By level: how much the first is above the second, which is Birnbaum's importance. */
  readonly difference: Float64Array;
}

/** @internal */
export interface Weighed {
  readonly table: NodeTable;

  /** Of every node, by {@link nodeProbabilities}. */
  readonly nodes: Float64Array;

  /** By level. */
  readonly probabilities: Float64Array;
}

/**
 * What a function comes to given each of its variables: one pass from the root down. A path meets a variable, or runs
 * past its level: sums of both are kept apart from the difference, so that none is a difference of others.
 *
 * @internal
 */
export function conditionals(root: number, { table, nodes, probabilities }: Weighed): Conditionals {
  const { level, low, high } = table;
  const levels = probabilities.length;
  const failed = new Float64Array(levels);
  const works = new Float64Array(levels);
  const difference = new Float64Array(levels);
  const past = new LevelSums(levels);
  const reach = new Float64Array(root + 1);
  reach[root] = 1;
  past.add(0, Math.min(levels, level[root] as number), nodes[root] as number);
  for (let node = root; node > 1; node -= 1) {
    const mass = reach[node] as number;
    if (mass === 0) continue;
    const at = level[node] as number;
    const p = probabilities[at] as number;
    const up = high[node] as number;
    const down = low[node] as number;
    addTo(failed, at, mass * (nodes[up] as number));
    addTo(works, at, mass * (nodes[down] as number));
    addTo(difference, at, mass * ((nodes[up] as number) - (nodes[down] as number)));
    addTo(reach, up, mass * p);
    addTo(reach, down, mass * (1 - p));
    past.add(at + 1, Math.min(levels, level[up] as number), mass * p * (nodes[up] as number));
    past.add(at + 1, Math.min(levels, level[down] as number), mass * (1 - p) * (nodes[down] as number));
  }
  for (let at = 0; at < levels; at += 1) {
    const beside = past.at(at);
    addTo(failed, at, beside);
    addTo(works, at, beside);
  }
  return { failed, works, difference };
}
