import type { DecisionDiagram } from './decision-diagram';
import { FAILED, type IndexedTree } from './indexed-tree';
import { FULL } from './node-table';
import type { ModuleParts } from './variable-order';

/**
 * What a module's diagram is built from.
 *
 * @internal
 */
export interface ModulePlan {
  readonly tree: IndexedTree;
  readonly parts: ModuleParts;

  /** Its variables, from `firstLevel` on. */
  readonly units: readonly number[];
  readonly firstLevel: number;

  /** How many gates need an event or a gate. */
  readonly uses: Int32Array;

  /** By gate, for use while building: its node, or -1 when there is none, or none needs it any more. */
  readonly nodes: Int32Array;
}

/**
 * Builds the diagram of one module, gate by gate. Nodes that nothing needs any more are taken away when there is no
 * room left.
 *
 * @internal
 */
export class ModuleBuilder {
  private readonly start: number;
  private readonly unitAt: ReadonlyMap<number, number>;

  /** Nodes of the variables by unit. */
  private readonly variables: Int32Array;

  /** Nodes of the gate at work. */
  private work = new Int32Array(1);

  /** By gate: how many of those that need it are still to be built. */
  private readonly pending = new Map<number, number>();

  constructor(
    private readonly plan: ModulePlan,
    private readonly diagram: DecisionDiagram,
  ) {
    const { units, firstLevel, parts, uses } = plan;
    this.start = diagram.table.count;
    this.unitAt = new Map(units.map((unit, index) => [unit, index]));
    this.variables = Int32Array.from(units, (_, index) => diagram.variable(firstLevel + index));
    for (const gate of parts.gates) this.pending.set(gate, uses[gate] as number);
  }

  /** The node of the module; {@link FULL} when there is no room for it. Nothing else is left behind. */
  build(): number {
    const { parts, nodes, tree } = this.plan;
    let root = this.variables.includes(FULL) ? FULL : 0;
    for (const gate of parts.gates) {
      root = root === FULL ? FULL : this.nodeOfGate(gate);
      nodes[gate - tree.events] = root;
      this.release(gate);
    }
    const moved = this.diagram.collect(this.start, [root]);
    return root < this.start ? root : (moved[root - this.start] as number);
  }

  /** What only this gate needed is needed no more. */
  private release(gate: number): void {
    const { tree, nodes } = this.plan;
    for (const input of tree.gates[gate - tree.events]?.inputs ?? []) {
      const left = (this.pending.get(input) ?? 0) - 1;
      if (left < 0) continue;
      this.pending.set(input, left);
      if (left === 0) nodes[input - tree.events] = -1;
    }
  }

  private nodeOf(number: number): number {
    if (number < 0) return number === FAILED ? 1 : 0;
    const unit = this.unitAt.get(number);
    return (
      unit === undefined ? this.plan.nodes[number - this.plan.tree.events] : this.variables[unit]
    ) as number;
  }

  private nodeOfGate(gate: number): number {
    const { tree } = this.plan;
    const { type, min, inputs } = tree.gates[gate - tree.events] ?? { type: 'or', min: 0, inputs: [] };
    const sorted = this.deepestFirst(inputs);
    if (type === 'not') return this.step(() => this.diagram.not(this.nodeOf(sorted[0] ?? FAILED)));
    if (type === 'atleast') return this.atLeast(min, sorted);
    this.work = Int32Array.of(type === 'and' ? 1 : 0);
    for (const input of sorted) {
      const node = this.step(() =>
        type === 'and'
          ? this.diagram.and(this.work[0] as number, this.nodeOf(input))
          : this.diagram.or(this.work[0] as number, this.nodeOf(input)),
      );
      if (node === FULL) return FULL;
      this.work[0] = node;
    }
    return this.work[0] as number;
  }

  /** Counts from the last input to the first: `work[k]` is that k of those seen so far fail. */
  private atLeast(min: number, inputs: readonly number[]): number {
    this.work = new Int32Array(min + 1);
    this.work[0] = 1;
    for (const [seen, input] of inputs.entries()) {
      const left = inputs.length - 1 - seen;
      for (let k = Math.min(min, seen + 1); k >= Math.max(1, min - left); k -= 1) {
        const node = this.step(() =>
          this.diagram.choose(this.nodeOf(input), this.work[k - 1] as number, this.work[k] as number),
        );
        if (node === FULL) return FULL;
        this.work[k] = node;
      }
    }
    return this.work[min] as number;
  }

  /** What joins the deepest first copies least: the nodes above are new in any case. */
  private deepestFirst(inputs: readonly number[]): readonly number[] {
    const { level } = this.diagram.table;
    const levelOf = (input: number) => level[this.nodeOf(input)] as number;
    return [...inputs].sort((a, b) => levelOf(b) - levelOf(a) || this.nodeOf(b) - this.nodeOf(a));
  }

  /** Does one step, if need be again once room is made. */
  private step(operation: () => number): number {
    const node = operation();
    return node === FULL && this.makeRoom() ? operation() : node;
  }

  /** Takes away what nothing needs; false when that is not worth it. */
  private makeRoom(): boolean {
    const { parts, nodes, tree } = this.plan;
    const before = this.diagram.table.count - this.start;
    const built = parts.gates
      .map((gate) => gate - tree.events)
      .filter((index) => (nodes[index] as number) > 1);
    const live = [...this.variables, ...this.work, ...built.map((index) => nodes[index] as number)];
    const moved = this.diagram.collect(this.start, live);
    const now = (node: number) => (node < this.start ? node : (moved[node - this.start] as number));
    for (const index of built) nodes[index] = now(nodes[index] as number);
    this.work = this.work.map(now);
    this.variables.set(this.variables.map(now));
    return this.diagram.table.count - this.start < before * 0.75;
  }
}
