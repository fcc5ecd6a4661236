import { Grouped } from '../../assembly/grouped';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { natZonesOf } from '../../assembly/network/nat-gateways';
import { defaultRouteOf, type RouteKind } from '../../assembly/network/routes';
import { ZoneSet } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import type { ResolvedService } from '../services';
import { HIGH } from '../severity';

const NAT_GATEWAY = 'AWS::EC2::NatGateway';
const SUBNET = 'AWS::EC2::Subnet';

const NAT_IN_OWN_ZONE = {
  kind: 'redundancy',
  why: 'When the zone of the NAT gateway is lost, the subnets of other zones that send through it lose the internet too; until then, every byte crosses zones.',
  fix: 'give each zone a NAT gateway and a route table of its own, or use a regional NAT gateway',
  severity: HIGH,
  appliesTo: [SUBNET],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  check: judgeWayOut,
} as const satisfies Partial<Rule>;

export const subnetLeavesInOwnZone: Rule = {
  ...NAT_IN_OWN_ZONE,
  id: 'X-13',
  title:
    'Private subnets reach the internet through a NAT gateway in their own zone, or through as many as their tier owes.',
  subsumes: ['VPC-02'],
};

export const natGatewayServesOwnZone: Rule = {
  ...NAT_IN_OWN_ZONE,
  id: 'VPC-02',
  title:
    'NAT gateways serve subnets of their own zone only, unless their tier owes fewer of them than there are zones.',
};

/** What stands in a zone and may lead out of a network. Gateways of the other kinds are in no zone. */
const STANDS_IN_ZONE: ReadonlySet<RouteKind> = new Set(['nat', 'instance', 'interface']);

const NOUNS: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': 'instance',
  [NAT_GATEWAY]: 'NAT gateway',
  'AWS::EC2::NetworkInterface': 'network interface',
};

function judgeWayOut(subnet: Resource, { service }: RuleContext): Judgement {
  const route = defaultRouteOf(subnet);
  if (route === undefined) return notApplicable('the subnet has no way out');
  if (route instanceof Unknown) return unknown(undefined, route);
  const { kind, target: gateway } = route;
  if (!STANDS_IN_ZONE.has(kind)) return notApplicable('the default route leads to nothing in a zone');
  if (gateway instanceof Unknown) return unknown(undefined, gateway);
  const judged = judgeZone(subnet, gateway);
  const shares = judged.outcome === 'fail' && gateway.type === NAT_GATEWAY;
  return shares ? judgeShared(subnet, gateway, { own: judged, service }) : judged;
}

function judgeZone(subnet: Resource, gateway: Resource): Judgement {
  const noun = NOUNS[gateway.type];
  // Such as a custom resource that makes a NAT gateway and returns its id.
  if (noun === undefined)
    return unknown(undefined, `where ${gateway.logicalId} stands is known only at deploy`);
  const [own, served] = [subnet.zones, natZonesOf(gateway)];
  const within = own.within(served);
  const found = `${noun} ${gateway.logicalId} in ${served.describe()}`;
  if (within === true) return pass({ found });
  if (within === false)
    return fail({ found, needed: `a NAT gateway in the subnet's own zone, ${[...own.names].join(', ')}` });
  const why = own.unknowns[0] ?? served.unknowns[0];
  return unknown(undefined, why ?? `whether ${found} is in the zone of the subnet is known only at deploy`);
}

/** What is asked of a subnet that leaves by another zone. */
interface SharedWayOut {
  /** The answer where each zone must leave by its own. */
  readonly own: Judgement;
  readonly service: ResolvedService;
}

/** Where the tier owes fewer NAT gateways than there are zones, some subnets leave by the zone of another. */
function judgeShared(subnet: Resource, gateway: Resource, { own, service }: SharedWayOut): Judgement {
  const { natGateways, zones } = service.policy;
  const owed = natGateways.value;
  if (owed >= zones.value) return own;
  const [network, gateways] = [zonesOfNetwork(subnet), natZonesOfNetwork(subnet, gateway)];
  if (network.sure.least > owed && gateways.sure.least >= owed) {
    const by = [...natZonesOf(gateway).names].join(', ');
    const count = `${owed} NAT gateway${owed === 1 ? '' : 's'}`;
    const there = `there ${gateways.sure.least === 1 ? 'is' : 'are'} ${gateways.sure.least}`;
    return pass({ found: `by the NAT gateway of ${by}; tier ${service.tier} owes ${count}, ${there}` });
  }
  if (network.all.most <= owed) return own;
  const allowed = `${own.needed}, or NAT gateways in ${owed} zones`;
  if (gateways.all.most < owed) return { ...own, needed: allowed };
  const why = network.all.unknowns[0] ?? gateways.all.unknowns[0];
  return unknown(undefined, why ?? 'how many zones have NAT gateways is known only at deploy');
}

/** Zones that something surely stands in, and all that it may. */
interface Spread {
  readonly sure: ZoneSet;
  readonly all: ZoneSet;
}

function zonesOfNetwork(subnet: Resource): Spread {
  const subnets = subnetsOf(subnet.stack.graph).near(subnet);
  return spreadOf(
    subnets.map(({ resource: other }) => ({ zones: other.zones, inside: isBeside(other, other, subnet) })),
    subnet,
  );
}

function natZonesOfNetwork(subnet: Resource, known: Resource): Spread {
  const gateways = gatewaysOf(subnet.stack.graph);
  const near = gateways.near(subnet);
  const counted = near.some(({ resource }) => resource === known) ? near : gateways.all;
  return spreadOf(
    counted.map(({ resource: gateway, place }) => ({
      zones: natZonesOf(gateway),
      // A route leads to gateways of its own network only.
      inside: gateway === known || (place && isBeside(gateway, place, subnet)),
    })),
    subnet,
  );
}

/** A resource, and what says in which network it stands. */
interface Placed {
  readonly resource: Resource;

  /** @default - it is not known before deploy */
  readonly place?: Resource;
}

/** Resources by the network that they surely stand in: those of other networks need not be looked at. */
class Networks {
  private readonly byNetwork = new Grouped<Resource | undefined, Placed>();

  constructor(readonly all: readonly Placed[]) {
    for (const placed of all) {
      const network = placed.place?.target('VpcId');
      this.byNetwork.add(network instanceof Resource ? network : undefined, placed);
    }
  }

  /** Those that may stand in the network of a subnet. */
  near(subnet: Resource): readonly Placed[] {
    const network = subnet.target('VpcId');
    const known = network instanceof Resource && this.byNetwork.of(undefined).length === 0;
    return known ? this.byNetwork.of(network) : this.all;
  }
}

const subnetsOf = oncePerGraph(
  (graph) => new Networks(graph.ofType(SUBNET).map((subnet) => ({ resource: subnet, place: subnet }))),
);

const gatewaysOf = oncePerGraph(
  (graph) =>
    new Networks(
      graph.ofType(NAT_GATEWAY).map((gateway) => {
        const place = gateway.get('VpcId') === undefined ? gateway.target('SubnetId') : gateway;
        return { resource: gateway, ...(place instanceof Resource && { place }) };
      }),
    ),
);

/** Whether a resource surely exists in the network of a subnet; undefined where that cannot be told. */
function isBeside(resource: Resource, place: Resource, subnet: Resource): boolean | undefined {
  if (resource === subnet) return true;
  const [theirs, own] = [place.target('VpcId'), subnet.target('VpcId')];
  const known = theirs !== undefined && own !== undefined;
  if (known && !(theirs instanceof Unknown) && !(own instanceof Unknown) && theirs !== own) return false;
  const [their, its] = [place.get('VpcId') ?? null, subnet.get('VpcId') ?? null];
  const same = theirs === own || (known ? sameToken(their, its) : undefined);
  return same === true && existsWith(resource, subnet) !== true ? undefined : same;
}

function spreadOf(
  placed: readonly { readonly zones: ZoneSet; readonly inside: boolean | undefined }[],
  subnet: Resource,
): Spread {
  const zonesWhere = (test: (inside: boolean | undefined) => boolean) =>
    placed.filter(({ inside }) => test(inside)).map(({ zones }) => zones);
  const hidden = subnet.stack.graph.unreadable.slice(0, 1).map((reason) => ZoneSet.unknown(reason));
  return {
    sure: ZoneSet.union(zonesWhere((inside) => inside === true)),
    all: ZoneSet.union([...zonesWhere((inside) => inside !== false), ...hidden]),
  };
}
