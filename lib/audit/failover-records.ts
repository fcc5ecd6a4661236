import type { DnsRecord, FailoverRole } from '../assembly/dns/dns-record';
import { dnsRecordsOf } from '../assembly/dns/dns-records';
import { type Judgement, notApplicable, unknown } from '../assembly/judgement';
import { existsWith } from '../assembly/presence';
import type { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';

/** The other side of a failover. */
export interface Partners {
  /** Records that surely are. */
  readonly sure: readonly DnsRecord[];

  /** Why there may be others. @default - there are no others in the app */
  readonly unknown?: string;
}

/** Judges every record that a record set or a group of them holds. */
export function eachRecord(
  resource: Resource,
  judge: (record: DnsRecord) => Judgement,
): readonly Judgement[] {
  const records = dnsRecordsOf(resource.stack.graph).of(resource);
  return records instanceof Unknown ? [unknown('RecordSets', records)] : records.map(judge);
}

/** Judges every record of a failover pair that a resource holds. */
export function eachFailoverRecord(
  resource: Resource,
  judge: (record: DnsRecord, role: FailoverRole) => Judgement,
): readonly Judgement[] {
  return eachRecord(resource, (record) => {
    const role = record.failover;
    if (role === undefined) return notApplicable(`${record.label} is no failover record`);
    return role instanceof Unknown ? unknown(record.property('Failover'), role) : judge(record, role);
  });
}

/** Judges a failover record together with each record on the other side. */
export function eachPartner(
  record: DnsRecord,
  role: FailoverRole,
  judge: (partner: DnsRecord) => Judgement,
): readonly Judgement[] {
  const partners = partnersOf(record, role);
  if (partners.sure.length > 0) return partners.sure.map(judge);
  return partners.unknown === undefined
    ? [notApplicable(`${record.label} has no ${otherSide(role)} record`)]
    : [unknown(record.property('Failover'), partners.unknown)];
}

export function otherSide(role: FailoverRole): FailoverRole {
  return role === 'PRIMARY' ? 'SECONDARY' : 'PRIMARY';
}

/** The records of the same zone, name and type on the other side, over all stacks of the app. */
export function partnersOf(record: DnsRecord, role: FailoverRole): Partners {
  const records = dnsRecordsOf(record.resource.stack.graph);
  const { sure, maybe } = records.siblingsOf(record);
  const wanted = otherSide(role);
  const found = sure.filter((other) => other.failover === wanted && standsWith(other, record));
  const open = [
    ...sure.map((other) => whyOpen(other, wanted)),
    ...maybe.map((other) => whyOpen(other, wanted) ?? whyMaybe(other, wanted)),
    records.unseen,
  ].find((why) => why !== undefined);
  return { sure: found, ...(open !== undefined && { unknown: open }) };
}

/** Whether a record exists whenever another does. */
function standsWith(other: DnsRecord, record: DnsRecord): boolean {
  if (other.presence === true || other.presence === record.presence) return true;
  return other.isWholeResource && existsWith(other.resource, record.resource) === true;
}

function whyOpen(other: DnsRecord, wanted: FailoverRole): string | undefined {
  if (other.failover instanceof Unknown) return other.failover.reason;
  return other.failover === wanted && other.presence instanceof Unknown ? other.presence.reason : undefined;
}

function whyMaybe(other: DnsRecord, wanted: FailoverRole): string | undefined {
  return other.failover === wanted
    ? `whether ${other.label} of ${other.resource.logicalId} has the same zone and name is known only at deploy`
    : undefined;
}
