import { type CompiledTree, type CompileOptions, compileFaultTree } from './compiled-tree';
import { CutSetDiagram } from './cut-set-diagram';
import { countsByOrder, minimalCutSets, setsOfOrder } from './cut-sets';
import type { FaultTree } from './fault-tree';

/** What the top event owes to one basic event. */
export interface Importance {
  /** Birnbaum's: by how much the top event is likelier when the event has failed than when it cannot. */
  readonly birnbaum: number;

  /** The part of the top event's probability that goes with the event: `p × birnbaum / P(top)`. */
  readonly criticality: number;

  /** Risk achievement worth: by what factor the top event is likelier once the event has failed. */
  readonly raw: number;

  /** Risk reduction worth: by what factor it is less likely if the event cannot fail; infinite when it never happens without it. */
  readonly rrw: number;
}

/** The smallest sets of events by which the top event happens. */
export interface CutSets {
  /** How many are known; above 2^53 it is rounded. */
  readonly count: number;

  /** How many of each order are known; the index is the order. `byOrder[1]` are the single points of failure. */
  readonly byOrder: readonly number[];

  /** The sets themselves, by order, then by name; at most `maxListed`, of at most `maxOrder`. */
  readonly listed: readonly (readonly string[])[];

  /** Whether `count` and `byOrder` are of all minimal cut sets; otherwise of those up to the order that could be found. */
  readonly complete: boolean;
}

/** What is known of a fault tree. */
export interface Quantification {
  /** Of the top event. When `exact` is false, the upper bound. */
  readonly probability: number;

  /** Whether the probability is exact but for rounding. */
  readonly exact: boolean;

  /**
   * What the probability is guaranteed to lie within.
   *
   * @default - none: it is exact
   */
  readonly bounds?: { readonly lower: number; readonly upper: number };

  /** Of every basic event, by name. */
  readonly importance: ReadonlyMap<string, Importance>;

  /** Minimal cut sets; none are known of a tree that is not coherent, as by a `not` gate. */
  readonly cutSets: CutSets;
}

/** Options of {@link quantify}. */
export interface QuantifyOptions extends CompileOptions {
  /**
   * The highest order of cut sets that are looked for.
   *
   * @default - all orders
   */
  readonly maxOrder?: number;

  /**
   * How many cut sets are listed.
   *
   * @default 1,000
   */
  readonly maxListed?: number;
}

/**
 * Exact probability, importance of every event, and minimal cut sets of a fault tree.
 *
 * @throws ConfigurationError when the tree is not well formed
 */
export function quantify(tree: FaultTree, options: QuantifyOptions = {}): Quantification {
  const compiled = compileFaultTree(tree, options);
  const probability = compiled.probability();
  return {
    probability,
    exact: true,
    importance: importanceOf(compiled, probability),
    cutSets: cutSetsOf(compiled, options),
  };
}

function importanceOf(compiled: CompiledTree, top: number): ReadonlyMap<string, Importance> {
  const { failed, works, difference } = compiled.conditionals();
  const levels = new Map(compiled.levels.map((name, level) => [name, level]));
  const result = new Map<string, Importance>();
  for (const [name, { probability }] of compiled.tree.events) {
    const level = levels.get(name);
    const birnbaum = level === undefined ? 0 : (difference[level] as number);
    result.set(name, {
      birnbaum,
      criticality: top === 0 ? 0 : (probability * birnbaum) / top,
      raw: level === undefined ? 1 : ratio(failed[level] as number, top),
      rrw: level === undefined ? 1 : ratio(top, works[level] as number),
    });
  }
  return result;
}

function ratio(a: number, b: number): number {
  return a === b ? 1 : a / b;
}

function cutSetsOf(compiled: CompiledTree, { maxOrder, maxListed = 1000 }: QuantifyOptions): CutSets {
  if ([...compiled.tree.gates.values()].some(({ type }) => type === 'not'))
    return { count: 0, byOrder: [], listed: [], complete: false };
  const diagram = new CutSetDiagram(10_000_000);
  const family = minimalCutSets(compiled.root, compiled.diagram.table, diagram);
  const all = countsByOrder(family, diagram.table);
  const byOrder = all.slice(0, (maxOrder ?? all.length) + 1);
  const listed: (readonly string[])[] = [];
  for (const order of byOrder.keys()) {
    const sets = [...setsOfOrder(family, order, diagram.table)].map((set) =>
      set.map((level) => compiled.levels[level] ?? '').sort(),
    );
    listed.push(
      ...sets.sort((a, b) => (a.join('\0') < b.join('\0') ? -1 : 1)).slice(0, maxListed - listed.length),
    );
  }
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  return { count: total(byOrder), byOrder, listed, complete: total(byOrder) === total(all) };
}
