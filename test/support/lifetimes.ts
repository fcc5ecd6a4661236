import { App } from 'aws-cdk-lib/core';
import { RegionSet } from '../../lib/constructs/region/region-set';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { ConfigurationError } from '../../lib/errors';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service } from '../../lib/objectives/service';
import type { Tier } from '../../lib/objectives/tier';
import { WEAKENING } from '../constructs/fixtures';
import { appOf, type Pattern, type Surroundings, surroundings } from './pattern';
import { type AppResources, resourcesOf } from './replacements';

/** A pattern in one moment of its life. */
export interface Moment {
  readonly tier: Tier;
  readonly approach: RecoveryApproach;

  /** The regions that there are; the first is the primary where not all serve. */
  readonly regions: readonly string[];

  /** Whether the region that wrote first has been left, or waits, for good. */
  readonly takenOver?: boolean;
}

/** How a pattern is used while it lives. */
export interface Life {
  /** The construct, and what is special about this use of it. */
  readonly name: string;

  readonly pattern: Pattern;
  readonly build: (stack: RegionStack, around: Surroundings, moment: Moment) => void;
}

/** The region that comes first in the surroundings of every pattern, the other one, and a third. */
export const [FIRST, SECOND, THIRD] = ['eu-west-1', 'eu-central-1', 'eu-north-1'] as const;

const SYNTHESISED = new Map<string, AppResources | undefined>();

/** The resources of that moment, or nothing where it is refused; synthesised once. */
export function resourcesAt(life: Life, moment: Moment): AppResources | undefined {
  const { tier, approach, regions, takenOver = false } = moment;
  const key = [life.name, tier, approach, takenOver, ...regions].join();
  if (!SYNTHESISED.has(key))
    SYNTHESISED.set(
      key,
      unlessRefused(() => appAt(life, moment)),
    );
  return SYNTHESISED.get(key);
}

function unlessRefused(make: () => App | undefined): AppResources | undefined {
  try {
    const app = make();
    return app && resourcesOf(app);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

function appAt({ pattern, build }: Life, moment: Moment): App | undefined {
  const { tier, approach, regions, takenOver } = moment;
  const around = surroundings(pattern, tier, { approach, regions: twoOf(regions) });
  // What makes its own stacks takes two regions, and its surroundings say which.
  if (pattern.buildApp) return regions.length === 2 && !takenOver ? appOf(pattern, around) : undefined;
  // On which line something was made is not asked.
  const context = { 'aws:cdk:disable-creation-stack-traces': true };
  const app = new App({ analyticsReporting: false, context });
  new RegionSet(app, 'Shop', {
    service: new Service({ name: 'shop', tier, owner: 'team-shop', ...around.service }),
    account: around.accounts[0],
    approach,
    weakening: WEAKENING,
    regions: regions.map((region, index) => ({
      region,
      role: roleOf(approach, index),
      availabilityZones: ['a', 'b', 'c'].map((letter) => region + letter),
    })),
    build: (stack) => build(stack, around, moment),
  });
  return app;
}

/** The surroundings of a pattern name two regions: those that it has, or had. */
function twoOf([first = FIRST, second]: readonly string[]): readonly [string, string] {
  return first === FIRST || second === FIRST ? [FIRST, SECOND] : [first, second ?? FIRST];
}

function roleOf(approach: RecoveryApproach, index: number): RegionRole {
  if (approach === RecoveryApproach.ACTIVE_ACTIVE) return RegionRole.ACTIVE;
  return index === 0 ? RegionRole.PRIMARY : RegionRole.STANDBY;
}
