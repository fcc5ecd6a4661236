import type { HealthCheck } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Token } from 'aws-cdk-lib/core';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { TimeSpan } from '../../calculus/time-span';
import { type Mistake, refuse } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';

/** What a person says about the health checks of targets. @internal */
export interface TargetHealthCheckPace {
  readonly healthCheckInterval?: Duration;
  readonly healthCheckTimeout?: Duration;
  readonly unhealthyThreshold?: number;
  readonly healthyThreshold?: number;
}

/**
 * How fast a load balancer finds out that a target is broken or well again.
 *
 * @throws ConfigurationError for what Elastic Load Balancing does not take, or what is slower than the tier owes
 * @internal
 */
export function targetHealthCheck(
  path: string,
  choices: TierChoices,
  pace: TargetHealthCheckPace,
): HealthCheck {
  const { policy } = choices;
  const interval = choices.shortest({
    what: 'healthCheckInterval',
    owed: policy.lbCheckInterval,
    chosen: pace.healthCheckInterval,
  });
  const unhealthyThresholdCount = choices.atMost({
    what: 'unhealthyThreshold',
    owed: policy.lbUnhealthyThreshold,
    chosen: pace.unhealthyThreshold,
  });
  const healthyThresholdCount = choices.atMost({
    what: 'healthyThreshold',
    owed: policy.lbHealthyThreshold,
    chosen: pace.healthyThreshold,
  });
  const { elbIntervalRangeSeconds, elbTimeoutRangeSeconds, elbThresholdRange } = AWS_FACTS;
  // The longest timeout follows from the interval, so this is judged first.
  refuse(path, outside('healthCheckInterval', interval.toSeconds(), elbIntervalRangeSeconds.value, ' s'));
  const timeout = pace.healthCheckTimeout ?? decidedTimeout(interval, policy.lbCheckTimeout.value);
  const timeoutRange = { ...elbTimeoutRangeSeconds.value, most: longestTimeout(interval) };
  refuse(path, [
    ...outside('healthCheckTimeout', timeout.toSeconds(), timeoutRange, ' s'),
    ...outside('unhealthyThreshold', unhealthyThresholdCount, elbThresholdRange.value),
    ...outside('healthyThreshold', healthyThresholdCount, elbThresholdRange.value),
  ]);
  return { interval, timeout, unhealthyThresholdCount, healthyThresholdCount, healthyHttpCodes: '200' };
}

interface Range {
  readonly least: number;
  readonly most: number;
}

function outside(what: string, value: number, { least, most }: Range, unit = ''): Mistake[] {
  if (Token.isUnresolved(value) || (value >= least && value <= most)) return [];
  return [
    {
      problem: `${what} is ${value}${unit}, but it must be from ${least} to ${most}${unit}`,
      fix: `set ${what} to ${Math.min(Math.max(value, least), most)}${unit}`,
    },
  ];
}

function decidedTimeout(interval: Duration, decided: TimeSpan): Duration {
  return Duration.seconds(Math.min(decided.toSeconds(), longestTimeout(interval)));
}

/** A check that waits as long as its interval would overlap with the next. */
function longestTimeout(interval: Duration): number {
  const { most } = AWS_FACTS.elbTimeoutRangeSeconds.value;
  const seconds = interval.toSeconds();
  return Token.isUnresolved(seconds) ? most : Math.min(most, seconds - 1);
}
