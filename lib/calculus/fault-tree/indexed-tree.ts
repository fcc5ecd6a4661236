import { ConfigurationError } from '../../errors';
import type { FaultTree, Gate, GateKind } from './fault-tree';

/**
 * A settled input of a gate: one that has failed.
 *
 * @internal
 */
export const FAILED = -1;

/**
 * A settled input of a gate: one that cannot fail.
 *
 * @internal
 */
export const WORKS = -2;

/**
 * A gate by numbers: its inputs are {@link FAILED}, {@link WORKS}, or the number of an event or of a gate.
 *
 * @internal
 */
export interface IndexedGate {
  readonly type: GateKind;
  readonly min: number;
  readonly inputs: readonly number[];
}

/**
 * A fault tree by numbers: events first, then the gates that the top needs, each after its inputs.
 *
 * @internal
 */
export interface IndexedTree {
  /** The number of the top event, of a gate, or a settled one. */
  readonly top: number;

  /** How many events there are: the number of the first gate. */
  readonly events: number;

  /** Gate number `events + i` is the `i`-th. */
  readonly gates: readonly IndexedGate[];

  /** By event number: whether many things fail by it. */
  readonly shared: readonly boolean[];
}

/**
 * Checks a fault tree and numbers what is in it; event numbers follow the order of `tree.events`.
 *
 * @throws ConfigurationError when names are unknown or used twice, gates have no inputs or go round in circles,
 * `min` is out of range, or a probability is outside 0 to 1
 * @internal
 */
export function indexTree(tree: FaultTree): IndexedTree {
  checkEvents(tree);
  for (const [name, gate] of tree.gates) checkGate(name, gate, tree);
  const numbers = new Map<string, number>();
  const shared: boolean[] = [];
  for (const [name, event] of tree.events) {
    numbers.set(name, numbers.size);
    shared.push(event.shared === true);
  }
  for (const [name, failed] of tree.houseEvents ?? []) numbers.set(name, failed ? FAILED : WORKS);
  if (!numbers.has(tree.top) && !tree.gates.has(tree.top))
    throw refusal(
      'top',
      `${quoted(tree.top)} is neither a gate nor an event`,
      'name the gate whose failure is asked for',
    );
  const gates = childrenFirst(tree, numbers).map((name, index): IndexedGate => {
    const gate = gateOf(tree, name);
    numbers.set(name, tree.events.size + index);
    return {
      type: gate.type,
      min: gate.min ?? 0,
      inputs: gate.inputs.map((input) => numbers.get(input) ?? WORKS),
    };
  });
  return { top: numbers.get(tree.top) ?? WORKS, events: tree.events.size, gates, shared };
}

function gateOf(tree: FaultTree, name: string): Gate {
  return tree.gates.get(name) ?? { type: 'or', inputs: [] };
}

function checkEvents({ events, gates, houseEvents = new Map() }: FaultTree): void {
  for (const [name, { probability }] of events) {
    if (!(probability >= 0 && probability <= 1))
      throw refusal(
        name,
        `its probability is ${probability}, but must be from 0 to 1`,
        'give its unavailability as a fraction',
      );
    if (gates.has(name) || houseEvents.has(name)) throw usedTwice(name);
  }
  for (const name of houseEvents.keys()) if (gates.has(name)) throw usedTwice(name);
}

function usedTwice(name: string): ConfigurationError {
  return refusal(name, 'two things bear this name', 'give each gate and event a name of its own');
}

function checkGate(name: string, gate: Gate, tree: FaultTree): void {
  const { type, inputs } = gate;
  if (!['and', 'or', 'atleast', 'not'].includes(type))
    throw refusal(name, `its type is ${quoted(type)}`, 'use one of and, or, atleast, not');
  if (inputs.length === 0)
    throw refusal(name, 'the gate has no inputs', 'name at least one, or leave the gate out');
  if (type === 'not' && inputs.length !== 1)
    throw refusal(name, `the not gate has ${inputs.length} inputs, but takes 1`, 'put an or gate below it');
  const unknown = inputs.find((input) => !isKnown(input, tree));
  if (unknown !== undefined)
    throw refusal(
      name,
      `its input ${quoted(unknown)} is neither a gate nor an event`,
      'declare it, or correct the name',
    );
  checkMin(name, gate);
}

function checkMin(name: string, { type, min, inputs }: Gate): void {
  if (type !== 'atleast') {
    if (min !== undefined)
      throw refusal(name, `the ${type} gate has min ${min}`, 'leave min out, or use atleast');
    return;
  }
  if (min === undefined || !Number.isInteger(min) || min < 1 || min > inputs.length)
    throw refusal(
      name,
      `its min is ${min}, but must be an integer from 1 to ${inputs.length}`,
      'say how many of its inputs must fail',
    );
  const twice = inputs.find((input, index) => inputs.indexOf(input) !== index);
  if (twice !== undefined)
    throw refusal(name, `its input ${quoted(twice)} stands there twice`, 'count each input once');
}

function isKnown(name: string, { events, gates, houseEvents }: FaultTree): boolean {
  return events.has(name) || gates.has(name) || houseEvents?.has(name) === true;
}

/** The gates that the top needs, each after its inputs. With a stack of its own: trees are deep. */
function childrenFirst(tree: FaultTree, settled: ReadonlyMap<string, number>): readonly string[] {
  const next = new Map<string, number>();
  const done = new Set<string>();
  const path = settled.has(tree.top) ? [] : [tree.top];
  for (let name = path.at(-1); name !== undefined; name = path.at(-1)) {
    const at = next.get(name) ?? 0;
    const input = gateOf(tree, name).inputs[at];
    next.set(name, at + 1);
    if (input === undefined) {
      done.add(name);
      path.pop();
    } else if (!settled.has(input) && !done.has(input)) {
      if (next.has(input)) throw circle(path, input);
      path.push(input);
    }
  }
  return [...done];
}

function circle(stack: readonly string[], name: string): ConfigurationError {
  const members = [...stack.slice(stack.indexOf(name)), name];
  const shown = members.length > 8 ? [...members.slice(0, 4), '…', ...members.slice(-3)] : members;
  return refusal(
    name,
    `the gate fails by itself: ${shown.join(' > ')}`,
    'join the gates of the circle into one or gate',
  );
}

function quoted(name: string): string {
  return `"${name}"`;
}

function refusal(name: string, problem: string, fix: string): ConfigurationError {
  return new ConfigurationError({ path: `fault tree/${name}`, problem, fix });
}
