import { AWS_FACTS } from '../../calculus/aws-facts';
import {
  type Detection,
  type FailoverPath,
  type FailoverStep,
  failoverText,
  failoverTime,
} from '../../calculus/failover-time';
import { ConfigurationError } from '../../errors';

/** A failover by DNS. Times in seconds. @internal */
export interface DnsFailover {
  /** What notices that an endpoint is broken. */
  readonly detection: Detection;
  /** `undefined` where no DNS moves users. */
  readonly ttlSeconds: number | 'alias' | undefined;

  /** What the other region needs until it can serve. */
  readonly promotionSeconds: number;

  /** What people need until they agree. */
  readonly gateSeconds: number;
}

/** What a failover must fit into. Times in seconds. @internal */
export interface FailoverLimits {
  /** Whose failover it is, for the error. */
  readonly path: string;

  /** Who owes it: `tier 1`. */
  readonly owedBy: string;

  /** Detection and TTL as they usually are; `undefined` where none is owed. */
  readonly budgetSeconds: number | undefined;

  /** Everything at its worst. */
  readonly rtoSeconds: number;
}

/**
 * Holds a failover by DNS against what is owed.
 *
 * @throws ConfigurationError with the sum, term by term
 * @internal
 */
export function checkFailover(failover: DnsFailover, limits: FailoverLimits): void {
  const { path, owedBy, budgetSeconds, rtoSeconds } = limits;
  const { dns, worst } = failoverTime(pathOf(failover));
  if (budgetSeconds !== undefined && dns.seconds > budgetSeconds) {
    throw new ConfigurationError({
      path,
      problem: `failover takes ${failoverText(dns)}, but ${owedBy} owes ${budgetSeconds} s`,
      fix: fixOf(failover, budgetSeconds),
    });
  }
  if (worst.seconds > rtoSeconds) {
    throw new ConfigurationError({
      path,
      problem: `failover takes up to ${failoverText(worst)}, but the RTO for the loss of a region is ${rtoSeconds} s`,
      fix: `shorten it by ${worst.seconds - rtoSeconds} s, beginning with the longest term`,
    });
  }
}

function pathOf(failover: DnsFailover): FailoverPath {
  const { detection, ttlSeconds, promotionSeconds, gateSeconds } = failover;
  return {
    detection,
    ...(ttlSeconds !== undefined && { ttlSeconds }),
    promotion: declaredStep('promotion', promotionSeconds),
    gates: declaredStep('approval', gateSeconds),
  };
}

function declaredStep(what: string, seconds: number): FailoverStep[] {
  if (seconds === 0) return [];
  return [{ what, typicalSeconds: seconds, worstSeconds: seconds, source: 'declared by the caller' }];
}

/** Each change that mends it alone; what does not is not offered. */
function fixOf(failover: DnsFailover, budgetSeconds: number): string {
  const dnsSeconds = (change: Partial<DnsFailover>): number =>
    failoverTime(pathOf({ ...failover, ...change })).dns.seconds;
  const fixes: string[] = [];
  const ttl = budgetSeconds - dnsSeconds({ ttlSeconds: 0 });
  if (typeof failover.ttlSeconds === 'number' && ttl > 0) fixes.push(`a TTL of ${ttl} s or less`);
  fixes.push(...quickerChecks(failover.detection, (detection) => dnsSeconds({ detection }), budgetSeconds));
  if (fixes.length > 0) return `use ${fixes.join(', or ')}`;
  if (!Number.isFinite(dnsSeconds({}))) return 'let all checks decide, or give checks of this app';
  return `shorten it by ${dnsSeconds({}) - budgetSeconds} s: interval, threshold and TTL together`;
}

function quickerChecks(
  detection: Detection,
  dnsSeconds: (detection: Detection) => number,
  budgetSeconds: number,
): string[] {
  if (detection.kind !== 'health-check' || !Number.isFinite(detection.failureThreshold)) return [];
  const { intervalSeconds, failureThreshold } = detection;
  const fixes: string[] = [];
  if (intervalSeconds > FAST && dnsSeconds({ ...detection, intervalSeconds: FAST }) <= budgetSeconds) {
    fixes.push(`a health-check interval of ${FAST} s`);
  }
  const left = budgetSeconds - dnsSeconds({ ...detection, failureThreshold: 0 });
  const threshold = Math.floor(left / intervalSeconds);
  if (threshold >= 1 && threshold < failureThreshold) fixes.push(`a failure threshold of ${threshold}`);
  return fixes;
}

/** The shorter of the two intervals that Route 53 offers. */
const FAST = Math.min(...AWS_FACTS.route53HealthCheckIntervalsSeconds.value);
