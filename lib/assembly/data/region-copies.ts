import { backupCoverageOf } from '../backup/backup-coverage';
import { placeOfCopy } from '../backup/backup-vaults';
import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { isSet } from '../property-truth';
import { Resource } from '../resource';
import { isList, Unknown } from '../value';
import { originalElsewhere } from './database-regions';
import { regionsOfAccountReplicas } from './table-replicas';

/** How a store has copies in other regions. */
export interface RegionCopies {
  readonly property: string;
  readonly found: string;

  /** Whether a write returns only once the copy has it. */
  readonly synchronous: boolean;
}

/** How a store has copies in other regions; a text says that it has none, or that the original answers. */
export function regionCopiesOf(resource: Resource): RegionCopies | string | Unknown {
  return NATIVE[resource.type]?.(resource) ?? backupCopies(resource);
}

type Native = (resource: Resource) => RegionCopies | string | Unknown | undefined;

const follows = (property: string, found: string): RegionCopies => ({ property, found, synchronous: false });

const NATIVE: Readonly<Record<string, Native>> = {
  'AWS::DSQL::Cluster': (cluster) =>
    where(isSet(cluster, 'MultiRegionProperties'), {
      property: 'MultiRegionProperties',
      found: 'a cluster that writes to its regions at once',
      synchronous: true,
    }),
  'AWS::DynamoDB::GlobalTable': tableCopies,
  'AWS::ElastiCache::ReplicationGroup': (group) =>
    where(
      isSet(group, 'GlobalReplicationGroupId'),
      follows('GlobalReplicationGroupId', 'a datastore whose copies follow'),
    ),
  'AWS::MemoryDB::Cluster': (cluster) =>
    where(isSet(cluster, 'MultiRegionClusterName'), follows('MultiRegionClusterName', 'copies that follow')),
  'AWS::RDS::DBCluster': (cluster) =>
    isGlobalSource(cluster)
      ? follows('SourceDBClusterIdentifier', 'an Aurora global database, whose copies follow')
      : where(
          isSet(cluster, 'GlobalClusterIdentifier'),
          follows('GlobalClusterIdentifier', 'an Aurora global database, whose copies follow'),
        ),
  'AWS::RDS::DBInstance': instanceCopies,
  'AWS::S3::Bucket': (bucket) =>
    where(
      isSet(bucket, 'ReplicationConfiguration'),
      follows('ReplicationConfiguration', 'replication that follows'),
    ),
};

function where(truth: Truth, copies: RegionCopies): RegionCopies | Unknown | undefined {
  if (truth instanceof Unknown) return truth;
  return truth ? copies : undefined;
}

function tableCopies(table: Resource): RegionCopies | Unknown | undefined {
  const replicas = table.get('Replicas');
  if (replicas instanceof Unknown) return replicas;
  const listed = isList(replicas) ? replicas.length : 0;
  if (listed < 2 && regionsOfAccountReplicas(table).length === 0) return undefined;
  const path = 'MultiRegionConsistency';
  const consistency = table.text(path);
  if (consistency instanceof Unknown) return consistency;
  return consistency === 'STRONG'
    ? { property: path, found: 'replicas that are written at once', synchronous: true }
    : follows(path, 'replicas that follow');
}

function instanceCopies(instance: Resource): RegionCopies | string | Unknown | undefined {
  const original = originalElsewhere(instance);
  if (original instanceof Unknown) return original;
  if (original) return 'the database that it follows answers';
  const [replica] = replicasElsewhere(instance.stack.graph).get(instance) ?? [];
  if (replica)
    return follows('SourceDBInstanceIdentifier', `the replica ${replica.logicalId}, which follows`);
  return where(
    isSet(instance, 'AutomaticBackupReplicationRegion'),
    follows('AutomaticBackupReplicationRegion', 'backups that are copied later'),
  );
}

function isGlobalSource(cluster: Resource): boolean {
  return globalSources(cluster.stack.graph).has(cluster);
}

const globalSources = oncePerGraph(
  (graph) =>
    new Set(
      graph
        .ofType('AWS::RDS::GlobalCluster')
        .map((global) => global.target('SourceDBClusterIdentifier'))
        .filter((source) => source instanceof Resource),
    ),
);

const replicasElsewhere = oncePerGraph((graph) => {
  const found = new Map<Resource, Resource[]>();
  for (const replica of graph.ofType('AWS::RDS::DBInstance')) {
    const original = originalElsewhere(replica);
    const source = original && !(original instanceof Unknown) ? original.database : undefined;
    if (source instanceof Resource) found.set(source, [...(found.get(source) ?? []), replica]);
  }
  return found;
});

/** Copies of backups lack what was written since the backup. */
function backupCopies(resource: Resource): RegionCopies | string | Unknown {
  const { rules, unknown: others } = backupCoverageOf(resource);
  for (const { plan, copyActions } of rules) {
    const actions = copyActions instanceof Unknown ? [] : copyActions;
    const away = actions.find((action) => placeOfCopy(action, plan).sameRegion === false);
    if (away) return follows(away.path, `copies of the backups of ${plan.logicalId}`);
  }
  return others ?? 'it has no copy in another region';
}
