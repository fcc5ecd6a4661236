import { awsRegion } from '../../calculus/aws-regions';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { homeMistakes } from './home-region';
import type { Twin, Twins } from './twin';

/** The regions that are left, or were swapped. */
type Left = Pick<Twins, 'own' | 'others'>;

/**
 * The region that writes since it took over from another for good: the primary, or the only one that is left. Empty where
 * that is not known.
 *
 * @internal
 */
export function regionAfter(left: Left, home: string): string {
  const twins = [left.own, ...left.others];
  const primary = twins.find(({ role }) => role === RegionRole.PRIMARY);
  const [only, ...rest] = withoutHome(twins, home);
  return primary?.region ?? (only && rest.length === 0 ? only.region : '');
}

/** Where all that are left is the home itself, it is that: whoever needs the name of the one before asks for it. */
function withoutHome(twins: readonly Twin[], home: string): readonly Twin[] {
  const others = twins.filter(({ region }) => region !== home);
  return others.length > 0 ? others : twins;
}

/**
 * What is wrong with the regions of a database that another region has taken over for good. Its home may have left.
 *
 * @internal
 */
export function takeoverMistakes(left: Left, home: string, after: string): Mistake[] {
  if (home === '') return homeMistakes(left, home, 'the database');
  const regions = [left.own, ...left.others].map(({ region }) => region);
  if (!regions.includes(home) && !awsRegion(home))
    return [
      { problem: `homeRegion ${quoted(home)} is no region`, fix: 'set it to the region that wrote first' },
    ];
  if (after !== '') return [];
  const others = regions.filter((region) => region !== home);
  return [
    {
      problem: `promoted is true, but no region is the primary, so which of ${others.sort().join(', ')} took over is not known`,
      fix: 'make the one that took over the primary, in an ActivePassive or a RegionSet',
    },
  ];
}

/**
 * Where a part that followed cannot be told from one that was the first: it names for good what it was made from.
 *
 * @internal
 */
export function formerHomeMistakes(
  { promoted, homeRegion }: { readonly promoted?: boolean; readonly homeRegion?: string },
  writer: string,
): Mistake[] {
  if (!promoted || (homeRegion !== undefined && homeRegion !== writer)) return [];
  const found = homeRegion === undefined ? 'homeRegion is left out' : `homeRegion is ${homeRegion} itself`;
  return [
    {
      problem: `promoted is true, so ${writer} took over from another region, but ${found}`,
      fix: 'leave homeRegion at the region that wrote first, even if the service has left it',
    },
  ];
}
