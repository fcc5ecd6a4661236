import { replicationRulesOf } from '../assembly/data/bucket-replication';
import { originOf } from '../assembly/data/database-origin';
import type { Graph } from '../assembly/graph';
import { Grouped } from '../assembly/grouped';
import { valuesAt } from '../assembly/network/zones';
import { oncePerGraph } from '../assembly/once-per-graph';
import { oncePerResource } from '../assembly/once-per-resource';
import { Resource } from '../assembly/resource';
import { type Value, wordOf } from '../assembly/value';
import { isRebuildable } from './data-owed';
import { originalOf } from './recovery/copies';
import { groupNamed } from './recovery/global-datastores';

/** Where the data of a store is written first: a store of the app, or what several stores name as theirs. */
type Origin = Resource | string;

/**
 * Whether two stores keep the same data: one follows the other, both follow a third one, or both belong to what
 * replicates among its members. Data that can be made again is the same wherever it is made.
 */
export function keepSameData(one: Resource, other: Resource): boolean {
  if (one === other) return true;
  if ([one, other].every((store) => isRebuildable(store, []) === true)) return true;
  if ([one, other].every(isFilledByDeploy)) return true;
  const origins = originsOf(one);
  return [...originsOf(other)].some((origin) => origins.has(origin));
}

/** Whether a store follows another one, which takes the writes until it is promoted. */
export function follows(store: Resource, original: Resource): boolean {
  return store !== original && originsOf(store).has(original);
}

/** A store with all that it comes from, at any distance. */
const originsOf = oncePerResource((store): ReadonlySet<Origin> => {
  const edges = sourcesIn(store.stack.graph);
  const found = new Set<Origin>([store]);
  for (const origin of found)
    if (origin instanceof Resource) for (const next of edges.of(origin)) found.add(next);
  return found;
});

/** What each store of an app replicates from. */
const sourcesIn = oncePerGraph((graph): Grouped<Resource, Origin> => {
  const sources = new Grouped<Resource, Origin>();
  for (const [store, source] of [
    ...databases(graph),
    ...globalClusters(graph),
    ...globalDatastores(graph),
    ...distributedClusters(graph),
    ...buckets(graph),
    ...fileSystems(graph),
    ...migrations(graph),
    ...kafkaReplicators(graph),
  ])
    if (store !== source) sources.add(store, source);
  return sources;
});

type Edge = readonly [store: Resource, source: Origin];

const DATABASES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];

/** Read replicas, of the same region too; two of one source that the app does not hold follow it both. */
function databases(graph: Graph): readonly Edge[] {
  return graph.ofType(...DATABASES).flatMap((database): readonly Edge[] => {
    const origin = originOf(database);
    if (origin?.kind !== 'replica') return [];
    const { property, source } = origin;
    if (source instanceof Resource) return [[database, source]];
    const name = wordOf(database.get(property));
    return name === '' ? [] : [[database, `${property} ${name}`]];
  });
}

const GLOBAL_CLUSTERS = ['AWS::RDS', 'AWS::DocDB', 'AWS::Neptune'];

function globalClusters(graph: Graph): readonly Edge[] {
  return GLOBAL_CLUSTERS.flatMap((kind) => {
    const globals = graph.ofType(`${kind}::GlobalCluster`);
    const joined = membersBy(graph, `${kind}::DBCluster`, 'GlobalClusterIdentifier', globals);
    const first = globals.flatMap((global): readonly Edge[] => {
      const source = global.target('SourceDBClusterIdentifier');
      return source instanceof Resource ? [[source, global]] : [];
    });
    const clusters = new Map([...joined, ...first].map(([cluster]) => [cluster, originalOf(cluster)]));
    const following = [...clusters].flatMap(([cluster, original]): readonly Edge[] =>
      original instanceof Resource ? [[cluster, original]] : [],
    );
    return [...joined, ...first, ...following];
  });
}

/** Those that name one group name it by reference, or by the word that it has for a name. */
function membersBy(
  graph: Graph,
  type: string,
  property: string,
  groups: readonly Resource[],
): readonly Edge[] {
  return graph.ofType(type).flatMap((member): readonly Edge[] => {
    const group = groupNamed(member, property, groups);
    if (group) return [[member, group]];
    const name = wordOf(member.get(property));
    return name === '' ? [] : [[member, `${property} ${name}`]];
  });
}

const DATASTORE = 'AWS::ElastiCache::GlobalReplicationGroup';

function globalDatastores(graph: Graph): readonly Edge[] {
  const groups = graph.ofType(DATASTORE);
  const listed = groups.flatMap((group) =>
    resolved(group, 'Members.*.ReplicationGroupId').map((member): Edge => [member, group]),
  );
  return [
    ...listed,
    ...membersBy(graph, 'AWS::ElastiCache::ReplicationGroup', 'GlobalReplicationGroupId', groups),
    ...membersBy(
      graph,
      'AWS::MemoryDB::Cluster',
      'MultiRegionClusterName',
      graph.ofType('AWS::MemoryDB::MultiRegionCluster'),
    ),
  ];
}

/** Clusters of Aurora DSQL name each other, and all of them take writes. */
function distributedClusters(graph: Graph): readonly Edge[] {
  return graph.ofType('AWS::DSQL::Cluster').flatMap((cluster) =>
    resolved(cluster, 'MultiRegionProperties.Clusters').flatMap((other): readonly Edge[] => [
      [cluster, other],
      [other, cluster],
    ]),
  );
}

function buckets(graph: Graph): readonly Edge[] {
  return graph
    .ofType('AWS::S3::Bucket')
    .flatMap((bucket) =>
      replicationRulesOf(bucket).rules.flatMap(({ enabled, destination }): readonly Edge[] =>
        enabled === true && destination instanceof Resource ? [[destination, bucket]] : [],
      ),
    );
}

const FILES = 'AWS::EFS::FileSystem';

function fileSystems(graph: Graph): readonly Edge[] {
  return graph.ofType(FILES).flatMap((files): readonly Edge[] => {
    const original = originalOf(files);
    return [
      ...resolved(files, 'ReplicationConfiguration.Destinations.*.FileSystemId').map(
        (to): Edge => [to, files],
      ),
      ...(original instanceof Resource ? [[files, original] as const] : []),
    ];
  });
}

/** Tasks of DMS that go on copying changes. */
function migrations(graph: Graph): readonly Edge[] {
  return graph
    .ofType('AWS::DMS::ReplicationTask', 'AWS::DMS::ReplicationConfig')
    .filter((task) => wordOf(task.get('MigrationType') ?? task.get('ReplicationType')).includes('cdc'))
    .flatMap((task): readonly Edge[] => {
      const [source, target] = ['SourceEndpointArn', 'TargetEndpointArn'].map((end) =>
        databaseBehind(task, end),
      );
      return source && target ? [[target, source]] : [];
    });
}

function databaseBehind(task: Resource, end: string): Resource | undefined {
  const endpoint = task.target(end);
  const server = endpoint instanceof Resource ? endpoint.target('ServerName') : undefined;
  return server instanceof Resource ? server : undefined;
}

function kafkaReplicators(graph: Graph): readonly Edge[] {
  return graph
    .ofType('AWS::MSK::Replicator')
    .flatMap((replicator) =>
      resolved(replicator, 'KafkaClusters.*.AmazonMskCluster.MskClusterArn').map(
        (cluster): Edge => [cluster, replicator],
      ),
    );
}

/** Resources of the app that the values at a path name. */
function resolved(from: Resource, path: string): readonly Resource[] {
  return valuesAt(from, path)
    .flat()
    .map((value: Value) => from.stack.graph.resolve(value, from))
    .filter((found) => found instanceof Resource);
}

/** Whether what is in a bucket comes with each deploy: two that are filled so are taken to hold the same. */
function isFilledByDeploy(bucket: Resource): boolean {
  return filledByDeploy(bucket.stack.graph).has(bucket);
}

const filledByDeploy = oncePerGraph(
  (graph): ReadonlySet<Resource> =>
    new Set(
      graph
        .ofType('Custom::CDKBucketDeployment')
        .map((deployment) => deployment.target('DestinationBucketName'))
        .filter((bucket) => bucket instanceof Resource),
    ),
);
