import { identifiersOf } from '../identifiers';
import { fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { ZoneSet } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { isScalar, referencesIn, Unknown } from '../value';
import type { ClusterMembers } from './database-members';
import { isHeadlessCopy } from './headless';

/** The type of the instances of each type of cluster. */
const INSTANCES: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBCluster': 'AWS::DocDB::DBInstance',
  'AWS::Neptune::DBCluster': 'AWS::Neptune::DBInstance',
};

/** The instances of a DocumentDB or Neptune cluster, over the whole app. */
export function instancesOf(cluster: Resource): ClusterMembers {
  const { byCluster, unplaced } = instanceIndex(cluster.stack.graph);
  const members = byCluster.get(cluster) ?? [];
  const open = unplaced.get(cluster.type);
  return {
    sure: members.filter((member) => existsWith(member, cluster) === true),
    maybe: members.filter((member) => existsWith(member, cluster) !== true),
    ...(open && { unknown: open }),
  };
}

/** Judges whether a cluster has so many instances, and not all of them in one zone. */
export function instancesInZones(cluster: Resource, minimum: number): Judgement {
  const { sure, maybe, unknown: others } = instancesOf(cluster);
  if (sure.length + maybe.length === 0 && !others) {
    const copy = isHeadlessCopy(cluster, (other) => instancesOf(other).sure.length > 0);
    if (copy instanceof Unknown) return unknown('GlobalClusterIdentifier', copy);
    if (copy)
      return notApplicable('another region’s copy of a global database, without instances: a pilot light');
  }
  const scaled = scaledReaders(cluster);
  const count = sure.length + (scaled instanceof Unknown || sure.length === 0 ? 0 : scaled);
  if (count >= minimum) return spread(sure, count);
  const open = [maybe[0]?.presence, others, scaled].find((reason) => reason instanceof Unknown);
  const found = `${sure.length} instance${sure.length === 1 ? '' : 's'}`;
  return open instanceof Unknown
    ? unknown(undefined, open)
    : fail({ found, needed: `at least ${minimum} instances` });
}

/** An instance that is not pinned is placed by AWS, which spreads a cluster over the zones of its subnet group. */
function spread(members: readonly Resource[], count: number): Judgement {
  const path = 'AvailabilityZone';
  const pins = members.map((member) => member.get(path));
  if (count > members.length || pins.includes(undefined)) return pass({ found: `${count} instances` });
  return ZoneSet.union(members.map(({ zones }) => zones)).atLeast(2, path);
}

/** How many readers automatic scaling keeps at least; of the two, only Neptune has it. */
function scaledReaders(cluster: Resource): number | Unknown {
  const targets = readerTargets(cluster.stack.graph);
  const names = identifiersOf(cluster).map((name) => `cluster:${name.toLowerCase()}`);
  const kept = [cluster, ...names].flatMap((name) => targets.get(name) ?? []);
  const counts = kept.map((target) => {
    const exists = existsWith(target, cluster);
    return exists === true ? (target.number('MinCapacity') ?? 0) : exists;
  });
  return counts.find((count) => count instanceof Unknown) ?? Math.max(0, ...counts.map(Number));
}

const readerTargets = oncePerGraph((graph) => {
  const targets = new Map<Resource | string, Resource[]>();
  for (const target of graph.ofType('AWS::ApplicationAutoScaling::ScalableTarget')) {
    if (target.get('ScalableDimension') !== 'neptune:cluster:ReadReplicaCount') continue;
    const id = target.get('ResourceId');
    const key = referencesIn(id)[0]?.resource ?? (isScalar(id) ? String(id).toLowerCase() : undefined);
    if (key !== undefined) targets.set(key, [...(targets.get(key) ?? []), target]);
  }
  return targets;
});

interface InstanceIndex {
  readonly byCluster: Map<Resource, Resource[]>;
  readonly unplaced: Map<string, Unknown>;
}

const instanceIndex = oncePerGraph((graph) => {
  const index: InstanceIndex = { byCluster: new Map(), unplaced: new Map() };
  const [hidden] = graph.unreadable;
  for (const [clusterType, instanceType] of Object.entries(INSTANCES)) {
    if (hidden !== undefined) index.unplaced.set(clusterType, new Unknown(hidden));
    for (const instance of graph.ofType(instanceType)) place(instance, clusterType, index);
  }
  return index;
});

function place(instance: Resource, clusterType: string, { byCluster, unplaced }: InstanceIndex): void {
  const path = 'DBClusterIdentifier';
  const cluster = instance.target(path);
  if (cluster instanceof Resource) {
    const known = byCluster.get(cluster);
    if (known) known.push(instance);
    else byCluster.set(cluster, [instance]);
    // A name that no cluster of the app has is the name of another cluster.
  } else if (cluster && !isScalar(instance.get(path)) && !unplaced.has(clusterType))
    unplaced.set(clusterType, new Unknown(`the cluster of ${instance.logicalId}: ${cluster.reason}`));
}
