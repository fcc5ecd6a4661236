import type { LagMetric } from '../../calculus/replication-metrics';
import type { Truth } from '../conditions';
import { Resource } from '../resource';
import { isMap, Unknown } from '../value';
import { isReadReplica } from './database-origin';

/** What replicates: the resources whose metrics show the lag, or why nothing replicates. */
export type Replicating = readonly Resource[] | string | Unknown;

/** Who shows how far the copies of a resource are behind; a text says why it has none. */
export function replicatingOf(resource: Resource): Replicating {
  switch (resource.type) {
    case 'AWS::RDS::DBInstance':
      return where(isReadReplica(resource), [resource], 'the instance follows none');
    case 'AWS::DynamoDB::GlobalTable':
      return replicatingTable(resource);
    case 'AWS::S3::Bucket':
      return replicatingBucket(resource);
    case 'AWS::EFS::FileSystem':
      return replicatingFiles(resource);
    case 'AWS::MSK::Replicator':
      return [resource];
    case 'AWS::ElastiCache::GlobalReplicationGroup':
      return membersIn(resource);
    default:
      return clustersOf(resource);
  }
}

function where(truth: Truth, resources: readonly Resource[], otherwise: string): Replicating {
  if (truth instanceof Unknown) return truth;
  return truth ? resources : otherwise;
}

function replicatingTable(table: Resource): Replicating {
  const replicas = table.list('Replicas');
  if (replicas instanceof Unknown) return replicas;
  if (replicas.length < 2) return 'the table is in one region';
  const consistency = table.text('MultiRegionConsistency');
  if (consistency instanceof Unknown) return consistency;
  return consistency === 'STRONG' ? 'the table writes to its regions at once' : [table];
}

function replicatingBucket(bucket: Resource): Replicating {
  const configuration = bucket.get('ReplicationConfiguration');
  if (configuration instanceof Unknown) return configuration;
  return configuration === undefined ? 'the bucket does not replicate' : [bucket];
}

function replicatingFiles(files: Resource): Replicating {
  const destinations = files.list('ReplicationConfiguration.Destinations');
  if (destinations instanceof Unknown) return destinations;
  return destinations.length === 0 ? 'the file system does not replicate' : [files];
}

function membersIn(group: Resource): Replicating {
  const members = group.list('Members');
  if (members instanceof Unknown) return members;
  const found = members.map((member) =>
    group.stack.graph.resolve((isMap(member) ? member.ReplicationGroupId : undefined) ?? null, group),
  );
  const known = found.filter((member) => member instanceof Resource);
  const [primary, second] = found;
  if (second === undefined) return 'the datastore is in one region';
  return known.length > 0 ? known : primary instanceof Unknown ? primary : [];
}

/** The clusters that name a global cluster, or are named by it. */
function clustersOf(global: Resource): Replicating {
  const { graph } = global.stack;
  const naming = graph
    .ofType(global.type.replace('GlobalCluster', 'DBCluster'))
    .filter((cluster) => cluster.get('GlobalClusterIdentifier') !== undefined)
    .filter((cluster) => cluster.target('GlobalClusterIdentifier') === global);
  const source = global.target('SourceDBClusterIdentifier');
  const clusters = [...new Set([...naming, ...(source instanceof Resource ? [source] : [])])];
  if (clusters.length >= 2) return clusters;
  const [macro] = graph.unreadable;
  if (macro !== undefined) return new Unknown(macro);
  return clusters.length === 1 ? 'the app has one cluster of it' : 'the app has no cluster of it';
}

/** Whether an alarm fires before a copy is further behind than it may be. */
export function firesWithin(alarm: Resource, metric: LagMetric, seconds: number): Truth {
  if (metric.secondsPerUnit === undefined) return true;
  if (alarm.get('MetricName') === undefined && !watchesOne(alarm))
    return new Unknown(`the threshold of ${alarm.logicalId} is one of what it computes`);
  const threshold = alarm.number('Threshold');
  if (threshold === undefined) return new Unknown(`${alarm.logicalId} has no fixed threshold`);
  if (threshold instanceof Unknown) return threshold;
  const operator = alarm.text('ComparisonOperator');
  if (operator instanceof Unknown) return operator;
  return (operator ?? '').startsWith('GreaterThan') && threshold * metric.secondsPerUnit <= seconds;
}

/** Whether an alarm has one query, which computes nothing. */
function watchesOne(alarm: Resource): boolean {
  const queries = alarm.list('Metrics');
  if (queries instanceof Unknown) return false;
  const [only, another] = queries;
  return isMap(only) && only.Expression === undefined && another === undefined;
}
