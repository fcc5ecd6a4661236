import { unitsToSurviveZoneLoss } from '../../calculus/capacity';
import { ZoneLossLoad } from '../../objectives/policy/capacity';
import type { TierPolicy } from '../../objectives/tier-policy';
import { Readiness } from './readiness';

/** The load, in units (tasks, instances), and where it is carried. @internal */
export interface ZonalLoad {
  /** Units that carry the peak of all regions together. */
  readonly peak: number;

  /** Units that carry the average. */
  readonly average: number;

  /** What a waiting region runs of the peak before a failover, as a fraction. */
  readonly standbyCapacity: number;

  /** Zones that the units are spread over. */
  readonly zones: number;

  /** What runs here before a failover. */
  readonly readiness: Readiness;
}

/** How many units a tier owes. @internal */
export interface OwedUnits {
  /** Units that are never stopped. */
  readonly min: number;

  /** Units that a deploy sets: at peak it must take none away. */
  readonly desired: number;

  /** Units that carry the peak, where the tier says so after the loss of a zone. */
  readonly full: number;
}

/** How many units a tier owes for a load. @internal */
export function owedUnits(policy: TierPolicy, load: ZonalLoad): OwedUnits {
  const { peak, readiness } = load;
  const carry = (units: number): number => unitsToCarry(units, load.zones, policy);
  const least = policy.minimumUnits.value;
  const full = Math.max(least, carry(peak));
  switch (readiness) {
    case Readiness.OFF:
      return { min: 0, desired: 0, full };
    case Readiness.WAITS: {
      const min = Math.max(least, carry(Math.ceil(peak * load.standbyCapacity)));
      return { min, desired: min, full };
    }
    case Readiness.SERVES: {
      const min = Math.max(least, carry(unitsBeforeScaling(policy, load)));
      return { min, desired: Math.max(min, peak), full };
    }
  }
}

/** How much of what it can do a unit does at peak: the rest is for the units of a lost zone. @internal */
export function unitShare(policy: TierPolicy, zones: number): number {
  return survivesZone(policy, zones) ? (zones - 1) / zones : SHARE_WITHOUT_SPARE;
}

/** Scaling that starts only when a unit is full comes too late. */
const SHARE_WITHOUT_SPARE = 0.8;

/** The load that must be carried before scaling helps. @internal */
export function unitsBeforeScaling(
  policy: TierPolicy,
  { peak, average }: Pick<ZonalLoad, 'peak' | 'average'>,
): number {
  switch (policy.zoneLossLoad.value) {
    case ZoneLossLoad.PEAK:
      return peak;
    case ZoneLossLoad.AVERAGE:
      return average;
    case ZoneLossLoad.NONE:
      return 0;
  }
}

/** How many units carry what so many carry, where the tier says so after the loss of a zone. @internal */
export function unitsToCarry(units: number, zones: number, policy: TierPolicy): number {
  return survivesZone(policy, zones) ? unitsToSurviveZoneLoss(units, zones) : units;
}

/**
 * Whether units are to carry on without a zone. In a single zone nothing survives its loss; that there is only one, the
 * network had to give a reason for.
 *
 * @internal
 */
export function survivesZone(policy: TierPolicy, zones: number): boolean {
  return zones > 1 && policy.zoneLossLoad.value !== ZoneLossLoad.NONE;
}
