import { originalElsewhere } from '../../assembly/data/database-regions';
import { Grouped } from '../../assembly/grouped';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import type { SecondsRange } from '../../calculus/aws-facts';
import type { Fact } from '../../calculus/fact';
import type { RecoveryTerm } from '../assessment';
import type { Copy } from './store';

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
  if (GLOBAL_OF[resource.type] === undefined) return undefined;
  return siblings(resource.stack.graph).get(resource)?.[0];
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
  for (const resource of graph.ofType(...FOLLOWING, ...Object.keys(GLOBAL_OF))) {
    const original = originalOf(resource);
    if (original instanceof Resource) found.add(original, resource);
  }
  return found;
});

/** Clusters of a global cluster of DocumentDB or Neptune in other regions, each with the first one, which it follows. */
const siblings = oncePerGraph((graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const byGlobal = new Map<unknown, Resource[]>();
  for (const cluster of graph.ofType(...Object.keys(GLOBAL_OF))) {
    const key = globalKey(cluster);
    if (key !== undefined) byGlobal.set(key, [...(byGlobal.get(key) ?? []), cluster]);
  }
  return new Map([...byGlobal.values()].flatMap(followersOfFirst));
});

function globalKey(cluster: Resource): unknown {
  const value = cluster.get('GlobalClusterIdentifier');
  const global = cluster.target('GlobalClusterIdentifier');
  return global instanceof Resource ? global : value === undefined ? undefined : String(value);
}

function followersOfFirst(
  clusters: readonly Resource[],
): readonly (readonly [Resource, readonly Resource[]])[] {
  const [primary, ...others] = [...clusters].sort(startingFirst);
  if (!primary) return [];
  return others.filter(({ region }) => region !== primary.region).map((other) => [other, [primary]] as const);
}

/** The first cluster has an administrator of its own, or comes from a snapshot. */
function startingFirst(one: Resource, other: Resource): number {
  const starts = (cluster: Resource) =>
    cluster.get('MasterUsername') !== undefined || cluster.get('SnapshotIdentifier') !== undefined ? 0 : 1;
  return starts(one) - starts(other);
}
