import type { Truth } from '../conditions';
import { Unknown } from '../value';
import type { DnsRecord } from './dns-record';

/** The properties by which a record shares a name with others, other than by failover. */
const POLICIES = [
  'Weight',
  'Region',
  'GeoLocation',
  'GeoProximityLocation',
  'MultiValueAnswer',
  'CidrRoutingConfig',
] as const;

/** The property by which a record is one of a set; undefined where it is none, or stands in a failover. */
export function routingPolicyOf(record: DnsRecord): string | Unknown | undefined {
  for (const name of POLICIES) {
    const value = record.get(name);
    if (value instanceof Unknown && value.maybeAbsent) return value;
    if (value !== undefined && value !== null && value !== '' && value !== false) return name;
  }
  return undefined;
}

/** Whether Route 53 leaves a record out when what it leads to is broken. */
export function evaluatesHealth(record: DnsRecord): Truth {
  const id = record.healthCheckId;
  if (id !== undefined && !(id instanceof Unknown && id.maybeAbsent)) return true;
  const evaluates = record.evaluatesTargetHealth;
  return evaluates !== true && id instanceof Unknown ? id : evaluates;
}
