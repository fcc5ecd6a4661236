import { Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../objectives/mistakes';

/** How much a service has to carry, as far as nobody but its owner can know. */
export interface DeclaredLoad {
  /** How many tasks carry the peak of the whole service, all regions together, when nothing is broken. */
  readonly peakTasks: number;

  /** How many requests a minute one task serves, well, at the most. Measure it with a load test. */
  readonly requestsPerTaskPerMinute: number;

  /**
   * How many tasks carry the average. Counts at tier 2 only, which owes to carry it after the loss of a zone.
   *
   * @default - half of `peakTasks`: an assumption
   */
  readonly averageTasks?: number;

  /**
   * What a standby region runs of the peak before a failover, as a fraction from 0 to 1.
   *
   * @default - 1 at tier 0, 0.5 at tier 1 (0.25 is the least without a reason), else the least number of tasks
   */
  readonly standbyCapacity?: number;

  /**
   * Tasks that are never stopped.
   *
   * @default - what carries the peak (tiers 0, 1) or the average (tier 2) after a zone is lost, else one
   */
  readonly minTasks?: number;

  /**
   * Tasks that scaling may start.
   *
   * @default - twice as many as carry the peak
   */
  readonly maxTasks?: number;
}

/** Everything in which a declared load contradicts itself. @internal */
export function loadMistakes(load: DeclaredLoad): Mistake[] {
  const { peakTasks, averageTasks, minTasks, maxTasks, requestsPerTaskPerMinute, standbyCapacity } = load;
  const counts = { peakTasks, averageTasks, minTasks, maxTasks, requestsPerTaskPerMinute };
  const mistakes: Mistake[] = Object.entries(counts)
    .filter(
      ([, count]) => count !== undefined && (Token.isUnresolved(count) || !(count >= 1) || count % 1 !== 0),
    )
    .map(([what, count]) => ({
      problem: `${what} is ${Token.isUnresolved(count) ? 'known at deployment only' : count}`,
      fix: `set ${what} to a whole number from 1`,
    }));
  if (averageTasks !== undefined && averageTasks > peakTasks) {
    mistakes.push({
      problem: `averageTasks is ${averageTasks}, more than the ${peakTasks} peakTasks`,
      fix: `set averageTasks to ${peakTasks} or less`,
    });
  }
  if (standbyCapacity !== undefined && !(standbyCapacity >= 0 && standbyCapacity <= 1)) {
    mistakes.push({
      problem: `standbyCapacity is ${standbyCapacity}`,
      fix: 'set standbyCapacity to a fraction from 0 to 1',
    });
  }
  return mistakes;
}

/** What is wrong with the range that scaling may use. @internal */
export function rangeMistakes(min: number, max: number): Mistake[] {
  if (min <= max) return [];
  return [
    { problem: `minTasks is ${min}, more than the ${max} maxTasks`, fix: `set maxTasks to ${min} or more` },
  ];
}
