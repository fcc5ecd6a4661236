import { Alarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { AlarmLayer } from '../../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../../lib/constructs/observe/correlation/alarm-tree';
import type { AlarmTreeProps } from '../../lib/constructs/observe/correlation/alarm-tree-props';
import type { Pattern } from '../support/pattern';

/** The alarms themselves are built elsewhere, such as by cdk-monitoring-constructs. */
function alarmIn(stack: Stack, name: string): IAlarm {
  const { region, account } = Stack.of(stack);
  return Alarm.fromAlarmArn(stack, name, `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`);
}

interface TreeOptions
  extends Pick<AlarmTreeProps, 'regionalZones' | 'suppressorWait' | 'suppressorExtension' | 'runbook'> {
  readonly leaves: number;
  readonly zones: number;
  readonly circle: boolean;
  readonly symptoms: boolean;
}

export const alarmTree: Pattern<TreeOptions> = {
  construct: 'AlarmTree',
  service: { runbook: 'runbooks/shop.md' },
  build: (stack) => {
    const [errors, throttles] = [alarmIn(stack, 'errors'), alarmIn(stack, 'throttles')];
    const { APPLICATION, INFRASTRUCTURE } = AlarmLayer;
    // minimal
    const components = [
      { name: 'api', layer: APPLICATION, alarms: [errors], dependsOn: ['orders-table'] },
      { name: 'orders-table', layer: INFRASTRUCTURE, alarms: [throttles] },
    ];
    new AlarmTree(stack, 'Alarms', { components });
    // end
  },
  options: fc.record(
    {
      leaves: fc.integer({ min: 0, max: 120 }),
      zones: fc.integer({ min: 0, max: 4 }),
      circle: fc.boolean(),
      symptoms: fc.boolean(),
      regionalZones: fc.integer({ min: 0, max: 5 }),
      suppressorWait: fc.integer({ min: 0, max: 600 }).map((seconds) => Duration.seconds(seconds)),
      suppressorExtension: fc.integer({ min: 0, max: 900 }).map((seconds) => Duration.seconds(seconds)),
      runbook: fc.constantFrom('runbooks/api.md', 'https://wiki.example.com/api?page=2#top'),
    },
    { requiredKeys: ['leaves', 'zones', 'circle', 'symptoms'] },
  ),
  buildWith: (stack, { leaves, zones, circle, symptoms, ...rest }) => {
    new AlarmTree(stack, 'Alarms', {
      components: [
        {
          name: 'api',
          layer: AlarmLayer.APPLICATION,
          alarms: Array.from({ length: leaves }, (_, index) => alarmIn(stack, `error-${index}`)),
          zones: Array.from({ length: zones }, (_, index) => ({
            zone: `${stack.region}${'abcd'[index]}`,
            alarms: [alarmIn(stack, `zone-${index}`)],
          })),
          dependsOn: ['orders-table'],
        },
        {
          name: 'orders-table',
          layer: AlarmLayer.INFRASTRUCTURE,
          alarms: [alarmIn(stack, 'throttles')],
          ...(circle && { dependsOn: ['api'] }),
        },
      ],
      ...(symptoms && { symptoms: [alarmIn(stack, 'objective')] }),
      ...rest,
    });
  },
};
