import type { DnsRecord } from '../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import { evaluatesHealth, routingPolicyOf } from '../../assembly/dns/dns-routing';
import { targetsOf } from '../../assembly/dns/dns-targets';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';

/** A DNS name: all records that answer for it together. */
const NAME: Component = {
  types: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'],
  part: 'entry',
  fails: (resource, model) => {
    const records = dnsRecordsOf(resource.stack.graph).of(resource);
    if (records instanceof Unknown) {
      model.assume(`the records of ${resource.logicalId} are not known: ${records.reason}`, resource);
      return dataPlane(model);
    }
    return anyOf(dataPlane(model), ...records.map((record) => nameFails(record, model)));
  },
};

export const DNS: readonly Component[] = [NAME];

/** Answers come from servers all over the world; changes, which failover must not need, from one region. */
function dataPlane(model: Modelling): Failure {
  return model.event({
    id: 'service:route53',
    kind: 'service',
    what: 'answers of Route 53',
    resources: [],
    likelihood: model.assumption('globalDataPlane'),
  });
}

function nameFails(record: DnsRecord, model: Modelling): Failure {
  const all = [record, ...dnsRecordsOf(record.resource.stack.graph).siblingsOf(record).sure];
  const primary = all.find(({ failover }) => failover === 'PRIMARY');
  const secondary = all.find(({ failover }) => failover === 'SECONDARY');
  if (primary && secondary) return failsOver(primary, secondary, model);
  if (all.length < 2 || routingPolicyOf(record) === undefined) return recordFails(record, model);
  return sharedName(all, model);
}

/** The other side serves once the first is seen to be broken. */
function failsOver(primary: DnsRecord, secondary: DnsRecord, model: Modelling): Failure {
  const first = recordFails(primary, model);
  if (evaluatesHealth(primary) !== true) {
    model.assume(`${primary.label} never fails over: nothing checks its primary`, primary.resource);
    return first;
  }
  return allOf(first, anyOf(switchOf(primary, model), recordFails(secondary, model)));
}

/** A record that nothing checks keeps its users when its target is gone. */
function sharedName(records: readonly DnsRecord[], model: Modelling): Failure {
  const checked = records.filter((record) => evaluatesHealth(record) === true);
  const unchecked = records.filter((record) => !checked.includes(record));
  if (unchecked.length > 0)
    model.assume(
      `${unchecked[0]?.label}: ${unchecked.length} of its records are never left out`,
      unchecked[0]?.resource,
    );
  const [one] = checked;
  const moving =
    checked.length < 2 || !one
      ? checked.map((record) => recordFails(record, model))
      : [anyWithSwitch(checked, one, model)];
  return anyOf(...unchecked.map((record) => recordFails(record, model)), ...moving);
}

/** Users of one broken side move to the others, if the switch works. */
function anyWithSwitch(records: readonly DnsRecord[], one: DnsRecord, model: Modelling): Failure {
  const fails = records.map((record) => recordFails(record, model));
  return anyOf(allOf(...fails), allOf(switchOf(one, model), anyOf(...fails)));
}

function switchOf(record: DnsRecord, model: Modelling): Failure {
  return model.event({
    id: `switch:${record.label}`,
    kind: 'switch',
    what: `failover of ${record.label}`,
    resources: [record.resource],
    likelihood: model.assumption('switchOnDemand'),
  });
}

/** What a record leads to; several targets of one record stand in for each other in no client that one may count on. */
function recordFails(record: DnsRecord, model: Modelling): Failure {
  const found = targetsOf(record).map(({ what }) => what);
  return anyOf(...found.filter((what) => what instanceof Resource).map((what) => model.of(what)));
}
