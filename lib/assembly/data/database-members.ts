import type { Truth } from '../conditions';
import { identifiersOf } from '../identifiers';
import { type Judgement, notApplicable, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { isSet } from '../property-truth';
import { Resource } from '../resource';
import { someTruth } from '../truth';
import { isScalar, referencesIn, Unknown } from '../value';
import { originOf } from './database-origin';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

/** Engines whose data belongs to a cluster. The types of RDS also take the engines of Neptune and DocumentDB. */
const CLUSTER_ENGINES = /^(aurora|neptune|docdb)/;

/** The instances of a cluster. */
export interface ClusterMembers {
  /** Those that surely belong to it. */
  readonly sure: readonly Resource[];

  /** Those that a condition may leave out. */
  readonly maybe: readonly Resource[];

  /** Why there may be others. @default - there are no others in the app */
  readonly unknown?: Unknown;
}

/** The instances of a cluster, over the whole app. */
export function membersOf(cluster: Resource): ClusterMembers {
  const { byCluster, unplaced } = memberIndex(cluster.stack.graph);
  const members = byCluster.get(cluster) ?? [];
  return {
    sure: members.filter((member) => existsWith(member, cluster) === true),
    maybe: members.filter((member) => existsWith(member, cluster) !== true),
    ...(unplaced && { unknown: unplaced }),
  };
}

/** The cluster that an instance belongs to; undefined where it names none. */
export function clusterOf(instance: Resource): Resource | Unknown | undefined {
  if (isSet(instance, 'DBClusterIdentifier') === false) return undefined;
  const cluster = instance.target('DBClusterIdentifier');
  return cluster instanceof Resource && cluster.type !== CLUSTER
    ? new Unknown(`${cluster.logicalId} is no cluster`)
    : cluster;
}

/** Whether an instance has its storage, backups and failover from a cluster. */
export function isManagedByCluster(instance: Resource): Truth {
  const named = isSet(instance, 'DBClusterIdentifier');
  const engine = instance.get('Engine');
  return typeof engine === 'string' && CLUSTER_ENGINES.test(engine.toLowerCase()) ? true : named;
}

/** Asks a question of an instance that stands alone. A cluster answers for its members. */
export function judgeStandalone(instance: Resource, judge: (instance: Resource) => Judgement): Judgement {
  const managed = instance.type === INSTANCE ? isManagedByCluster(instance) : false;
  if (managed instanceof Unknown) return unknown('DBClusterIdentifier', managed);
  return managed ? notApplicable('the cluster answers for its members') : judge(instance);
}

/** The engine of a database in lower case, its cluster's or its source's where it names none itself. */
export function engineOf(
  database: Resource,
  visited: ReadonlySet<Resource> = new Set(),
): string | Unknown | undefined {
  const own = database.text('Engine');
  if (own !== undefined) return own instanceof Unknown ? own : own.toLowerCase();
  const from = database.type === INSTANCE ? clusterOf(database) : undefined;
  const source = from ?? originOf(database)?.source;
  if (!(source instanceof Resource)) return source;
  return visited.has(source)
    ? new Unknown('the databases come from each other')
    : engineOf(source, new Set([...visited, database]));
}

/** Whether a cluster is a Multi-AZ DB cluster: three instances with storage of their own, and no members. */
export function isMultiAzDbCluster(cluster: Resource): Truth {
  const engine = engineOf(cluster);
  const byEngine = engine instanceof Unknown ? engine : engine === 'mysql' || engine === 'postgres';
  return someTruth([isSet(cluster, 'DBClusterInstanceClass'), byEngine]);
}

/** How many readers automatic scaling keeps in a cluster at least; 0 where none is set up. */
export function readersKept(cluster: Resource): number | Unknown {
  const { byTarget } = readerTargets(cluster.stack.graph);
  const texts = identifiersOf(cluster).map((name) => `cluster:${name.toLowerCase()}`);
  const targets = [cluster, ...texts].flatMap((target) => byTarget.get(target) ?? []);
  const kept = targets.map((target) => {
    const exists = existsWith(target, cluster);
    return exists === true ? (target.number('MinCapacity') ?? 0) : exists;
  });
  return kept.find((least) => least instanceof Unknown) ?? Math.max(0, ...kept.map(Number));
}

const readerTargets = oncePerGraph((graph) => {
  const byTarget = new Map<Resource | string, Resource[]>();
  for (const target of graph.ofType('AWS::ApplicationAutoScaling::ScalableTarget')) {
    if (target.get('ScalableDimension') !== 'rds:cluster:ReadReplicaCount') continue;
    const id = target.get('ResourceId');
    const [mention] = referencesIn(id);
    const key = mention ? mention.resource : isScalar(id) ? String(id).toLowerCase() : undefined;
    if (key !== undefined) byTarget.set(key, [...(byTarget.get(key) ?? []), target]);
  }
  return { byTarget };
});

const memberIndex = oncePerGraph((graph) => {
  const byCluster = new Map<Resource, Resource[]>();
  let unplaced = graph.unreadable[0] === undefined ? undefined : new Unknown(graph.unreadable[0]);
  for (const instance of graph.ofType(INSTANCE)) {
    const cluster = clusterOf(instance);
    const members = cluster instanceof Resource ? byCluster.get(cluster) : undefined;
    if (members) members.push(instance);
    else if (cluster instanceof Resource) byCluster.set(cluster, [instance]);
    // A name that no cluster of the app has is the name of another cluster.
    else if (cluster && !isScalar(instance.get('DBClusterIdentifier')))
      unplaced ??= new Unknown(`the cluster of ${instance.logicalId}: ${cluster.reason}`);
  }
  return { byCluster, unplaced };
});
