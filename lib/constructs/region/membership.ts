import { createHash } from 'node:crypto';
import { Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import type { RecoveryApproach } from '../../objectives/policy/regions';
import { ServiceScope } from '../governance/service-scope';
import type { RegionPlace } from './region-place';

/** The region that a part of the tree stands in, among the regions of its service. @internal */
export interface Membership {
  readonly place: RegionPlace;

  /** The other regions of the service. */
  readonly peers: readonly RegionPlace[];

  /** How the service comes back when a region is lost; `undefined` where nobody has said. */
  readonly approach: RecoveryApproach | undefined;
}

const MEMBERSHIPS = new WeakMap<IConstruct, Membership>();

/** Says where everything below a construct stands. @internal */
export function joinRegions(scope: IConstruct, membership: Membership): void {
  MEMBERSHIPS.set(scope, membership);
}

/** The nearest membership above a construct; `undefined` in a stack that belongs to no set of regions. @internal */
export function membershipOf(construct: IConstruct): Membership | undefined {
  const scope = [...construct.node.scopes].reverse().find((each) => MEMBERSHIPS.has(each));
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
 * A physical name that is the same in all regions of a service, so that each part can name its twins without a
 * reference: `shop-orders`, and `prod-shop-orders` in the stage `Prod`. Lower case; too long ones end in a hash.
 *
 * @param maximum the characters that AWS allows
 * @internal
 */
export function sharedName(construct: IConstruct, maximum = 63): string {
  const below = construct.node.scopes.slice(Stack.of(construct).node.scopes.length);
  const stage = Stage.of(construct);
  const parts = [
    ...(stage?.stageName ? [stage.stageName] : []),
    ServiceScope.of(construct)?.service.name ?? '',
    ...below.map((each) => each.node.id),
  ];
  return shortName(parts, maximum);
}

/** The name of one region's part: {@link sharedName} with the region at its end. @internal */
export function regionalName(construct: IConstruct, region: string, maximum = 63): string {
  return `${sharedName(construct, maximum - region.length - 1)}-${region}`;
}

/**
 * Parts of a name as one, in lower case, with a hash at its end where it is too long.
 *
 * @internal
 */
export function shortName(parts: readonly string[], maximum: number): string {
  const name = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (name.length <= maximum) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, maximum - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}
