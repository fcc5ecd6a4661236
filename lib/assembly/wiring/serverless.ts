import type { SamOutput } from '../source/sam/expansion';
import { expandServerless, isServerless } from '../source/sam/sam';
import type { Json } from '../source/source';
import type { Stack } from '../stack';
import { isScalar } from '../value';

/** What the serverless transform made of a template. */
export type Serverless = SamOutput;

/** The resources of a stack as the serverless transform writes them, or nothing where the template does not ask for it. */
export function transformed(stack: Stack, resources: Readonly<Record<string, Json>>): Serverless | undefined {
  const { Transform: transform, Globals: globals = {} } = stack.source.template;
  if (!isServerless(transform)) return undefined;
  return expandServerless({ resources, globals, resolve: (json) => parameterIn(json, stack) });
}

/** A reference to a parameter of a known value as that value: the transform looks no further than that. */
function parameterIn(json: Json, stack: Stack): Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const [[key, name] = [], another] = Object.entries(json);
  const value =
    key === 'Ref' && another === undefined && typeof name === 'string' ? stack.parameter(name) : undefined;
  return value !== undefined && isScalar(value) ? value : json;
}
