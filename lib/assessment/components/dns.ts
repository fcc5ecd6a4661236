import type { DnsRecord } from '../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../assembly/dns/dns-records';
import type { Resource } from '../../assembly/resource';
import { referencesIn, Unknown } from '../../assembly/value';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';
import { recordsFail } from './dns-names/routing';
import { fits, sameName, takenTogether } from './dns-names/same-name';

/** A DNS name: all records that answer for it together. */
const NAME: Component = {
  types: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'],
  part: (resource) => (answersUsers(resource) ? 'entry' : 'support'),
  fails: (resource, model) => {
    const records = dnsRecordsOf(resource.stack.graph).of(resource);
    if (records instanceof Unknown) {
      model.assume(`the records of ${resource.logicalId} are not known: ${records.reason}`, resource);
      return dataPlane(model);
    }
    return anyOf(dataPlane(model), ...records.filter(isForUsers).map((record) => nameFails(record, model)));
  },
};

export const DNS: readonly Component[] = [NAME];

/** Types of records by which users find a server. */
const FOR_USERS: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME', 'HTTPS', 'SVCB']);

function answersUsers(resource: Resource): boolean {
  const records = dnsRecordsOf(resource.stack.graph).of(resource);
  return records instanceof Unknown || records.some(isForUsers);
}

/** Names that begin with an underscore, and those that SES hands out, are for certificates and mail. */
function isForUsers(record: DnsRecord): boolean {
  const type = record.text('Type');
  if (typeof record.name === 'string' && record.name.startsWith('_')) return false;
  if (referencesIn(record.name).some(({ resource }) => resource.type.startsWith('AWS::SES::'))) return false;
  return typeof type !== 'string' || FOR_USERS.has(type);
}

/** Answers come from servers all over the world; changes, which failover must not need, from one region. */
function dataPlane(model: Modelling): Failure {
  return model.event({
    id: 'service:route53',
    kind: 'awsService',
    what: 'answers of Route 53',
    resources: [],
    likelihood: model.assumption('globalDataPlane'),
  });
}

const known = new WeakMap<Modelling, Map<DnsRecord, Failure>>();

/** All records of one name are one: whichever is asked answers for all, and their head leads to the others. */
function nameFails(record: DnsRecord, model: Modelling): Failure {
  const failures = known.get(model) ?? new Map<DnsRecord, Failure>();
  known.set(model, failures);
  const all = sameName(record);
  const [head, ...others] = all;
  const failure = failures.get(head ?? record) ?? recordsFail(all, model);
  failures.set(head ?? record, failure);
  noteOpen(record, model);
  if (head !== record) return failure;
  const holders = new Set(others.map(({ resource }) => resource).filter((one) => one !== record.resource));
  return anyOf(failure, ...[...holders].map((holder) => allOf(failure, model.of(holder))));
}

/** What only deployment knows of a name is counted as it is made to be, and left to deployment. */
function noteOpen(record: DnsRecord, model: Modelling): void {
  const { maybe } = dnsRecordsOf(record.resource.stack.graph).siblingsOf(record);
  const taken = takenTogether(record);
  for (const other of taken)
    model.leaveToDeploy(
      `${record.label} of ${record.resource.logicalId} and ${other.label} of ${other.resource.logicalId} are taken to answer for one name: that is known only at deploy`,
      record.resource,
    );
  const open = maybe.find((other) => !taken.includes(other));
  if (open === undefined) return;
  const what = `whether ${open.label} of ${open.resource.logicalId} answers for ${record.label} too is known only at deploy: it is left out`;
  if (taken.length === 0 && fits(record, open)) model.leaveToDeploy(what, record.resource);
  else model.assume(what, record.resource);
}
