import type { App } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { ActivePassive, type ActivePassiveProps } from '../../lib/constructs/region/active-passive';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Service } from '../../lib/objectives/service';
import { WEAKENING } from '../constructs/fixtures';
import type { Pattern, Surroundings } from '../support/pattern';

interface Options {
  readonly approach: RecoveryApproach | undefined;
  readonly weakened: boolean;
  readonly copies: boolean;
}

export const activePassive: Pattern<Options> = {
  construct: 'ActivePassive',
  approach: RecoveryApproach.WARM_STANDBY,
  build: () => {},
  buildApp: (app, service, around) => {
    if (isElsewhere(around)) return buildElsewhere(app, service, around);
    // minimal
    new ActivePassive(app, 'Shop', {
      service,
      primary: 'eu-west-1',
      standby: 'eu-central-1',
      build: (stack) => new ResilientNetwork(stack, 'Network'),
    });
    // end
  },
  options: fc.record({
    approach: fc.constantFrom(undefined, ...Object.values(RecoveryApproach)),
    weakened: fc.boolean(),
    copies: fc.boolean(),
  }),
  buildAppWith: (app, service, { approach, weakened, copies }, around) =>
    buildElsewhere(app, service, around, {
      ...(approach !== undefined && { approach }),
      ...(weakened && { weakening: WEAKENING }),
      ...(copies && { buildCopies: (stack) => void new ResilientNetwork(stack, 'Copies') }),
    }),
};

function isElsewhere({ accounts: [first, second], regions, nonProduction }: Surroundings): boolean {
  return first !== second || regions[0] !== 'eu-west-1' || nonProduction === true;
}

function buildElsewhere(
  app: App,
  service: Service,
  { accounts, regions: [primary, standby], nonProduction = false }: Surroundings,
  options: Partial<ActivePassiveProps> = {},
): void {
  new ActivePassive(app, 'Shop', {
    service,
    primary,
    standby,
    account: accounts[0],
    accounts: { [standby]: accounts[1] },
    nonProduction,
    build: (stack) => new ResilientNetwork(stack, 'Network'),
    ...options,
  });
}
