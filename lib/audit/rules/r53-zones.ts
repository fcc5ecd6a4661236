import { type DnsRecord, normalisedName } from '../../assembly/dns/dns-record';
import { dnsRecordsOf, RECORD_TYPES } from '../../assembly/dns/dns-records';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import type { Json } from '../../assembly/source/source';
import { describe, isList, Reference, Unknown, type Value } from '../../assembly/value';
import { HEALTH_CHECKS, MONITORING, REDUNDANCY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const ZONE = 'AWS::Route53::HostedZone';
const DELEGATION_PAGE =
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-routing-traffic-for-subdomains.html';

/** Route 53 gives every public zone four name servers, under four top-level domains. */
const NAME_SERVERS = 4;

export const delegationListsAllNameServers: Rule = {
  id: 'R53-05',
  title: 'Parent zones list all name servers of the zones they delegate.',
  kind: 'redundancy',
  why: 'A delegation to fewer or other name servers answers for some users and not for others.',
  fix: "give the parent zone an NS record with the zone's NameServers attribute",
  severity: MEDIUM,
  appliesTo: [ZONE],
  controls: HEALTH_CHECKS,
  sources: [DELEGATION_PAGE],
  check: (zone, { graph }) => {
    const isPublic = judgePublic(zone);
    return isPublic.outcome === 'pass' ? judgeDelegation(zone, { graph }) : isPublic;
  },
};

export const publicZoneLogsQueries: Rule = {
  id: 'R53-06',
  title: 'Public hosted zones log their queries.',
  kind: 'monitoring',
  why: 'Without query logs nobody can tell whether resolvers still ask, and what they were told, during an outage.',
  fix: 'set QueryLoggingConfig to a log group in us-east-1',
  severity: LOW,
  appliesTo: [ZONE],
  controls: MONITORING,
  sources: ['https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html'],
  check: (zone) => {
    const logged = zone.isSet('QueryLoggingConfig.CloudWatchLogsLogGroupArn', 'a log group');
    const isPublic = judgePublic(zone);
    if (isPublic.outcome === 'notApplicable') return isPublic;
    return isPublic.outcome === 'pass' || logged.outcome === 'pass' ? logged : isPublic;
  },
};

export const resolverEndpointSpansZones: Rule = {
  id: 'R53-08',
  title: 'Resolver endpoints have addresses in at least two zones.',
  kind: 'redundancy',
  why: 'An endpoint in one zone takes the name resolution between the VPC and its network down with that zone.',
  fix: 'give the endpoint an address in a subnet of another zone',
  severity: HIGH,
  appliesTo: ['AWS::Route53Resolver::ResolverEndpoint'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-resolver.html'],
  check: (endpoint) => {
    const spread = endpoint.zones.atLeast(2, 'IpAddresses');
    return spread.outcome === 'unknown' && standsInOneSubnet(endpoint)
      ? fail({ property: 'IpAddresses', found: 'one subnet', needed: '2 zones' })
      : spread;
  },
};

/** Whichever zone a subnet is in, it is one. */
function standsInOneSubnet(endpoint: Resource): boolean {
  const addresses = endpoint.list('IpAddresses');
  if (addresses instanceof Unknown || addresses.some((address) => address instanceof Unknown)) return false;
  const subnets = addresses.map((_, index) => endpoint.get(`IpAddresses.${index}.SubnetId`) ?? null);
  const [first = null, ...others] = subnets;
  return first !== null && others.every((other) => sameToken(first, other) === true);
}

/** A zone with a VPC is private: nobody delegates to it, and it logs no queries. */
function judgePublic(zone: Resource): Judgement {
  const vpcs = zone.list('VPCs');
  if (vpcs instanceof Unknown) return unknown('VPCs', vpcs);
  return vpcs.length > 0 ? notApplicable(`${zone.logicalId} is a private zone`) : pass();
}

function judgeDelegation(zone: Resource, { graph }: Pick<RuleContext, 'graph'>): Judgement {
  const records = dnsRecordsOf(graph);
  const name = nameOf(zone);
  if (name === undefined) return notApplicable('the zone has no name');
  const delegations = records.all.filter((record) => delegates(record, zone, name));
  if (delegations.length > 0) return any(...delegations.map((record) => judgeNameServers(record, zone)));
  const parents = graph.ofType(ZONE).filter((other) => isParent(other, name));
  const [parent] = parents;
  if (!parent) return notApplicable('its parent zone is not in the app');
  const [custom] = graph
    .mentionsOf(zone)
    .filter(({ attribute, from }) => attribute === 'NameServers' && !RECORD_TYPES.includes(from.type));
  const why = custom ? `${custom.from.logicalId} delegates it at deploy` : records.unseen;
  if (why !== undefined) return unknown('Name', why);
  return fail({
    property: 'Name',
    found: `no NS record for ${describe(name)} in ${parent.logicalId}`,
    needed: `an NS record with its ${NAME_SERVERS} name servers`,
  });
}

function nameOf(zone: Resource): Value | undefined {
  const name = zone.get('Name');
  return name === undefined ? undefined : normalisedName(name);
}

/** An NS record with the zone's name that stands in another zone, where delegations stand. */
function delegates(record: DnsRecord, zone: Resource, name: Value): boolean {
  const isNs = record.text('Type') === 'NS' && record.zone.hosted !== zone;
  return isNs && record.name !== undefined && sameToken(record.name, name) === true;
}

function isParent(other: Resource, child: Value): boolean {
  const name = nameOf(other);
  const isSuffix = typeof name === 'string' && typeof child === 'string' && child.endsWith(`.${name}`);
  return isSuffix && judgePublic(other).outcome === 'pass';
}

function judgeNameServers(record: DnsRecord, zone: Resource): Judgement {
  const property = record.property('ResourceRecords');
  const servers = record.get('ResourceRecords');
  if (servers instanceof Unknown) return unknown('Name', servers);
  const entries = isList(servers) ? servers : servers === undefined ? [] : [servers];
  const whole = entries.find((entry) => entry instanceof Reference && entry.attribute === 'NameServers');
  if (whole instanceof Reference)
    return whole.resource === zone
      ? pass({ found: `all name servers in ${property} of ${record.resource.logicalId}` })
      : short(record, `the name servers of ${whole.resource.logicalId}`);
  if (entries.length < NAME_SERVERS)
    return short(record, `${entries.length} of ${NAME_SERVERS} name servers`);
  return judgeSelected(record, zone, entries);
}

/** Four entries or more: right where each of the zone's name servers is selected by its position. */
function judgeSelected(record: DnsRecord, zone: Resource, entries: readonly Value[]): Judgement {
  const positions = entries.map((_, index) => positionOf(record, index, zone));
  const known = new Set(positions.filter((position) => position !== undefined));
  if (known.size >= NAME_SERVERS) return pass({ found: `${known.size} name servers` });
  if (!positions.includes(undefined)) return short(record, `${known.size} of ${NAME_SERVERS} name servers`);
  const reason = `whether ${record.resource.logicalId} lists the name servers that the zone gets is known only at deploy`;
  return unknown('Name', reason);
}

/** Which of the zone's name servers the `Fn::Select` of one entry takes. */
function positionOf(record: DnsRecord, index: number, zone: Resource): number | undefined {
  const { stack } = record.resource;
  const json = record.raw(`ResourceRecords.${index}`);
  if (json === null || typeof json !== 'object' || !('Fn::Select' in json)) return undefined;
  const [position = null, list = null] = json['Fn::Select'] as readonly Json[];
  const from = stack.evaluate(list);
  const isOwn = from instanceof Reference && from.resource === zone && from.attribute === 'NameServers';
  const number = Number(stack.evaluate(position));
  return isOwn && Number.isInteger(number) ? number : undefined;
}

function short(record: DnsRecord, found: string): Judgement {
  return fail({
    property: 'Name',
    found: `${found} in ${record.property('ResourceRecords')} of ${record.resource.logicalId}`,
    needed: `the ${NAME_SERVERS} name servers of the zone`,
  });
}
