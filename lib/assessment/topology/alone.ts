import type { FaultTree, Gate } from '../../calculus/fault-tree/fault-tree';

/** Tells what stops a service alone, of events and of settled ones; what the engine is not asked about, too. */
export class AloneStops {
  readonly #users = new Map<string, string[]>();

  /** Gates whose failure stops the service whatever else works: only `or` gates stand between. */
  readonly #straight: ReadonlySet<string>;

  constructor(private readonly tree: FaultTree) {
    for (const [name, { inputs }] of tree.gates)
      for (const input of new Set(inputs)) {
        const users = this.#users.get(input);
        if (users) users.push(name);
        else this.#users.set(input, [name]);
      }
    this.#straight = straightTo(tree);
  }

  /** Whether the service stops when this happens and nothing else. */
  stops(id: string): boolean {
    const failed = new Set([id]);
    const counts = new Map<string, number>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (this.#straight.has(next)) return true;
      for (const user of this.#users.get(next) ?? []) {
        const count = (counts.get(user) ?? 0) + 1;
        counts.set(user, count);
        if (failed.has(user) || count < neededBy(this.tree.gates.get(user))) continue;
        failed.add(user);
        open.push(user);
      }
    }
    return false;
  }
}

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
