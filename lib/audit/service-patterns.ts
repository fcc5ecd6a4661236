import { matchesGlob } from '../assembly/glob';
import type { Resource } from '../assembly/resource';
import { tagOf } from '../assembly/resource-tags';
import type { Stack } from '../assembly/stack';
import type { ConfiguredService } from '../records/config';

/** Whether a resource carries all the tags of a service. */
export function matchesTags(resource: Resource, { tags }: ConfiguredService): boolean {
  const entries = Object.entries(tags);
  return entries.length > 0 && entries.every(([key, value]) => tagOf(resource, key) === value);
}

/** Whether a resource stands at a construct path of a service. */
export function matchesPath(resource: Resource, { paths }: ConfiguredService): boolean {
  const path = resource.origin?.path;
  return path !== undefined && paths.some((pattern) => matchesGlob(pattern, path));
}

/** Whether a stack is one of those of a service, by its id or its name. */
export function matchesStack(stack: Stack, { stacks }: ConfiguredService): boolean {
  return stacks.some((pattern) => matchesGlob(pattern, stack.id) || matchesGlob(pattern, stack.source.name));
}
