import type { App } from 'aws-cdk-lib/core';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { ActiveActive } from '../../lib/constructs/region/active-active';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Service } from '../../lib/objectives/service';
import type { Pattern, Surroundings } from '../support/pattern';

export const activeActive: Pattern = {
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
};

function isElsewhere({ accounts: [first, second], regions, nonProduction }: Surroundings): boolean {
  return first !== second || regions[0] !== 'eu-west-1' || nonProduction === true;
}

function buildElsewhere(app: App, service: Service, around: Surroundings): void {
  const { accounts, regions, nonProduction = false } = around;
  new ActiveActive(app, 'Shop', {
    service,
    regions,
    account: accounts[0],
    accounts: { [regions[1]]: accounts[1] },
    nonProduction,
    build: (stack) => new ResilientNetwork(stack, 'Network'),
  });
}
