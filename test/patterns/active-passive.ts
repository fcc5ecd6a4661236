import type { App } from 'aws-cdk-lib/core';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { ActivePassive } from '../../lib/constructs/region/active-passive';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import type { Service } from '../../lib/objectives/service';
import type { Pattern, Surroundings } from '../support/pattern';

export const activePassive: Pattern = {
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
};

function isElsewhere({ accounts: [first, second], regions, nonProduction }: Surroundings): boolean {
  return first !== second || regions[0] !== 'eu-west-1' || nonProduction === true;
}

function buildElsewhere(
  app: App,
  service: Service,
  { accounts, regions: [primary, standby], nonProduction = false }: Surroundings,
): void {
  new ActivePassive(app, 'Shop', {
    service,
    primary,
    standby,
    account: accounts[0],
    accounts: { [standby]: accounts[1] },
    nonProduction,
    build: (stack) => new ResilientNetwork(stack, 'Network'),
  });
}
