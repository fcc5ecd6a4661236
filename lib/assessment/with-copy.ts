import type { Resource } from '../assembly/resource';
import type { BasicEvent, FaultTree, Gate } from '../calculus/fault-tree/fault-tree';
import type { FaultModel } from './fault-model';

/**
 * The fault tree with a second one of a resource beside it. The copy has its own failures, and stands in another zone where
 * the first stands in one; regions, control planes and all other resources are shared, so what both need stops both.
 *
 * @returns undefined where the tree has no gate for the resource
 */
export function withCopyOf(resource: Resource, model: FaultModel): FaultTree | undefined {
  const own = [...model.resources].filter(([, { id }]) => id === resource.id).map(([gate]) => gate);
  if (own.length === 0) return undefined;
  const writer = new CopyWriter(resource, model);
  for (const gate of own) writer.copy(gate);
  return { ...model.tree, gates: writer.gates, events: writer.events };
}

class CopyWriter {
  readonly gates: Map<string, Gate>;
  readonly events: Map<string, BasicEvent>;
  readonly #copies = new Map<string, string>();

  constructor(
    private readonly resource: Resource,
    private readonly model: FaultModel,
  ) {
    this.gates = new Map(model.tree.gates);
    this.events = new Map(model.tree.events);
  }

  /** What needs the resource needs it or its copy. */
  copy(name: string): void {
    const gate = this.model.tree.gates.get(name);
    if (!gate) return;
    const zones = this.#zonesIn(name);
    // Over several zones already, a copy stands in the same ones.
    const moved = zones.size === 1 ? zones : new Set<string>();
    const [first, second] = [`first:${name}`, `second:${name}`];
    this.gates.set(first, gate);
    this.gates.set(second, this.#copied(gate, moved));
    this.gates.set(name, { type: 'and', inputs: [first, second] });
  }

  #copied({ inputs, ...gate }: Gate, moved: ReadonlySet<string>): Gate {
    return { ...gate, inputs: inputs.map((input) => this.#copyOf(input, moved)) };
  }

  #copyOf(input: string, moved: ReadonlySet<string>): string {
    const event = this.model.events.get(input);
    if (event) {
      const own = event.kind === 'resource' && event.resources.some(({ id }) => id === this.resource.id);
      return own || moved.has(input) ? this.#copyOfEvent(input) : input;
    }
    const gate = this.model.tree.gates.get(input);
    if (!gate || this.model.resources.has(input)) return input;
    const known = this.#copies.get(input) ?? `second:${input}`;
    if (!this.#copies.has(input)) {
      this.#copies.set(input, known);
      this.gates.set(known, this.#copied(gate, moved));
    }
    return known;
  }

  #copyOfEvent(id: string): string {
    const copy = `second:${id}`;
    const event = this.model.tree.events.get(id);
    if (event) this.events.set(copy, event);
    return copy;
  }

  /** The zones that stand in the expression of the resource itself. */
  #zonesIn(name: string): ReadonlySet<string> {
    const [zones, seen, open] = [new Set<string>(), new Set<string>(), [name]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (this.model.events.get(next)?.kind === 'zone') zones.add(next);
      const isOwn = next === name || !this.model.resources.has(next);
      if (seen.has(next) || !isOwn) continue;
      seen.add(next);
      open.push(...(this.model.tree.gates.get(next)?.inputs ?? []));
    }
    return zones;
  }
}
