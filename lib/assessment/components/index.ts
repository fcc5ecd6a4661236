import type { Component } from '../component';
import { CACHES_AND_SEARCH } from './caches-and-search';
import { COMPUTE } from './compute';
import { DATABASES } from './databases';
import { DNS } from './dns';
import { FILES } from './files';
import { LOAD_BALANCING } from './load-balancing';
import { MANAGED } from './managed';
import { NETWORK } from './network';
import { TABLES } from './tables';

/** Every component, by the type of resource that it is about. */
export const COMPONENTS: ReadonlyMap<string, Component> = new Map(
  [
    ...DNS,
    ...LOAD_BALANCING,
    ...COMPUTE,
    ...DATABASES,
    ...TABLES,
    ...CACHES_AND_SEARCH,
    ...FILES,
    ...MANAGED,
    ...NETWORK,
  ].flatMap((component) => component.types.map((type) => [type, component] as const)),
);
