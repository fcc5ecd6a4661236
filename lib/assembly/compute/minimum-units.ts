import { engineOf, membersOf } from '../data/database-members';
import { ZoneSet } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { textOfBoolean } from '../question';
import { atLeast, exactly, oneOf, type Range } from '../range';
import type { Resource } from '../resource';
import { isScalar, referencesIn, Unknown } from '../value';

/** How many units of one kind run at the least, and in how many zones. */
export interface MinimumUnits {
  /** What one of them is, such as `task`. */
  readonly noun: string;

  /** The property that sets the minimum; undefined where another resource or counting does. */
  readonly property: string | undefined;

  /** What else sets the minimum, such as `MinCapacity of Scaling`. @default - the property or the number itself */
  readonly setBy?: string;
  readonly units: Range;
  readonly zones: Range;
}

type Count = (resource: Resource) => MinimumUnits | string;

const COUNTS: Readonly<Record<string, Count>> = {
  'AWS::AutoScaling::AutoScalingGroup': (group) => ({
    noun: 'instance',
    property: 'MinSize',
    units: rangeOf(group.number('MinSize'), 'MinSize is not set'),
    zones: zonesRange(group.zones),
  }),
  'AWS::ECS::Service': tasksOf,
  'AWS::EKS::Nodegroup': (group) => ({
    noun: 'node',
    property: 'ScalingConfig.MinSize',
    units: rangeOf(
      group.number('ScalingConfig.MinSize'),
      'EKS chooses the minimum of a group without ScalingConfig',
    ),
    zones: zonesRange(group.zones),
  }),
  'AWS::MSK::Cluster': (cluster) => ({
    noun: 'broker',
    property: 'NumberOfBrokerNodes',
    units: rangeOf(cluster.number('NumberOfBrokerNodes'), 'NumberOfBrokerNodes is not set'),
    zones: zonesRange(cluster.zones),
  }),
  'AWS::OpenSearchService::Domain': dataNodesOf,
  'AWS::RDS::DBCluster': databaseInstancesOf,
};

/** The types whose minimum is known here. */
export const COUNTED_TYPES: readonly string[] = Object.keys(COUNTS);

/** How many units of a resource run at the least, and in how many zones; a text says why it has none to count. */
export function minimumUnitsOf(resource: Resource): MinimumUnits | string {
  return COUNTS[resource.type]?.(resource) ?? `${resource.type} has no units to count`;
}

function tasksOf(service: Resource): MinimumUnits | string {
  const strategy = service.text('SchedulingStrategy');
  if (strategy === 'DAEMON') return 'a daemon runs one task on each instance of its cluster';
  const scaled = scalableTargetOf(service);
  const count = scaled ? scaled.number('MinCapacity') : (service.number('DesiredCount') ?? 1);
  const units = rangeOf(count, 'MinCapacity is not set');
  return {
    noun: 'task',
    ...(scaled
      ? { property: undefined, setBy: `MinCapacity of ${scaled.logicalId}` }
      : { property: 'DesiredCount' }),
    units: strategy instanceof Unknown ? atLeast(0, strategy) : withPresence(units, scaled, service),
    zones: service.zones.isEmpty
      ? atLeast(1, new Unknown(`${service.logicalId} runs wherever its cluster has instances`))
      : zonesRange(service.zones),
  };
}

/** Where the scaling itself is in doubt, the desired count may hold instead. */
function withPresence(units: Range, scaled: Resource | undefined, service: Resource): Range {
  const existing = scaled && existsWith(scaled, service);
  if (!(existing instanceof Unknown)) return units;
  return { ...oneOf([units, rangeOf(service.number('DesiredCount') ?? 1, '')]), why: existing };
}

function dataNodesOf(domain: Resource): MinimumUnits {
  return {
    noun: 'data node',
    property: 'ClusterConfig.InstanceCount',
    // The service starts one node where none is asked for.
    units: rangeOf(domain.number('ClusterConfig.InstanceCount') ?? 1, ''),
    zones: dataZonesOf(domain),
  };
}

/** @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html */
function dataZonesOf(domain: Resource): Range {
  const standby = flagOf(domain, 'ClusterConfig.MultiAZWithStandbyEnabled');
  if (standby === 'true') return exactly(3);
  const aware = flagOf(domain, 'ClusterConfig.ZoneAwarenessEnabled');
  if (aware instanceof Unknown) return atLeast(1, aware);
  const count =
    aware === 'true' ? (domain.number('ClusterConfig.ZoneAwarenessConfig.AvailabilityZoneCount') ?? 2) : 1;
  return standby instanceof Unknown && count !== 3 ? atLeast(1, standby) : rangeOf(count, '');
}

function flagOf(resource: Resource, path: string): string | Unknown | undefined {
  const text = resource.text(path);
  return typeof text === 'string' ? textOfBoolean(text) : text;
}

/** Every instance of an Aurora cluster reads: where the readers are gone, the reader endpoint leads to the writer. */
function databaseInstancesOf(cluster: Resource): MinimumUnits | string {
  const engine = engineOf(cluster);
  if (typeof engine === 'string' && !engine.startsWith('aurora')) return `${engine} is not Aurora`;
  if (cluster.text('EngineMode') === 'serverless') return 'Aurora Serverless v1 replaces its capacity itself';
  const units = clusterSize(cluster);
  if (units.most === 0) return 'the app has no instance of the cluster';
  return {
    noun: 'instance',
    property: undefined,
    units: engine instanceof Unknown ? atLeast(0, engine) : units,
    zones: memberZonesOf(cluster),
  };
}

function clusterSize(cluster: Resource): Range {
  const { sure, maybe, unknown } = membersOf(cluster);
  const scaled = scalableTargetOf(cluster);
  const readers = scaled?.number('MinCapacity');
  const existing = scaled && existsWith(scaled, cluster);
  const scaledSize = typeof readers === 'number' && existing === true ? readers + 1 : 0;
  const least = Math.max(sure.length, scaledSize);
  const doubts = [unknown, maybe[0]?.presence, readers, existing];
  const why = doubts.find((doubt) => doubt instanceof Unknown);
  return why ? { least, most: Number.POSITIVE_INFINITY, why } : exactly(least);
}

/** Instances pinned to zones stand there; the others are spread over the zones of the subnet group. */
function memberZonesOf(cluster: Resource): Range {
  const { sure, maybe, unknown } = membersOf(cluster);
  const members = [...sure, ...maybe];
  const pinned = members.filter((member) => member.get('AvailabilityZone') !== undefined);
  if (!unknown && members.length > 0 && pinned.length === members.length)
    return zonesRange(ZoneSet.union(pinned.map(({ zones }) => zones)));
  const zones = zonesRange(cluster.zones);
  // A subnet group is refused unless it covers two zones.
  return { ...zones, least: Math.max(zones.least, 2), most: Math.max(zones.most, 2) };
}

/** How many tasks of a service run at the most. */
export function mostTasksOf(service: Resource): Range {
  const scaled = scalableTargetOf(service);
  const desired = rangeOf(service.number('DesiredCount') ?? 1, '');
  if (!scaled) return desired;
  const most = rangeOf(scaled.number('MaxCapacity'), 'MaxCapacity is not set');
  const existing = existsWith(scaled, service);
  return existing instanceof Unknown ? { ...oneOf([most, desired]), why: existing } : most;
}

/** The scalable target whose resource id names a resource. */
export function scalableTargetOf(resource: Resource): Resource | undefined {
  return scalableTargets(resource.stack.graph).get(resource);
}

const scalableTargets = oncePerGraph(
  (graph) =>
    new Map(
      graph
        .ofType('AWS::ApplicationAutoScaling::ScalableTarget')
        .flatMap((target) => scaledBy(target).map((resource) => [resource, target] as const)),
    ),
);

/** What a resource id names, such as `service/CLUSTER/SERVICE` or `cluster:CLUSTER`. */
function scaledBy(target: Resource): readonly Resource[] {
  const id = target.get('ResourceId');
  const name = isScalar(id) ? String(id).split(/[/:]/).at(-1) : undefined;
  const named = name === undefined ? undefined : target.stack.graph.named(name, target);
  const mentioned = referencesIn(id).map(({ resource }) => resource);
  return named ? [...mentioned, named] : mentioned;
}

function rangeOf(value: number | Unknown | undefined, unset: string): Range {
  if (typeof value === 'number') return exactly(value);
  return atLeast(0, value ?? new Unknown(unset));
}

function zonesRange(zones: ZoneSet): Range {
  const why = zones.unknowns[0] ?? new Unknown('how many zones these are is known only at deploy');
  return zones.least === zones.most ? exactly(zones.least) : { least: zones.least, most: zones.most, why };
}
