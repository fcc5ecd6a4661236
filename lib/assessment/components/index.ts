import type { Component } from '../component';
import { COMPUTE } from './compute';
import { DATABASES } from './databases';
import { DNS } from './dns';
import { LOAD_BALANCING } from './load-balancing';
import { MANAGED } from './managed';
import { NETWORK } from './network';

/** Every component, by the type of resource that it is about. */
export const COMPONENTS: ReadonlyMap<string, Component> = new Map(
  [...DNS, ...LOAD_BALANCING, ...COMPUTE, ...DATABASES, ...MANAGED, ...NETWORK].flatMap((component) =>
    component.types.map((type) => [type, component] as const),
  ),
);
