import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { dnsRecordsOf } from '../../../assembly/dns/dns-records';

/** All records that surely answer the same question, the one that stands for them first. */
export function sameName(record: DnsRecord): readonly DnsRecord[] {
  const { sure } = dnsRecordsOf(record.resource.stack.graph).siblingsOf(record);
  return [record, ...sure].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The record that stands for all of its name: the primary, else the first. */
export function headOf(record: DnsRecord): DnsRecord {
  return sameName(record)[0] ?? record;
}

function keyOf(record: DnsRecord): string {
  const rank = record.failover === 'PRIMARY' ? 0 : 1;
  return `${rank} ${record.resource.id} ${record.property('Name')}`;
}
