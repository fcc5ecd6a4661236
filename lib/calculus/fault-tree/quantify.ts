import { whenAsked } from '../when-asked';
import { type CompiledTree, type CompileOptions, compileFaultTree } from './compiled-tree';
import type { FaultTree } from './fault-tree';
import { type CutSetOptions, type CutSets, cutSetsOf } from './find-cut-sets';

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
export interface QuantifyOptions extends CompileOptions, CutSetOptions {}

/**
 * Exact probability, importance of every event, and minimal cut sets of a fault tree.
 *
 * Importance and cut sets are worked out when they are asked for: whoever only holds the probability against what is owed
 * does not pay for them.
 *
 * @throws ConfigurationError when the tree is not well formed
 */
export function quantify(tree: FaultTree, options: QuantifyOptions = {}): Quantification {
  const compiled = compileFaultTree(tree, options);
  const probability = compiled.probability();
  const importance = whenAsked(() => importanceOf(compiled, probability));
  const cutSets = whenAsked(() => cutSetsOf(tree, compiled.diagram, options));
  return {
    probability,
    exact: compiled.isExact,
    ...(compiled.isExact ? {} : { bounds: compiled.bounds() }),
    get importance() {
      return importance();
    },
    get cutSets() {
      return cutSets();
    },
  };
}

function importanceOf(compiled: CompiledTree, top: number): ReadonlyMap<string, Importance> {
  const { failed, works, difference } = compiled.conditionals();
  const result = new Map<string, Importance>();
  let event = 0;
  for (const [name, { probability }] of compiled.tree.events) {
    const isNeeded = compiled.needs(event);
    const birnbaum = difference[event] as number;
    result.set(name, {
      birnbaum,
      criticality: top === 0 ? 0 : (probability * birnbaum) / top,
      raw: isNeeded ? ratio(failed[event] as number, top) : 1,
      rrw: isNeeded ? ratio(top, works[event] as number) : 1,
    });
    event += 1;
  }
  return result;
}

function ratio(a: number, b: number): number {
  return a === b ? 1 : a / b;
}
