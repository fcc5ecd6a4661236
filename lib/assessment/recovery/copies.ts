import { originalElsewhere } from '../../assembly/data/database-regions';
import { Grouped } from '../../assembly/grouped';
import { valuesAt } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { isMap, Unknown, wordOf } from '../../assembly/value';
import type { SecondsRange } from '../../calculus/aws-facts';
import type { Fact } from '../../calculus/fact';
import type { RecoveryTerm } from '../assessment';
import { primaryGroupOf } from './global-datastores';
import type { Copy } from './store';

const BROKER = 'AWS::AmazonMQ::Broker';
const CACHE = 'AWS::ElastiCache::ReplicationGroup';
const FILES = 'AWS::EFS::FileSystem';
const FOLLOWING: readonly string[] = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'];
const GLOBAL_OF: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBCluster': 'AWS::DocDB::GlobalCluster',
  'AWS::Neptune::DBCluster': 'AWS::Neptune::GlobalCluster',
};

/** The database of another region that a resource is a copy of; undefined where it is none. */
export function originalOf(resource: Resource): Resource | Unknown | undefined {
  if (FOLLOWING.includes(resource.type)) {
    const original = originalElsewhere(resource);
    return original instanceof Unknown || original === undefined ? original : original.database;
  }
  if (resource.type === CACHE) return primaryGroupOf(resource);
  if (resource.type === FILES) return replicatedFrom(resource);
  if (resource.type === BROKER) return resource.target('DataReplicationPrimaryBrokerArn');
  if (GLOBAL_OF[resource.type] === undefined) return undefined;
  return siblings(resource.stack.graph).get(resource);
}

/** The file system of another region that replicates to one: only what may be overwritten takes copies. */
function replicatedFrom(files: Resource): Resource | undefined {
  const opened = files.text('FileSystemProtection.ReplicationOverwriteProtection');
  if (opened === undefined || opened === 'ENABLED') return undefined;
  return files.stack.graph
    .ofType(FILES)
    .find((other) => other.region !== files.region && replicatesTo(other, files));
}

/** A destination is named by its file system, or by the region in which it stands. */
function replicatesTo(other: Resource, files: Resource): boolean {
  const destinations = valuesAt(other, 'ReplicationConfiguration.Destinations').flat().filter(isMap);
  return destinations.some(({ FileSystemId: id, Region: region }) => {
    const named = id === undefined ? undefined : other.stack.graph.resolve(id, other);
    return named instanceof Resource
      ? named === files
      : files.region !== undefined && wordOf(region) === files.region;
  });
}

/** The living copies of a database in other regions of the app. */
export function copiesElsewhereOf(resource: Resource, lag: Fact<SecondsRange>): readonly Copy[] {
  return followers(resource.stack.graph)
    .of(resource)
    .map(({ region }) => ({ region, lag: lagTerms(resource, lag) }));
}

/** What a copy that follows lacks. */
export function lagTerms(resource: Resource, { value, source }: Fact<SecondsRange>): readonly RecoveryTerm[] {
  return [{ what: 'replication lag', seconds: value.worst, source, resource }];
}

const followers = oncePerGraph((graph) => {
  const found = new Grouped<Resource, Resource>();
  for (const resource of graph.ofType(...FOLLOWING, BROKER, ...Object.keys(GLOBAL_OF))) {
    const original = originalOf(resource);
    if (original instanceof Resource) found.add(original, resource);
  }
  return found;
});

/** Clusters of a global cluster of DocumentDB or Neptune in other regions, each with the first one, which it follows. */
const siblings = oncePerGraph((graph): ReadonlyMap<Resource, Resource | Unknown> => {
  const globals = graph.ofType(...Object.values(GLOBAL_OF));
  const byName = new Map(globals.map((global) => [wordOf(global.get('GlobalClusterIdentifier')), global]));
  const byGlobal = new Map<unknown, Resource[]>();
  for (const cluster of graph.ofType(...Object.keys(GLOBAL_OF))) {
    const key = globalKey(cluster, byName);
    if (key !== undefined) byGlobal.set(key, [...(byGlobal.get(key) ?? []), cluster]);
  }
  return new Map(
    [...byGlobal].flatMap(([global, clusters]) => followersOf(primaryOf(global, clusters), clusters)),
  );
});

function globalKey(cluster: Resource, byName: ReadonlyMap<string, Resource>): unknown {
  const value = cluster.get('GlobalClusterIdentifier');
  if (value === undefined) return undefined;
  const global = cluster.target('GlobalClusterIdentifier');
  return global instanceof Resource ? global : (byName.get(wordOf(value)) ?? wordOf(value));
}

/** The cluster that the global one was made from, else one that has an administrator of its own or comes from a snapshot. */
function primaryOf(global: unknown, clusters: readonly Resource[]): Resource | undefined {
  const source = global instanceof Resource ? global.target('SourceDBClusterIdentifier') : undefined;
  if (source instanceof Resource) return source;
  return clusters.find(
    (cluster) =>
      cluster.get('MasterUsername') !== undefined || cluster.get('SnapshotIdentifier') !== undefined,
  );
}

function followersOf(
  primary: Resource | undefined,
  clusters: readonly Resource[],
): readonly (readonly [Resource, Resource | Unknown])[] {
  if (!primary) {
    const missing = new Unknown('the primary cluster is not in the app');
    return clusters.map((cluster) => [cluster, missing] as const);
  }
  return clusters
    .filter((cluster) => cluster !== primary && cluster.region !== primary.region)
    .map((other) => [other, primary] as const);
}
