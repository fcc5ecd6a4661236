import type { Resource } from '../../assembly/resource';
import type { Failure, FaultEvent } from '../failure';
import { type FailureOf, gateOf } from '../fault-model';
import { AT_ONCE, longest, type Path, quickest } from './path';

/** What has been lost, and how what it hits comes back. */
export interface Loss {
  /** The way back from an event that takes part in the failure of a resource, or of the service itself. */
  readonly event: (event: FaultEvent, of: Resource | undefined, from: string | undefined) => Path;

  /** What a resource takes besides what its failure is made of. @default - nothing */
  readonly beside?: (of: Resource) => Path;
}

/** A resource that a service needs, as seen from a region, and what makes it fail. */
export interface Node {
  readonly key: string;
  readonly resource: Resource;
  readonly from: string | undefined;
  readonly failure: Failure;
}

/**
 * Everything that a service needs, in the order in which it comes back.
 *
 * How long a service is down follows the structure of its fault tree: of what all is needed, the slowest is waited for; of
 * what one is enough, the quickest.
 */
export class Structure {
  readonly nodes: readonly Node[];
  readonly events: readonly FaultEvent[];

  /** The resources that fail with single zones. */
  readonly zonal: ReadonlySet<Resource>;
  readonly #circular: boolean;
  readonly #byResource: ReadonlyMap<Resource, readonly Node[]>;

  /** The views of resources that serve nobody, whatever is lost. */
  readonly #down: ReadonlySet<string>;

  constructor(
    private readonly top: Failure,
    failureOf: FailureOf,
  ) {
    const { nodes, circular } = inOrder(top, failureOf);
    this.nodes = nodes;
    this.#circular = circular;
    this.#byResource = viewsOf(nodes);
    this.#down = downAnyway(nodes);
    const all = [{ failure: top, resource: undefined }, ...nodes].flatMap(({ failure, resource }) =>
      partsOf(failure).flatMap((part) => (part.kind === 'event' ? [{ event: part.event, resource }] : [])),
    );
    this.events = [...new Map(all.map(({ event }) => [event.id, event])).values()];
    const zonal = all.filter(({ event }) => event.kind === 'zone');
    this.zonal = new Set(zonal.flatMap(({ resource }) => resource ?? []));
  }

  /** Whether the service is down already, before anything is lost. */
  get isDown(): boolean {
    return isDown(this.top, this.#down);
  }

  /** The single zones that a resource fails with, by name. */
  zonesOf(resource: Resource): readonly string[] {
    const parts = (this.#byResource.get(resource) ?? []).flatMap(({ failure }) => partsOf(failure));
    return parts.flatMap((part) =>
      part.kind === 'event' && part.event.kind === 'zone' ? [part.event.id.slice('zone:'.length)] : [],
    );
  }

  /** Whether a loss stops a resource by itself, whatever else stands in for it. */
  stops(lost: Resource, loss: Loss): boolean {
    return (this.#byResource.get(lost) ?? []).some(
      ({ resource, from, failure }) =>
        wayBack(failure, { resource, from, loss, known: new Map(), down: this.#down }) !== AT_ONCE,
    );
  }

  /** The critical path of the service from a loss. */
  wayBackFrom(loss: Loss): Path {
    const known = this.#waysBack(loss);
    return wayBack(this.top, { resource: undefined, from: undefined, loss, known, down: this.#down });
  }

  /** What it takes until users come to each resource to which a switch leads them; of all others nothing is said. */
  arrivalsAfter(loss: Loss, led: (event: FaultEvent) => Path): ReadonlyMap<Resource, Path> {
    const known = this.#waysBack(loss);
    const arrivals = new Map<Resource, Path>();
    const arrivalAt = (resource: Resource | undefined) => (resource && arrivals.get(resource)) ?? AT_ONCE;
    const top = { resource: undefined, from: undefined, failure: this.top };
    const users = [top, ...[...this.nodes].reverse()];
    for (let round = 0; round < this.#rounds; round++)
      for (const { resource, from, failure } of users) {
        const own = switchedIn(failure, { resource, from, loss, known, down: this.#down }, led);
        const here = longest([arrivalAt(resource), own]);
        for (const needed of here === AT_ONCE ? [] : resourcesOf(failure))
          arrivals.set(needed, longest([arrivalAt(needed), here]));
      }
    return arrivals;
  }

  /** What needs each other in a circle waits for all of it: a second round carries what the first has found. */
  get #rounds(): number {
    return this.#circular ? 2 : 1;
  }

  #waysBack(loss: Loss): ReadonlyMap<string, Path> {
    const known = new Map<string, Path>();
    for (let round = 0; round < this.#rounds; round++)
      for (const { key, resource, from, failure } of this.nodes) {
        const path = wayBack(failure, { resource, from, loss, known, down: this.#down });
        known.set(key, loss.beside ? longest([path, loss.beside(resource)]) : path);
      }
    return known;
  }
}

/** Nodes come after what they need. */
function downAnyway(nodes: readonly Node[]): ReadonlySet<string> {
  const down = new Set<string>();
  for (const { key, failure } of nodes) if (isDown(failure, down)) down.add(key);
  return down;
}

/** Whether it has failed already, before anything is lost. */
function isDown(failure: Failure, down: ReadonlySet<string>): boolean {
  switch (failure.kind) {
    case 'never':
      return false;
    case 'event':
      // What a person makes up for serves once somebody has.
      return failure.event.likelihood.unavailability >= 1 && failure.event.byPeople !== true;
    case 'resource':
      return down.has(gateOf(failure.resource, failure.from, failure.spared));
    case 'any':
      return failure.of.some((part) => isDown(part, down));
    case 'all':
      return failure.of.every((part) => isDown(part, down));
    case 'atLeast':
      return failure.of.filter((part) => isDown(part, down)).length >= failure.count;
  }
}

/** A resource as seen from each region that needs it. */
function viewsOf(nodes: readonly Node[]): ReadonlyMap<Resource, readonly Node[]> {
  const views = new Map<Resource, Node[]>();
  for (const node of nodes) {
    const known = views.get(node.resource);
    if (known) known.push(node);
    else views.set(node.resource, [node]);
  }
  return views;
}

interface Place {
  readonly resource: Resource | undefined;
  readonly from: string | undefined;
  readonly loss: Loss;
  readonly known: ReadonlyMap<string, Path>;
  readonly down: ReadonlySet<string>;
}

function wayBack(failure: Failure, place: Place): Path {
  switch (failure.kind) {
    case 'never':
      return AT_ONCE;
    case 'event':
      return place.loss.event(failure.event, place.resource, place.from);
    case 'resource':
      return place.known.get(gateOf(failure.resource, failure.from, failure.spared)) ?? AT_ONCE;
    case 'any':
      return longest(failure.of.map((part) => wayBack(part, place)));
    case 'all':
      return quickest(standingInFor(failure.of, place).map((part) => wayBack(part, place)));
    case 'atLeast': {
      const parts = failure.of.map((part) => wayBack(part, place));
      return quickest(parts, parts.length - failure.count + 1);
    }
  }
}

/** What serves nobody stands in for nothing. */
function standingInFor(parts: readonly Failure[], { down }: Place): readonly Failure[] {
  const serving = parts.filter((part) => !isDown(part, down));
  return serving.length > 0 ? serving : parts;
}

/** The switches that the way back of a failure waits for, without what lies behind them. */
function switchedIn(failure: Failure, place: Place, led: (event: FaultEvent) => Path): Path {
  switch (failure.kind) {
    case 'never':
    case 'resource':
      return AT_ONCE;
    case 'event':
      return failure.event.kind === 'switch' ? led(failure.event) : AT_ONCE;
    case 'any':
    case 'atLeast':
      return longest(failure.of.map((part) => switchedIn(part, place, led)));
    case 'all': {
      const [first] = standingInFor(failure.of, place)
        .map((part) => ({ part, seconds: wayBack(part, place).worstSeconds }))
        .sort((a, b) => (a.seconds < b.seconds ? -1 : a.seconds > b.seconds ? 1 : 0));
      return first ? switchedIn(first.part, place, led) : AT_ONCE;
    }
  }
}

function inOrder(
  top: Failure,
  failureOf: FailureOf,
): { readonly nodes: readonly Node[]; readonly circular: boolean } {
  const nodes: Node[] = [];
  const state = new Map<string, 'open' | 'done'>();
  let circular = false;
  type Frame = { readonly node: Node | undefined; readonly needs: Iterator<Node> };
  const nodeOf = ({ resource, from, spared }: Needed): Node => ({
    key: gateOf(resource, from, spared),
    resource,
    from,
    failure: failureOf(resource, from, spared),
  });
  const stack: Frame[] = [{ node: undefined, needs: neededBy(top, nodeOf) }];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const { done, value } = frame.needs.next();
    if (done) {
      stack.pop();
      if (frame.node) {
        state.set(frame.node.key, 'done');
        nodes.push(frame.node);
      }
      continue;
    }
    const seen = state.get(value.key);
    if (seen === 'open') circular = true;
    if (seen !== undefined) continue;
    state.set(value.key, 'open');
    stack.push({ node: value, needs: neededBy(value.failure, nodeOf) });
  }
  return { nodes, circular };
}

type Needed = Extract<Failure, { readonly kind: 'resource' }>;

function* neededBy(failure: Failure, nodeOf: (needed: Needed) => Node): Generator<Node> {
  for (const part of partsOf(failure)) if (part.kind === 'resource') yield nodeOf(part);
}

function resourcesOf(failure: Failure): readonly Resource[] {
  return partsOf(failure).flatMap((part) => (part.kind === 'resource' ? [part.resource] : []));
}

function partsOf(failure: Failure): readonly Failure[] {
  const found = new Set<Failure>();
  const open = [failure];
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if ('of' in next) open.push(...next.of);
  }
  return [...found];
}
