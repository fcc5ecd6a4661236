import { type DnsRecord, type FailoverRole, normalisedName } from '../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import {
  type DnsTarget,
  describeTarget,
  sharesFate,
  targetProperty,
  targetsOf,
} from '../../assembly/dns/dns-targets';
import { detectionOf } from '../../assembly/dns/failover-detection';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import {
  type FailoverStep,
  type FailoverTime,
  failoverText,
  failoverTime,
} from '../../calculus/failover-time';
import { formatSeconds } from '../../calculus/time-span';
import { HEALTH_CHECKS, SECOND_REGION } from '../control-families';
import { eachFailoverRecord, eachPartner } from '../failover-records';
import type { Rule, RuleContext } from '../rule';
import { HIGH } from '../severity';

const RECORDS = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'];
const FAILOVER_PAGE = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html';

export const primaryRecordCanFailOver: Rule = {
  id: 'X-01',
  title: 'PRIMARY records notice that their target is broken.',
  kind: 'redundancy',
  why: 'Without a health check Route 53 answers with the primary for ever, however dead it is.',
  fix: 'give the PRIMARY record a health check, or let its alias evaluate the health of its target',
  severity: HIGH,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [FAILOVER_PAGE],
  check: (resource) =>
    eachFailoverRecord(resource, (record, role) =>
      role === 'PRIMARY' ? judgeTrigger(record) : secondary(record),
    ),
};

export const failoverLeavesTheRegion: Rule = {
  id: 'X-02',
  title: 'PRIMARY and SECONDARY lead to different regions and different targets.',
  kind: 'redundancy',
  why: 'When both lead to one region or one load balancer, what takes the primary down takes the secondary down too.',
  fix: 'let the SECONDARY record lead to a target in another region',
  severity: HIGH,
  appliesTo: RECORDS,
  controls: [...SECOND_REGION, ...HEALTH_CHECKS],
  sources: [FAILOVER_PAGE],
  check: (resource) =>
    eachFailoverRecord(resource, (record, role) =>
      all(...eachPartner(record, role, (partner) => judgeApart(record, role, partner))),
    ),
};

export const failoverKeepsItsBudget: Rule = {
  id: 'X-03',
  title: 'DNS failover fits the tier: detection and TTL its DNS budget, the worst case its region RTO.',
  kind: 'redundancy',
  why: 'Users wait for detection, for their cache to expire and for the database to be promoted, one after the other.',
  fix: 'shorten the TTL, the check interval or the failure threshold until the sum fits',
  severity: HIGH,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [AWS_FACTS.route53HealthCheckIntervalsSeconds.source, AWS_FACTS.route53AliasTtlSeconds.source],
  check: (resource, context) =>
    eachFailoverRecord(resource, (record, role) =>
      role === 'PRIMARY' ? judgeTime(record, context) : secondary(record),
    ),
};

function secondary(record: DnsRecord): Judgement {
  return notApplicable(`${record.label} is a SECONDARY record: its PRIMARY decides when to fail over`);
}

function judgeTrigger(record: DnsRecord): Judgement {
  const property = record.property('HealthCheckId');
  const id = record.healthCheckId;
  const check = record.healthCheck;
  const exists = check instanceof Resource ? existsWith(check, record.resource) : true;
  if (id !== undefined && exists === true && !(id instanceof Unknown && id.maybeAbsent))
    return pass({ property, found: 'a health check' });
  const evaluates = record.evaluatesTargetHealth;
  if (evaluates === true)
    return pass({ property: record.property('AliasTarget.EvaluateTargetHealth'), found: 'true' });
  if (exists !== true) return unknown(property, exists);
  if (id instanceof Unknown) return unknown(property, id);
  if (evaluates instanceof Unknown)
    return unknown(record.property('AliasTarget.EvaluateTargetHealth'), evaluates);
  return fail({
    property,
    found: record.isAlias === true ? 'no health check, and the alias evaluates none' : 'no health check',
    needed: 'a health check, or an alias with EvaluateTargetHealth: true',
  });
}

function judgeApart(record: DnsRecord, role: FailoverRole, partner: DnsRecord): Judgement {
  const [primary, standby] = role === 'PRIMARY' ? [record, partner] : [partner, record];
  const lost = targetsOf(primary);
  const left = targetsOf(standby);
  const property = targetProperty(record);
  if (lost.length === 0 || left.length === 0)
    return unknown(property, 'a record of the pair leads to nothing');
  const fates = left.map((target) => fateWith(target, lost));
  if (fates.includes(false)) return pass({ property, found: left.map(describeTarget).join(', ') });
  if (fates.includes(undefined)) return unknown(property, whyUntold([...lost, ...left]));
  if (!sameTarget(lost, left) && standsAmongRegions(record, lost))
    return pass({ property, found: 'a pair within one region, beside records of another one' });
  return fail({
    property,
    found: `${lost.map(describeTarget).join(', ')} as PRIMARY, ${left.map(describeTarget).join(', ')} as SECONDARY`,
    needed: 'targets in two regions',
  });
}

function sameTarget(lost: readonly DnsTarget[], left: readonly DnsTarget[]): boolean {
  return left.some(({ what }) => lost.some((other) => other.what === what));
}

/** Whether another name chooses between the pair and targets that outlive its region: by latency, say. */
function standsAmongRegions(pair: DnsRecord, lost: readonly DnsTarget[]): boolean {
  const records = dnsRecordsOf(pair.resource.stack.graph);
  const outlives = (target: DnsTarget) => lost.every((other) => sharesFate(target, other) === false);
  return records.all
    .filter((record) => leadsTo(record, pair))
    .some((record) => records.siblingsOf(record).sure.some((other) => targetsOf(other).some(outlives)));
}

function leadsTo(record: DnsRecord, pair: DnsRecord): boolean {
  const name = record.get('AliasTarget.DNSName');
  if (name === undefined || record.evaluatesTargetHealth !== true) return false;
  return (
    record.get('Type') === pair.get('Type') && sameToken(normalisedName(name), pair.name ?? null) === true
  );
}

/** Whether a target of the secondary is lost with the primary; undefined when that cannot be told. */
function fateWith(target: DnsTarget, lost: readonly DnsTarget[]): boolean | undefined {
  const fates = lost.map((other) => sharesFate(target, other));
  if (fates.includes(true)) return true;
  return fates.includes(undefined) ? undefined : false;
}

function whyUntold(targets: readonly DnsTarget[]): Unknown | string {
  const unknowns = targets.flatMap(({ what, region }) => [what, region]);
  return (
    unknowns.find((item) => item instanceof Unknown) ?? 'the regions of the targets are known only at deploy'
  );
}

function judgeTime(record: DnsRecord, context: RuleContext): Judgement {
  const detection = detectionOf(record);
  if (detection === undefined)
    return notApplicable(`${record.label} never fails over: nothing notices that its target is broken`);
  if (detection instanceof Unknown) return unknown(record.property(detectionProperty(record)), detection);
  const ttlSeconds = ttlOf(record);
  if (ttlSeconds instanceof Unknown) return unknown(record.property('TTL'), ttlSeconds);
  const time = failoverTime({ detection, ttlSeconds, promotion: promotionsFor(context) });
  const property = record.property(ttlSeconds === 'alias' ? detectionProperty(record) : 'TTL');
  return all(judgeBudget(time, property, context), judgeObjective(time, property, context));
}

function judgeBudget({ dns }: FailoverTime, property: string, { service }: RuleContext): Judgement {
  const budget = service.policy.dnsFailoverBudget.value?.toSeconds();
  if (budget === undefined) return notApplicable(`tier ${service.tier} has no DNS failover budget`);
  const found = failoverText(dns);
  if (dns.seconds <= budget) return pass({ property, found });
  return fail({
    property,
    found,
    // In seconds, as the sum that it is held against.
    needed: `at most ${budget} s, the DNS budget of tier ${service.tier}`,
  });
}

function judgeObjective({ worst }: FailoverTime, property: string, { service }: RuleContext): Judgement {
  const rto = service.recovery.region.rtoSeconds;
  const found = `at worst ${failoverText(worst)}`;
  if (worst.seconds <= rto) return pass({ property, found });
  return fail({ property, found, needed: `at most ${formatSeconds(rto)}, the RTO for the loss of a region` });
}

function detectionProperty(record: DnsRecord): string {
  return record.healthCheckId === undefined ? 'AliasTarget.EvaluateTargetHealth' : 'HealthCheckId';
}

function ttlOf(record: DnsRecord): number | 'alias' | Unknown {
  const alias = record.isAlias;
  if (alias instanceof Unknown) return alias;
  return alias ? 'alias' : (record.ttl ?? new Unknown(`${record.label} has no TTL: no alias may do without`));
}

/** The databases of the service that are promoted when the region is lost. */
function promotionsFor({ graph, service, serviceOf }: RuleContext): readonly FailoverStep[] {
  const { value, source } = AWS_FACTS.auroraGlobalFailoverSeconds;
  const global = graph
    .ofType('AWS::RDS::GlobalCluster')
    .find((cluster) => serviceOf(cluster).name === service.name);
  if (!global) return [];
  const what = `promotion of ${global.logicalId}`;
  return [{ what, typicalSeconds: value.typical, worstSeconds: value.worst, source }];
}
