/** Which node leads to which others. */
export type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** The cycles of a directed graph: a shortest one through each node that lies on one, each cycle once. */
export function cyclesIn(edges: Edges): readonly (readonly string[])[] {
  const told = new Set<string>();
  const cycles: (readonly string[])[] = [];
  for (const node of [...edges.keys()].sort()) {
    if (told.has(node)) continue;
    const cycle = shortestCycle(node, edges);
    if (!cycle) continue;
    for (const member of cycle) told.add(member);
    cycles.push(cycle);
  }
  return cycles;
}

/** Breadth first, from a node back to itself. */
function shortestCycle(start: string, edges: Edges): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const other of [...(edges.get(next) ?? [])].sort()) {
      if (other === start) return pathTo(next, start, cameFrom);
      if (cameFrom.has(other)) continue;
      cameFrom.set(other, next);
      queue.push(other);
    }
  }
  return undefined;
}

function pathTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path = [end];
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    path.unshift(at);
  }
  return path;
}
