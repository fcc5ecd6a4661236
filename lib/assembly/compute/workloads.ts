import type { Graph } from '../graph';
import { SUBNET_PROPERTIES } from '../network/placement-properties';
import { routesOf } from '../network/routes';
import { valuesAt, ZoneSet } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { tokenKey } from '../same-token';
import { Unknown, type Value } from '../value';

/** The types that run code in subnets. */
const WORKLOADS: readonly string[] = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::Instance',
  'AWS::ECS::Service',
  'AWS::EKS::FargateProfile',
  'AWS::EKS::Nodegroup',
  'AWS::Lambda::Function',
];

/** Something that runs in the subnets of a network. */
export interface Workload {
  readonly resource: Resource;
  readonly subnets: readonly Resource[];
}

/** What runs in a network, as far as the app tells. */
export interface Workloads {
  readonly sure: readonly Workload[];

  /** Why others may run there too. @default - no others do */
  readonly unknown?: Unknown;
}

/** The subnets in which something runs, each with the first that does. There are few, however much runs in them. */
export function inhabited(workloads: readonly Workload[]): ReadonlyMap<Resource, Resource> {
  const known = inhabitedBy.get(workloads);
  if (known) return known;
  const found = new Map<Resource, Resource>();
  for (const { resource, subnets } of workloads)
    for (const subnet of subnets) if (!found.has(subnet)) found.set(subnet, resource);
  inhabitedBy.set(workloads, found);
  return found;
}

const inhabitedBy = new WeakMap<readonly Workload[], ReadonlyMap<Resource, Resource>>();

/** What runs in the network that a value names. */
export function workloadsIn(network: Value | undefined, from: Resource): Workloads {
  const { byNetwork, lost } = workloadIndex(from.stack.graph);
  const key = networkKey(network, from);
  if (key === undefined)
    return { sure: [], unknown: new Unknown('which network is meant is known only at deploy') };
  return { sure: byNetwork.get(key) ?? [], ...(lost && { unknown: lost }) };
}

/** One text for one network: a resource of the app, or an id that is written out. */
export function networkKey(value: Value | undefined, from: Resource): string | undefined {
  if (value === undefined) return undefined;
  const target = from.stack.graph.resolve(value, from);
  if (target instanceof Resource) return target.id;
  const token = tokenKey(value);
  return token === undefined ? undefined : value instanceof Unknown ? `${from.stack.id} ${token}` : token;
}

/** The subnets of the app that a resource names, and why there may be others. */
export function subnetsOf(resource: Resource): readonly (Resource | Unknown)[] {
  const values = (SUBNET_PROPERTIES[resource.type] ?? []).flatMap((path) => valuesAt(resource, path));
  return values
    .flat()
    .map((value) => resource.stack.graph.resolve(value as Value, resource))
    .filter((target) => target instanceof Unknown || target.type === 'AWS::EC2::Subnet');
}

const workloadIndex = oncePerGraph((graph: Graph) => {
  const byNetwork = new Map<string, Workload[]>();
  let lost: Unknown | undefined =
    graph.unreadable[0] === undefined ? undefined : new Unknown(graph.unreadable[0]);
  for (const resource of graph.ofType(...WORKLOADS)) {
    const named = subnetsOf(resource);
    lost ??= named.find((subnet) => subnet instanceof Unknown);
    const subnets = named.filter((subnet) => subnet instanceof Resource);
    const keys = new Set(subnets.map((subnet) => networkKey(subnet.get('VpcId'), subnet)));
    for (const key of keys) {
      if (key === undefined) continue;
      const list = byNetwork.get(key) ?? [];
      byNetwork.set(key, list);
      list.push({ resource, subnets });
    }
  }
  return { byNetwork, lost };
});

/** A zone near a city, such as `us-west-2-lax-1a`: few services are there, and what runs there uses those of the region. */
const LOCAL_ZONE = /^[a-z]{2}(-[a-z]+)+-\d-[a-z]{3}-\d[a-z]$/;

/** The zones of some subnets, but for local zones. */
export function zonesOfSubnets(subnets: readonly Resource[]): ZoneSet {
  const sets = subnets.map(({ zones }) => zones);
  return ZoneSet.union(sets.filter(({ names }) => ![...names].some((name) => LOCAL_ZONE.test(name))));
}

/** The subnets of a network that have a route of a kind, such as to a transit gateway. */
export function subnetsWithRoute(
  network: string,
  kind: 'tgw' | 'endpoint',
  graph: Graph,
): readonly Resource[] {
  return (routedSubnets(graph).get(`${network} ${kind}`) ?? []) as readonly Resource[];
}

const routedSubnets = oncePerGraph((graph: Graph) => {
  const byRoute = new Map<string, Resource[]>();
  const kinds = new Set(['TransitGatewayId', 'VpcEndpointId']);
  if (!graph.ofType('AWS::EC2::Route').some((route) => route.propertyNames.some((name) => kinds.has(name))))
    return byRoute;
  for (const subnet of graph.ofType('AWS::EC2::Subnet')) {
    const network = networkKey(subnet.get('VpcId'), subnet);
    const found = new Set(
      routesOf(subnet).map((route) => (route instanceof Unknown ? undefined : route.kind)),
    );
    for (const kind of ['tgw', 'endpoint'] as const) {
      if (!found.has(kind)) continue;
      const key = `${network} ${kind}`;
      byRoute.set(key, [...(byRoute.get(key) ?? []), subnet]);
    }
  }
  return byRoute;
});
