import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Mistake, refuse } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';
import { chooseReadiness, Readiness } from './readiness';
import { unitsBeforeScaling } from './unit-capacity';
import { standbyMistakes } from './unit-load';

/** How much a function has to carry, as far as nobody but its owner can know. */
export interface DeclaredConcurrency {
  /** How many calls run at once at the peak of the whole service, all regions together. */
  readonly peakConcurrency: number;

  /**
   * How many calls run at once on average. Counts at tier 2 only.
   *
   * @default - half of `peakConcurrency`: an assumption
   */
  readonly averageConcurrency?: number;

  /**
   * What a standby region keeps warm of the peak before a failover, as a fraction from 0 to 1.
   *
   * @default - 1 in a hot standby; 0 in a pilot light or where backups are restored; in a warm standby 1 at tier 0, 0.5
   * at tier 1 (0.25 is the least without a reason), else nothing
   */
  readonly standbyCapacity?: number;

  /**
   * How many calls find the function started at any time. 0 has each wait for a start.
   *
   * @default - the peak at tiers 0 and 1, the average at tier 2, none at tier 3
   */
  readonly provisionedConcurrency?: number;

  /**
   * How many calls of the quota of the account are kept for it, and the most that run at once. The quota is 1,000 in a
   * region until it is raised, and 100 must stay unreserved.
   *
   * @default - twice the peak
   */
  readonly reservedConcurrency?: number;
}

/** What is kept warm, and the most that runs. @internal */
export interface ChosenConcurrency {
  readonly provisioned: number;

  /** What scaling may keep warm. */
  readonly mostProvisioned: number;

  readonly reserved: number;
  readonly readiness: Readiness;
}

/** Everything in which a declared concurrency contradicts itself. @internal */
export function concurrencyMistakes(load: DeclaredConcurrency): Mistake[] {
  const { peakConcurrency, averageConcurrency, provisionedConcurrency, reservedConcurrency } = load;
  const least = {
    peakConcurrency: 1,
    averageConcurrency: 1,
    reservedConcurrency: 1,
    provisionedConcurrency: 0,
  };
  const counts = { peakConcurrency, averageConcurrency, reservedConcurrency, provisionedConcurrency };
  const mistakes: Mistake[] = Object.entries(counts).flatMap(([what, count]) => {
    const from = least[what as keyof typeof least];
    if (count === undefined || (!Token.isUnresolved(count) && Number.isInteger(count) && count >= from))
      return [];
    return [
      {
        problem: `${what} is ${Token.isUnresolved(count) ? 'known at deployment only' : count}`,
        fix: `set ${what} to a whole number from ${from}`,
      },
    ];
  });
  if (averageConcurrency !== undefined && averageConcurrency > peakConcurrency) {
    mistakes.push({
      problem: `averageConcurrency is ${averageConcurrency}, more than the ${peakConcurrency} peakConcurrency`,
      fix: `set averageConcurrency to ${peakConcurrency} or less`,
    });
  }
  return [...mistakes, ...standbyMistakes(load.standbyCapacity)];
}

/**
 * How many calls find a function started, and how many run at once at the most. Lambda runs a function in all zones, and
 * starts what is not provisioned on demand.
 *
 * @throws ConfigurationError where less is asked for than the tier owes
 * @internal
 */
export function chooseConcurrency(
  construct: Construct,
  choices: TierChoices,
  load: DeclaredConcurrency,
): ChosenConcurrency {
  const { policy } = choices;
  const { because, source } = policy.zoneLossLoad;
  const { peakConcurrency: peak, averageConcurrency: average = Math.ceil(peak / 2) } = load;
  const { readiness, standbyCapacity } = chooseReadiness(construct, choices, load.standbyCapacity);
  choices.record({ what: 'peakConcurrency', value: peak, because: 'declared', source: 'the caller' });
  const serves = readiness === Readiness.SERVES;
  const owed = serves ? unitsBeforeScaling(policy, { peak, average }) : Math.ceil(peak * standbyCapacity);
  const provisioned = choices.atLeast({
    what: 'provisionedConcurrency',
    owed: { value: owed, because: serves ? because : 'what the region keeps warm before a failover', source },
    chosen: load.provisionedConcurrency,
  });
  const reserved = choices.atLeast({
    what: 'reservedConcurrency',
    owed: {
      value: 2 * peak,
      because: 'room for as much again as the peak, which no other function takes',
      source,
    },
    limit: { value: peak, because: 'no other function takes what the peak needs', source },
    chosen: load.reservedConcurrency,
  });
  const isMore = !Token.isUnresolved(provisioned) && provisioned > reserved;
  refuse(
    construct.node.path,
    isMore
      ? [
          {
            problem: `provisionedConcurrency is ${provisioned}, more than the ${reserved} reservedConcurrency`,
            fix: `set reservedConcurrency to ${provisioned} or more`,
          },
        ]
      : [],
  );
  return {
    provisioned,
    mostProvisioned: Math.max(provisioned, Math.min(reserved, peak)),
    reserved,
    readiness,
  };
}
