import type { HealthCheck } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Token } from 'aws-cdk-lib/core';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { TimeSpan } from '../../calculus/time-span';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';

/** How targets are checked, and how they leave. */
export interface TargetCheckProps {
  /**
   * Where the application says whether it can serve. A path of its own: `/` is refused.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * Time between two health checks of a target.
   *
   * @default - 5 s, 10 s, 15 s, 30 s at tiers 0, 1, 2, 3
   */
  readonly healthCheckInterval?: Duration;

  /**
   * How long a health check waits for its answer.
   *
   * @default - 3 s at tier 0, 5 s below; always shorter than the interval
   */
  readonly healthCheckTimeout?: Duration;

  /**
   * Failed checks in a row until a target gets no more requests.
   *
   * @default - 2 at tiers 0 and 1, 3 below
   */
  readonly unhealthyThreshold?: number;

  /**
   * Good checks in a row until a target gets requests.
   *
   * @default - 2, 2, 3, 5 at tiers 0, 1, 2, 3
   */
  readonly healthyThreshold?: number;

  /**
   * How long open requests of a leaving target may take to end. Functions have none: they end what they began.
   *
   * @default - 1 min, 1 min, 2 min, 5 min at tiers 0, 1, 2, 3
   */
  readonly deregistrationDelay?: Duration;
}

/**
 * How fast a load balancer finds out that a target is broken or well again.
 *
 * @throws ConfigurationError for what Elastic Load Balancing does not take, or what is slower than the tier owes
 * @internal
 */
export function targetHealthCheck(path: string, choices: TierChoices, pace: TargetCheckProps): HealthCheck {
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
    ...delayMistakes(pace.deregistrationDelay),
  ]);
  return { interval, timeout, unhealthyThresholdCount, healthyThresholdCount, healthyHttpCodes: '200' };
}

/** What AWS takes of a number. @internal */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What is wrong with a number that AWS does not take. @internal */
export function outside(what: string, value: number, { least, most }: Range, unit = ''): Mistake[] {
  if (Token.isUnresolved(value) || (value >= least && value <= most)) return [];
  return [
    {
      problem: `${what} is ${value}${unit}, but it must be from ${least} to ${most}${unit}`,
      fix: `set ${what} to ${Math.min(Math.max(value, least), most)}${unit}`,
    },
  ];
}

/**
 * What keeps a number from being a port. The nearest one that there is would be another program's, so it is not named.
 *
 * @internal
 */
export function portMistakes(what: string, port: number): Mistake[] {
  if (Token.isUnresolved(port) || (Number.isInteger(port) && port >= 1 && port <= HIGHEST_PORT)) return [];
  return [
    {
      problem: `${what} is ${quoted(port)}, but it must be a whole number from 1 to ${HIGHEST_PORT}`,
      fix: `set ${what} to the port that the application listens on, such as 8080`,
    },
  ];
}

const HIGHEST_PORT = 65_535;

function decidedTimeout(interval: Duration, decided: TimeSpan): Duration {
  return Duration.seconds(Math.min(decided.toSeconds(), longestTimeout(interval)));
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const LONGEST_DELAY = { least: 0, most: 3600 };

function delayMistakes(delay: Duration | undefined): Mistake[] {
  if (!delay || delay.isUnresolved()) return [];
  return outside('deregistrationDelay', delay.toSeconds(), LONGEST_DELAY, ' s');
}

/** A check that waits as long as its interval would overlap with the next. */
function longestTimeout(interval: Duration): number {
  const { most } = AWS_FACTS.elbTimeoutRangeSeconds.value;
  const seconds = interval.toSeconds();
  return Token.isUnresolved(seconds) ? most : Math.min(most, seconds - 1);
}
