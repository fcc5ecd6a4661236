import type { Truth } from '../conditions';
import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { someTruth } from '../truth';
import { Unknown } from '../value';
import type { EventEdge, EventEdgeKind } from './event-edge';
import { definedEdges } from './event-wiring-properties';

interface Wiring {
  readonly edges: readonly EventEdge[];
  readonly from: ReadonlyMap<Resource, readonly EventEdge[]>;
  readonly to: ReadonlyMap<Resource, readonly EventEdge[]>;
  readonly via: ReadonlyMap<Resource, readonly EventEdge[]>;
}

const wiring = oncePerGraph((graph): Wiring => {
  const edges = definedEdges(graph);
  const [from, to, via] = [new Map(), new Map(), new Map()] as const;
  for (const edge of edges) {
    append(from, edge.from, edge);
    append(to, edge.to, edge);
    append(via, edge.via, edge);
  }
  return { edges, from, to, via };
});

/** Who triggers whom, over the whole app. */
export function eventEdges(graph: Graph): readonly EventEdge[] {
  return wiring(graph).edges;
}

/** What a resource triggers. */
export function eventsFrom(resource: Resource): readonly EventEdge[] {
  return wiring(resource.stack.graph).from.get(resource) ?? [];
}

/** What triggers a resource, or hands it what failed. */
export function eventsTo(resource: Resource): readonly EventEdge[] {
  return wiring(resource.stack.graph).to.get(resource) ?? [];
}

/** What one resource, such as a rule or an event source mapping, wires. */
export function eventsVia(resource: Resource): readonly EventEdge[] {
  return wiring(resource.stack.graph).via.get(resource) ?? [];
}

/** The edges that hand on what failed for good. */
const OF_FAILURES: readonly EventEdgeKind[] = ['deadLetter', 'onFailure'];

/** Whether a resource takes what failed elsewhere. */
export function takesFailures(resource: Resource): Truth {
  const edges = eventsTo(resource).filter(({ kind }) => OF_FAILURES.includes(kind));
  return someTruth(edges.map(({ presence }) => presence));
}

/** The edges that trigger a resource, without those that only hand on what failed. */
export function triggersOf(resource: Resource): readonly EventEdge[] {
  return eventsTo(resource).filter(({ kind }) => !OF_FAILURES.includes(kind) && kind !== 'onSuccess');
}

/**
 * Whether something in the app leaves events with a function and does not wait for its answer. Custom resources do so
 * too, but CloudFormation itself waits for what they come to.
 */
export function isInvokedAsynchronously(handler: Resource): Truth {
  const triggers = eventsTo(handler).filter(({ kind }) => kind !== 'customResource');
  const truths = triggers.map(({ mode, presence }): Truth => {
    if (mode instanceof Unknown) return mode;
    return mode === 'asynchronous' ? presence : false;
  });
  const found = someTruth(truths);
  if (found !== false) return found;
  const [macro] = handler.stack.graph.unreadable;
  if (macro !== undefined) return new Unknown(macro);
  return eventsTo(handler).length > 0
    ? false
    : new Unknown('nothing in the app shows what invokes the function');
}

function append(map: Map<Resource, EventEdge[]>, key: Resource | Unknown, edge: EventEdge): void {
  if (!(key instanceof Resource)) return;
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}
