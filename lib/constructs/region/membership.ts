import type { IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import type { RecoveryApproach } from '../../objectives/policy/regions';
import { claimName } from './name-claims';
import { namePartsOf, outermostStackOf } from './name-parts';
import type { RegionPlace } from './region-place';
import { shortName, wholeName } from './short-name';

/** The region that a part of the tree stands in, among the regions of its service. @internal */
export interface Membership {
  readonly place: RegionPlace;

  /** The other regions of the service. */
  readonly peers: readonly RegionPlace[];

  /** How the service comes back when a region is lost; `undefined` where nobody has said. */
  readonly approach: RecoveryApproach | undefined;

  /**
   * What the set of regions is called in physical names.
   *
   * @default - the ids of the stack in its stage, without the region
   */
  readonly setName?: string | undefined;
}

const MEMBERSHIPS = new WeakMap<IConstruct, Membership>();

/** Says where everything below a construct stands. @internal */
export function joinRegions(scope: IConstruct, membership: Membership): void {
  MEMBERSHIPS.set(scope, membership);
}

/** The nearest membership above a construct; `undefined` in a stack that belongs to no set of regions. @internal */
export function membershipOf(construct: IConstruct): Membership | undefined {
  const scope = joinedScopeOf(construct);
  return scope && MEMBERSHIPS.get(scope);
}

/**
 * The membership of a construct that makes no sense in one region alone.
 *
 * @throws ConfigurationError when it belongs to no set of regions
 * @internal
 */
export function requireMembership(construct: IConstruct): Membership {
  const membership = membershipOf(construct);
  if (membership) return membership;
  throw new ConfigurationError({
    path: construct.node.path,
    problem: 'it is one region’s part of several, but its stack belongs to no set of regions',
    fix: 'build it in a stack of an ActivePassive, an ActiveActive or a RegionSet',
  });
}

/**
 * A physical name that is the same in all regions of a set, so that each part can name its twins without a reference, and
 * another one elsewhere: `shop-orders`, `prod-shop-orders` in the stage `Prod`, `shop-blue-orders` in the set `Blue` that
 * is not called as its service. Lower case; too long ones end in a hash.
 *
 * @param maximum the characters that AWS allows
 * @throws ConfigurationError when another construct has it in the same account and region
 * @internal
 */
export function sharedName(construct: IConstruct, maximum = 63): string {
  const joined = joinedScopeOf(construct);
  const membership = joined && MEMBERSHIPS.get(joined);
  const owner = joined ?? outermostStackOf(construct);
  const { prefix, ids } = namePartsOf(construct, owner, membership?.setName);
  const parts = [...prefix, ...ids];
  const place = membership?.place;
  claimName(construct, { name: wholeName(parts), prefix: wholeName(prefix), owner, place });
  return shortName(parts, maximum);
}

/** The name of one region's part: {@link sharedName} with the region at its end. @internal */
export function regionalName(construct: IConstruct, region: string, maximum = 63): string {
  return `${sharedName(construct, maximum - region.length - 1)}-${region}`;
}

function joinedScopeOf(construct: IConstruct): IConstruct | undefined {
  return [...construct.node.scopes].reverse().find((each) => MEMBERSHIPS.has(each));
}
