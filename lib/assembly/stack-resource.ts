import { Resource } from './resource';
import type { JsonObject } from './source/source';
import type { Stack } from './stack';

/** The type of a stack itself, as rules name it: what stands in its template beside the resources. */
export const STACK_TYPE = 'CDKNines::Stack';

/** A stack as a resource, so that a rule can judge its `Metadata`. */
export function stackAsResource(stack: Stack): Resource {
  const { Metadata: metadata = {} } = stack.source.template;
  const properties: JsonObject = { Metadata: metadata };
  return new Resource(stack, 'Template', { Type: STACK_TYPE, Properties: properties }, true);
}
