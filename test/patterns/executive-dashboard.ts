import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ExecutiveDashboard } from '../../lib/constructs/observe/dashboards/executive-dashboard';
import type { ExecutiveFigures } from '../../lib/constructs/observe/dashboards/executive-figures';
import { functionAvailability } from '../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly figures: ExecutiveFigures;
  readonly objectives: number;
}

/** What is shown is built beside it. */
function ordersIn(stack: Stack, id = 'Orders'): ServiceLevelObjective {
  const handler = Handler.fromFunctionName(stack, `${id}Handler`, 'shop-orders');
  return new ServiceLevelObjective(stack, id, { name: id, indicator: functionAvailability(handler) });
}

const metric = new Metric({ namespace: 'Shop', metricName: 'Figure' });
const figure = fc.constantFrom({ metric }, { text: '3 on 2026-11-01' }, {}, { metric, text: 'both' });

export const executiveDashboard: Pattern<Options> = {
  construct: 'ExecutiveDashboard',
  tierDecidesNothing:
    'it shows services of every tier side by side, each held against what its own tier owes',
  service: { runbook: 'runbooks/shop.md' },
  build: (stack) => {
    const orders = ordersIn(stack);
    // minimal
    new ExecutiveDashboard(stack, 'Executive', { objectives: [orders] });
    // end
  },
  options: fc.record({
    figures: fc.record(
      {
        recoveryTime: fc.constant(metric),
        drills: figure,
        risks: figure,
        debt: figure,
        costOfDowntime: figure,
      },
      { requiredKeys: [] },
    ),
    // Each has some twenty alarms, and a stack 500 resources.
    objectives: fc.integer({ min: 0, max: 15 }),
  }),
  buildWith: (stack, { figures, objectives }) => {
    new ExecutiveDashboard(stack, 'Executive', {
      ...figures,
      objectives: Array.from({ length: objectives }, (_, index) => ordersIn(stack, `Orders${index}`)),
    });
  },
};
