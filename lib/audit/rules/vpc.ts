import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { natZonesOf } from '../../assembly/network/nat-gateways';
import { defaultRouteOf, type RouteKind } from '../../assembly/network/routes';
import type { Resource } from '../../assembly/resource';
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
    'Private subnets reach the internet through a NAT gateway in their own zone, unless their tier owes one for all.',
  subsumes: ['VPC-02'],
};

export const natGatewayServesOwnZone: Rule = {
  ...NAT_IN_OWN_ZONE,
  id: 'VPC-02',
  title: 'NAT gateways serve subnets of their own zone only, unless their tier owes one for all.',
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
  return shares ? judgeShared(gateway, { own: judged, service }) : judged;
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

/** Where the tier owes one NAT gateway for all zones, subnets leave by the zone of another. */
function judgeShared(gateway: Resource, { own, service }: SharedWayOut): Judgement {
  if (service.policy.natGateways.value > 1) return own;
  const by = [...natZonesOf(gateway).names].join(', ');
  return pass({ found: `by the NAT gateway of ${by}; tier ${service.tier} owes 1 NAT gateway` });
}
