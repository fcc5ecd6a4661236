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
export type FailureOf = (resource: Resource, from?: string, spared?: string) => Failure;

const TOP = 'top';

/** Turns a failure, and those of all the resources that it leads to, into a fault tree. */
export function faultModelOf(top: Failure, failureOf: FailureOf): FaultModel {
  const writer = new TreeWriter();
  writer.write(top, TOP);
  const resources = new Map<string, Resource>();
  for (let next = writer.next(); next; next = writer.next()) {
    const { resource, from, spared } = next;
    const name = gateOf(resource, from, spared);
    writer.write(failureOf(resource, from, spared), name, resource);
    if (spared === undefined) resources.set(name, resource);
  }
  const gates = withoutCircles(writer.gates);
  const events = withAllResources(writer.events, writer.standingOn);
  const tree = {
    top: TOP,
    gates,
    events: probabilities(events),
    houseEvents: new Map([[NOTHING, false]]),
  };
  return { tree, events, resources };
}

/** The name of the gate that is true when a resource fails, as seen from a region, and by other events than those spared. */
export function gateOf(resource: Resource, from?: string, spared?: string): string {
  const seen = from === undefined ? '' : `@${from}`;
  return `fails:${resource.id}${seen}${spared === undefined ? '' : `${SPARING}${spared}`}`;
}

/** The events that have happened already: what is turned off does not wait for an accident. */
export function certainIn({ events }: FaultTree): readonly string[] {
  return [...events].filter(([, { probability }]) => probability >= 1).map(([id]) => id);
}

/** Stands in the name of a gate before the events that it leaves out. */
export const SPARING = '!';

interface Needed {
  readonly resource: Resource;
  readonly from: string | undefined;
  readonly spared?: string;
}

class TreeWriter {
  readonly gates = new Map<string, Gate>();
  readonly events = new Map<string, FaultEvent>();

  /** All resources that stand on a service of AWS, by the id of its event. */
  readonly standingOn = new Map<string, Set<Resource>>();
  readonly #queue: Needed[] = [];
  readonly #known = new Map<Failure, string>();
  readonly #queued = new Set<string>();

  next(): Needed | undefined {
    return this.#queue.pop();
  }

  /** Writes an expression as the gate of that name: what makes a resource fail, or the whole service. */
  write(failure: Failure, name: string, resource?: Resource): void {
    const known = this.#known.get(failure);
    const gate: Gate = known === undefined ? this.#gate(failure, name) : { type: 'or', inputs: [known] };
    this.gates.set(name, gate);
    // Who shares the expression of a resource does not fail with it when only the resource is lost.
    if (resource) this.#known.delete(failure);
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
      this.#noteEvent(failure.event);
      return failure.event.id;
    }
    if (failure.kind === 'resource') {
      const gate = gateOf(failure.resource, failure.from, failure.spared);
      if (!this.#queued.has(gate)) this.#queue.push(failure);
      this.#queued.add(gate);
      return gate;
    }
    const known = this.#known.get(failure);
    if (known !== undefined) return known;
    this.gates.set(name, this.#gate(failure, name));
    return name;
  }

  #noteEvent(event: FaultEvent): void {
    this.events.set(event.id, event);
    if (event.kind !== 'awsService') return;
    const standing = this.standingOn.get(event.id) ?? new Set();
    this.standingOn.set(event.id, standing);
    for (const resource of event.resources) standing.add(resource);
  }
}

/** Services of AWS with all that stands on them, in an order that does not change. */
function withAllResources(
  events: ReadonlyMap<string, FaultEvent>,
  standingOn: ReadonlyMap<string, ReadonlySet<Resource>>,
): ReadonlyMap<string, FaultEvent> {
  const all = new Map(events);
  for (const [id, resources] of standingOn) {
    const event = events.get(id);
    if (event) all.set(id, { ...event, resources: [...resources].sort((a, b) => (a.id < b.id ? -1 : 1)) });
  }
  return all;
}

function probabilities(events: ReadonlyMap<string, FaultEvent>): FaultTree['events'] {
  return new Map(
    [...events].map(([id, { kind, likelihood }]) => [
      id,
      { probability: likelihood.unavailability, shared: kind !== 'resource' && kind !== 'switch' },
    ]),
  );
}
