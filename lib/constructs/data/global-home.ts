import type { Construct } from 'constructs';
import { awsRegion } from '../../calculus/aws-regions';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { type Twins, twinsOf } from './twin';

/** Which region something that spans several of them was made in. @internal */
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
 * The region whose stack makes what spans all of them. It stays the same when another region has taken over, since that
 * stack still has it.
 *
 * @param what what spans the regions, in words: `a Global Datastore`
 * @throws ConfigurationError when nothing says which region it is, or the regions are in several accounts
 * @internal
 */
export function globalHome(construct: Construct, what: string, homeRegion: string | undefined): GlobalHome {
  const twins = twinsOf(construct);
  const all = [twins.own, ...twins.others];
  const primary =
    all.find(({ role }) => role === RegionRole.PRIMARY) ?? (all.length === 1 ? all[0] : undefined);
  const region = homeRegion ?? primary?.region ?? '';
  refuse(construct.node.path, homeMistakes(twins, what, region));
  return { twins, region, isHere: region === twins.own.region, spans: twins.others.length > 0 };
}

function homeMistakes({ own, others, accounts }: Twins, what: string, home: string): Mistake[] {
  const mistakes: Mistake[] = [];
  const regions = [own, ...others].map(({ region }) => region).sort();
  if (accounts.length > 1) {
    mistakes.push({
      problem: `${what} stays within one account, but its regions are in ${[...accounts].sort().join(' and ')}`,
      fix: 'put the regions into one account, or give a weakening and leave the other region to copies of backups',
    });
  }
  if (home === '') {
    mistakes.push({
      problem: `no region is the primary, so none of ${regions.join(', ')} makes ${what}`,
      fix: `set homeRegion to the one that does, the same in all regions: '${regions[0]}'`,
    });
  } else if (!regions.includes(home) && !awsRegion(home)) {
    mistakes.push({
      problem: `homeRegion ${quoted(home)} is no region`,
      fix: `set it to the region that made ${what}: ${regions.join(' or ')}`,
    });
  }
  return mistakes;
}
