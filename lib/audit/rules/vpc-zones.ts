import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { subnetsOf, waysOutOf } from '../../assembly/network/networks';
import { ZoneSet } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY, SECOND_REGION } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH, INFO, MEDIUM } from '../severity';

const VPC = 'AWS::EC2::VPC';
const ISOLATION = 'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries';

export const networkSpansZones: Rule = {
  id: 'VPC-03',
  title: 'Networks have subnets in at least two zones.',
  kind: 'redundancy',
  why: 'When its zone is lost, nothing in the network runs, and there is no other subnet to start it in.',
  fix: 'add a subnet in another zone',
  severity: HIGH,
  appliesTo: [VPC],
  controls: REDUNDANCY,
  sources: [`${ISOLATION}/zonal-services.html`],
  check: (network) => {
    const { sure, maybe, hidden } = subnetsOf(network);
    if (sure.length + maybe.length === 0)
      return unknown(undefined, hidden ?? 'the app has no subnet of the network; another may');
    const zones = zonesOf(sure);
    if (zones.least >= 2) return pass({ found: zones.describe() });
    const judged = zonesOf([...sure, ...maybe]).atLeast(2);
    if (judged.outcome === 'pass') return unknown(undefined, whyOpen(maybe));
    return judged.outcome === 'fail' && hidden ? unknown(undefined, hidden) : judged;
  },
};

export const endpointSpansZones: Rule = {
  id: 'VPC-04',
  title: 'Interface endpoints stand in at least two zones.',
  kind: 'redundancy',
  why: 'When its zone is lost, nothing in the network reaches the service behind the endpoint.',
  fix: 'give the endpoint subnets in at least two zones',
  severity: MEDIUM,
  appliesTo: ['AWS::EC2::VPCEndpoint'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html'],
  check: (endpoint) => {
    const kind = endpoint.is('VpcEndpointType', 'Interface');
    if (kind.outcome === 'fail') return notApplicable('the endpoint is no interface in a subnet');
    return kind.outcome === 'unknown' ? kind : endpoint.zones.atLeast(2, 'SubnetIds');
  },
};

export const networksSpanRegions: Rule = {
  id: 'VPC-05',
  title: 'The networks of the app stand in more than one region.',
  kind: 'redundancy',
  why: 'When the region is lost, there is no network to recover into.',
  fix: 'give the app a network in a second region',
  severity: INFO,
  appliesTo: [VPC],
  scope: 'app',
  controls: SECOND_REGION,
  sources: [`${ISOLATION}/regional-services.html`],
  check: (_first, { graph, service }) => {
    if (service.policy.regionCount.value < 2) return notApplicable('the tier owes one region');
    return judgeRegions(graph.ofType(VPC), graph.unreadable);
  },
};

export const networkIsLeftByTwoZones: Rule = {
  id: 'VPC-07',
  title: 'Networks are left through more than one zone.',
  kind: 'redundancy',
  why: 'When the one zone with a way out is lost, the others run and reach nobody.',
  fix: 'put a way out, such as a NAT gateway, into a second zone',
  severity: MEDIUM,
  appliesTo: [VPC],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  check: judgeWaysOut,
};

function zonesOf(subnets: readonly Resource[]): ZoneSet {
  return ZoneSet.union(subnets.map(({ zones }) => zones));
}

function whyOpen(maybe: readonly Resource[]): Unknown | string {
  const presence = maybe.map((subnet) => subnet.presence).find((why) => why instanceof Unknown);
  return presence ?? `whether ${maybe[0]?.logicalId} is in the network is known only at deploy`;
}

function judgeRegions(networks: readonly Resource[], unreadable: readonly string[]): Judgement {
  const sure = networks.filter(({ presence }) => presence === true).map(({ region }) => region);
  const known = new Set(sure.filter((region) => region !== undefined));
  if (known.size > 1) return pass({ found: [...known].sort().join(', ') });
  if (networks.some(({ region }) => region === undefined))
    return unknown(undefined, 'the region of a network is known only at deploy');
  const [hidden] = unreadable;
  if (hidden !== undefined) return unknown(undefined, hidden);
  const all = new Set(networks.map(({ region }) => region));
  if (all.size > 1) return unknown(undefined, whyOpen(networks));
  return fail({ found: `networks in ${[...all].join()} only`, needed: 'networks in 2 regions' });
}

function judgeWaysOut(network: Resource, { service }: RuleContext): Judgement {
  if (service.policy.natGateways.value < 2) return notApplicable('the tier owes one NAT gateway');
  const { zones, unknowns } = waysOutOf(network);
  const [doubt] = unknowns;
  if (!zones)
    return doubt
      ? unknown(undefined, doubt)
      : notApplicable('the way out, if there is one, stands in no zone');
  const judged = zones.atLeast(2);
  if (judged.outcome === 'fail' && doubt) return unknown(undefined, doubt);
  return judged.outcome === 'fail'
    ? { ...judged, found: `ways out in ${judged.found}`, needed: 'ways out in 2 zones' }
    : judged;
}
