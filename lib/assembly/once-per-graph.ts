import type { Graph } from './graph';

/** Remembers what a question about a whole app comes to, so that asking it for every resource stays linear. */
export function oncePerGraph<T>(compute: (graph: Graph) => T): (graph: Graph) => T {
  const answers = new WeakMap<Graph, { readonly value: T }>();
  return (graph) => {
    const known = answers.get(graph) ?? { value: compute(graph) };
    answers.set(graph, known);
    return known.value;
  };
}
