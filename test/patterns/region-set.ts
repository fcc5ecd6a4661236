import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionPlace } from '../../lib/constructs/region/region-place';
import { RegionSet } from '../../lib/constructs/region/region-set';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { RegionRole } from '../../lib/objectives/region-role';
import type { Pattern, Surroundings } from '../support/pattern';

interface Options {
  readonly roles: readonly [RegionRole, RegionRole];
  readonly zones: number;
  readonly faultInjection: boolean;
}

const anyRole = fc.constantFrom(...Object.values(RegionRole));

/** The two regions with their zones. */
function places(around: Surroundings, { roles, zones }: Omit<Options, 'faultInjection'>): RegionPlace[] {
  return around.regions.map((region, index) => ({
    region,
    role: roles[index] ?? RegionRole.STANDBY,
    account: around.accounts[index] ?? around.accounts[0],
    availabilityZones: ['a', 'b', 'c'].slice(0, zones).map((letter) => region + letter),
  }));
}

export const regionSet: Pattern<Options> = {
  construct: 'RegionSet',
  build: () => {},
  buildApp: (app, service, around) => {
    const { nonProduction = false } = around;
    const roles: Options['roles'] = [RegionRole.PRIMARY, RegionRole.STANDBY];
    const regions = places(around, { roles, zones: 3 });
    // minimal
    const build = (stack: RegionStack) => new ResilientNetwork(stack, 'Network');
    new RegionSet(app, 'Shop', { service, regions, build, nonProduction });
    // end
  },
  options: fc.record({
    roles: fc.oneof(
      fc.constant<Options['roles']>([RegionRole.PRIMARY, RegionRole.STANDBY]),
      fc.constant<Options['roles']>([RegionRole.ACTIVE, RegionRole.ACTIVE]),
      fc.tuple(anyRole, anyRole),
    ),
    zones: fc.constantFrom(3, 3, 2, 0),
    faultInjection: fc.boolean(),
  }),
  buildAppWith: (app, service, { faultInjection, ...options }, around) => {
    new RegionSet(app, 'Shop', {
      service,
      regions: places(around, options),
      nonProduction: around.nonProduction ?? false,
      faultInjection,
      build: (stack) => {
        new ResilientNetwork(stack, 'Network');
      },
    });
  },
};
