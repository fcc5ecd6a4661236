import type { DnsRecord } from '../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import {
  type DnsTarget,
  describeTarget,
  sharesFate,
  targetProperty,
  targetsOf,
} from '../../assembly/dns/dns-targets';
import { type Serves, SPEAKS_NO_TLS, servedNames, servesName } from '../../assembly/dns/served-names';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { describe, Unknown, type Value } from '../../assembly/value';
import { HEALTH_CHECKS } from '../control-families';
import { eachRecord } from '../failover-records';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

export const everyRegionServesTheName: Rule = {
  id: 'X-09',
  title: 'Every region that serves a name has a certificate or a domain for it.',
  kind: 'redundancy',
  why: 'After a failover browsers refuse a region that has no certificate for the name, and API Gateway and Cognito refuse a name that is no domain of theirs.',
  fix: 'give the region that cannot serve the name a certificate, an API domain or a user-pool domain that covers it',
  severity: HIGH,
  appliesTo: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'],
  controls: HEALTH_CHECKS,
  sources: [
    'https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/dns-failover.html',
  ],
  check: (resource) => eachRecord(resource, judgeRecord),
};

/** A name of one region is served by whoever made it: only one that two regions serve may be served by one of them only. */
function judgeRecord(record: DnsRecord): Judgement {
  const property = targetProperty(record);
  const name = record.name;
  if (name === undefined) return notApplicable('the record has no name');
  const own = targetsOf(record);
  const { sure, maybe } = dnsRecordsOf(record.resource.stack.graph).siblingsOf(record);
  const others = [...sure, ...maybe].flatMap((other) => targetsOf(other));
  const apart = own.map((target) => others.map((other) => sharesFate(target, other)));
  const isPair = sure.length > 0 && apart.flat().includes(false);
  const judged = all(...own.map((target) => judgeTarget(target, record, others)));
  if (isPair || judged.outcome !== 'fail')
    return others.length === 0 ? notApplicable(`${record.label} leads to one place`) : judged;
  if (others.length === 0 || !apart.flat().includes(undefined))
    return notApplicable(`${record.label} leads to one region`);
  return unknown(property, 'whether another region serves the name is known only at deploy');
}

function judgeTarget(target: DnsTarget, record: DnsRecord, others: readonly DnsTarget[]): Judgement {
  const property = targetProperty(record);
  if (target.what instanceof Unknown) return unknown(property, target.what);
  if (!(target.what instanceof Resource)) return unknown(property, `${target.what} is not in the app`);
  const serves = servesOrNeed(target.what, record, others);
  if (typeof serves === 'string') return notApplicable(serves);
  // Not the record is unknown, but what it leads to, which the reason names.
  if (serves instanceof Unknown) return unknown(undefined, serves);
  if (serves) return pass({ property, found: describeTarget(target) });
  return fail({
    property,
    found: `${describeTarget(target)}, ${servedInWords(target.what)}`,
    needed: `a certificate or a domain for ${describe(record.name)}, in that region`,
    ...fixOf(target.what, record.name),
  });
}

/** For whom the endpoint answers instead. */
function servedInWords(endpoint: Resource): string {
  const names = servedNames(endpoint).join(', ');
  if (names !== '') return `whose ${isBalancer(endpoint) ? 'certificate is' : 'domain is'} for ${names} only`;
  return 'which has no certificate and no domain';
}

/** In the words of the CDK, whose users see no template. */
function fixOf(endpoint: Resource, name: Value | undefined): Pick<Judgement, 'fix'> {
  if (!isBalancer(endpoint) || typeof name !== 'string') return {};
  const names = `domainName: '${name}'`;
  return servedNames(endpoint).length > 0
    ? { fix: `give the certificate of the listener ${names} or subjectAlternativeNames: ['${name}']` }
    : { fix: `give the listener a certificate of its own region with ${names}` };
}

function isBalancer({ type }: Resource): boolean {
  return type === 'AWS::ElasticLoadBalancingV2::LoadBalancer';
}

/** What asks for no certificate serves any name, unless the name is served with one elsewhere. */
function servesOrNeed(endpoint: Resource, record: DnsRecord, others: readonly DnsTarget[]): Serves {
  const name = record.name ?? null;
  const serves = servesName(endpoint, name);
  const secure = others.some(({ what }) => what instanceof Resource && servesName(what, name) === true);
  return serves === SPEAKS_NO_TLS && secure ? false : serves;
}
