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

/**
 * The strongly connected components of a directed graph: of two nodes in one, each leads to the other. A node on no
 * cycle is a component of its own. Each component comes after those that it leads to. Deep graphs do not overflow the stack.
 */
export function stronglyConnected(
  nodes: readonly string[],
  edgesOf: (node: string) => readonly string[],
): readonly (readonly string[])[] {
  const search = new ComponentSearch(edgesOf);
  for (const node of nodes) search.from(node);
  return search.components;
}

interface Visit {
  readonly node: string;
  readonly edges: readonly string[];
  at: number;
}

/** Tarjan's search, with its path in a list instead of on the stack. */
class ComponentSearch {
  readonly components: (readonly string[])[] = [];
  readonly #order = new Map<string, number>();
  readonly #low = new Map<string, number>();
  readonly #open: string[] = [];
  readonly #isOpen = new Set<string>();
  readonly #path: Visit[] = [];

  constructor(private readonly edgesOf: (node: string) => readonly string[]) {}

  from(root: string): void {
    if (this.#order.has(root)) return;
    this.#enter(root);
    for (let visit = this.#path.at(-1); visit; visit = this.#path.at(-1)) this.#step(visit);
  }

  #step(visit: Visit): void {
    const next = visit.edges[visit.at++];
    if (next === undefined) this.#leave(visit.node);
    else if (!this.#order.has(next)) this.#enter(next);
    else if (this.#isOpen.has(next)) this.#lower(visit.node, this.#order.get(next) ?? 0);
  }

  #enter(node: string): void {
    this.#low.set(node, this.#order.size);
    this.#order.set(node, this.#order.size);
    this.#open.push(node);
    this.#isOpen.add(node);
    this.#path.push({ node, edges: this.edgesOf(node), at: 0 });
  }

  #lower(node: string, to: number): void {
    this.#low.set(node, Math.min(this.#low.get(node) ?? to, to));
  }

  #leave(node: string): void {
    this.#path.pop();
    const above = this.#path.at(-1);
    if (above) this.#lower(above.node, this.#low.get(node) ?? 0);
    if (this.#low.get(node) !== this.#order.get(node)) return;
    const component = this.#open.splice(this.#open.lastIndexOf(node));
    for (const member of component) this.#isOpen.delete(member);
    this.components.push(component);
  }
}
