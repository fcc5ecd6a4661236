import type { DnsRecord, FailoverRole } from '../../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../../assembly/dns/dns-records';
import { routingPolicyOf } from '../../../assembly/dns/dns-routing';

/**
 * All records that answer the same question, the one that stands for them first. Where only deployment knows their name or zone,
 * those that are made for each other count as one name.
 */
export function sameName(record: DnsRecord): readonly DnsRecord[] {
  const { sure } = dnsRecordsOf(record.resource.stack.graph).siblingsOf(record);
  return [record, ...sure, ...takenTogether(record)].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** More records than this of which nobody knows the name are no one name. */
const MOST_TAKEN = 20;

const known = new WeakMap<DnsRecord, readonly DnsRecord[]>();

/** The records of which only deployment knows whether they answer for the name of another one, and that are made to. */
export function takenTogether(record: DnsRecord): readonly DnsRecord[] {
  const taken = known.get(record) ?? takenFor(record);
  known.set(record, taken);
  return taken;
}

function takenFor(record: DnsRecord): readonly DnsRecord[] {
  const { sure, maybe } = dnsRecordsOf(record.resource.stack.graph).siblingsOf(record);
  const fitting = maybe.filter((other) => fits(record, other));
  if (!isSide(record.failover)) return fitting.length > MOST_TAKEN ? [] : fitting;
  // Of several other sides nothing tells which is meant; beside a sure one none is.
  const settled = sure.some(({ failover }) => isSide(failover) && failover !== record.failover);
  return settled || fitting.length > 1 ? [] : fitting;
}

/** Whether two records may share a name: the two sides of a failover, or two of one routing policy. */
export function fits(one: DnsRecord, other: DnsRecord): boolean {
  if (isSide(one.failover) || isSide(other.failover))
    return isSide(one.failover) && isSide(other.failover) && one.failover !== other.failover;
  const policy = routingPolicyOf(one);
  const [mine, theirs] = [one, other].map((record) => record.text('SetIdentifier'));
  const apart = typeof mine === 'string' && typeof theirs === 'string' && mine !== theirs;
  return apart && typeof policy === 'string' && policy === routingPolicyOf(other);
}

function isSide(role: DnsRecord['failover']): role is FailoverRole {
  return typeof role === 'string';
}

/** The record that stands for all of its name: the primary, else the first. */
export function headOf(record: DnsRecord): DnsRecord {
  return sameName(record)[0] ?? record;
}

function keyOf(record: DnsRecord): string {
  const rank = record.failover === 'PRIMARY' ? 0 : 1;
  return `${rank} ${record.resource.id} ${record.property('Name')}`;
}
