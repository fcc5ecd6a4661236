import type { Mistake } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import type { RegionPlace } from './region-place';
import { usualZones } from './zones';

/** What is said of regions by their codes. @internal */
export interface RegionFacts {
  readonly accounts?: Readonly<Record<string, string>>;
  readonly availabilityZones?: Readonly<Record<string, readonly string[]>>;
}

/**
 * A region with its zones: those that were named, else those that its accounts usually see. A region that is not known
 * has none here and is refused as such later.
 *
 * @internal
 */
export function placeOf(
  region: string,
  role: RegionRole,
  { accounts, availabilityZones }: RegionFacts,
): RegionPlace {
  const zones = availabilityZones?.[region] ?? (role === RegionRole.WITNESS ? [] : usualZones(region));
  const account = accounts?.[region];
  // What is no list is refused as such later.
  const named = Array.isArray(zones) ? [...zones] : ((zones ?? []) as string[]);
  return { region, role, availabilityZones: named, ...(account !== undefined && { account }) };
}

/**
 * What is said of a region that the set has not: a slip of the pen would leave the default in its place.
 *
 * @internal
 */
export function strangeRegionMistakes(facts: RegionFacts, places: readonly RegionPlace[]): Mistake[] {
  const known = places.map(({ region }) => region);
  return (['accounts', 'availabilityZones'] as const).flatMap((what) =>
    Object.keys(facts[what] ?? {})
      .filter((region) => !known.includes(region))
      .map(
        (region): Mistake => ({
          problem: `${what} names ${region}, which is none of the regions`,
          fix: `write one of ${known.join(', ')}`,
        }),
      ),
  );
}
