import { InsufficientDataHealthStatusEnum } from 'aws-cdk-lib/aws-route53';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { AlarmHealthCheck } from '../../lib/constructs/traffic/alarm-health-check';
import { FailoverDns } from '../../lib/constructs/traffic/failover-dns';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { alarmIn, entranceIn, ZONE } from '../constructs/traffic/dns-fixtures';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly minutes: number;
  readonly insufficientData: InsufficientDataHealthStatusEnum;
  readonly healthThreshold: number | undefined;
  readonly ttl: Duration;
}

export const alarmHealthCheck: Pattern<Options> = {
  construct: 'AlarmHealthCheck',
  approach: RecoveryApproach.HOT_STANDBY,
  build: (stack) => {
    const loadBalancer = entranceIn(stack);
    const alarm = alarmIn(stack);
    const record = { ...ZONE, recordName: 'shop', loadBalancer };
    // minimal
    const { healthCheck } = new AlarmHealthCheck(stack, 'Orders', { alarm });
    new FailoverDns(stack, 'Dns', { ...record, healthChecks: [healthCheck] });
    // end
  },
  options: fc.record({
    minutes: fc.integer({ min: 1, max: 5 }),
    insufficientData: fc.constantFrom(...Object.values(InsufficientDataHealthStatusEnum)),
    healthThreshold: fc.constantFrom(undefined, 1, 2, 3),
    ttl: fc.constantFrom(Duration.seconds(10), Duration.seconds(60)),
  }),
  buildWith: (stack, { minutes, insufficientData, healthThreshold, ttl }) => {
    const alarm = alarmIn(stack, 'Errors', minutes);
    const { healthCheck } = new AlarmHealthCheck(stack, 'Orders', { alarm, insufficientData });
    new FailoverDns(stack, 'Dns', {
      ...ZONE,
      recordName: 'shop',
      endpoint: `shop.${stack.region}.example.net`,
      ttl,
      healthChecks: [healthCheck],
      ...(healthThreshold !== undefined && { healthThreshold }),
    });
  },
};
