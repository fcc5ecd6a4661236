import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { RoutingControls, type RoutingControlsProps } from '../../lib/constructs/traffic/routing-controls';
import { stackApart } from '../constructs/traffic/apart';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly home: string;
  readonly props: Partial<RoutingControlsProps>;
}

export const routingControls: Pattern<Options> = {
  construct: 'RoutingControls',
  build: (region, around) => {
    const stack = stackApart(region, around, 'us-west-2');
    if (!stack) return;
    // minimal
    new RoutingControls(stack, 'Switches', { regions: around.regions });
    // end
  },
  options: fc.record({
    home: fc.constantFrom('us-west-2', 'us-east-1', 'eu-west-1'),
    props: fc.record(
      {
        gate: fc.boolean(),
        leastOn: fc.integer({ min: 0, max: 3 }),
        waitPeriod: fc.constantFrom(Duration.seconds(0), Duration.seconds(30), Duration.hours(1)),
        clusterArn: fc.constantFrom('arn:aws:route53-recovery-control::111122223333:cluster/0f4c', 'ours'),
      },
      { requiredKeys: [] },
    ),
  }),
  buildWith: (stack, { home, props }, around) => {
    const apart = stackApart(stack, around, home);
    if (apart) new RoutingControls(apart, 'Switches', { regions: around.regions, ...props });
  },
};
