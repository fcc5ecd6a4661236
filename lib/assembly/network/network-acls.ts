import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { everyTruth } from '../truth';
import { isScalar, Unknown, wordOf } from '../value';
import { coversSubnets } from './address-cover';
import type { Subnets } from './network-place';

/** A port from which a client may talk; answers go back to it. */
const EPHEMERAL_PORT = 50_000;

/** Whether the network ACLs of two places, if they have any, let a TCP connection through, and the answers back. */
export function letThrough(from: Subnets, to: Subnets, port: number): Truth {
  return everyTruth([
    aclsLet(from, { others: to, port, outward: true }),
    aclsLet(to, { others: from, port, outward: false }),
    aclsLet(to, { others: from, port: EPHEMERAL_PORT, outward: true }),
    aclsLet(from, { others: to, port: EPHEMERAL_PORT, outward: false }),
  ]);
}

interface Traffic {
  readonly others: Subnets;
  readonly port: number;
  readonly outward: boolean;
}

function aclsLet({ subnets }: Subnets, traffic: Traffic): Truth {
  return everyTruth(
    subnets.map((subnet) => {
      const acl = aclsBySubnet(subnet.stack.graph).get(subnet);
      // The network's own ACL lets everything through.
      if (acl === undefined) return true;
      return acl instanceof Unknown ? acl : aclLets(acl, traffic);
    }),
  );
}

/** Entries are tried by number; the first that is about the traffic decides, and without one it is refused. */
function aclLets(acl: Resource, traffic: Traffic): Truth {
  const { graph } = acl.stack;
  const entries = [...new Set(graph.mentionsOf(acl, 'AWS::EC2::NetworkAclEntry').map(({ from }) => from))]
    .filter((entry) => entry.is('Egress', traffic.outward, { default: false }).outcome !== 'fail')
    .sort((a, b) => ruleNumberOf(a) - ruleNumberOf(b));
  for (const entry of entries) {
    const about = everyTruth([entry.presence, isAbout(entry, traffic)]);
    if (about instanceof Unknown) return about;
    if (about) return entry.get('RuleAction') === 'allow';
  }
  return graph.unreadable[0] === undefined ? false : new Unknown(graph.unreadable[0]);
}

function ruleNumberOf(entry: Resource): number {
  const number = entry.number('RuleNumber');
  return typeof number === 'number' ? number : 0;
}

function isAbout(entry: Resource, { others, port }: Traffic): Truth {
  const { logicalId } = entry;
  const protocol = entry.get('Protocol');
  if (!isScalar(protocol)) return new Unknown(`the protocol of ${logicalId} is known only at deploy`);
  if (!['-1', '6'].includes(wordOf(protocol))) return false;
  const cidr = entry.get('CidrBlock');
  if (cidr === undefined) return false;
  const [first, last] = [entry.number('PortRange.From'), entry.number('PortRange.To')];
  if (first instanceof Unknown || last instanceof Unknown)
    return new Unknown(`the ports of ${logicalId} are known only at deploy`);
  const forPort = wordOf(protocol) === '-1' || ((first ?? 0) <= port && port <= (last ?? 65_535));
  return forPort && coversSubnets(cidr, others);
}

const aclsBySubnet = oncePerGraph((graph): ReadonlyMap<Resource, Resource | Unknown> => {
  const acls = new Map<Resource, Resource | Unknown>();
  for (const association of graph.ofType('AWS::EC2::SubnetNetworkAclAssociation')) {
    const subnet = association.target('SubnetId');
    const acl = association.target('NetworkAclId');
    if (subnet instanceof Resource && acl !== undefined) acls.set(subnet, acl);
  }
  return acls;
});
