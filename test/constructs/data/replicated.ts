import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import { RegionSet } from '../../../lib/constructs/region/region-set';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Service, type ServiceProps } from '../../../lib/objectives/service';
import type { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, WEAKENING } from '../fixtures';

export const OTHER_ACCOUNT = '444455556666';

/** Where a construct is tried that has a part in several regions. */
export interface Around {
  /** @default 1 */
  readonly tier?: Tier;

  /** Whether all serve, but for witnesses. @default false */
  readonly active?: boolean;

  /** The region codes; the first is the primary where not all serve. */
  readonly regions?: readonly string[];

  /** A region that only votes. */
  readonly witness?: string;

  /** None where only deployment knows it. @default - one */
  readonly accounts?: readonly string[];
  readonly nonProduction?: boolean;
  readonly service?: Partial<ServiceProps>;
}

/** The stacks of the shop in its regions, by region. */
export function shopIn(around: Around, build: (stack: RegionStack) => void): Record<string, Stack> {
  const { tier = 1, active = false, witness, accounts = [ACCOUNT] } = around;
  const { regions = ['eu-west-1', 'eu-central-1'], nonProduction = false } = around;
  const { ACTIVE, PRIMARY, STANDBY, WITNESS } = RegionRole;
  const place = (region: string, role: RegionRole, index: number) => ({
    region,
    role,
    ...(accounts.length > 0 && { account: accounts[index] ?? accounts[0] ?? ACCOUNT }),
    availabilityZones: ['a', 'b', 'c'].map((letter) => region + letter),
  });
  const places = regions.map((region, index) =>
    place(region, active ? ACTIVE : index === 0 ? PRIMARY : STANDBY, index),
  );
  const built: RegionStack[] = [];
  new RegionSet(new App(), 'Shop', {
    service: new Service({ name: 'shop', tier, owner: 'team-shop', ...around.service }),
    approach: active ? RecoveryApproach.ACTIVE_ACTIVE : RecoveryApproach.WARM_STANDBY,
    nonProduction,
    regions: witness === undefined ? places : [...places, place(witness, WITNESS, places.length)],
    build: (stack) => {
      built.push(stack);
      if (stack.place.role !== WITNESS) build(stack);
    },
    weakening: WEAKENING,
  });
  return Object.fromEntries(built.map((stack) => [stack.place.region, stack]));
}

/** The template of a stack. */
export function templateOf(stack: Stack | undefined): Template {
  if (!stack) throw new Error('there is no such stack');
  return Template.fromStack(stack);
}

/** The only resource of a type, with its policies. */
// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
export function onlyIn(stack: Stack | undefined, type: string): any {
  const found = Object.values(templateOf(stack).findResources(type));
  expect(found).toHaveLength(1);
  return found[0];
}
