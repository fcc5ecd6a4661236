import { ConfigurationError } from '../../errors';
import { buildDiagram } from './build-diagram';
import { DecisionDiagram } from './decision-diagram';
import { type Conditionals, conditionals, nodeProbabilities } from './diagram-probability';
import type { FaultTree } from './fault-tree';
import { indexTree } from './indexed-tree';
import { FULL } from './node-table';
import { variableOrder } from './variable-order';

/** Options of {@link compileFaultTree}. */
export interface CompileOptions {
  /**
   * How many nodes the decision diagram may have; a node takes about 40 bytes. Beyond it the result is bounds.
   *
   * @default 4,000,000
   */
  readonly maxNodes?: number;
}

const MAX_NODES = 4_000_000;

/** What else than its own probability an event has in one calculation. */
export type ChangedProbabilities = ReadonlyMap<string, number>;

/**
 * A fault tree made ready: the costly part is done once, and each probability asked for is one linear pass.
 *
 * Made by {@link compileFaultTree}.
 */
export class CompiledTree {
  private readonly events: readonly string[];

  /** @internal */
  constructor(
    readonly tree: FaultTree,
    readonly diagram: DecisionDiagram,
    readonly root: number,
    readonly order: readonly number[],
  ) {
    const names = [...tree.events.keys()];
    this.events = order.map((event) => names[event] ?? '');
  }

  /**
   * The probability of the top event.
   *
   * @param changed - probabilities of some events in this calculation; 1 for one that has failed, 0 for one that cannot
   * @throws ConfigurationError when an event is unknown or a probability outside 0 to 1
   */
  probability(changed: ChangedProbabilities = new Map()): number {
    const nodes = nodeProbabilities(this.diagram.table, this.probabilities(changed));
    return nodes[this.root] as number;
  }

  /** The events of the diagram by level. @internal */
  get levels(): readonly string[] {
    return this.events;
  }

  /** @internal */
  conditionals(changed: ChangedProbabilities = new Map()): Conditionals {
    const probabilities = this.probabilities(changed);
    const nodes = nodeProbabilities(this.diagram.table, probabilities);
    return conditionals(this.root, { table: this.diagram.table, nodes, probabilities });
  }

  private probabilities(changed: ChangedProbabilities): Float64Array {
    for (const [name, probability] of changed) checkChange(name, probability, this.tree);
    return Float64Array.from(
      this.events,
      (name) => changed.get(name) ?? this.tree.events.get(name)?.probability ?? 0,
    );
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
  const indexed = indexTree(tree);
  const order = variableOrder(indexed);
  const diagram = new DecisionDiagram(maxNodes);
  const root = buildDiagram(indexed, order, diagram);
  if (root === FULL)
    throw new ConfigurationError({
      path: `fault tree/${tree.top}`,
      problem: `its diagram has more than ${maxNodes} nodes`,
      fix: 'allow more nodes',
    });
  return new CompiledTree(tree, diagram, root, order);
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
