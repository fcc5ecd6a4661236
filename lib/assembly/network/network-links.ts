import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { tokenKey } from '../same-token';
import { isScalar, Unknown, type Value } from '../value';
import { type Cidr, parseCidr } from './cidr';

/** Another network that is connected to one. */
export interface Link {
  readonly other: Resource;

  /** What connects them, such as a peering. */
  readonly by: Resource;

  readonly kind: 'peering' | 'transit gateway' | 'resolver rule';
}

/** The networks of the app that a network is connected to. */
export function linksOf(network: Resource): readonly Link[] {
  return linkIndex(network.stack.graph).get(network) ?? [];
}

const linkIndex = oncePerGraph((graph: Graph): ReadonlyMap<Resource, readonly Link[]> => {
  const links = new Map<Resource, Link[]>();
  const add = (one: Resource, other: Resource, link: Omit<Link, 'other'>) => {
    if (one === other) return;
    const list = links.get(one) ?? [];
    links.set(one, list);
    if (!list.some((known) => known.other === other)) list.push({ ...link, other });
  };
  for (const by of graph.ofType('AWS::EC2::VPCPeeringConnection')) {
    const [one, other] = [by.target('VpcId'), by.target('PeerVpcId')];
    if (!(one instanceof Resource && other instanceof Resource)) continue;
    add(one, other, { by, kind: 'peering' });
    add(other, one, { by, kind: 'peering' });
  }
  for (const group of [...attachedTogether(graph), ...resolvedTogether(graph)]) {
    for (const { network, by, kind } of group)
      for (const other of group) add(network, other.network, { by, kind });
  }
  return links;
});

interface Member {
  readonly network: Resource;
  readonly by: Resource;
  readonly kind: Link['kind'];
}

/** Networks attached to one transit gateway, or to two that are peered. */
function attachedTogether(graph: Graph): readonly (readonly Member[])[] {
  const hub = hubs(graph);
  const attachments = graph.ofType(
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::TransitGatewayVpcAttachment',
  );
  const groups = new Map<string, Member[]>();
  for (const by of attachments) {
    const network = by.target('VpcId');
    const key = keyOf(by.get('TransitGatewayId'), by);
    if (!(network instanceof Resource) || key === undefined) continue;
    push(groups, hub(key), { network, by, kind: 'transit gateway' });
  }
  return [...groups.values()];
}

/** One name for all transit gateways that are peered with each other. */
function hubs(graph: Graph): (key: string) => string {
  const leader = new Map<string, string>();
  const find = (key: string): string => {
    let at = key;
    for (let next = leader.get(at); next !== undefined && next !== at; next = leader.get(at)) at = next;
    return at;
  };
  for (const peering of graph.ofType('AWS::EC2::TransitGatewayPeeringAttachment')) {
    const ends = ['TransitGatewayId', 'PeerTransitGatewayId'].map((name) =>
      keyOf(peering.get(name), peering),
    );
    const [one, other] = ends;
    if (one !== undefined && other !== undefined && find(one) !== find(other))
      leader.set(find(one), find(other));
  }
  return find;
}

function resolvedTogether(graph: Graph): readonly (readonly Member[])[] {
  const groups = new Map<string, Member[]>();
  for (const by of graph.ofType('AWS::Route53Resolver::ResolverRuleAssociation')) {
    const network = by.target('VPCId');
    const key = keyOf(by.get('ResolverRuleId'), by);
    if (network instanceof Resource && key !== undefined)
      push(groups, key, { network, by, kind: 'resolver rule' });
  }
  return [...groups.values()];
}

function push(groups: Map<string, Member[]>, key: string, member: Member): void {
  const list = groups.get(key) ?? [];
  groups.set(key, list);
  list.push(member);
}

/** One text for one thing: a resource of the app, or an id that is written out. */
function keyOf(value: Value | undefined, from: Resource): string | undefined {
  if (value === undefined) return undefined;
  const target = from.stack.graph.resolve(value, from);
  if (target instanceof Resource) return target.id;
  return isScalar(value) ? tokenKey(value) : undefined;
}

/** The IPv4 blocks of a network: its own, and those added to it. */
export function blocksOf(network: Resource): readonly (Cidr | Unknown)[] {
  const added = network.stack.graph
    .mentionsOf(network, 'AWS::EC2::VPCCidrBlock')
    .map(({ from }) => from)
    .filter((block) => block.get('AmazonProvidedIpv6CidrBlock') === undefined && !block.get('Ipv6CidrBlock'));
  return [network, ...added].map((resource) => {
    const text = resource.text('CidrBlock');
    if (text instanceof Unknown) return text;
    const cidr = text === undefined ? undefined : parseCidr(text);
    return cidr ?? new Unknown(`${resource.logicalId} has no IPv4 block that is known here`);
  });
}

/** Whether two blocks share an address: of two, one holds the other or they are apart. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  const size = 2 ** (32 - Math.min(one.prefix, other.prefix));
  return Math.floor(one.base / size) === Math.floor(other.base / size);
}
