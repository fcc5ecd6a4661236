import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import { RegionSet } from '../../../lib/constructs/region/region-set';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import type { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Service, type ServiceProps } from '../../../lib/objectives/service';
import type { Tier } from '../../../lib/objectives/tier';

export const PRIMARY = 'eu-west-1';
export const STANDBY = 'eu-central-1';
export const ACCOUNTS = ['111122223333', '444455556666'] as const;

interface TwoRegions {
  readonly tier: Tier;
  readonly accounts?: readonly [string, string];
  readonly roles?: readonly [RegionRole, RegionRole];
  readonly nonProduction?: boolean;
  readonly service?: Partial<ServiceProps>;
  readonly approach?: RecoveryApproach;
}

/** The shop in Ireland and Frankfurt, each stack filled by the same function. */
export function inTwoRegions(
  {
    tier,
    accounts = [ACCOUNTS[0], ACCOUNTS[0]],
    roles,
    nonProduction = false,
    service,
    approach,
  }: TwoRegions,
  build: (stack: RegionStack) => void,
): { primary: Stack; standby: Stack } {
  const [first, second] = roles ?? [RegionRole.PRIMARY, RegionRole.STANDBY];
  const place = (region: string, role: RegionRole, account: string) => ({
    region,
    role,
    account,
    availabilityZones: ['a', 'b', 'c'].map((letter) => region + letter),
  });
  const set = new RegionSet(new App(), 'Shop', {
    service: new Service({ name: 'shop', tier, owner: 'team-shop', ...service }),
    regions: [place(PRIMARY, first, accounts[0]), place(STANDBY, second, accounts[1])],
    nonProduction,
    build,
    ...(approach !== undefined && { approach }),
  });
  return { primary: set.stackIn(PRIMARY), standby: set.stackIn(STANDBY) };
}

/** The properties of all resources of a type. */
// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
export function all(stack: Stack, type: string): any[] {
  return Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties);
}

/** The statement of a policy by its Sid. */
// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
export function statement(policy: any, sid: string): any {
  return policy.Statement.find(({ Sid }: { Sid?: string }) => Sid === sid);
}
