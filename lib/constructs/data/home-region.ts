import type { Construct } from 'constructs';
import { awsRegion } from '../../calculus/aws-regions';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { type Twins, twinsOf } from './twin';

/** The region whose stack makes what spans all of them: the given one, the primary, or the only one. Empty where none is said. @internal */
export function homeRegionOf(
  { own, others }: Pick<Twins, 'own' | 'others'>,
  chosen: string | undefined,
): string {
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
export function homeMistakes(
  { own, others }: Pick<Twins, 'own' | 'others'>,
  home: string,
  what: string,
): Mistake[] {
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

/** Which region something was made in that outlives that region. @internal */
export interface GlobalHome {
  readonly twins: Twins;

  /** The region that made it. */
  readonly region: string;

  /** Whether that is this one. */
  readonly isHere: boolean;

  /** Whether another region has the data: alone, what could span several keeps no more than one region can. */
  readonly spans: boolean;
}

/**
 * The region that made what spans all of them and goes on without it: it may be none of them any more.
 *
 * @param what what spans the regions, in words: `a Global Datastore`
 * @throws ConfigurationError when nothing says which region it is, or the regions are in several accounts
 * @internal
 */
export function globalHome(construct: Construct, what: string, homeRegion: string | undefined): GlobalHome {
  const twins = twinsOf(construct);
  const region = homeRegionOf(twins, homeRegion);
  refuse(construct.node.path, [...accountMistakes(twins, what), ...formerHomeMistakes(twins, region, what)]);
  return { twins, region, isHere: region === twins.own.region, spans: twins.others.length > 0 };
}

function accountMistakes({ accounts }: Twins, what: string): Mistake[] {
  if (accounts.length === 1) return [];
  return [
    {
      problem: `${what} stays within one account, but its regions are in ${[...accounts].sort().join(' and ')}`,
      fix: 'put the regions into one account, or give a weakening and leave the other region to copies of backups',
    },
  ];
}

function formerHomeMistakes(twins: Twins, home: string, what: string): Mistake[] {
  if (home === '') return homeMistakes(twins, home, what);
  if (awsRegion(home) || homeMistakes(twins, home, what).length === 0) return [];
  return [
    {
      problem: `homeRegion ${quoted(home)} is no region`,
      fix: `set it to the region that made ${what}`,
    },
  ];
}
