import { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { functionAvailability } from '../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../lib/constructs/observe/slo/service-level-objective-props';
import { ServiceLevelEngine } from '../../lib/objectives/catalogue';
import { AlertSeverity } from '../../lib/objectives/policy/operations';
import type { Pattern } from '../support/pattern';

/** What is watched is built elsewhere: its metrics have a name. */
function handlerIn(stack: Stack) {
  return Handler.fromFunctionName(stack, 'Handler', 'shop-orders');
}

export const serviceLevelObjective: Pattern<Partial<ServiceLevelObjectiveProps>> = {
  construct: 'ServiceLevelObjective',
  service: { runbook: 'runbooks/shop.md' },
  build: (stack) => {
    const handler = handlerIn(stack);
    // minimal
    new ServiceLevelObjective(stack, 'Orders', { indicator: functionAvailability(handler) });
    // end
  },
  options: fc.record(
    {
      objective: fc.constantFrom(0.9, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999),
      window: fc.constantFrom(7, 28, 30).map((days) => Duration.days(days)),
      furtherWindows: fc.constantFrom(7, 14, 90).map((days) => [{ window: Duration.days(days) }]),
      severities: fc.array(fc.constantFrom(...Object.values(AlertSeverity)), { maxLength: 4 }),
      leastBadEvents: fc.integer({ min: 1, max: 100 }),
      responseTime: fc.integer({ min: 0, max: 60 }).map((minutes) => Duration.minutes(minutes)),
      recoversAlone: fc.boolean(),
      engine: fc.constantFrom(...Object.values(ServiceLevelEngine)),
      alertOnSilence: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    new ServiceLevelObjective(stack, 'Orders', {
      indicator: functionAvailability(handlerIn(stack)),
      ...options,
    });
  },
};
