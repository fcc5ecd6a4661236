import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { LEFT_OPEN } from '../../errors';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import { Tier } from '../../objectives/tier';
import type { TierChoices } from '../governance/tier-choices';
import { chooseReadiness, Readiness } from './readiness';
import { owedUnits, unitsToCarry } from './unit-capacity';

/** How much a service has to carry, in tasks or instances. @internal */
export interface UnitLoad {
  /** What one unit is called in the properties: `Task`. */
  readonly unit: 'Task' | 'Instance';

  readonly peak: number;
  readonly average: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly requestsPerMinute: number;
  readonly standbyCapacity: number | undefined;
}

/** How many units run. @internal */
export interface UnitRange {
  readonly min: number;
  readonly desired: number;
  readonly max: number;

  /** Units that carry what the region is there for: the peak, or its share of it where it waits. */
  readonly carries: number;

  readonly readiness: Readiness;
}

/** Everything in which a declared load contradicts itself. @internal */
export function loadMistakes(load: UnitLoad): Mistake[] {
  const { unit, peak, average, min, max, requestsPerMinute, standbyCapacity } = load;
  const counts = {
    [`peak${unit}s`]: peak,
    [`average${unit}s`]: average,
    [`min${unit}s`]: min,
    [`max${unit}s`]: max,
    [`requestsPer${unit}PerMinute`]: requestsPerMinute,
  };
  const mistakes: Mistake[] = Object.entries(counts)
    .filter(
      ([, count]) =>
        count !== undefined && (Token.isUnresolved(count) || !Number.isInteger(count) || count < 1),
    )
    .map(([what, count]) => ({
      problem: `${what} is ${Token.isUnresolved(count) ? LEFT_OPEN : quoted(count)}`,
      fix: `set ${what} to a whole number from 1`,
    }));
  if (unit === 'Task') mistakes.push(...Object.entries(taskCounts(load)).flatMap(quotaMistakes));
  if (average !== undefined && average > peak) {
    mistakes.push({
      problem: `average${unit}s is ${average}, more than the ${peak} peak${unit}s`,
      fix: `set average${unit}s to ${peak} or less`,
    });
  }
  return [...mistakes, ...standbyMistakes(standbyCapacity)];
}

function taskCounts({ peak, average, min, max }: UnitLoad): Record<string, number | undefined> {
  return { peakTasks: peak, averageTasks: average, minTasks: min, maxTasks: max };
}

/** @see https://docs.aws.amazon.com/general/latest/gr/ecs-service.html */
const TASKS_OF_A_SERVICE = 5000;

/** What is no whole number is refused as such. */
function quotaMistakes([what, count]: [string, number | undefined]): Mistake[] {
  if (count === undefined || !Number.isInteger(count) || count <= TASKS_OF_A_SERVICE) return [];
  return [
    {
      problem: `${what} is ${count}, but Amazon ECS runs ${TASKS_OF_A_SERVICE} tasks in a service`,
      fix: `set ${what} to ${TASKS_OF_A_SERVICE} or less: larger tasks, or several services`,
    },
  ];
}

/** What is wrong with a share of the peak. @internal */
export function standbyMistakes(standbyCapacity: number | undefined): Mistake[] {
  if (standbyCapacity === undefined || (standbyCapacity >= 0 && standbyCapacity <= 1)) return [];
  return [
    {
      problem: `standbyCapacity is ${standbyCapacity}`,
      fix: 'set standbyCapacity to a fraction from 0 to 1',
    },
  ];
}

/**
 * How many units run in the region of a construct: at least, as deployed, and at most.
 *
 * @throws ConfigurationError where fewer are asked for than the tier owes
 * @internal
 */
export function chooseUnits(
  construct: Construct,
  choices: TierChoices,
  load: UnitLoad,
  zones: number,
): UnitRange {
  const { policy } = choices;
  const { because, source } = policy.zoneLossLoad;
  const { unit, peak, average = Math.ceil(peak / 2) } = load;
  const { readiness, standbyCapacity } = chooseReadiness(construct, choices, load.standbyCapacity);
  const owed = owedUnits(policy, { peak, average, standbyCapacity, readiness, zones });
  choices.record({ what: `peak${unit}s`, value: peak, because: 'declared', source: 'the caller' });
  const off = readiness === Readiness.OFF;
  const min = choices.atLeast({
    what: `min${unit}s`,
    owed: { value: owed.min, because: off ? 'compute is started by the failover' : because, source },
    chosen: load.min,
  });
  const desired = Math.max(min, owed.desired);
  const room = Math.max(owed.full, groupOf(choices, load, unitsToCarry(desired, zones, policy)));
  const max = choices.atLeast({
    what: `max${unit}s`,
    owed: {
      value: Math.max(2 * owed.full, room),
      because: 'room for as much again as the peak that was declared',
      source,
    },
    limit: { value: room, because, source },
    chosen: load.max,
  });
  refuse(construct.node.path, rangeMistakes(unit, min, max));
  const carries = Math.ceil(peak * standbyCapacity);
  return { min, desired: Math.min(max, desired), max, carries, readiness };
}

/**
 * A group of instances keeps what is desired running, be it more than the peak needs: at tiers 0 and 1 also when a zone is
 * lost.
 */
function groupOf({ tier }: TierChoices, { unit }: UnitLoad, withoutZone: number): number {
  return unit === 'Instance' && tier <= Tier.BUSINESS_CRITICAL ? withoutZone : 0;
}

function rangeMistakes(unit: string, min: number, max: number): Mistake[] {
  if (min <= max) return [];
  return [
    {
      problem: `min${unit}s is ${min}, more than the ${max} max${unit}s`,
      fix: `set max${unit}s to ${min} or more`,
    },
  ];
}
