import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { natZonesOf } from '../../assembly/nat-gateways';
import type { Resource } from '../../assembly/resource';
import { defaultRouteOf } from '../../assembly/routes';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const NAT_IN_OWN_ZONE = {
  kind: 'redundancy',
  why: 'When the zone of the NAT gateway is lost, the subnets of other zones that send through it lose the internet too; until then, every byte crosses zones.',
  fix: 'give each zone a NAT gateway and a route table of its own, or use a regional NAT gateway',
  severity: HIGH,
  appliesTo: ['AWS::EC2::Subnet'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  check: judgeWayOut,
} as const satisfies Partial<Rule>;

export const subnetLeavesInOwnZone: Rule = {
  ...NAT_IN_OWN_ZONE,
  id: 'X-13',
  title: 'Private subnets reach the internet through a NAT gateway in their own zone.',
  subsumes: ['VPC-02'],
};

export const natGatewayServesOwnZone: Rule = {
  ...NAT_IN_OWN_ZONE,
  id: 'VPC-02',
  title: 'NAT gateways serve subnets of their own zone only.',
};

function judgeWayOut(subnet: Resource): Judgement {
  const route = defaultRouteOf(subnet);
  if (route === undefined) return notApplicable('the subnet has no way out');
  if (route instanceof Unknown) return unknown(undefined, route);
  const { kind, target: gateway } = route;
  if (kind !== 'nat') return notApplicable('the default route leads to no NAT gateway');
  return gateway instanceof Unknown ? unknown(undefined, gateway) : judgeZone(subnet, gateway);
}

function judgeZone(subnet: Resource, gateway: Resource): Judgement {
  const [own, served] = [subnet.zones, natZonesOf(gateway)];
  const within = own.within(served);
  const found = `NAT gateway ${gateway.logicalId} in ${served.describe()}`;
  if (within === true) return pass({ found });
  if (within === false)
    return fail({ found, needed: `a NAT gateway in the subnet's own zone, ${[...own.names].join(', ')}` });
  const why = own.unknowns[0] ?? served.unknowns[0];
  return unknown(undefined, why ?? `whether ${found} is in the zone of the subnet is known only at deploy`);
}
