import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ServiceDashboard } from '../../lib/constructs/observe/dashboards/service-dashboard';
import { functionAvailability } from '../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import type { Pattern } from '../support/pattern';

interface DashboardOptions {
  readonly objectives: number;
  readonly window: Duration;
  readonly alarms: number;
}

/** What is shown is built beside it. */
function ordersIn(stack: Stack, id = 'Orders', window = Duration.days(30)): ServiceLevelObjective {
  const handler = Handler.fromFunctionName(stack, `${id}Handler`, 'shop-orders');
  const indicator = functionAvailability(handler);
  return new ServiceLevelObjective(stack, id, { name: id, indicator, window });
}

export const serviceDashboard: Pattern<DashboardOptions> = {
  construct: 'ServiceDashboard',
  tierDecidesNothing:
    'it shows what the objectives and alarms of the service have, and those are decided where they are built',
  service: { runbook: 'runbooks/shop.md' },
  build: (stack) => {
    const orders = ordersIn(stack);
    // minimal
    new ServiceDashboard(stack, 'Dashboard', { objectives: [orders] });
    // end
  },
  options: fc.record({
    // Each has some twenty alarms, and a stack 500 resources.
    objectives: fc.integer({ min: 0, max: 15 }),
    window: fc.constantFrom(7, 28, 30).map((days) => Duration.days(days)),
    alarms: fc.integer({ min: 0, max: 250 }),
  }),
  buildWith: (stack, { objectives, window, alarms }) => {
    new ServiceDashboard(stack, 'Dashboard', {
      objectives: Array.from({ length: objectives }, (_, index) => ordersIn(stack, `Orders${index}`, window)),
      alarms: Array.from({ length: alarms }, (_, index) =>
        Alarm.fromAlarmName(stack, `Alarm${index}`, `shop-${index}`),
      ),
    });
  },
};
