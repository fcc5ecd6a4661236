import type { Truth } from '../../assembly/conditions';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { blocksOf, type Link, linksOf, overlaps } from '../../assembly/network/network-links';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { inSameRegion } from '../../assembly/same-place';
import { sameToken, tokenKey } from '../../assembly/same-token';
import { negated } from '../../assembly/truth';
import { isScalar, Unknown } from '../../assembly/value';
import { RegionRole } from '../../objectives/region-role';
import { REDUNDANCY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const VPN = 'AWS::EC2::VPNConnection';
const DIRECT = 'AWS::DirectConnect::Connection';
const VPC = 'AWS::EC2::VPC';

export const linksAreApart: Rule = {
  id: 'X-28',
  title: 'The two links of a redundant pair end at different devices and different places.',
  kind: 'redundancy',
  why: 'Two links that end at one router or one building are lost together.',
  fix: 'let the second link end at another customer gateway, or at another location',
  severity: HIGH,
  appliesTo: [VPN, DIRECT],
  controls: REDUNDANCY,
  sources: [
    'https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-redundant-connection.html',
    'https://docs.aws.amazon.com/directconnect/latest/UserGuide/high_resiliency.html',
  ],
  check: (link) => (link.type === VPN ? judgeVpn(link) : judgeDirect(link)),
};

export const blocksOfTwoRegionsAreApart: Rule = {
  id: 'X-29',
  title: 'Networks of two regions that are connected have no address in common.',
  kind: 'redundancy',
  why: 'Where both sides have an address, no route leads to the other: after a failover half of the calls go astray.',
  fix: 'give the second network a block of its own',
  severity: MEDIUM,
  appliesTo: [VPC],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
  check: (network, context) => {
    const judged = linksOf(network).map((link) => judgePair(network, link, context));
    return judged.length === 0 ? notApplicable('no network of the app is connected to it') : all(...judged);
  },
};

/** The other links of the same kind that end on the same side of AWS, so that one replaces the other. */
function judgeVpn(link: Resource): Judgement {
  const { peers, open } = peersOf(link);
  const own = link.target('CustomerGatewayId');
  const judged = peers.map((peer) => judgeGateways(own, peer.target('CustomerGatewayId'), { link, peer }));
  if (judged.length === 0)
    return open ? unknown(undefined, open) : notApplicable('the connection is no pair');
  return all(...judged, ...(open ? [unknown(undefined, open)] : []));
}

function judgeGateways(
  own: Resource | Unknown | undefined,
  other: Resource | Unknown | undefined,
  { link, peer }: { readonly link: Resource; readonly peer: Resource },
): Judgement {
  const property = 'CustomerGatewayId';
  const [mine, theirs] = [link.get(property) ?? null, peer.get(property) ?? null];
  const needed = 'a customer gateway at another address';
  if (sameToken(mine, theirs) === true)
    return fail({ property, found: `the customer gateway of ${peer.logicalId}`, needed });
  if (!(own instanceof Resource) || !(other instanceof Resource)) {
    if (isScalar(mine) && isScalar(theirs)) return pass({ property, found: 'two customer gateways' });
    return unknown(property, 'which customer gateways these are is known only at deploy');
  }
  const [here, there] = [own.get('IpAddress'), other.get('IpAddress')];
  if (here === undefined || there === undefined) return pass({ property, found: 'two customer gateways' });
  const same = sameToken(here, there);
  if (same === undefined) return unknown(property, 'the addresses of the gateways are known only at deploy');
  return same
    ? fail({ property, found: `the address of ${other.logicalId}, the gateway of ${peer.logicalId}`, needed })
    : pass({ property, found: 'two customer gateways' });
}

interface Peers {
  readonly peers: readonly Resource[];
  readonly open?: Unknown;
}

function peersOf(link: Resource): Peers {
  const { byEnd, open } = vpnIndex(link.stack.graph);
  const key = endOf(link);
  if (key === undefined)
    return { peers: [], open: new Unknown('where the connection ends is known only at deploy') };
  const all = (byEnd.get(key) ?? []).filter((other) => other !== link);
  const peers = all.filter((other) => existsWith(other, link) === true);
  const why =
    peers.length < all.length ? new Unknown('a condition decides about the other connection') : open;
  return { peers, ...(why && { open: why }) };
}

const vpnIndex = oncePerGraph((graph) => {
  const byEnd = new Map<string, Resource[]>();
  const [macro] = graph.unreadable;
  for (const link of graph.ofType(VPN)) {
    const key = endOf(link);
    if (key !== undefined) byEnd.set(key, [...(byEnd.get(key) ?? []), link]);
  }
  return { byEnd, open: macro === undefined ? undefined : new Unknown(macro) };
});

/** The gateway on the side of AWS. */
function endOf(link: Resource): string | undefined {
  const value = link.get('TransitGatewayId') ?? link.get('VpnGatewayId');
  if (value === undefined) return undefined;
  const target = link.stack.graph.resolve(value, link);
  if (target instanceof Resource) return target.id;
  return value instanceof Unknown ? undefined : tokenKey(value);
}

/** Two connections of the app are a pair, whatever gateway their interfaces lead to. */
function judgeDirect(link: Resource): Judgement {
  const property = 'Location';
  const links = link.stack.graph.ofType(DIRECT);
  if (links.length < 2) return notApplicable('the connection is no pair');
  const own = link.get(property);
  if (own === undefined || own instanceof Unknown) return unknown(property, own ?? 'no location is said');
  const [first, ...others] = links.map((other) => other.get(property) ?? null);
  const same = others.map((location) => sameToken(location, first ?? null));
  if (same.includes(false)) return pass({ property, found: 'connections at two locations' });
  if (same.includes(undefined)) return unknown(property, 'a location is known only at deploy');
  return fail({ property, found: 'all connections at one location', needed: 'a second location' });
}

function judgePair(network: Resource, { other, by, kind }: Link, context: RuleContext): Judgement {
  const apart = kind === 'peering' ? true : areTwoRegions(network, other, context);
  if (apart === false) return notApplicable(`${other.logicalId} is in the same region`);
  const property = 'CidrBlock';
  const [own, theirs] = [blocksOf(network), blocksOf(other)];
  const known = (blocks: ReturnType<typeof blocksOf>) =>
    blocks.flatMap((one) => (one instanceof Unknown ? [] : [one]));
  const clash = known(own).some((one) => known(theirs).some((two) => overlaps(one, two)));
  if (clash && apart instanceof Unknown) return unknown(property, apart);
  if (clash)
    return fail({
      property,
      found: `a block that overlaps that of ${other.logicalId}, connected by ${by.logicalId}`,
      needed: 'a block of its own',
    });
  const open = [...own, ...theirs].find((block) => block instanceof Unknown);
  return open instanceof Unknown ? unknown(property, open) : pass({ property, found: 'a block of its own' });
}

/** Whether one network replaces the other: by region, or by the roles that are declared. */
function areTwoRegions(one: Resource, other: Resource, { serviceOf }: RuleContext): Truth {
  const roles = [one, other].map((network) => serviceOf(network).role);
  if (roles.includes(RegionRole.STANDBY) && roles[0] !== roles[1]) return true;
  return negated(inSameRegion(one, other));
}
