import { type IndexedGate, type IndexedTree, WORKS } from './indexed-tree';
import { modulesOf } from './modules';
import { settle } from './settle-tree';

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

/** Without the gates that the top does not need; the top is a gate afterwards. */
function needed(tree: IndexedTree): IndexedTree {
  const { events } = tree;
  const isNeeded = neededGates(tree);
  const gates: IndexedGate[] = [];
  const numbers: number[] = [];
  for (const [index, gate] of tree.gates.entries()) {
    numbers.push(events + gates.length);
    if (isNeeded[index] === 1) gates.push({ ...gate, inputs: renumbered(gate.inputs, events, numbers) });
  }
  if (tree.top < events) gates.push({ type: 'or', min: 0, inputs: [tree.top] });
  return { ...tree, gates, top: events + gates.length - 1 };
}

/** By gate: 1 when the top needs it. */
function neededGates({ gates, events, top }: IndexedTree): Uint8Array {
  const marked = new Uint8Array(gates.length);
  if (top >= events) marked[top - events] = 1;
  for (let index = gates.length - 1; index >= 0; index -= 1) {
    if (marked[index] === 0) continue;
    for (const input of gates[index]?.inputs ?? []) if (input >= events) marked[input - events] = 1;
  }
  return marked;
}

/** Inputs by the new numbers of gates; those of events stay. */
function renumbered(inputs: readonly number[], events: number, numbers: readonly number[]): number[] {
  return inputs.map((input) => (input < events ? input : (numbers[input - events] ?? WORKS)));
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
    return { ...gate, inputs: inputsOfRow(gate, tree, joins) };
  });
  return { ...tree, gates: joined };
}

/** The inputs of a gate and of all gates that are joined to it, as they stand. */
function inputsOfRow(
  gate: IndexedGate,
  { gates, events }: IndexedTree,
  joins: Uint8Array,
): readonly number[] {
  const inputs = new Set<number>();
  const stack = [...gate.inputs].reverse();
  for (let input = stack.pop(); input !== undefined; input = stack.pop()) {
    if (joins[input] !== 1) inputs.add(input);
    else for (const inner of [...(gates[input - events]?.inputs ?? [])].reverse()) stack.push(inner);
  }
  return [...inputs];
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
    const numbered = renumbered(inputs, events, numbers);
    const apart = numbered.filter((_, index) => isApart(inputs[index] ?? 0));
    const splits = (type === 'and' || type === 'or') && apart.length > 1 && apart.length < inputs.length;
    const rest = splits ? numbered.filter((_, index) => !isApart(inputs[index] ?? 0)) : numbered;
    if (splits) rest.push(events + gates.push({ type, min: 0, inputs: apart }) - 1);
    numbers.push(events + gates.push({ type, min, inputs: rest }) - 1);
  }
  return { ...tree, gates, top: events + gates.length - 1 };
}
