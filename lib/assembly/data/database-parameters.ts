import type { Truth } from '../conditions';
import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { isSet } from '../property-truth';
import { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { isScalar, Unknown } from '../value';
import { isReadReplica, originOf } from './database-origin';

/** The family of engines that a parameter group is for, as far as parameters differ; undefined for the rest. */
export type ParameterFamily = 'mysql' | 'postgres' | 'other' | undefined;

/** The family of engines of a parameter group; undefined where only deploy knows it. */
export function parameterFamily(group: Resource): ParameterFamily {
  const family = group.get('Family');
  if (typeof family !== 'string') return undefined;
  if (/mysql|mariadb/i.test(family)) return 'mysql';
  return /postgres/i.test(family) ? 'postgres' : 'other';
}

/** Whether a read replica of the app runs with a parameter group. */
export function isUsedByReplica(group: Resource): Truth {
  const { byGroup, open } = replicaGroups(group.stack.graph);
  const replicas = byGroup.get(group) ?? [];
  return someTruth([
    ...replicas.map((replica) => everyTruth([existsWith(replica, group), isReadReplica(replica)])),
    ...open,
  ]);
}

const replicaGroups = oncePerGraph((graph: Graph) => {
  const byGroup = new Map<Resource, Resource[]>();
  const open: Truth[] = graph.unreadable.slice(0, 1).map((reason) => new Unknown(reason));
  for (const instance of graph.ofType('AWS::RDS::DBInstance')) {
    const group = isReadReplica(instance) === false ? undefined : parameterGroupOf(instance);
    if (group instanceof Resource) byGroup.set(group, [...(byGroup.get(group) ?? []), instance]);
    else if (group) open.push(group);
  }
  return { byGroup, open };
});

/** The group of a replica: the one that it names, else its source's where both are in one region. */
function parameterGroupOf(replica: Resource): Resource | Unknown | undefined {
  if (isSet(replica, 'DBParameterGroupName') !== false) return namedGroup(replica);
  const source = originOf(replica)?.source;
  const near = source instanceof Resource && source.region === replica.region;
  return near && isSet(source, 'DBParameterGroupName') !== false ? namedGroup(source) : undefined;
}

/** A name that no group of the app has is the name of another group. */
function namedGroup(instance: Resource): Resource | Unknown | undefined {
  const group = instance.target('DBParameterGroupName');
  return group instanceof Unknown && isScalar(instance.get('DBParameterGroupName')) ? undefined : group;
}
