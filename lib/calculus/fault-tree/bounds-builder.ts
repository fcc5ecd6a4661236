import type { DecisionDiagram } from './decision-diagram';
import { FAILED } from './indexed-tree';
import type { ModulePlan } from './module-builder';
import { FULL } from './node-table';
import type { Reduction, Side } from './reductions';

/** A function never above a module's, and one never below. @internal */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;

  /** Whether a step found no room at all. */
  readonly isFull: boolean;
}

/** What a step works on, by slot. */
interface Step {
  readonly side: Side;
  readonly operands: readonly number[];
  readonly into: number;
  operation(nodes: readonly number[]): number;
}

/**
 * Builds two functions for a module whose diagram is too large: one never above it, one never below. Whatever grows too
 * large on the way loses its least likely parts; as gates never turn less into more, what comes out is still a bound:
 * `not` gates stand on events alone.
 *
 * @internal
 */
export class BoundsBuilder {
  private readonly start: number;

  /** Nodes that are needed: of the leaves, of variables, of gates on either side, and of the gate at work. */
  private slots: Int32Array;
  private readonly slotOfUnit = new Map<number, number>();
  private readonly slotOfGate = new Map<number, number>();
  private readonly work: number;

  /** Whether a step found no room, so that a bound may say nothing. */
  private isFull = false;

  constructor(
    private readonly plan: ModulePlan,
    private readonly diagram: DecisionDiagram,
    private readonly reduction: Reduction,
  ) {
    const { units, firstLevel, parts } = plan;
    this.start = diagram.table.count;
    diagram.table.maxNodes = this.start + units.length * 4 + reduction.keep * 40;
    for (const [index, unit] of units.entries()) this.slotOfUnit.set(unit, index + 2);
    for (const [index, gate] of parts.gates.entries())
      this.slotOfGate.set(gate, units.length + 2 + index * 2);
    this.work = units.length + 2 + parts.gates.length * 2;
    const widest = parts.gates.reduce((most, gate) => Math.max(most, this.gateAt(gate).min), 0);
    this.slots = new Int32Array(this.work + widest + 1);
    this.slots[1] = 1;
    for (const index of units.keys()) this.slots[index + 2] = diagram.variable(firstLevel + index);
  }

  build(): Bounds {
    const { gates } = this.plan.parts;
    for (const gate of gates)
      for (const side of this.reduction.sides) {
        this.buildGate(gate, side);
        this.slots[this.slotOf(gate, side)] = this.slots[this.work] as number;
      }
    const top = gates.at(-1) ?? 0;
    const roots = this.reduction.sides.map((side) => this.slots[this.slotOf(top, side)] as number);
    const moved = this.diagram.collect(this.start, roots);
    const [lower = 0, upper = lower] = roots.map((node) =>
      node < this.start ? node : (moved[node - this.start] as number),
    );
    return { lower, upper, isFull: this.isFull };
  }

  private gateAt(gate: number) {
    const { tree } = this.plan;
    return tree.gates[gate - tree.events] ?? { type: 'or' as const, min: 0, inputs: [] };
  }

  private slotOf(number: number, side: Side): number {
    if (number < 0) return number === FAILED ? 1 : 0;
    const gate = this.slotOfGate.get(number);
    return gate === undefined ? (this.slotOfUnit.get(number) ?? 0) : gate + (side === 'lower' ? 0 : 1);
  }

  /** Leaves the gate's function on one side in the first slot of the work. */
  private buildGate(gate: number, side: Side): void {
    const { type, min, inputs } = this.gateAt(gate);
    if (type === 'atleast') this.atLeast(min, inputs, side);
    else if (type === 'not') this.negation(inputs[0] ?? FAILED, side);
    else this.allOrAny(type, inputs, side);
  }

  private negation(input: number, side: Side): void {
    const { diagram, work } = this;
    const operands = [this.slotOf(input, side)];
    this.step({ side, operands, into: work, operation: ([f = 0]) => diagram.not(f) });
  }

  private allOrAny(type: 'and' | 'or', inputs: readonly number[], side: Side): void {
    const { diagram, work } = this;
    this.slots[work] = type === 'and' ? 1 : 0;
    const operation = ([f = 0, g = 0]: readonly number[]) =>
      type === 'and' ? diagram.and(f, g) : diagram.or(f, g);
    for (const input of this.deepestFirst(inputs, side))
      this.step({ side, operands: [work, this.slotOf(input, side)], into: work, operation });
  }

  private atLeast(min: number, inputs: readonly number[], side: Side): void {
    const { work, diagram } = this;
    this.slots.fill(0, work);
    this.slots[work] = 1;
    // Not a choice, which is a bound only where what it chooses from is exact.
    const operation = ([f = 0, g = 0, h = 0]: readonly number[]) => {
      const both = diagram.and(f, g);
      return both === FULL ? FULL : diagram.or(both, h);
    };
    for (const input of this.deepestFirst(inputs, side))
      for (let k = min; k >= 1; k -= 1)
        this.step({
          side,
          operands: [this.slotOf(input, side), work + k - 1, work + k],
          into: work + k,
          operation,
        });
    this.slots[work] = this.slots[work + min] as number;
  }

  private deepestFirst(inputs: readonly number[], side: Side): readonly number[] {
    const { level } = this.diagram.table;
    const levelOf = (input: number) => level[this.slots[this.slotOf(input, side)] as number] as number;
    return [...inputs].sort((a, b) => levelOf(b) - levelOf(a));
  }

  /** Does one step on operands that are small enough for it. */
  private step({ side, operands, into, operation }: Step): void {
    const { slots, reduction } = this;
    const least = reduction.isAnySize ? 1 : reduction.keep / 4;
    for (let keep = reduction.keep; keep >= least; keep /= 4) {
      const node = operation(operands.map((slot) => slots[slot] as number));
      if (node !== FULL) {
        slots[into] = this.reduce(node, reduction.keep, side);
        return;
      }
      for (const slot of operands) slots[slot] = this.reduce(slots[slot] as number, keep / 4, side);
      this.makeRoom();
    }
    this.isFull = true;
    slots[into] = side === 'lower' ? 0 : 1;
  }

  private reduce(node: number, keep: number, side: Side): number {
    const { table } = this.diagram;
    return this.reduction.reduce(node, { table, start: this.start, side, keep: Math.max(1, keep) });
  }

  private makeRoom(): void {
    const moved = this.diagram.collect(this.start, this.slots);
    for (const [index, node] of this.slots.entries())
      if (node >= this.start) this.slots[index] = moved[node - this.start] as number;
  }
}
