import { FAILED, type IndexedGate, type IndexedTree, WORKS } from './indexed-tree';

/** What {@link polarities} says of a gate. */
const AS_IT_IS = 1;
const NEGATED = 2;

/**
 * Works out settled inputs and gates of a single input, and moves negations down to the events: what is left of a tree
 * never wants less of a gate, so that small probabilities keep their digits, bounds stay bounds, and a tree without a
 * `not` gate is coherent.
 *
 * @internal
 */
export function settle(tree: IndexedTree): IndexedTree {
  return new Settling(tree).settled();
}

class Settling {
  private readonly gates: IndexedGate[] = [];

  /** New numbers by old ones: of gates as they are, and of what is negated. */
  private readonly plain = new Map<number, number>();
  private readonly negated = new Map<number, number>();

  constructor(private readonly tree: IndexedTree) {}

  settled(): IndexedTree {
    const { tree, gates, plain, negated } = this;
    const wanted = polarities(tree);
    for (const [index, gate] of tree.gates.entries()) {
      const polarity = wanted[index] as number;
      if (polarity & AS_IT_IS) plain.set(tree.events + index, this.numberOfGate(gate, false));
      if (polarity & NEGATED) negated.set(tree.events + index, this.numberOfGate(gate, true));
    }
    return { ...tree, gates, top: this.numberOf(tree.top, false) };
  }

  private numberOf(number: number, isNegated: boolean): number {
    if (number < 0) return isNegated ? opposite(number) : number;
    if (number < this.tree.events && !isNegated) return number;
    const known = (isNegated ? this.negated : this.plain).get(number);
    if (known !== undefined) return known;
    const added = this.add({ type: 'not', min: 0, inputs: [number] });
    this.negated.set(number, added);
    return added;
  }

  private numberOfGate(gate: IndexedGate, isNegated: boolean): number {
    if (gate.type === 'not') return this.numberOf(gate.inputs[0] ?? WORKS, !isNegated);
    const inputs = gate.inputs.map((input) => this.numberOf(input, isNegated));
    return this.add(isNegated ? dual(gate, inputs) : { ...gate, inputs });
  }

  private add(gate: IndexedGate): number {
    const settled = settledGate(gate);
    return typeof settled === 'number' ? settled : this.tree.events + this.gates.push(settled) - 1;
  }
}

function opposite(settled: number): number {
  return settled === FAILED ? WORKS : FAILED;
}

/** By gate: whether it is wanted {@link AS_IT_IS}, {@link NEGATED}, or both. */
function polarities({ gates, events, top }: IndexedTree): Uint8Array {
  const wanted = new Uint8Array(gates.length);
  if (top >= events) wanted[top - events] = AS_IT_IS;
  for (let index = gates.length - 1; index >= 0; index -= 1) {
    const own = wanted[index] as number;
    const { type, inputs } = gates[index] ?? { type: 'or', inputs: [] };
    const below = type === 'not' ? ((own & AS_IT_IS) << 1) | (own >> 1) : own;
    for (const input of inputs)
      if (input >= events) wanted[input - events] = (wanted[input - events] as number) | below;
  }
  return wanted;
}

/** De Morgan's law: what the negation of a gate is of the negations of its inputs. */
function dual({ type, min, inputs: { length } }: IndexedGate, inputs: readonly number[]): IndexedGate {
  if (type === 'atleast') return { type, min: length - min + 1, inputs };
  return { type: type === 'and' ? 'or' : 'and', min: 0, inputs };
}

/** A gate without settled inputs, or the number that it comes to. */
function settledGate({ type, min, inputs }: IndexedGate): IndexedGate | number {
  if (type === 'not') return { type, min, inputs };
  if (type === 'atleast') return count(min, inputs);
  const [decides, neutral] = type === 'and' ? [WORKS, FAILED] : [FAILED, WORKS];
  if (inputs.includes(decides)) return decides;
  const rest = [...new Set(inputs)].filter((input) => input !== neutral);
  if (rest.length < 2) return rest[0] ?? neutral;
  return { type, min, inputs: rest };
}

function count(min: number, inputs: readonly number[]): IndexedGate | number {
  const rest = inputs.filter((input) => input >= 0);
  const missing = min - inputs.filter((input) => input === FAILED).length;
  if (missing <= 0) return FAILED;
  if (missing > rest.length) return WORKS;
  const twice = new Set(rest).size < rest.length;
  if (missing === 1) return settledGate({ type: 'or', min: 0, inputs: rest });
  if (missing === rest.length && !twice) return settledGate({ type: 'and', min: 0, inputs: rest });
  return { type: 'atleast', min: missing, inputs: rest };
}
