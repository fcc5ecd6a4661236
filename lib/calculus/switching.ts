import type { Fact } from './fact';
import type { FailoverTerm } from './failover-time';
import { type Likelihood, type LikelihoodTerm, without } from './likelihood';

/**
 * How long what fails stays broken on average, in seconds: an hour. Nobody publishes it; it turns how much of the time
 * something is down into how often it goes down.
 */
export const MEAN_REPAIR_SECONDS: Fact<number> = {
  value: 3600,
  source: 'assumed',
  asOf: '2026-11',
  confidence: 'assumed',
};

/**
 * The share of an outage that is over before a failover is through.
 *
 * What is repaired in an hour on average, at times that have no memory, is still broken after t with the probability
 * e^(-t / 1 h): of all the time that it is down, a share of 1 - e^(-t / 1 h) lies before t. Nobody waits longer for the
 * failover than for the repair, so the share stays below 1.
 *
 * @param seconds how long the failover takes; `Infinity` where it never comes
 */
export function shareOfOutage(seconds: number, meanRepairSeconds = MEAN_REPAIR_SECONDS.value): number {
  return 1 - Math.exp(-Math.max(0, seconds) / meanRepairSeconds);
}

/**
 * How likely users still wait for a failover while what they come from is down.
 *
 * @param repair how long what fails stays broken on average, in seconds. Default: an hour
 */
export function switchingLikelihood(
  steps: readonly FailoverTerm[],
  repair: Fact<number> = MEAN_REPAIR_SECONDS,
): Likelihood {
  const seconds = steps.reduce((total, step) => total + step.seconds, 0);
  const { value: mean, source, confidence } = repair;
  const unavailability = shareOfOutage(seconds, mean);
  return {
    unavailability,
    terms: [
      {
        what: `failovers that take as long as they do, of outages of ${Number((mean / 3600).toPrecision(3))} h`,
        value: unavailability,
        source,
        confidence,
      },
      ...steps.map((step) => termOf(step, mean)),
    ],
  };
}

/** What something fails by that moves to a standby by itself. */
export interface FailingOver {
  /** One of it alone, without a standby. */
  readonly alone: Likelihood;

  /** All of it, standby and switch included. */
  readonly whole: Likelihood;

  /** What a failover takes. */
  readonly steps: readonly FailoverTerm[];
}

/**
 * How much of the time something is switched to its standby. What all of it is down is no failover; of all else that one alone
 * would be down, users wait the share that is over before the failover is through. So with a standby it is never down for
 * longer than alone.
 *
 * @param repair how long what fails stays broken on average, in seconds. Default: an hour
 */
export function failingOverLikelihood(
  { alone, whole, steps }: FailingOver,
  repair: Fact<number> = MEAN_REPAIR_SECONDS,
): Likelihood {
  const share = switchingLikelihood(steps, repair);
  const masked = without(whole, alone);
  const most = whole.unavailability < alone.unavailability ? masked.unavailability : 0;
  return {
    unavailability: share.unavailability * most,
    terms: [...share.terms, ...masked.terms],
  };
}

function termOf({ what, seconds, source }: FailoverTerm, repair: number): LikelihoodTerm {
  const assumed = /\bassum/.test(source);
  return {
    what: `${what}: ${seconds} s of ${repair} s`,
    value: seconds / repair,
    source,
    confidence: assumed ? 'assumed' : 'documented',
  };
}
