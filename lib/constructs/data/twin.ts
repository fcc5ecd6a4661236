import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { awsRegion } from '../../calculus/aws-regions';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { requireMembership } from '../region/membership';
import type { RegionPlace } from '../region/region-place';

/** The part of the same thing in one region: this one, or another. @internal */
export interface Twin {
  readonly region: string;
  readonly account: string;
  readonly role: RegionRole;
}

/** This region's part and all others, witnesses apart. @internal */
export interface Twins {
  readonly own: Twin;
  readonly others: readonly Twin[];

  /** The region that holds only a vote, where there is one. */
  readonly witness: string | undefined;

  /** All accounts, this one first. */
  readonly accounts: readonly string[];
}

/**
 * The parts of a construct in all regions that keep data.
 *
 * @throws ConfigurationError when it belongs to no set of regions, stands in a witness region, in a stack without a
 * region, or when the account of a region is not known
 * @internal
 */
export function twinsOf(construct: Construct): Twins {
  const { place, peers } = requireMembership(construct);
  const stack = Stack.of(construct);
  refuse(construct.node.path, placeMistakes(place, peers, stack));
  const own: Twin = { region: place.region, account: stack.account, role: place.role };
  const others = peers
    .filter(({ role }) => role !== RegionRole.WITNESS)
    .map(({ region, role, account = own.account }) => ({ region, account, role }));
  return {
    own,
    others,
    witness: peers.find(({ role }) => role === RegionRole.WITNESS)?.region,
    accounts: [...new Set([own, ...others].map(({ account }) => account))],
  };
}

/** The partition of a region by name, so that an ARN is known before it is deployed. @internal */
export function partitionOf(construct: Construct, region: string): string {
  return awsRegion(region)?.partition ?? Stack.of(construct).partition;
}

function placeMistakes(place: RegionPlace, peers: readonly RegionPlace[], stack: Stack): Mistake[] {
  const mistakes: Mistake[] = [];
  if (place.role === RegionRole.WITNESS) {
    mistakes.push({
      problem: `${place.region} is a witness, which keeps no data`,
      fix: 'build it in the other regions only',
    });
  }
  if (Token.isUnresolved(stack.region)) {
    mistakes.push({
      problem: 'its stack has no region, so the other regions cannot be told from its own',
      fix: `set env: { region: '${place.region}' } on the stack`,
    });
  }
  const unnamed = peers.filter(({ account }) => (account === undefined) !== (place.account === undefined));
  if (unnamed.length > 0) {
    const { region } = place.account === undefined ? place : (unnamed[0] ?? place);
    mistakes.push({
      problem: `the account of ${region} is not said, but that of another region is`,
      fix: 'name the account at every region, or only once for all',
    });
  }
  const elsewhere = peers.some(({ account }) => account !== undefined && account !== stack.account);
  if (elsewhere && Token.isUnresolved(stack.account)) {
    mistakes.push({
      problem: 'its stack has no account, so whether another region is in the same one is not known',
      fix: 'set env: { account } on the stack',
    });
  }
  return mistakes;
}
