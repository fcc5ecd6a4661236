import { BoundsBuilder } from './bounds-builder';
import { DecisionDiagram } from './decision-diagram';
import { weigh } from './diagram-probability';
import type { IndexedTree } from './indexed-tree';
import { ModuleBuilder, type ModulePlan } from './module-builder';
import { modulesOf } from './modules';
import { FULL, type NodeTable } from './node-table';
import { byLikelihood, byOrder, type Reduction } from './reductions';
import { usesOf } from './simplify-tree';
import {
  type Measures,
  type ModuleParts,
  modulesWithParts,
  orderedUnits,
  sizesOf,
  WALKS,
  type Walk,
} from './variable-order';

/**
 * The diagram of one module. Its nodes and levels stand together, after those of the modules in it.
 *
 * @internal
 */
export interface ModuleDiagram {
  /** Its function; when there was no room for it, one that is never below. */
  readonly root: number;

  /** Its function; when there was no room for it, one that is never above. */
  readonly lower: number;
  readonly firstNode: number;
  readonly firstLevel: number;
  readonly levels: number;
}

/**
 * The diagrams of a tree, a module each: in that of a module, a module in it is one variable.
 *
 * @internal
 */
export interface TreeDiagram {
  readonly table: NodeTable;

  /** Inner ones first: the last is that of the top. */
  readonly modules: readonly ModuleDiagram[];

  /** By level: the number of an event, or -1 less the index of a module. */
  readonly units: Int32Array;

  /** Whether no gate is a `not`: then a failure never mends anything. */
  readonly isCoherent: boolean;

  /** Whether there was room for every function. */
  readonly isExact: boolean;

  /** What it is the diagram of. */
  readonly tree: IndexedTree;
}

/** What diagrams are built by. @internal */
export interface BuildOptions {
  readonly maxNodes: number;

  /** By event number; they decide only what is left out when there is no room. */
  readonly probabilities: Float64Array;
}

/**
 * Builds the diagrams of a simplified tree. Where one would be too large, bounds stand in for it.
 *
 * @internal
 */
export function buildTreeDiagram(tree: IndexedTree, options: BuildOptions): TreeDiagram {
  return new TreeBuilder(tree, options).build(
    (parts, builder) => builder.exact(parts) ?? builder.bounds(parts),
  );
}

/** How many nodes a function may have of which only some cut sets are asked for. */
const MAX_TO_ORDER = 10_000;

/**
 * Builds diagrams that are right where at most so many events have failed; undefined when there is no room for them.
 *
 * @internal
 */
export function buildToOrder(tree: IndexedTree, order: number): TreeDiagram | undefined {
  let isFull = false;
  const built = new TreeBuilder(tree, { maxNodes: 0, probabilities: new Float64Array(tree.events) }).build(
    (parts, builder) => {
      const found = builder.reduced(parts, byOrder(order, MAX_TO_ORDER));
      isFull ||= found.isFull;
      return { ...found, root: found.lower };
    },
  );
  return isFull ? undefined : built;
}

/** How many nodes a module may take before another order is tried; at last, as many as there may be. */
const TRIES = [
  { nodes: 30_000, walks: WALKS },
  { nodes: 300_000, walks: WALKS },
  { nodes: Number.POSITIVE_INFINITY, walks: WALKS.slice(0, 1) },
];

/** How many nodes a bound may have, as a part of those that there may be, and at most. */
const BOUND_PART = 100;
const MAX_BOUND = 5_000;

class TreeBuilder {
  private readonly diagram: DecisionDiagram;
  private readonly measures: Measures;
  private readonly nodes: Int32Array;
  private readonly modules: ModuleDiagram[] = [];
  private readonly moduleOf = new Map<number, number>();
  private readonly units: number[] = [];

  constructor(
    private readonly tree: IndexedTree,
    private readonly options: BuildOptions,
  ) {
    this.diagram = new DecisionDiagram(options.maxNodes);
    this.measures = { uses: usesOf(tree), sizes: sizesOf(tree) };
    this.nodes = new Int32Array(tree.gates.length);
  }

  build(rootsOf: (parts: ModuleParts, builder: TreeBuilder) => Built): TreeDiagram {
    const { tree } = this;
    for (const parts of modulesWithParts(tree, modulesOf(tree))) {
      const firstLevel = this.units.length;
      const firstNode = this.diagram.table.count;
      const { plan, root, lower } = rootsOf(parts, this);
      this.addUnits(plan.units);
      this.moduleOf.set(parts.gates.at(-1) ?? tree.top, this.modules.length);
      this.modules.push({ root, lower, firstNode, firstLevel, levels: parts.units.length });
    }
    return this.result();
  }

  private result(): TreeDiagram {
    return {
      table: this.diagram.table,
      modules: this.modules,
      units: Int32Array.from(this.units),
      isCoherent: this.tree.gates.every(({ type }) => type !== 'not'),
      tree: this.tree,
      isExact: this.modules.every(({ root, lower }) => root === lower),
    };
  }

  private addUnits(units: readonly number[]): void {
    for (const unit of units)
      this.units.push(unit < this.tree.events ? unit : -1 - (this.moduleOf.get(unit) ?? 0));
  }

  private planFor(parts: ModuleParts, walk: Walk): ModulePlan {
    const { tree, measures, nodes } = this;
    const units = orderedUnits({ tree, parts, walk, measures });
    return { tree, parts, units, firstLevel: this.units.length, uses: measures.uses, nodes };
  }

  exact(parts: ModuleParts): Built | undefined {
    const { table } = this.diagram;
    for (const { nodes, walks } of TRIES)
      for (const walk of walks) {
        const plan = this.planFor(parts, walk);
        table.maxNodes = Math.min(this.options.maxNodes, table.count + nodes + plan.units.length * 100);
        const root = new ModuleBuilder(plan, this.diagram).build();
        if (root !== FULL) return { plan, root, lower: root };
      }
    return undefined;
  }

  bounds(parts: ModuleParts): Built {
    const { maxNodes } = this.options;
    const keep = Math.max(10, Math.min(MAX_BOUND, Math.floor(maxNodes / BOUND_PART)));
    const { nodes } = weigh(this.result(), this.options.probabilities);
    const plan = this.planFor(parts, WALKS[0]);
    const probabilities = [...this.units, ...plan.units].map((unit) => {
      const module = unit < 0 ? -1 - unit : this.moduleOf.get(unit);
      return module === undefined
        ? (this.options.probabilities[unit] ?? 0)
        : (nodes[this.modules[module]?.root ?? 0] ?? 0);
    });
    return this.reduced(parts, byLikelihood(Float64Array.from(probabilities), keep));
  }

  reduced(parts: ModuleParts, reduction: Reduction): Built & { readonly isFull: boolean } {
    const plan = this.planFor(parts, WALKS[0]);
    const { lower, upper, isFull } = new BoundsBuilder(plan, this.diagram, reduction).build();
    return { plan, root: upper, lower, isFull };
  }
}

/** A module's functions, and what they were built by. */
interface Built {
  readonly plan: ModulePlan;
  readonly root: number;
  readonly lower: number;
}
