import type { Resource } from '../assembly/resource';
import type { FaultTree, Gate } from '../calculus/fault-tree/fault-tree';
import { NOTHING, orOf, withoutCircles } from './circles';
import type { Failure, FaultEvent } from './failure';

/** A fault tree with what its events mean. */
export interface FaultModel {
  readonly tree: FaultTree;
  readonly events: ReadonlyMap<string, FaultEvent>;

  /** The resources whose failure a gate stands for, by the name of the gate; one resource may be seen from several regions. */
  readonly resources: ReadonlyMap<string, Resource>;
}

/** Says what makes a resource fail. */
export type FailureOf = (resource: Resource, from?: string) => Failure;

const TOP = 'top';

/** Turns a failure, and those of all the resources that it leads to, into a fault tree. */
export function faultModelOf(top: Failure, failureOf: FailureOf): FaultModel {
  const writer = new TreeWriter();
  writer.write(top, TOP);
  const resources = new Map<string, Resource>();
  for (let next = writer.next(); next; next = writer.next()) {
    const name = gateOf(next.resource, next.from);
    writer.write(failureOf(next.resource, next.from), name);
    resources.set(name, next.resource);
  }
  const gates = withoutCircles(writer.gates);
  const tree = {
    top: TOP,
    gates,
    events: probabilities(writer.events),
    houseEvents: new Map([[NOTHING, false]]),
  };
  return { tree, events: writer.events, resources };
}

/** The name of the gate that is true when a resource fails, as seen from a region. */
export function gateOf(resource: Resource, from?: string): string {
  return from === undefined ? `fails:${resource.id}` : `fails:${resource.id}@${from}`;
}

interface Needed {
  readonly resource: Resource;
  readonly from: string | undefined;
}

class TreeWriter {
  readonly gates = new Map<string, Gate>();
  readonly events = new Map<string, FaultEvent>();
  readonly #queue: Needed[] = [];
  readonly #known = new Map<Failure, string>();
  readonly #queued = new Set<string>();

  next(): Needed | undefined {
    return this.#queue.pop();
  }

  /** Writes an expression as the gate of that name. */
  write(failure: Failure, name: string): void {
    const known = this.#known.get(failure);
    if (known !== undefined) this.gates.set(name, { type: 'or', inputs: [known] });
    else this.gates.set(name, this.#gate(failure, name));
  }

  #gate(failure: Failure, name: string): Gate {
    if (failure.kind === 'never') return orOf([]);
    if (failure.kind === 'event' || failure.kind === 'resource')
      return { type: 'or', inputs: [this.#input(failure, name)] };
    this.#known.set(failure, name);
    const inputs = failure.of.map((part, index) => this.#input(part, `${name}/${index + 1}`));
    if (failure.kind === 'atLeast') return { type: 'atleast', min: failure.count, inputs };
    return { type: failure.kind === 'any' ? 'or' : 'and', inputs };
  }

  #input(failure: Failure, name: string): string {
    if (failure.kind === 'event') {
      this.events.set(failure.event.id, failure.event);
      return failure.event.id;
    }
    if (failure.kind === 'resource') {
      const gate = gateOf(failure.resource, failure.from);
      if (!this.#queued.has(gate)) this.#queue.push(failure);
      this.#queued.add(gate);
      return gate;
    }
    const known = this.#known.get(failure);
    if (known !== undefined) return known;
    this.gates.set(name, this.#gate(failure, name));
    return name;
  }
}

function probabilities(events: ReadonlyMap<string, FaultEvent>): FaultTree['events'] {
  return new Map(
    [...events].map(([id, { kind, likelihood }]) => [
      id,
      { probability: likelihood.unavailability, shared: kind !== 'resource' && kind !== 'switch' },
    ]),
  );
}
