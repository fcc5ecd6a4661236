import type { Truth } from '../conditions';
import { placeInArn } from '../iam/arn-fields';
import { oncePerGraph } from '../once-per-graph';
import { isSet } from '../property-truth';
import { Resource } from '../resource';
import { inSameRegion, isRegionOf } from '../same-place';
import { isScalar, Unknown, wordOf } from '../value';
import { isReadReplica, originOf } from './database-origin';

const CLUSTER = 'AWS::RDS::DBCluster';
const GLOBAL = 'AWS::RDS::GlobalCluster';
const JOINS = 'GlobalClusterIdentifier';

/** Another database that this one is a copy of. */
export interface Original {
  /** The property that says so. */
  readonly property: string;

  /** The database that is copied, or why it cannot be seen. */
  readonly database: Resource | Unknown;
}

/** The database of another region that this one follows; undefined where it follows none, or none elsewhere. */
export function originalElsewhere(database: Resource): Original | Unknown | undefined {
  return (database.type === CLUSTER ? primaryOf(database) : undefined) ?? sourceOf(database);
}

function sourceOf(instance: Resource): Original | Unknown | undefined {
  const follows = isReadReplica(instance);
  if (follows instanceof Unknown) return follows;
  const origin = follows ? originOf(instance) : undefined;
  if (!origin) return undefined;
  const { property, source } = origin;
  const near = source instanceof Resource ? inSameRegion(source, instance) : isNearby(instance, property);
  if (near instanceof Unknown) return near;
  return near ? undefined : { property, database: source };
}

/** A source is named by its ARN where it is in another region, and by its name alone where it is in this one. */
function isNearby(instance: Resource, property: string): Truth {
  const name = instance.get(property);
  if (name instanceof Unknown || !isScalar(name))
    return new Unknown('where the source is is known only at deploy');
  if (!wordOf(name).startsWith('arn:')) return true;
  const place = placeInArn(wordOf(name));
  return place instanceof Unknown ? place : isRegionOf(place.region, instance);
}

/** The first cluster of a global database: the one that it is made from, or that has an administrator of its own. */
function primaryOf(cluster: Resource): Original | Unknown | undefined {
  const property = JOINS;
  const joins = isSet(cluster, property);
  if (joins instanceof Unknown) return joins;
  if (!joins || startsItself(cluster)) return undefined;
  const global = cluster.target(property);
  const key = globalKey(cluster);
  const primary = key === undefined ? undefined : primaries(cluster.stack.graph).get(key);
  if (primary === cluster) return undefined;
  const why = global instanceof Unknown ? global : new Unknown('the primary cluster is not in the app');
  return { property, database: primary ?? why };
}

/** The global cluster that one joins: the resource, or the name that it has where another app holds it, or nobody does. */
function globalKey(cluster: Resource): Resource | string | undefined {
  const global = cluster.target(JOINS);
  if (global instanceof Resource) return global;
  const name = wordOf(cluster.get(JOINS)).toLowerCase();
  return name === '' ? undefined : (globalsByName(cluster.stack.graph).get(name) ?? name);
}

const globalsByName = oncePerGraph(
  (graph): ReadonlyMap<string, Resource> =>
    new Map(graph.ofType(GLOBAL).map((global) => [wordOf(global.get(JOINS)).toLowerCase(), global])),
);

function startsItself(cluster: Resource): boolean {
  return ['MasterUsername', 'SnapshotIdentifier'].some((path) => isSet(cluster, path) !== false);
}

const primaries = oncePerGraph((graph) => {
  const found = new Map<Resource | string, Resource>();
  for (const cluster of graph.ofType(CLUSTER)) {
    const key = startsItself(cluster) ? globalKey(cluster) : undefined;
    if (key !== undefined) found.set(key, cluster);
  }
  for (const global of graph.ofType(GLOBAL)) {
    const source = global.target('SourceDBClusterIdentifier');
    if (source instanceof Resource) found.set(global, source);
  }
  return found;
});
