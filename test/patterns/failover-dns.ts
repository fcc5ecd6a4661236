import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { AlarmHealthCheck } from '../../lib/constructs/traffic/alarm-health-check';
import { FailoverDns } from '../../lib/constructs/traffic/failover-dns';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import {
  alarmIn,
  type EntryOptions,
  entranceIn,
  entryOptions,
  leadsTo,
  rarely,
  ZONE,
} from '../constructs/traffic/dns-fixtures';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly entry: EntryOptions;
  readonly promotion: Duration | undefined;
  readonly alarms: number;
}

export const failoverDns: Pattern<Options> = {
  construct: 'FailoverDns',
  approach: RecoveryApproach.HOT_STANDBY,
  build: (stack) => {
    const loadBalancer = entranceIn(stack);
    const alarm = alarmIn(stack);
    // minimal
    new FailoverDns(stack, 'Dns', { ...ZONE, recordName: 'shop', loadBalancer, alarm });
    // end
  },
  options: fc.record({
    entry: entryOptions,
    promotion: rarely(fc.constantFrom(Duration.seconds(60), Duration.hours(2))),
    alarms: fc.integer({ min: 0, max: 2 }),
  }),
  buildWith: (stack, { entry, promotion, alarms }) => {
    const [alarm, second] = [1, 2].slice(0, alarms).map((each) => alarmIn(stack, `Errors${each}`, each));
    new FailoverDns(stack, 'Dns', {
      ...ZONE,
      recordName: 'shop',
      ...leadsTo(stack, entry.to),
      ...entry.props,
      ...(promotion && { promotion }),
      ...(alarm && { alarm }),
      ...(second && {
        healthChecks: [new AlarmHealthCheck(stack, 'Second', { alarm: second }).healthCheck],
      }),
    });
  },
};
