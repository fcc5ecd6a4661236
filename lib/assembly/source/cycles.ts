/** What each node points at. Nodes that are only pointed at need no entry. */
export type Edges = ReadonlyMap<string, Iterable<string>>;

/**
 * The first circle of pointers found, from its earliest node in the order of the map on; nothing if there is none.
 *
 * Iterative: a chain of fifty thousand nodes must not exhaust the call stack.
 */
export function findCycle(edges: Edges): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const cycle = done.has(start) ? undefined : cycleFrom(start, edges, done);
    if (cycle !== undefined) return fromEarliest(cycle, edges);
  }
  return undefined;
}

function cycleFrom(start: string, edges: Edges, done: Set<string>): string[] | undefined {
  const path = new Set([start]);
  const open = [{ node: start, targets: targetsOf(start, edges) }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.targets.next();
    if (next.done === true) {
      open.pop();
      path.delete(top.node);
      done.add(top.node);
    } else if (path.has(next.value)) {
      const nodes = [...path];
      return nodes.slice(nodes.indexOf(next.value));
    } else if (!done.has(next.value)) {
      path.add(next.value);
      open.push({ node: next.value, targets: targetsOf(next.value, edges) });
    }
  }
  return undefined;
}

function targetsOf(node: string, edges: Edges): Iterator<string> {
  return (edges.get(node) ?? [])[Symbol.iterator]();
}

function fromEarliest(cycle: readonly string[], edges: Edges): readonly string[] {
  const members = new Set(cycle);
  for (const node of edges.keys()) {
    if (!members.has(node)) continue;
    const at = cycle.indexOf(node);
    return [...cycle.slice(at), ...cycle.slice(0, at)];
  }
  return cycle;
}
