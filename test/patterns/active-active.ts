import type { App } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { ActiveActive, type ActiveActiveProps } from '../../lib/constructs/region/active-active';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Service } from '../../lib/objectives/service';
import type { Pattern, Surroundings } from '../support/pattern';

interface Options {
  readonly witness: string | undefined;
  readonly third: string | undefined;
}

export const activeActive: Pattern<Options> = {
  construct: 'ActiveActive',
  approach: RecoveryApproach.ACTIVE_ACTIVE,
  build: () => {},
  buildApp: (app, service, around) => {
    if (isElsewhere(around)) return buildElsewhere(app, service, around);
    // minimal
    new ActiveActive(app, 'Shop', {
      service,
      regions: ['eu-west-1', 'eu-central-1'],
      build: (stack) => new ResilientNetwork(stack, 'Network'),
    });
    // end
  },
  options: fc.record({
    witness: fc.constantFrom(undefined, 'eu-west-3', 'us-east-2', 'eu-west-1', 'mars-north-1'),
    third: fc.constantFrom(undefined, undefined, 'eu-north-1', 'us-west-2'),
  }),
  buildAppWith: (app, service, { witness, third }, around) =>
    buildElsewhere(app, service, around, {
      regions: [...around.regions, ...(third === undefined ? [] : [third])],
      ...(witness !== undefined && { witness }),
    }),
};

function isElsewhere({ accounts: [first, second], regions, nonProduction }: Surroundings): boolean {
  return first !== second || regions[0] !== 'eu-west-1' || nonProduction === true;
}

function buildElsewhere(
  app: App,
  service: Service,
  around: Surroundings,
  options: Partial<ActiveActiveProps> = {},
): void {
  const { accounts, regions, nonProduction = false } = around;
  new ActiveActive(app, 'Shop', {
    service,
    regions,
    account: accounts[0],
    accounts: { [regions[1]]: accounts[1] },
    nonProduction,
    build: (stack) => new ResilientNetwork(stack, 'Network'),
    ...options,
  });
}
