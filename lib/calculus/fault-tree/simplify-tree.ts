import { FAILED, type IndexedGate, type IndexedTree, WORKS } from './indexed-tree';
import { modulesOf } from './modules';

/**
 * The same function in fewer, larger gates: settled inputs are worked out, gates of one kind in a row are joined, and
 * what only one gate needs becomes a gate of its own, which is a module.
 *
 * @internal
 */
export function simplifyTree(tree: IndexedTree): IndexedTree {
  const joined = joinRows(needed(settle(tree)));
  return setApart(needed(joined));
}

/**
 * Works out settled inputs and gates of a single input, and moves negations down to the events: what is left of a tree
 * never wants less of a gate, so that small probabilities keep their digits, bounds stay bounds, and a tree without a
 * `not` gate is coherent.
 */
function settle(tree: IndexedTree): IndexedTree {
  const { events } = tree;
  const wanted = polarities(tree);
  const gates: IndexedGate[] = [];
  const add = (gate: IndexedGate) => {
    const settled = settledGate(gate);
    return typeof settled === 'number' ? settled : events + gates.push(settled) - 1;
  };
  const plain = new Map<number, number>();
  const negated = new Map<number, number>();
  const numberOf = (number: number, isNegated: boolean): number => {
    if (number < 0) return isNegated ? (number === FAILED ? WORKS : FAILED) : number;
    if (number < events && !isNegated) return number;
    const known = (isNegated ? negated : plain).get(number);
    if (known !== undefined) return known;
    const added = add({ type: 'not', min: 0, inputs: [number] });
    negated.set(number, added);
    return added;
  };
  for (const [index, gate] of tree.gates.entries()) {
    const polarity = wanted[index] as number;
    if (polarity & 1) plain.set(events + index, numberOfGate(gate, false));
    if (polarity & 2) negated.set(events + index, numberOfGate(gate, true));
  }
  function numberOfGate(gate: IndexedGate, isNegated: boolean): number {
    if (gate.type === 'not') return numberOf(gate.inputs[0] ?? WORKS, !isNegated);
    const inputs = gate.inputs.map((input) => numberOf(input, isNegated));
    return add(isNegated ? dual(gate, inputs) : { ...gate, inputs });
  }
  return { ...tree, gates, top: numberOf(tree.top, false) };
}

/** By gate: 1 when it is wanted as it is, 2 when it is wanted negated, 3 when both. */
function polarities({ gates, events, top }: IndexedTree): Uint8Array {
  const wanted = new Uint8Array(gates.length);
  if (top >= events) wanted[top - events] = 1;
  for (let index = gates.length - 1; index >= 0; index -= 1) {
    const own = wanted[index] as number;
    const { type, inputs } = gates[index] ?? { type: 'or', inputs: [] };
    const below = type === 'not' ? ((own & 1) << 1) | (own >> 1) : own;
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

/** Without the gates that the top does not need; the top is a gate afterwards. */
function needed(tree: IndexedTree): IndexedTree {
  const { events } = tree;
  const marked = new Uint8Array(tree.gates.length);
  if (tree.top >= events) marked[tree.top - events] = 1;
  for (let index = tree.gates.length - 1; index >= 0; index -= 1) {
    if (marked[index] === 0) continue;
    for (const input of tree.gates[index]?.inputs ?? []) if (input >= events) marked[input - events] = 1;
  }
  const gates: IndexedGate[] = [];
  const numbers: number[] = [];
  for (const [index, gate] of tree.gates.entries()) {
    numbers.push(events + gates.length);
    if (marked[index] === 0) continue;
    gates.push({
      ...gate,
      inputs: gate.inputs.map((input) => (input < events ? input : (numbers[input - events] ?? WORKS))),
    });
  }
  if (tree.top < events) gates.push({ type: 'or', min: 0, inputs: [tree.top] });
  return { ...tree, gates, top: events + gates.length - 1 };
}

/** How many gates need each event and gate. @internal */
export function usesOf({ gates, events }: IndexedTree): Int32Array {
  const uses = new Int32Array(events + gates.length);
  for (const { inputs } of gates)
    for (const input of inputs) if (input >= 0) uses[input] = (uses[input] as number) + 1;
  return uses;
}

/** Gates of `and` in gates of `and`, and of `or` in `or`, are one, unless others need them, too. */
function joinRows(tree: IndexedTree): IndexedTree {
  const { gates, events } = tree;
  const uses = usesOf(tree);
  const joins = new Uint8Array(events + gates.length);
  for (const { type, inputs } of gates)
    for (const input of type === 'and' || type === 'or' ? inputs : [])
      if (input >= events && uses[input] === 1 && gates[input - events]?.type === type) joins[input] = 1;
  const joined = gates.map((gate, index) => {
    if (joins[events + index] === 1 || gate.type === 'atleast') return gate;
    const inputs = new Set<number>();
    const stack = [...gate.inputs].reverse();
    for (let input = stack.pop(); input !== undefined; input = stack.pop()) {
      if (joins[input] !== 1) inputs.add(input);
      else for (const inner of [...(gates[input - events]?.inputs ?? [])].reverse()) stack.push(inner);
    }
    return { ...gate, inputs: [...inputs] };
  });
  return { ...tree, gates: joined };
}

/** Puts the inputs that only one `and` or `or` needs into a gate of their own, when it has others besides. */
function setApart(tree: IndexedTree): IndexedTree {
  const { events } = tree;
  const uses = usesOf(tree);
  const modules = modulesOf(tree);
  const isApart = (input: number) => uses[input] === 1 && (input < events || modules[input - events] === 1);
  const gates: IndexedGate[] = [];
  const numbers: number[] = [];
  for (const { type, min, inputs } of tree.gates) {
    const numbered = inputs.map((input) => (input < events ? input : (numbers[input - events] ?? WORKS)));
    const apart = numbered.filter((_, index) => isApart(inputs[index] ?? 0));
    const splits = (type === 'and' || type === 'or') && apart.length > 1 && apart.length < inputs.length;
    const rest = splits ? numbered.filter((_, index) => !isApart(inputs[index] ?? 0)) : numbered;
    if (splits) rest.push(events + gates.push({ type, min: 0, inputs: apart }) - 1);
    numbers.push(events + gates.push({ type, min, inputs: rest }) - 1);
  }
  return { ...tree, gates, top: events + gates.length - 1 };
}
