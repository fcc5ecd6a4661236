import { Failover } from 'aws-cdk-lib/aws-route53';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { membershipOf } from '../region/membership';
import type { RegionPlace } from '../region/region-place';

/** What a person says about the two regions of a failover. @internal */
export interface FailoverRegions {
  readonly role?: RegionRole;
  readonly peerRegion?: string;
}

/**
 * Which half of the failover pair stands here.
 *
 * @throws ConfigurationError when this region is no half of a pair, or there is no other half in another region
 * @internal
 */
export function failoverSide(construct: Construct, { role, peerRegion }: FailoverRegions): Failover {
  const here = membershipOf(construct);
  const mine = role ?? here?.place.role;
  if (mine === RegionRole.WITNESS) {
    throw new ConfigurationError({
      path: construct.node.path,
      problem: 'a witness region serves nobody, so it is no half of a failover',
      fix: 'build it in the other regions only',
    });
  }
  if (mine !== RegionRole.PRIMARY && mine !== RegionRole.STANDBY) {
    throw new ConfigurationError({
      path: construct.node.path,
      problem: `${mine === undefined ? 'a region without a role' : `a region that is ${mine}`} is no half of a failover`,
      fix: `set role to ${RegionRole.PRIMARY} or ${RegionRole.STANDBY}, or give the region that role`,
    });
  }
  const wanted = mine === RegionRole.PRIMARY ? RegionRole.STANDBY : RegionRole.PRIMARY;
  const other = peerRegion ?? here?.peers.find((peer) => peer.role === wanted)?.region;
  refuse(construct.node.path, [
    ...pairMistakes(Stack.of(construct).region, wanted, other),
    ...(here ? standbyMistakes([here.place, ...here.peers]) : []),
  ]);
  return mine === RegionRole.PRIMARY ? Failover.PRIMARY : Failover.SECONDARY;
}

function pairMistakes(here: string, wanted: RegionRole, other: string | undefined): Mistake[] {
  if (other === undefined) {
    return [
      {
        problem: `there is no ${wanted} region beside this one`,
        fix: `add a ${wanted} region, or set peerRegion`,
      },
    ];
  }
  if (other !== here) return [];
  return [
    {
      problem: `primary and secondary are both in ${here}, and are lost together`,
      fix: 'put the other one into another region',
    },
  ];
}

function standbyMistakes(places: readonly RegionPlace[]): Mistake[] {
  const standbys = places.filter((place) => place.role === RegionRole.STANDBY);
  if (standbys.length < 2) return [];
  return [
    {
      problem: `there are ${standbys.length} standby regions, but a failover by DNS has one secondary`,
      fix: 'keep one standby region',
    },
  ];
}
