import { RecoveryApproach } from './policy/regions';
import type { TopologyNeeds } from './topology-needs';
import { DnsRouting, type TopologyReason } from './topology-recommended';

const ROUTING_POLICIES = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html';

/** The routing of an approach, and why. @internal */
export function routingOf(
  approach: RecoveryApproach,
  { sessionAffinity = false }: TopologyNeeds,
): { readonly routing: DnsRouting; readonly reason: TopologyReason } {
  if (approach === RecoveryApproach.BACKUP_AND_RESTORE) {
    const because = 'there is nothing to fail over to until a person has restored it';
    return { routing: DnsRouting.SIMPLE, reason: { because, source: ROUTING_POLICIES } };
  }
  if (approach !== RecoveryApproach.ACTIVE_ACTIVE) {
    const because = 'one region serves; users move to the other only when its health check fails';
    return { routing: DnsRouting.FAILOVER, reason: { because, source: ROUTING_POLICIES } };
  }
  const because = sessionAffinity
    ? 'all regions serve, each user the nearest; a user may change region, so sessions must lie in the replicated store'
    : 'all regions serve, each user the nearest; an unhealthy one is left out';
  return { routing: DnsRouting.LATENCY, reason: { because, source: ROUTING_POLICIES } };
}
