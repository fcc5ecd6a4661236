import { CfnWaitConditionHandle } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { arnInEachRegion } from '../../lib/constructs/recovery/region-switch/arn-in-each-region';
import { RegionSwitch } from '../../lib/constructs/recovery/region-switch/region-switch';
import { SwitchStep } from '../../lib/constructs/recovery/region-switch/switch-step';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { WEAKENING } from '../constructs/fixtures';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly database: boolean;
  readonly service: boolean;
  readonly function: boolean;
  readonly approvals: number | undefined;
  readonly stateful: boolean | undefined;
  readonly alarms: number;
  readonly answeredFor: boolean;
}

export const regionSwitch: Pattern<Options> = {
  construct: 'RegionSwitch',
  build: (stack) => {
    // The rest of the service: the stack of the primary has no resource of the plan.
    new CfnWaitConditionHandle(stack, 'Rest');
    const records = { hostedZoneId: 'Z1D633PJN98FT9', recordName: 'shop.example.com' };
    // minimal
    new RegionSwitch(stack, 'Switch', {
      steps: [SwitchStep.route53HealthCheck({ name: 'Traffic', ...records })],
    });
    // end
  },
  notItsFault: {
    'BKP-02': 'a backup plan is for all data of a service, and stands beside it',
    'BKP-09': 'a backup plan is for all data of a service, and stands beside it',
  },
  options: fc.record({
    database: fc.boolean(),
    service: fc.boolean(),
    function: fc.boolean(),
    approvals: fc.constantFrom(undefined, 0, 1, 2, 3),
    stateful: fc.constantFrom(undefined, true, false),
    alarms: fc.constantFrom(0, 0, 1, 2, 11),
    answeredFor: fc.boolean(),
  }),
  buildWith: (stack, options, around) => {
    const { approvals, stateful, alarms, answeredFor } = options;
    const [leaving, other] = around.regions;
    new RegionSwitch(stack, 'Switch', {
      steps: stepsFor(stack, options),
      ...(approvals !== undefined && { approvals }),
      ...(stateful !== undefined && { stateful }),
      ...(answeredFor && { weakening: WEAKENING }),
      healthAlarms: around.regions.map((region) => ({ region, alarm: 'shop-orders' })),
      ...(alarms > 0 && {
        triggers: [
          {
            leaving,
            alarms: Array.from({ length: alarms }, (_, index) => ({ region: other, alarm: `shop-${index}` })),
          },
        ],
      }),
    });
  },
};

function stepsFor(stack: RegionStack, options: Options): SwitchStep[] {
  const arns = (service: string, resource: string) => arnInEachRegion(stack, { service, resource });
  return [
    SwitchStep.route53HealthCheck({
      name: 'Traffic',
      hostedZoneId: 'Z1D633PJN98FT9',
      recordName: 'shop.example.com',
    }),
    ...(options.database
      ? [
          SwitchStep.auroraGlobalDatabase({
            name: 'Orders',
            globalCluster: 'shop-orders',
            clusterArns: arns('rds', 'cluster:shop-orders'),
          }),
        ]
      : []),
    ...(options.service
      ? [SwitchStep.scaleEcsService({ name: 'Web', serviceArns: arns('ecs', 'service/shop/web') })]
      : []),
    ...(options.function
      ? [SwitchStep.invokeFunction({ name: 'Warm', functionArns: arns('lambda', 'function:shop-warm') })]
      : []),
  ];
}
