import type { Duration } from 'aws-cdk-lib/core';
import type { Detection } from '../../calculus/failover-time';
import { Span, type TimeSpan } from '../../calculus/time-span';
import type { Decided } from '../../objectives/policy/decided';
import type { TierChoices } from '../governance/tier-choices';
import type { DnsEntryProps } from './dns-entry-props';
import { checkFailover } from './failover-budget';
import { joinedDetection } from './joined-detection';

/** What the pace is held against besides the tier. @internal */
export interface FailoverContext {
  /** The construct path, for errors. */
  readonly path: string;

  /** Whether the record is an alias, whose time to live is fixed. */
  readonly isAlias: boolean;

  /** The recovery time objective for the loss of a region. */
  readonly rto: TimeSpan;

  /** What the other region needs until it can serve. */
  readonly promotion: TimeSpan | undefined;
}

/** What a person says about the pace of a check. @internal */
export interface CheckPaceProps {
  readonly healthCheckInterval?: Duration;
  readonly healthCheckFailureThreshold?: number;
}

/** How often an endpoint is asked, and how often it may be silent. @internal */
export interface CheckPace {
  readonly interval: Duration;
  readonly failureThreshold: number;
}

/**
 * Chooses the time to live of a record that fails over; `undefined` for an alias. The sum is judged first: it says more
 * than a single value that is too slow.
 *
 * @throws ConfigurationError when the failover does not fit, or a value is weaker than the tier owes without a reason
 * @internal
 */
export function chooseTtl(
  choices: TierChoices,
  pace: DnsEntryProps,
  context: FailoverContext,
): Duration | undefined {
  const { policy } = choices;
  const budget = chooseBudget(choices, pace.failoverBudget);
  const detection = detectionOf(choices, pace);
  const owedTtl = ttlWithin(budget, policy.dnsTtl, typicalSeconds(detection));
  checkFailover(
    {
      detection,
      ttlSeconds: context.isAlias ? 'alias' : (pace.ttl ?? owedTtl.value).toSeconds(),
      promotionSeconds: context.promotion?.toSeconds() ?? 0,
      gateSeconds: pace.approval?.toSeconds() ?? 0,
    },
    {
      path: context.path,
      owedBy: pace.failoverBudget ? 'failoverBudget' : `tier ${choices.tier}`,
      budgetSeconds: budget?.toSeconds(),
      rtoSeconds: context.rto.toSeconds(),
    },
  );
  if (context.isAlias) return undefined;
  return choices.shortest({ what: 'ttl', owed: owedTtl, limit: policy.maximumDnsTtl, chosen: pace.ttl });
}

/** The pace of a check of an endpoint, as the tier or a person decides. @internal */
export function checkPace(
  choices: TierChoices,
  { healthCheckInterval, healthCheckFailureThreshold }: CheckPaceProps,
): CheckPace {
  const { policy } = choices;
  return {
    interval: choices.shortest({
      what: 'healthCheckInterval',
      owed: policy.healthCheckInterval,
      chosen: healthCheckInterval,
    }),
    failureThreshold: choices.atMost({
      what: 'healthCheckFailureThreshold',
      owed: policy.healthCheckFailureThreshold,
      chosen: healthCheckFailureThreshold,
    }),
  };
}

/** A switch is turned by people or a plan, whose time is the approval: nothing has to be noticed by Route 53. */
function detectionOf({ policy }: TierChoices, pace: DnsEntryProps): Detection {
  if (pace.switchedBy) return { kind: 'health-check', intervalSeconds: 0, failureThreshold: 0 };
  return joinedDetection(pace, {
    kind: 'health-check',
    intervalSeconds: (pace.healthCheckInterval ?? policy.healthCheckInterval.value).toSeconds(),
    failureThreshold: pace.healthCheckFailureThreshold ?? policy.healthCheckFailureThreshold.value,
  });
}

function typicalSeconds(detection: Detection): number {
  return detection.kind === 'alarm'
    ? detection.periodSeconds * detection.evaluationPeriods
    : detection.intervalSeconds * detection.failureThreshold;
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
