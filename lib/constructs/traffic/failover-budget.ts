import { AWS_FACTS } from '../../calculus/aws-facts';
import { durationWords } from '../../calculus/duration-words';
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
      fix: fixOfWorst(failover, rtoSeconds),
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

/** How long a failover takes after a change. */
type Changed = (change: Partial<DnsFailover>) => number;

function fixOf(failover: DnsFailover, budgetSeconds: number): string {
  const dnsSeconds: Changed = (change) => failoverTime(pathOf({ ...failover, ...change })).dns.seconds;
  const fixes = sufficient(failover, dnsSeconds, budgetSeconds);
  if (fixes.length > 0) return `use ${fixes.join(', or ')}`;
  if (!Number.isFinite(dnsSeconds({}))) return 'let all checks decide, or give checks of this app';
  return `shorten it by ${dnsSeconds({}) - budgetSeconds} s: interval, threshold and TTL together`;
}

/** A time that no check can keep is no matter of its pace: it is owed, and can only be owed otherwise. */
function fixOfWorst(failover: DnsFailover, rtoSeconds: number): string {
  const worstSeconds: Changed = (change) => failoverTime(pathOf({ ...failover, ...change })).worst.seconds;
  const fixes = sufficient(failover, worstSeconds, rtoSeconds);
  if (fixes.length > 0) return `use ${fixes.join(', or ')}`;
  const least = worstSeconds({
    ...(failover.detection.kind === 'health-check' && { detection: quickest(failover.detection) }),
    ...(typeof failover.ttlSeconds === 'number' && { ttlSeconds: 0 }),
    promotionSeconds: 0,
    gateSeconds: 0,
  });
  if (least > rtoSeconds && Number.isFinite(least))
    return `give region an RTO of at least ${durationWords(least)} in the objectives: nothing that asks by DNS is sooner`;
  return `shorten it by ${worstSeconds({}) - rtoSeconds} s, beginning with the longest term`;
}

function quickest(detection: Detection & { readonly kind: 'health-check' }): Detection {
  const isSwitch = detection.intervalSeconds === 0;
  return isSwitch ? detection : { ...detection, intervalSeconds: FAST, failureThreshold: 1 };
}

/** Each change that mends it alone; what does not is not offered. */
function sufficient(failover: DnsFailover, seconds: Changed, limit: number): string[] {
  const ttl = limit - seconds({ ttlSeconds: 0 });
  return [
    ...(typeof failover.ttlSeconds === 'number' && ttl > 0 ? [`a TTL of ${ttl} s or less`] : []),
    ...quickerChecks(failover.detection, (detection) => seconds({ detection }), limit),
  ];
}

function quickerChecks(
  detection: Detection,
  seconds: (detection: Detection) => number,
  limit: number,
): string[] {
  if (detection.kind !== 'health-check' || !Number.isFinite(detection.failureThreshold)) return [];
  const { intervalSeconds, failureThreshold } = detection;
  const fixes: string[] = [];
  if (intervalSeconds > FAST && seconds({ ...detection, intervalSeconds: FAST }) <= limit) {
    fixes.push(`a health-check interval of ${FAST} s`);
  }
  const left = limit - seconds({ ...detection, failureThreshold: 0 });
  const threshold = Math.floor(left / intervalSeconds);
  if (threshold >= 1 && threshold < failureThreshold) fixes.push(`a failure threshold of ${threshold}`);
  return fixes;
}

/** The shorter of the two intervals that Route 53 offers. */
const FAST = Math.min(...AWS_FACTS.route53HealthCheckIntervalsSeconds.value);
