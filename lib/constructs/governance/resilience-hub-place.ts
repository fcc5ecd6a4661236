import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { RegionRole } from '../../objectives/region-role';
import type { Service } from '../../objectives/service';
import type { Tier } from '../../objectives/tier';
import { tierPolicy } from '../../objectives/tier-policy';
import { membershipOf } from '../region/membership';
import type { RegionPlace } from '../region/region-place';
import { shortName } from '../region/short-name';
import type { HubPolicy } from './resilience-hub-targets';
import { ServiceScope } from './service-scope';

/** @throws ConfigurationError when the construct is in no declared service @internal */
export function serviceOf(construct: Construct): Service {
  const service = ServiceScope.of(construct)?.service;
  if (service) return service;
  throw new ConfigurationError({
    path: construct.node.path,
    problem: 'no service: it is not inside a declared one',
    fix: 'declare the service with declareService, an ActivePassive, an ActiveActive or a RegionSet',
  });
}

/** A name that Resilience Hub allows, with that of the stage before it; one letter alone is too short. @internal */
export function hubName(construct: Construct, name: string): string {
  const stage = Stage.of(construct)?.stageName;
  const short = shortName([...(stage ? [stage] : []), name], 60);
  return short.length > 1 ? short : `service-${short}`;
}

/** Whether this is the one region that tells Resilience Hub: the primary, or the first active one by its code. @internal */
export function isChosenRegion(construct: Construct): boolean {
  const membership = membershipOf(construct);
  if (!membership || membership.place.role === RegionRole.PRIMARY) return true;
  if (membership.place.role !== RegionRole.ACTIVE) return false;
  const active = [membership.place, ...membership.peers].filter(({ role }) => role === RegionRole.ACTIVE);
  const [first] = active.map(({ region }) => region).sort();
  return membership.place.region === first;
}

/** The regions that run the service or hold its copies. @internal */
export function regionsOf(construct: Construct): string[] {
  const membership = membershipOf(construct);
  if (!membership) return [Stack.of(construct).region];
  return serving([membership.place, ...membership.peers])
    .map(({ region }) => region)
    .sort();
}

/** What the policy of a tier is made from, for a service. @internal */
export function hubPolicy(construct: Construct, service: Service, tier: Tier): HubPolicy {
  const membership = membershipOf(construct);
  const isAlone = serving(membership?.peers ?? []).length === 0;
  return {
    tier,
    objectives: tier === service.tier ? service.objectives : undefined,
    approach: isAlone ? undefined : (membership?.approach ?? tierPolicy(tier).approach.value),
    hasData: service.dataClasses.length === 0 || service.dataClasses.some(({ rebuildable }) => !rebuildable),
  };
}

const CLAIMS = new WeakMap<IConstruct, Map<string, string>>();

/** @throws ConfigurationError when the service was told already, in the same stage @internal */
export function claimService(construct: Construct, { name }: Service): void {
  const other = claim(Stage.of(construct) ?? construct.node.root, `service ${name}`, construct);
  if (other === undefined) return;
  throw new ConfigurationError({
    path: construct.node.path,
    problem: `${other} tells Resilience Hub of ${name} already`,
    fix: `keep one of the two, with all journeys and functions`,
  });
}

/**
 * An account has a system of a name once in a region.
 *
 * @throws ConfigurationError when another construct of the app makes it there
 * @internal
 */
export function claimSystem(construct: Construct, name: string): void {
  const { account, region } = Stack.of(construct);
  const other = claim(construct.node.root, ['system', account, region, name].join(' '), construct);
  if (other === undefined) return;
  throw new ConfigurationError({
    path: construct.node.path,
    problem: `${other} makes the system ${name} already, of which an account has one in a region`,
    fix: `deploy ${other} first, and give the ARN of its system here as systemArn`,
  });
}

/** The path of what has claimed it already. */
function claim(scope: IConstruct, what: string, by: Construct): string | undefined {
  const claims = CLAIMS.get(scope) ?? new Map<string, string>();
  CLAIMS.set(scope, claims);
  const other = claims.get(what);
  if (other === undefined) claims.set(what, by.node.path);
  return other;
}

function serving(places: readonly RegionPlace[]): readonly RegionPlace[] {
  return places.filter(({ role }) => role !== RegionRole.WITNESS);
}
