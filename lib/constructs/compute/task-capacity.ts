import { unitsToSurviveZoneLoss } from '../../calculus/capacity';
import { ZoneLossLoad } from '../../objectives/policy/capacity';
import { RegionRole } from '../../objectives/region-role';
import type { TierPolicy } from '../../objectives/tier-policy';

/** The load, in tasks, and where it is carried. @internal */
export interface TaskLoad {
  /** Tasks that carry the peak of all regions together. */
  readonly peakTasks: number;

  /** Tasks that carry the average. */
  readonly averageTasks: number;

  /** What a standby runs of the peak before a failover, as a fraction. */
  readonly standbyCapacity: number;

  /** Zones that the tasks are spread over. */
  readonly zones: number;

  /** What the region does for the service; `undefined` counts as a region that serves. */
  readonly role: RegionRole | undefined;
}

/** How many tasks a tier owes. @internal */
export interface TaskCapacity {
  /** Tasks that are never stopped. */
  readonly min: number;

  /** Tasks that a deploy sets: at peak it must take none away. */
  readonly desired: number;

  /** Tasks that carry the peak, where the tier says so after the loss of a zone. */
  readonly full: number;
}

/** How many tasks a tier owes for a load. @internal */
export function taskCapacity(policy: TierPolicy, load: TaskLoad): TaskCapacity {
  const { peakTasks, role } = load;
  const carry = (tasks: number): number => tasksToCarry(tasks, load.zones, policy);
  const least = policy.minimumUnits.value;
  const full = Math.max(least, carry(peakTasks));
  if (role === RegionRole.STANDBY) {
    const min = Math.max(least, carry(Math.ceil(peakTasks * load.standbyCapacity)));
    return { min, desired: min, full };
  }
  const min = Math.max(least, carry(tasksBeforeScaling(policy, load)));
  return { min, desired: Math.max(min, peakTasks), full };
}

/** How much of what it can do a task does at peak: the rest is for the tasks of a lost zone. @internal */
export function taskShare(policy: TierPolicy, zones: number): number {
  return survivesZone(policy, zones) ? (zones - 1) / zones : SHARE_WITHOUT_SPARE;
}

/** Scaling that starts only when a task is full comes too late. */
const SHARE_WITHOUT_SPARE = 0.8;

function tasksBeforeScaling(policy: TierPolicy, { peakTasks, averageTasks }: TaskLoad): number {
  switch (policy.zoneLossLoad.value) {
    case ZoneLossLoad.PEAK:
      return peakTasks;
    case ZoneLossLoad.AVERAGE:
      return averageTasks;
    case ZoneLossLoad.NONE:
      return 0;
  }
}

function tasksToCarry(tasks: number, zones: number, policy: TierPolicy): number {
  return survivesZone(policy, zones) ? unitsToSurviveZoneLoss(tasks, zones) : tasks;
}

/**
 * Whether tasks are to carry on without a zone. In a single zone nothing survives its loss; that there is only one, the
 * network had to give a reason for.
 *
 * @internal
 */
export function survivesZone(policy: TierPolicy, zones: number): boolean {
  return zones > 1 && policy.zoneLossLoad.value !== ZoneLossLoad.NONE;
}
