import type { Duration } from 'aws-cdk-lib/core';
import { Span, type TimeSpan } from '../../calculus/time-span';
import type { Decided } from '../../objectives/policy/decided';
import type { TierChoices } from '../governance/tier-choices';
import { checkFailover, type DnsFailover } from './failover-budget';

/** What a person says about the pace of a failover. @internal */
export interface FailoverPace {
  readonly ttl?: Duration;
  readonly failoverBudget?: Duration;
  readonly promotion?: Duration;
  readonly approval?: Duration;
  readonly healthCheckInterval?: Duration;
  readonly healthCheckFailureThreshold?: number;
}

/** What the pace is held against besides the tier. @internal */
export interface FailoverContext {
  /** The construct path, for errors. */
  readonly path: string;

  /** Whether the record is an alias, whose time to live is fixed. */
  readonly isAlias: boolean;

  /** The recovery time objective for the loss of a region. */
  readonly rto: TimeSpan;
}

/** The pace that was chosen. @internal */
export interface FailoverTiming {
  readonly interval: Duration;
  readonly failureThreshold: number;

  /** `undefined` for an alias. */
  readonly ttl: Duration | undefined;
}

/**
 * Chooses the pace of a failover by DNS. The sum is judged first: it says more than a single value that is too slow.
 *
 * @throws ConfigurationError when the failover does not fit, or a value is weaker than the tier owes without a reason
 * @internal
 */
export function chooseTiming(
  choices: TierChoices,
  pace: FailoverPace,
  context: FailoverContext,
): FailoverTiming {
  const { policy } = choices;
  const budget = chooseBudget(choices, pace.failoverBudget);
  const intervalSeconds = (pace.healthCheckInterval ?? policy.healthCheckInterval.value).toSeconds();
  const failureThreshold = pace.healthCheckFailureThreshold ?? policy.healthCheckFailureThreshold.value;
  const owedTtl = ttlWithin(budget, policy.dnsTtl, intervalSeconds * failureThreshold);
  const failover: DnsFailover = {
    intervalSeconds,
    failureThreshold,
    ttlSeconds: context.isAlias ? 'alias' : (pace.ttl ?? owedTtl.value).toSeconds(),
    promotionSeconds: pace.promotion?.toSeconds() ?? 0,
    gateSeconds: pace.approval?.toSeconds() ?? 0,
  };
  checkFailover(failover, {
    path: context.path,
    owedBy: pace.failoverBudget ? 'failoverBudget' : `tier ${choices.tier}`,
    budgetSeconds: budget?.toSeconds(),
    rtoSeconds: context.rto.toSeconds(),
  });
  return {
    interval: choices.shortest({
      what: 'healthCheckInterval',
      owed: policy.healthCheckInterval,
      chosen: pace.healthCheckInterval,
    }),
    failureThreshold: choices.atMost({
      what: 'healthCheckFailureThreshold',
      owed: policy.healthCheckFailureThreshold,
      chosen: pace.healthCheckFailureThreshold,
    }),
    ttl: context.isAlias
      ? undefined
      : choices.shortest({ what: 'ttl', owed: owedTtl, limit: policy.maximumDnsTtl, chosen: pace.ttl }),
  };
}

function chooseBudget(choices: TierChoices, chosen: Duration | undefined): TimeSpan | undefined {
  const { value, because, source } = choices.policy.dnsFailoverBudget;
  // Where none is owed, a person moves the traffic, and any budget is more than is owed.
  if (value === undefined) return chosen;
  return choices.shortest({ what: 'failoverBudget', owed: { value, because, source }, chosen });
}

/** What the budget leaves for the time to live, at most what the tier decides. */
function ttlWithin(
  budget: TimeSpan | undefined,
  owed: Decided<TimeSpan>,
  detectionSeconds: number,
): Decided<TimeSpan> {
  const left = budget === undefined ? Number.POSITIVE_INFINITY : budget.toSeconds() - detectionSeconds;
  // Nothing left: the sum with the tier's own time to live says so.
  if (left >= owed.value.toSeconds() || left <= 0) return owed;
  return {
    value: Span.seconds(left),
    because: `the DNS failover budget leaves it after ${detectionSeconds} s of detection`,
    source: owed.source,
  };
}
