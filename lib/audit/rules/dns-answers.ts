import type { DnsRecord } from '../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import { evaluatesHealth, routingPolicyOf } from '../../assembly/dns/dns-routing';
import { type DnsTarget, describeTarget, targetsOf } from '../../assembly/dns/dns-targets';
import { isSameHost, type Probe, probesOf } from '../../assembly/dns/health-check-hosts';
import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { HEALTH_CHECKS } from '../control-families';
import { eachRecord } from '../failover-records';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const RECORDS = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'];
const ROUTE53 = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide';

export const healthCheckAsksTheTarget: Rule = {
  id: 'X-05',
  title: 'Health checks of records probe the host that the record leads to.',
  kind: 'redundancy',
  why: 'A check of another host fails over while all is well, and stays green while the target is dead.',
  fix: 'let the health check probe the host or the address that the record leads to',
  severity: HIGH,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [`${ROUTE53}/health-checks-creating-values.html`],
  check: (resource) => eachRecord(resource, judgeProbes),
};

export const answersAreAllChecked: Rule = {
  id: 'X-06',
  title:
    'Where one record of a set is left out when it is broken, all are, and a geolocation set has a default.',
  kind: 'redundancy',
  why: 'Route 53 takes a record without health check for healthy: it answers with a dead target for ever, and with nothing to whom no location fits.',
  fix: 'give every record of the set a health check, or let its alias evaluate the health of its target',
  severity: MEDIUM,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [`${ROUTE53}/dns-failover-complex-configs.html`, `${ROUTE53}/routing-policy-geo.html`],
  check: (resource) => eachRecord(resource, judgeSet),
};

function judgeProbes(record: DnsRecord): Judgement {
  const property = record.property('HealthCheckId');
  const check = record.healthCheck;
  if (check === undefined) return notApplicable(`${record.label} has no health check`);
  if (!(check instanceof Resource))
    return unknown(property, check instanceof Unknown ? check : `health check ${check} is not in the app`);
  const probes = probesOf(check);
  if (probes.length === 0) return notApplicable(`${check.logicalId} asks no endpoint`);
  const targets = targetsOf(record);
  if (targets.length === 0) return unknown(property, `${record.label} leads to nothing`);
  // A calculated check may ask others too: one of them must ask the target.
  return any(...probes.map((probe) => judgeProbe(probe, targets, property)));
}

/** All that the probe may reach must be what the record leads to. */
function judgeProbe({ check, targets: probed }: Probe, targets: readonly DnsTarget[], property: string) {
  if (probed instanceof Unknown) return unknown(property, probed);
  return all(
    ...probed.map((host): Judgement => {
      const same = targets.map((target) => isSameHost(host, target));
      const found = `${check.logicalId} probes ${describeTarget(host)}`;
      if (same.includes(true)) return pass({ property, found });
      if (same.includes(undefined)) return unknown(property, whyUntold([host, ...targets], found));
      return fail({ property, found, needed: `a check of ${targets.map(describeTarget).join(', ')}` });
    }),
  );
}

function whyUntold(targets: readonly DnsTarget[], found: string): Unknown | string {
  const open = targets.map(({ what }) => what).find((what) => what instanceof Unknown);
  return open instanceof Unknown ? open : `${found}, and where that leads is not in the app`;
}

function judgeSet(record: DnsRecord): Judgement {
  const policy = routingPolicyOf(record);
  if (policy === undefined) return notApplicable(`${record.label} answers alone, or in a failover`);
  if (policy instanceof Unknown) return unknown(record.property('Weight'), policy);
  const checked = judgeAlike(record);
  return policy === 'GeoLocation' ? all(checked, judgeDefault(record)) : checked;
}

function judgeAlike(record: DnsRecord): Judgement {
  const property = record.property('HealthCheckId');
  const own = evaluatesHealth(record);
  const records = dnsRecordsOf(record.resource.stack.graph);
  const { sure, maybe } = records.siblingsOf(record);
  if (own === true) return pass({ property, found: 'health is evaluated' });
  const checked = sure.find((other) => evaluatesHealth(other) === true && other.presence === true);
  if (checked && own === false)
    return fail({
      property,
      found: `nothing that notices a broken target, beside ${checked.resource.logicalId}, which is checked`,
      needed: 'a health check, or an alias with EvaluateTargetHealth: true',
    });
  if (own instanceof Unknown) return unknown(property, own);
  const open = [...sure, ...maybe].find((other) => evaluatesHealth(other) !== false);
  if (open)
    return unknown(
      property,
      `whether ${open.resource.logicalId} is checked in the set is known only at deploy`,
    );
  if (records.unseen !== undefined) return unknown(property, records.unseen);
  return notApplicable('no record of the set is checked');
}

function judgeDefault(record: DnsRecord): Judgement {
  const property = record.property('GeoLocation.CountryCode');
  const records = dnsRecordsOf(record.resource.stack.graph);
  const { sure, maybe } = records.siblingsOf(record);
  const set = [record, ...sure];
  if (set.some((one) => one.get('GeoLocation.CountryCode') === '*' && one.presence === true))
    return pass({ property, found: 'the set has a default' });
  const open = [...set, ...maybe].find(
    (one) =>
      maybe.includes(one) ||
      one.presence !== true ||
      one.get('GeoLocation') instanceof Unknown ||
      one.get('GeoLocation.CountryCode') instanceof Unknown,
  );
  if (open)
    return unknown(property, `whether ${open.resource.logicalId} is the default is known only at deploy`);
  if (records.unseen !== undefined) return unknown(property, records.unseen);
  return fail({
    property,
    found: 'no default',
    needed: 'a record for CountryCode "*", whom no location fits',
  });
}
