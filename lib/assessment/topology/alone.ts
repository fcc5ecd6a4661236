import type { Resource } from '../../assembly/resource';
import type { FaultTree, Gate } from '../../calculus/fault-tree/fault-tree';
import { TOGETHER } from '../circles';
import type { FaultModel } from '../fault-model';

/** Tells which resources stop the service when they are lost and nothing else is. */
export class AloneStops {
  readonly #tree: FaultTree;
  readonly #users = new Map<string, string[]>();
  readonly #gatesOf = new Map<Resource, string[]>();

  /** Gates whose failure stops the service whatever else works: only `or` gates stand between. */
  readonly #straight: ReadonlySet<string>;

  constructor({ tree, resources }: FaultModel) {
    this.#tree = tree;
    this.#straight = straightTo(tree);
    for (const [name, { inputs }] of tree.gates) {
      for (const input of new Set(inputs)) add(this.#users, input, name);
      const resource = resources.get(name.replace(/~\d+$/, ''));
      if (!resource) continue;
      // In a circle of nothing but needs, all are lost with one.
      const circle = inputs.filter((input) => input.startsWith(TOGETHER));
      for (const gate of [name, ...circle]) add(this.#gatesOf, resource, gate);
    }
  }

  /** Whether the service stops without a resource, while all else works. */
  withOut(resource: Resource): boolean {
    const failed = new Set(this.#gatesOf.get(resource));
    const counts = new Map<string, number>();
    for (const name of failed) {
      if (this.#straight.has(name)) return true;
      for (const user of this.#users.get(name) ?? []) {
        const count = (counts.get(user) ?? 0) + 1;
        counts.set(user, count);
        if (count >= neededBy(this.#tree.gates.get(user))) failed.add(user);
      }
    }
    return false;
  }
}

function add<K>(lists: Map<K, string[]>, key: K, name: string): void {
  const known = lists.get(key);
  if (known) known.push(name);
  else lists.set(key, [name]);
}

/** How many of its inputs must fail. */
function neededBy(gate: Gate | undefined): number {
  if (gate?.type === 'or') return 1;
  return gate?.type === 'atleast' ? (gate.min ?? 1) : new Set(gate?.inputs).size;
}

function straightTo({ top, gates }: FaultTree): ReadonlySet<string> {
  const found = new Set([top]);
  for (const name of found) {
    const gate = gates.get(name);
    if (gate?.type === 'or') for (const input of gate.inputs) found.add(input);
  }
  return found;
}
