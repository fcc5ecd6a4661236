import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { Unknown } from '../value';
import { natZonesOf } from './nat-gateways';
import { defaultRouteOf, type Route } from './routes';
import { ZoneSet } from './zones';

/** The subnets of a network. */
export interface Subnets {
  readonly sure: readonly Resource[];

  /** Those that a condition may leave out, or whose network only deploy knows. */
  readonly maybe: readonly Resource[];

  /** Why there may be others. @default - the app shows all that it has */
  readonly hidden?: Unknown;
}

/** The subnets that the app puts into a network. */
export function subnetsOf(network: Resource): Subnets {
  const { byNetwork, open } = subnetIndex(network.stack.graph);
  const own = byNetwork.get(network) ?? [];
  const [hidden] = network.stack.graph.unreadable;
  return {
    sure: own.filter((subnet) => existsWith(subnet, network) === true),
    maybe: [...own.filter((subnet) => existsWith(subnet, network) !== true), ...open],
    ...(hidden !== undefined && { hidden: new Unknown(hidden) }),
  };
}

const subnetIndex = oncePerGraph((graph) => {
  const byNetwork = new Map<Resource, Resource[]>();
  const open: Resource[] = [];
  for (const subnet of graph.ofType('AWS::EC2::Subnet')) {
    const network = subnet.target('VpcId');
    if (!(network instanceof Resource)) {
      if (subnet.get('VpcId') instanceof Unknown) open.push(subnet);
      continue;
    }
    const known = byNetwork.get(network);
    if (known) known.push(subnet);
    else byNetwork.set(network, [subnet]);
  }
  return { byNetwork, open };
});

/** The zones through which subnets leave their network, and what could not be followed. */
export interface WaysOut {
  /** Undefined where no subnet leaves through anything that stands in a zone. */
  readonly zones: ZoneSet | undefined;
  readonly unknowns: readonly Unknown[];
}

/** Through which zones a network is left: those of its NAT gateways, instances, endpoints and transit attachments. */
export function waysOutOf(network: Resource): WaysOut {
  const { sure, maybe, hidden } = subnetsOf(network);
  const routes = sure.map((subnet) => defaultRouteOf(subnet));
  const zones = routes.flatMap((route) =>
    route === undefined || route instanceof Unknown ? [] : zonesOfRoute(route, network),
  );
  const open = maybe.map(
    ({ logicalId }) => new Unknown(`whether ${logicalId} is in the network is known only at deploy`),
  );
  return {
    zones: zones.length === 0 ? undefined : ZoneSet.union(zones),
    unknowns: [...routes.filter((route) => route instanceof Unknown), ...open, ...(hidden ? [hidden] : [])],
  };
}

/** Gateways of other kinds, such as one to the internet, stand in no zone. */
function zonesOfRoute({ kind, target }: Route, network: Resource): readonly ZoneSet[] {
  if (kind === 'tgw') return attachmentsOf(network).map((attachment) => attachment.zones);
  if (!['nat', 'instance', 'interface', 'endpoint'].includes(kind)) return [];
  if (target instanceof Unknown) return [ZoneSet.unknown(target)];
  return [kind === 'nat' ? natZonesOf(target) : target.zones];
}

function attachmentsOf(network: Resource): readonly Resource[] {
  const mentions = network.stack.graph.mentionsOf(
    network,
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::TransitGatewayVpcAttachment',
  );
  return mentions.filter(({ property }) => property === 'VpcId').map(({ from }) => from);
}
