import {
  inhabited,
  networkKey,
  subnetsWithRoute,
  workloadsIn,
  zonesOfSubnets,
} from '../../assembly/compute/workloads';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { ZoneSet } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { Unknown, type Value } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const RESOLVER = 'AWS::Route53Resolver::ResolverEndpoint';
const FIREWALL = 'AWS::NetworkFirewall::Firewall';
const ATTACHMENTS = ['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment'];
const VPC = 'https://docs.aws.amazon.com/vpc/latest';

export const whatIsUsedIsInEveryZone: Rule = {
  id: 'X-15',
  title: 'Endpoints, firewalls and attachments stand in every zone from which they are used.',
  kind: 'redundancy',
  why: 'What runs in a zone without one reaches it through another zone, and stops when that is lost although its own lives.',
  fix: 'give it a subnet in each zone in which its users run',
  severity: MEDIUM,
  appliesTo: [ENDPOINT, RESOLVER, FIREWALL, ...ATTACHMENTS],
  controls: REDUNDANCY,
  sources: [`${VPC}/privatelink/interface-endpoints.html`],
  check: (resource) => {
    const used = usersOf(resource);
    if (typeof used === 'string') return notApplicable(used);
    return judgeReach(resource, used);
  },
};

export const attachmentsReachEveryZone: Rule = {
  id: 'X-27',
  title: 'Attachments of transit gateways have a subnet in every zone that holds workloads.',
  kind: 'redundancy',
  why: 'What runs in a zone in which the attachment has no subnet cannot reach the transit gateway at all.',
  fix: 'add a subnet of the missing zone to the attachment',
  severity: HIGH,
  appliesTo: ATTACHMENTS,
  controls: REDUNDANCY,
  subsumes: ['X-15'],
  sources: [`${VPC}/tgw/tgw-vpc-attachments.html`],
  check: (attachment) => {
    const vpc = attachment.get('VpcId');
    const { sure, unknown: lost } = workloadsIn(vpc, attachment);
    const routed = subnetsWithRoute(networkKey(vpc, attachment) ?? '', 'tgw', attachment.stack.graph);
    const subnets = [...new Set([...inhabited(sure).keys(), ...routed])];
    if (subnets.length === 0 && !lost) return notApplicable('the app runs nothing in the network');
    return judgeZones(attachment, zonesOfSubnets(subnets), lost);
  },
};

interface Users {
  /** The subnets that they run in, each with one that does. */
  readonly subnets: ReadonlyMap<Resource, Resource>;
  readonly lost?: Unknown;
}

/** Who uses a resource; a text says why nobody does. */
function usersOf(resource: Resource): Users | string {
  const { type } = resource;
  if (type === RESOLVER) return usersOfResolver(resource);
  if (type === ENDPOINT && resource.text('VpcEndpointType') !== 'Interface')
    return resource.get('VpcEndpointType') instanceof Unknown
      ? { subnets: new Map(), lost: new Unknown('what kind of endpoint it is is known only at deploy') }
      : 'an endpoint of a gateway stands in no zone';
  const { sure, unknown: lost } = workloadsIn(resource.get('VpcId'), resource);
  const subnets = ATTACHMENTS.includes(type) ? withRoute(resource, inhabited(sure)) : inhabited(sure);
  return subnets.size === 0 && !lost
    ? 'the app runs nothing in the network that uses it'
    : { subnets, ...(lost && { lost }) };
}

function withRoute(
  attachment: Resource,
  subnets: ReadonlyMap<Resource, Resource>,
): ReadonlyMap<Resource, Resource> {
  const network = networkKey(attachment.get('VpcId'), attachment) ?? '';
  const routed = new Set(subnetsWithRoute(network, 'tgw', attachment.stack.graph));
  return new Map([...subnets].filter(([subnet]) => routed.has(subnet)));
}

/** The networks in which a rule sends questions to an outbound endpoint. */
function usersOfResolver(endpoint: Resource): Users | string {
  if (endpoint.text('Direction') === 'INBOUND') return 'it answers to what is outside of AWS';
  const networks = resolvedNetworks(endpoint.stack.graph).get(endpoint) ?? [];
  const used = networks.map(({ value, from }) => workloadsIn(value, from));
  const subnets = new Map(used.flatMap(({ sure }) => [...inhabited(sure)]));
  const lost = used.find((one) => one.unknown)?.unknown;
  return subnets.size === 0 && !lost
    ? 'no network of the app in which anything runs uses it'
    : { subnets, ...(lost && { lost }) };
}

const resolvedNetworks = oncePerGraph((graph) => {
  const byEndpoint = new Map<Resource, { value: Value | undefined; from: Resource }[]>();
  for (const from of graph.ofType('AWS::Route53Resolver::ResolverRuleAssociation')) {
    const rule = from.target('ResolverRuleId');
    const endpoint = rule instanceof Resource ? rule.target('ResolverEndpointId') : undefined;
    if (!(endpoint instanceof Resource)) continue;
    const list = byEndpoint.get(endpoint) ?? [];
    byEndpoint.set(endpoint, [...list, { value: from.get('VPCId'), from }]);
  }
  return byEndpoint;
});

function judgeReach(resource: Resource, { subnets, lost }: Users): Judgement {
  const judged = [...subnets].map(([subnet, user]) => {
    const one = judgeZones(resource, zonesOfSubnets([subnet]), undefined);
    return one.outcome === 'fail'
      ? { ...one, found: `${one.found ?? ''}, but ${user.logicalId} runs beyond` }
      : one;
  });
  return all(...judged, ...(lost ? [unknown(undefined, lost)] : []));
}

function judgeZones(resource: Resource, needed: ZoneSet, lost: Unknown | undefined): Judgement {
  const { zones } = resource;
  if (zones.isEmpty) return unknown('SubnetIds', 'it names no subnet');
  const within = needed.within(zones);
  if (within === false) return fail({ found: zones.describe(), needed: needed.describe() });
  const open = zones.unknowns[0] ?? needed.unknowns[0] ?? lost;
  if (within === undefined)
    return unknown(undefined, open ?? 'which zones these are is known only at deploy');
  return lost ? unknown(undefined, lost) : pass({ found: zones.describe() });
}
