import { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { TierDashboard } from '../../lib/constructs/observe/dashboards/tier-dashboard';
import { functionAvailability } from '../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import { TIERS, type Tier } from '../../lib/objectives/tier';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly tier: Tier;
  readonly objectives: number;
  readonly dashboardName: string | undefined;
}

/** What is shown is built beside it. */
function ordersIn(stack: Stack, id = 'Orders'): ServiceLevelObjective {
  const handler = Handler.fromFunctionName(stack, `${id}Handler`, 'shop-orders');
  return new ServiceLevelObjective(stack, id, { name: id, indicator: functionAvailability(handler) });
}

export const tierDashboard: Pattern<Options> = {
  construct: 'TierDashboard',
  tierDecidesNothing:
    'it shows the services of one tier, with the objectives that were decided where they are built',
  service: { runbook: 'runbooks/shop.md' },
  build: (stack, { tier }) => {
    const orders = ordersIn(stack);
    // minimal
    new TierDashboard(stack, 'Tier', { tier, objectives: [orders] });
    // end
  },
  options: fc.record({
    tier: fc.constantFrom(...TIERS),
    // Each has some twenty alarms, and a stack 500 resources.
    objectives: fc.integer({ min: 0, max: 15 }),
    dashboardName: fc.constantFrom(undefined, 'retail', 'all of retail'),
  }),
  buildWith: (stack, { tier, objectives, dashboardName }) => {
    new TierDashboard(stack, 'Tier', {
      tier,
      objectives: Array.from({ length: objectives }, (_, index) => ordersIn(stack, `Orders${index}`)),
      ...(dashboardName !== undefined && { dashboardName }),
    });
  },
};
