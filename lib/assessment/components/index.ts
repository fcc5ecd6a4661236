import type { Component } from '../component';
import { ACCELERATORS } from './accelerators';
import { ACCESS_POINTS } from './access-points';
import { APIS } from './apis';
import { BROKERS_AND_WAREHOUSES } from './brokers-and-warehouses';
import { CACHES_AND_SEARCH } from './caches-and-search';
import { COMPUTE } from './compute';
import { CONTAINERS } from './containers';
import { DATABASES } from './databases';
import { DNS } from './dns';
import { EDGE } from './edge';
import { FILES } from './files';
import { FUNCTIONS } from './functions';
import { GRAPHQL_AND_IDENTITY } from './graphql-and-identity';
import { LATTICE } from './lattice';
import { LOAD_BALANCING } from './load-balancing';
import { MANAGED } from './managed';
import { NETWORK } from './network';
import { PLATFORMS } from './platforms';
import { PROXIES } from './proxies';
import { STARTERS } from './starters';
import { TABLES } from './tables';
import { UNMODELLED } from './unmodelled';

/** Every component, by the type of resource that it is about. */
export const COMPONENTS: ReadonlyMap<string, Component> = new Map(
  [
    ...DNS,
    ...EDGE,
    ...ACCELERATORS,
    ...ACCESS_POINTS,
    ...APIS,
    ...GRAPHQL_AND_IDENTITY,
    ...LATTICE,
    ...LOAD_BALANCING,
    ...COMPUTE,
    ...CONTAINERS,
    ...FUNCTIONS,
    ...PLATFORMS,
    ...DATABASES,
    ...PROXIES,
    ...TABLES,
    ...CACHES_AND_SEARCH,
    ...FILES,
    ...MANAGED,
    ...STARTERS,
    ...BROKERS_AND_WAREHOUSES,
    ...NETWORK,
    ...UNMODELLED,
  ].flatMap((component) => component.types.map((type) => [type, component] as const)),
);
