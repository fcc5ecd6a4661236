import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Mistake, refuse, repeated } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { membershipOf } from '../region/membership';

/**
 * The regions that serve side by side, this one first. A witness holds no service, and users are never sent there.
 *
 * @param peerRegions the other active regions, where a person names them
 * @throws ConfigurationError when this region does not serve beside another one
 * @internal
 */
export function activeRegions(construct: Construct, peerRegions: readonly string[] | undefined): string[] {
  const here = Stack.of(construct).region;
  const membership = membershipOf(construct);
  const known = membership?.peers.filter(({ role }) => role === RegionRole.ACTIVE);
  const others = peerRegions ?? known?.map(({ region }) => region) ?? [];
  refuse(construct.node.path, roleMistakes(membership?.place.role));
  refuse(construct.node.path, regionMistakes(here, others, membership !== undefined));
  return [here, ...others];
}

function roleMistakes(role: RegionRole | undefined): Mistake[] {
  if (role === undefined || role === RegionRole.ACTIVE) return [];
  if (role === RegionRole.WITNESS) {
    return [
      {
        problem: 'a witness region serves nobody, so it has no record',
        fix: 'build it in the other regions only',
      },
    ];
  }
  return [
    {
      problem: `a ${role} region does not serve beside others`,
      fix: `use FailoverDns, or give all regions the role ${RegionRole.ACTIVE}`,
    },
  ];
}

function regionMistakes(here: string, others: readonly string[], isMember: boolean): Mistake[] {
  if (Token.isUnresolved(here)) {
    return [{ problem: 'the region of its stack is known at deployment only', fix: 'set env.region' }];
  }
  if (others.length === 0) {
    return [
      {
        problem: `no other region serves beside ${here}`,
        fix: `${isMember ? 'add an active region' : 'build it in a stack of an ActiveActive'}, or set peerRegions`,
      },
    ];
  }
  return repeated([here, ...others]).map((region) => ({
    problem: `${region} is named twice among the active regions`,
    fix: `name ${region} once: a region fails as a whole`,
  }));
}
