import type { Truth } from '../conditions';
import { numberOf } from '../question';
import { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { isScalar, Reference, Unknown, type Value, wordOf } from '../value';
import { coversSubnets } from './address-cover';
import { letThrough } from './network-acls';
import { networksOf, type Subnets, subnetsOf } from './network-place';
import { routesOf } from './routes';
import { type GroupRule, otherGroupOf, rulesOf, securityGroupsOf } from './security-groups';

/**
 * Whether one resource may open a TCP connection to another on a port: their security groups in both directions, network
 * ACLs where there are any, and the routes between their networks.
 */
export function mayReach(from: Resource, to: Resource, port: number): Truth {
  return everyTruth([mayLeaveFor(from, to, port), groupsLet(to, from, port, 'in')]);
}

/** The same, where a rule of the other side is known to let it in. */
export function mayLeaveFor(from: Resource, to: Resource, port: number): Truth {
  return everyTruth([
    networksMeet(from, to),
    groupsLet(from, to, port, 'out'),
    letThrough(subnetsOf(from), subnetsOf(to), port),
  ]);
}

/** Whether the networks of two resources are one, or lead to each other. */
function networksMeet(from: Resource, to: Resource): Truth {
  const [own, theirs] = [networksOf(from), networksOf(to)];
  const open = [...own, ...theirs].find((network) => network instanceof Unknown);
  if (own.some((network) => !(network instanceof Unknown) && theirs.includes(network))) return true;
  if (open instanceof Unknown) return open;
  if (own.length === 0 || theirs.length === 0)
    return new Unknown(`in which network ${(own.length === 0 ? from : to).logicalId} stands is not said`);
  return leadsElsewhere(subnetsOf(from));
}

const BETWEEN_NETWORKS = new Set([
  'core',
  'endpoint',
  'gateway',
  'instance',
  'interface',
  'peering',
  'tgw',
  'vgw',
]);

/** Routes to other networks lead somewhere that is not followed here. */
function leadsElsewhere({ subnets }: Subnets): Truth {
  const routes = subnets.flatMap(routesOf);
  const open = routes.find((route) => route instanceof Unknown || BETWEEN_NETWORKS.has(route.kind));
  if (open === undefined) return false;
  return open instanceof Unknown
    ? open
    : new Unknown(`where ${open.resource.logicalId} leads to is not followed`);
}

/** Whether the groups of one side let traffic through to, or from, the other side. */
function groupsLet(own: Resource, other: Resource, port: number, direction: 'in' | 'out'): Truth {
  const { groups, unknowns } = securityGroupsOf(own);
  if (groups.length === 0)
    return (
      unknowns[0] ?? new Unknown(`${own.logicalId} names no security group: its network's own may apply`)
    );
  const each = groups.map((group) => {
    const { rules, unknowns: hidden } = rulesOf(group, direction);
    return someTruth([...rules.map((rule) => ruleLets(rule, other, port)), ...hidden]);
  });
  return someTruth([...each, ...unknowns]);
}

function ruleLets(rule: GroupRule, other: Resource, port: number): Truth {
  return everyTruth([rule.certain, isForPort(rule, port), isForOther(rule, other)]);
}

/** Whether a rule is about TCP connections to a port. */
export function isForPort({ body, by }: Pick<GroupRule, 'body' | 'by'>, port: number): Truth {
  const { IpProtocol: protocol = '-1', FromPort: from, ToPort: to } = body;
  if (!isScalar(protocol)) return new Unknown(`the protocol of ${by.logicalId} is known only at deploy`);
  if (wordOf(protocol) === '-1') return true;
  if (!['tcp', '6'].includes(wordOf(protocol).toLowerCase())) return false;
  const [first, last] = [portOf(from, by), portOf(to, by)];
  if (first === undefined || last === undefined) return true;
  if (first instanceof Unknown) return first;
  return last instanceof Unknown ? last : first <= port && port <= last;
}

/** Databases hand out their ports as attributes: a port that is not written is the one that is asked for. */
function portOf(value: Value | undefined, by: Resource): number | Unknown | undefined {
  if (value === undefined || (value instanceof Reference && /port$/i.test(value.attribute))) return undefined;
  const number = isScalar(value) ? numberOf(value) : undefined;
  return number ?? new Unknown(`the ports of ${by.logicalId} are known only at deploy`);
}

function isForOther(rule: GroupRule, other: Resource): Truth {
  const named = otherGroupOf(rule);
  if (named instanceof Resource) return carries(other, named);
  if (named instanceof Unknown) return carriesSome(other, named);
  const { CidrIp: cidr } = rule.body;
  if (cidr !== undefined) return coversSubnets(cidr, subnetsOf(other));
  if (rule.body.CidrIpv6 !== undefined)
    return rule.body.CidrIpv6 === '::/0' ? false : new Unknown('addresses of version 6 are not followed');
  return new Unknown(`whom ${rule.by.logicalId} lets through is known only at deploy`);
}

/** Whether a resource carries a security group. */
export function carries(resource: Resource, group: Resource): Truth {
  const { groups, unknowns } = securityGroupsOf(resource);
  return groups.includes(group) || (unknowns[0] ?? false);
}

/** A group that is not in the app may be one that a resource names in the same words. */
function carriesSome(resource: Resource, why: Unknown): Truth {
  const { groups, unknowns } = securityGroupsOf(resource);
  return unknowns.length === 0 && groups.length > 0 && !why.alternatives ? false : why;
}
