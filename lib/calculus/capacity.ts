/**
 * How many units (tasks, instances) carry the peak after one zone is lost, with the same number in each zone:
 * ceil(peak / (zones - 1)) in each.
 *
 * @returns `Infinity` for fewer than two zones: nothing survives the loss of the only one
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export function unitsToSurviveZoneLoss(peakUnits: number, zones: number): number {
  if (zones < 2) return Number.POSITIVE_INFINITY;
  return Math.ceil(peakUnits / (zones - 1)) * zones;
}

/** How many units are left after the fullest zone is lost, when they are spread as evenly as possible. */
export function unitsAfterZoneLoss(units: number, zones: number): number {
  return zones < 1 ? 0 : units - Math.ceil(units / zones);
}

/**
 * How much more than a load the units can carry, in per cent: 6 units for a load of 4 are 50; negative when they cannot.
 *
 * @returns `Infinity` when there is no load
 */
export function headroomPercent(units: number, loadUnits: number): number {
  return loadUnits === 0 ? Number.POSITIVE_INFINITY : ((units - loadUnits) / loadUnits) * 100;
}
