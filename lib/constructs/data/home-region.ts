import type { Mistake } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import type { Twins } from './twin';

/** The region whose stack makes what spans all of them: the given one, the primary, or the only one. Empty where none is said. @internal */
export function homeRegionOf({ own, others }: Twins, chosen: string | undefined): string {
  if (chosen !== undefined) return chosen;
  const primary = [own, ...others].find(({ role }) => role === RegionRole.PRIMARY);
  return primary?.region ?? (others.length === 0 ? own.region : '');
}

/**
 * What is wrong with a home region.
 *
 * @param what what is made there, in words: `the table`
 * @internal
 */
export function homeMistakes({ own, others }: Twins, home: string, what: string): Mistake[] {
  const regions = [own, ...others].map(({ region }) => region).sort();
  if (home === '') {
    return [
      {
        problem: `no region is the primary, so none of ${regions.join(', ')} makes ${what}`,
        fix: `set homeRegion to the one whose stack makes it, the same in all regions, for as long as ${what} lives`,
      },
    ];
  }
  if (regions.includes(home)) return [];
  return [
    {
      problem: `homeRegion is ${home}, which is no region of the service`,
      fix: `use one of ${regions.join(', ')}`,
    },
  ];
}
