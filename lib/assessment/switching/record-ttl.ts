import type { DnsRecord } from '../../assembly/dns/dns-record';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';

/** How long resolvers keep the answer of a record. */
export interface RecordTtl {
  readonly seconds: number;
  readonly source: string;

  /** Why it is taken as it is. @default - the app tells it */
  readonly taken?: string;
}

/** What DNS can write as a time to live: 31 bits (RFC 2181, 8). */
const MOST_SECONDS = 2_147_483_647;

/**
 * The time to live of a record: that of all aliases, or its own. Where the app does not tell it, it is taken as what CDK gives a
 * record that sets none, and who asks must say so.
 */
export function ttlOf(record: DnsRecord): RecordTtl {
  const { route53AliasTtlSeconds: alias, cdkDefaultRecordTtlSeconds: otherwise } = AWS_FACTS;
  if (record.isAlias === true) return { seconds: alias.value, source: alias.source };
  const { ttl } = record;
  if (typeof ttl === 'number' && ttl >= 0 && ttl <= MOST_SECONDS)
    return { seconds: ttl, source: record.property('TTL') };
  return {
    seconds: otherwise.value,
    source: `assumed; ${otherwise.source} gives the order`,
    taken: `the TTL of ${record.label} is taken as ${otherwise.value} s: ${whyTaken(ttl)}`,
  };
}

function whyTaken(ttl: DnsRecord['ttl']): string {
  if (typeof ttl === 'number') return `${ttl} s is no time to live`;
  return ttl instanceof Unknown ? `the app does not tell it (${ttl.reason})` : 'the app does not tell it';
}
