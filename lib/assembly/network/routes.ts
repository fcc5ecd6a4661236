import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource, type Targets } from '../resource';
import { describe, isScalar, Unknown, type Value } from '../value';

/** What a route leads to. `gateway` is an internet or a virtual private gateway, and only deploy knows which. */
export type RouteKind =
  | 'carrier'
  | 'core'
  | 'egress-only'
  | 'endpoint'
  | 'gateway'
  | 'igw'
  | 'instance'
  | 'interface'
  | 'local'
  | 'local-gateway'
  | 'nat'
  | 'odb'
  | 'peering'
  | 'tgw'
  | 'vgw';

/** One route of a route table. */
export interface Route {
  /** The `AWS::EC2::Route`. */
  readonly resource: Resource;

  /** The route table that it stands in. */
  readonly table: Resource;

  /** Where it goes: a block such as `0.0.0.0/0`, or a prefix list. */
  readonly destination: string | Unknown;

  /** The resource that it leads to; unknown where that is not in the app. */
  readonly target: Resource | Unknown;

  readonly kind: RouteKind;
}

/** IPv4, for which a NAT gateway translates, or IPv6. */
export type AddressFamily = 'ipv4' | 'ipv6';

const DEFAULT_DESTINATION: Readonly<Record<AddressFamily, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'] as const;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html */
const TARGET_KINDS: Readonly<Record<string, RouteKind>> = {
  CarrierGatewayId: 'carrier',
  CoreNetworkArn: 'core',
  EgressOnlyInternetGatewayId: 'egress-only',
  GatewayId: 'gateway',
  InstanceId: 'instance',
  LocalGatewayId: 'local-gateway',
  NatGatewayId: 'nat',
  NetworkInterfaceId: 'interface',
  OdbNetworkArn: 'odb',
  TransitGatewayId: 'tgw',
  VpcEndpointId: 'endpoint',
  VpcPeeringConnectionId: 'peering',
};

/**
 * The route table of a subnet: the one associated with it, by whichever stack of the app.
 *
 * No resource and no unknown means the main table of a network of the app, in which CloudFormation can write nothing:
 * it holds the local route only.
 */
export function routeTablesOf(subnet: Resource): Targets {
  const { graph } = subnet.stack;
  const associations = graph.mentionsOf(subnet, 'AWS::EC2::SubnetRouteTableAssociation');
  const tables = [...new Set(associations.map(({ from }) => from))].map((association) =>
    association.target('SubnetId') === subnet ? tableNamedBy(association, subnet) : undecided(association),
  );
  const unknowns = tables.filter((table) => table instanceof Unknown);
  const resources = [...new Set(tables.filter((table) => table instanceof Resource))];
  if (resources.length > 0 || unknowns.length > 0) return { resources, unknowns };
  const reason = hiddenAssociation(subnet);
  return { resources: [], unknowns: reason ? [reason] : [] };
}

/**
 * All routes of a subnet but the local one, and what could not be followed.
 *
 * A route that a condition may leave out, or whose target a condition decides, is an unknown.
 */
export function routesOf(subnet: Resource): readonly (Route | Unknown)[] {
  const table = tableOf(subnet);
  if (table === undefined) return [];
  return table instanceof Unknown ? [table] : routesOfTable(table);
}

/** The route of a subnet to everywhere else; undefined where there surely is none. */
export function defaultRouteOf(
  subnet: Resource,
  family: AddressFamily = 'ipv4',
): Route | Unknown | undefined {
  const routes = routesOf(subnet);
  const [found, another] = routes.filter(
    (route) => !(route instanceof Unknown) && route.destination === DEFAULT_DESTINATION[family],
  );
  if (another !== undefined) return new Unknown(`${subnet.logicalId} has several default routes`);
  // A table takes one route for a destination, and a static one goes before a propagated one.
  return found ?? undecidedIn(routes);
}

/** The routes that the app writes into a route table, and what could not be followed. */
export function routesOfTable(table: Resource): readonly (Route | Unknown)[] {
  const { graph } = table.stack;
  const mentions = graph.mentionsOf(table, 'AWS::EC2::Route');
  const written = [...new Set(mentions.map(({ from }) => from))].map((route) => routeIn(table, route));
  return [...written, ...propagatedInto(table), ...hiddenRoutes(graph)];
}

function tableOf(subnet: Resource): Resource | Unknown | undefined {
  const { resources, unknowns } = routeTablesOf(subnet);
  const [table, another] = resources;
  if (another !== undefined) return new Unknown(`${subnet.logicalId} has several route tables`);
  return unknowns[0] ?? table;
}

function undecidedIn(routes: readonly (Route | Unknown)[]): Unknown | undefined {
  for (const route of routes) {
    if (route instanceof Unknown) return route;
    if (route.destination instanceof Unknown) return route.destination;
  }
  return undefined;
}

function routeIn(table: Resource, resource: Resource): Route | Unknown {
  if (resource.target('RouteTableId') !== table || existsWith(resource, table) !== true)
    return undecided(resource);
  const destination = destinationOf(resource);
  const properties = Object.keys(TARGET_KINDS).filter((name) => resource.get(name) !== undefined);
  const [property, second] = properties;
  const value = property === undefined ? undefined : resource.get(property);
  if (property === undefined || value === undefined)
    return new Unknown(`${resource.logicalId} names no target that is known here`);
  if (second !== undefined || (value instanceof Unknown && value.maybeAbsent))
    return new Unknown(`what ${resource.logicalId} leads to is decided by a condition at deploy`);
  const target = resource.stack.graph.resolve(value, resource);
  return { resource, table, destination, target, kind: kindOf(property, value, target) };
}

function destinationOf(route: Resource): string | Unknown {
  const name = DESTINATIONS.find((property) => route.get(property) !== undefined);
  if (name === undefined) return new Unknown(`${route.logicalId} names no destination`);
  const destination = route.text(name);
  return destination ?? new Unknown(`${route.logicalId} names no destination`);
}

function kindOf(property: string, value: Value, target: Resource | Unknown): RouteKind {
  const kind = TARGET_KINDS[property] ?? 'gateway';
  if (kind !== 'gateway') return kind;
  const literal = isScalar(value) ? String(value) : '';
  if (literal === 'local') return 'local';
  const type = target instanceof Resource ? target.type : '';
  if (type === 'AWS::EC2::InternetGateway' || literal.startsWith('igw-')) return 'igw';
  if (type === 'AWS::EC2::VPNGateway' || literal.startsWith('vgw-')) return 'vgw';
  return literal.startsWith('vpce-') || type === 'AWS::EC2::VPCEndpoint' ? 'endpoint' : 'gateway';
}

/** A virtual private gateway may announce any route, the default too. A static route goes before it. */
function propagatedInto(table: Resource): readonly Unknown[] {
  const mentions = table.stack.graph.mentionsOf(table, 'AWS::EC2::VPNGatewayRoutePropagation');
  return mentions.length === 0
    ? []
    : [new Unknown(`a virtual private gateway propagates routes into ${table.logicalId} at run time`)];
}

/** Routes whose table cannot be followed may stand in any table. */
const hiddenRoutes = oncePerGraph((graph): readonly Unknown[] =>
  hidden(graph, 'AWS::EC2::Route', 'RouteTableId'),
);

const hiddenAssociations = oncePerGraph((graph) =>
  hidden(graph, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId'),
);

/** The first reason why a resource of a type may mean any other by a property. */
function hidden(graph: Graph, type: string, property: string): readonly Unknown[] {
  const lost = graph.ofType(type).map((resource) => resource.get(property));
  const reasons = [
    ...lost.filter((value) => value instanceof Unknown && value.alternatives === undefined),
    ...graph.unreadable.map((reason) => new Unknown(reason)),
  ];
  return reasons.filter((reason) => reason instanceof Unknown).slice(0, 1);
}

/** Why a subnet without an association may yet have one, or a main table that somebody else writes. */
function hiddenAssociation(subnet: Resource): Unknown | undefined {
  const [lost] = hiddenAssociations(subnet.stack.graph);
  if (lost !== undefined) return lost;
  const network = subnet.target('VpcId');
  if (network instanceof Resource) return undefined;
  return new Unknown(
    `${subnet.logicalId} takes the main route table of ${describe(subnet.get('VpcId'))}, which is not in the app`,
  );
}

function tableNamedBy(association: Resource, subnet: Resource): Resource | Unknown {
  if (existsWith(association, subnet) !== true) return undecided(association);
  return association.target('RouteTableId') ?? new Unknown(`${association.logicalId} names no route table`);
}

function undecided(resource: Resource): Unknown {
  const { presence } = resource;
  const why = presence instanceof Unknown ? `: ${presence.reason}` : '';
  return new Unknown(`whether ${resource.logicalId} applies is decided at deploy${why}`);
}
