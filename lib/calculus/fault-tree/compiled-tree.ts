import { ConfigurationError } from '../../errors';
import { type Conditionals, conditionals, weigh } from './diagram-probability';
import type { FaultTree } from './fault-tree';
import { indexTree } from './indexed-tree';
import { simplifyTree } from './simplify-tree';
import { buildTreeDiagram, type TreeDiagram } from './tree-diagram';

/** Options of {@link compileFaultTree}. */
export interface CompileOptions {
  /**
   * How many nodes the decision diagram may have; a node takes about 40 bytes. Beyond it the result is bounds.
   *
   * @default 2,000,000
   */
  readonly maxNodes?: number;
}

const MAX_NODES = 2_000_000;

/** What else than its own probability an event has in one calculation. */
export type ChangedProbabilities = ReadonlyMap<string, number>;

/**
 * A fault tree made ready: the costly part is done once, and each probability asked for is one linear pass.
 *
 * Made by {@link compileFaultTree}.
 *
 * @see Rauzy, New algorithms for fault trees analysis, Reliability Engineering and System Safety 1993
 */
export class CompiledTree {
  private readonly needed: Uint8Array;

  /** @internal */
  constructor(
    readonly tree: FaultTree,
    /** @internal */
    readonly diagram: TreeDiagram,
  ) {
    this.needed = new Uint8Array(tree.events.size);
    for (const unit of diagram.units) if (unit >= 0) this.needed[unit] = 1;
  }

  /**
   * The probability of the top event; an upper bound when there was no room to be exact.
   *
   * @param changed - probabilities of some events in this calculation; 1 for one that has failed, 0 for one that cannot
   * @throws ConfigurationError when an event is unknown or a probability outside 0 to 1
   */
  probability(changed: ChangedProbabilities = new Map()): number {
    const { nodes } = weigh(this.diagram, this.probabilities(changed));
    return nodes[this.diagram.modules.at(-1)?.root ?? 0] as number;
  }

  /** Whether probabilities are exact but for rounding; else they are upper bounds. */
  get isExact(): boolean {
    return this.diagram.isExact;
  }

  /**
   * What the probability of the top event is guaranteed to lie within; both are the same when it is exact.
   *
   * @param changed - as for {@link probability}
   * @throws ConfigurationError when an event is unknown or a probability outside 0 to 1
   */
  bounds(changed: ChangedProbabilities = new Map()): { readonly lower: number; readonly upper: number } {
    const upper = this.probability(changed);
    if (this.isExact) return { lower: upper, upper };
    const { nodes } = weigh(this.diagram, this.probabilities(changed), 'lower');
    return { lower: nodes[this.diagram.modules.at(-1)?.lower ?? 0] as number, upper };
  }

  /** Whether the top's diagram has an event. @internal */
  needs(event: number): boolean {
    return this.needed[event] === 1;
  }

  /** @internal */
  conditionals(changed: ChangedProbabilities = new Map()): Conditionals {
    const weighed = weigh(this.diagram, this.probabilities(changed));
    return conditionals(this.diagram, weighed, this.tree.events.size);
  }

  private probabilities(changed: ChangedProbabilities): Float64Array {
    for (const [name, probability] of changed) checkChange(name, probability, this.tree);
    return Float64Array.from(this.tree.events, ([name, { probability }]) => changed.get(name) ?? probability);
  }
}

function checkChange(name: string, probability: number, { events }: FaultTree): void {
  const path = `fault tree/${name}`;
  if (!events.has(name))
    throw new ConfigurationError({
      path,
      problem: 'there is no such basic event',
      fix: 'name an event of the tree',
    });
  if (!(probability >= 0 && probability <= 1))
    throw new ConfigurationError({
      path,
      problem: `its probability is ${probability}, but must be from 0 to 1`,
      fix: 'give its unavailability as a fraction',
    });
}

/**
 * Builds the decision diagram of a fault tree, so that many questions can be asked of it.
 *
 * @throws ConfigurationError when the tree is not well formed
 */
export function compileFaultTree(
  tree: FaultTree,
  { maxNodes = MAX_NODES }: CompileOptions = {},
): CompiledTree {
  const probabilities = Float64Array.from(tree.events, ([, { probability }]) => probability);
  const diagram = buildTreeDiagram(simplifyTree(indexTree(tree)), { maxNodes, probabilities });
  return new CompiledTree(tree, diagram);
}

/**
 * The probability of the top event when some events have failed or cannot fail.
 *
 * To ask several such questions of one tree, compile it once.
 *
 * @param fixed - true for an event that has failed, false for one that cannot
 * @throws ConfigurationError when the tree is not well formed or an event is unknown
 */
export function probabilityGiven(tree: FaultTree, fixed: ReadonlyMap<string, boolean>): number {
  return compileFaultTree(tree).probability(
    new Map([...fixed].map(([name, failed]) => [name, failed ? 1 : 0])),
  );
}
