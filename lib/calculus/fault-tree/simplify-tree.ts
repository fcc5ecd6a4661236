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

/** Works out settled inputs, double negations and gates of a single input. */
function settle(tree: IndexedTree): IndexedTree {
  const gates: IndexedGate[] = [];
  const numbers: number[] = [];
  const numberOf = (number: number) =>
    number < tree.events ? number : (numbers[number - tree.events] ?? WORKS);
  for (const { inputs, ...gate } of tree.gates) {
    const settled = settledGate({ ...gate, inputs: inputs.map(numberOf) });
    const number = typeof settled === 'number' ? settled : tree.events + gates.push(settled) - 1;
    const below = gates[number - tree.events];
    const [negated] = typeof settled !== 'number' && settled.type === 'not' ? settled.inputs : [];
    const inner = gates[(negated ?? -1) - tree.events];
    numbers.push(below?.type === 'not' && inner?.type === 'not' ? (inner.inputs[0] ?? WORKS) : number);
  }
  return { ...tree, gates, top: numberOf(tree.top) };
}

/** A gate without settled inputs, or the number that it comes to. */
function settledGate({ type, min, inputs }: IndexedGate): IndexedGate | number {
  if (type === 'not') return negation(inputs[0] ?? WORKS);
  if (type === 'atleast') return count(min, inputs);
  const [decides, neutral] = type === 'and' ? [WORKS, FAILED] : [FAILED, WORKS];
  if (inputs.includes(decides)) return decides;
  const rest = [...new Set(inputs)].filter((input) => input !== neutral);
  if (rest.length < 2) return rest[0] ?? neutral;
  return { type, min, inputs: rest };
}

function negation(input: number): IndexedGate | number {
  if (input === FAILED) return WORKS;
  return input === WORKS ? FAILED : { type: 'not', min: 0, inputs: [input] };
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
      if (joins[input] === 0) inputs.add(input);
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
