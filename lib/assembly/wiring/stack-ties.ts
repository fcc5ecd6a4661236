import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import type { Stack } from '../stack';

/** Why a stack can be deployed only after another one. */
export interface StackTie {
  readonly to: Stack;

  /** In words: an export, a copied value, an order. */
  readonly how: string;
}

/** The stacks that a stack needs to be deployed: it takes values from them, or has been told to wait. */
export function stackTies(stack: Stack): readonly StackTie[] {
  return [...ordered(stack), ...(tiesByStack(stack.graph).get(stack) ?? [])];
}

/** The assembly says which stack waits for which. */
function ordered(stack: Stack): readonly StackTie[] {
  return stack.source.dependencies.flatMap((id) => {
    const to = stack.graph.stacks.find((other) => other.id === id);
    return to ? [{ to, how: 'the deployment waits for that' }] : [];
  });
}

const READER = 'Custom::CrossRegionExportReader';

const tiesByStack = oncePerGraph((graph): ReadonlyMap<Stack, readonly StackTie[]> => {
  const ties = new Map<Stack, StackTie[]>();
  for (const resource of graph.resources) {
    const others = new Set(namedBy(resource).map(({ stack }) => stack));
    others.delete(resource.stack);
    for (const to of others) {
      const how = `${resource.logicalId} takes a value`;
      ties.set(resource.stack, [...(ties.get(resource.stack) ?? []), { to, how }]);
    }
  }
  return ties;
});

/** What a resource takes from other stacks by reference; a physical name is no tie. */
function namedBy(resource: Resource): readonly Resource[] {
  if (resource.type === READER) return [];
  return resource.references.map(({ reference }) => reference.resource);
}
