import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { FailoverDns } from '../../lib/constructs/traffic/failover-dns';
import { RoutingControlCheck } from '../../lib/constructs/traffic/routing-control-check';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { alarmIn, entranceIn, ZONE } from '../constructs/traffic/dns-fixtures';
import type { Pattern } from '../support/pattern';

interface Options {
  /** Whether people alone decide, or may leave what automation keeps. */
  readonly alone: boolean;
  readonly minutes: number;
  readonly shared: boolean;
}

/** What the stack of the routing controls said after it was deployed. */
const controlOf = (region: string) =>
  `arn:aws:route53-recovery-control::111122223333:controlpanel/0f4c7b52/routingcontrol/${region.replaceAll('-', '')}`;

export const routingControlCheck: Pattern<Options> = {
  construct: 'RoutingControlCheck',
  approach: RecoveryApproach.HOT_STANDBY,
  build: (stack) => {
    const loadBalancer = entranceIn(stack);
    const routingControlArn = controlOf(stack.region);
    const record = { ...ZONE, recordName: 'shop', approval: Duration.minutes(5) };
    // minimal
    const { healthCheck } = new RoutingControlCheck(stack, 'Switch', { routingControlArn });
    new FailoverDns(stack, 'Dns', { ...record, loadBalancer, switchedBy: healthCheck });
    // end
  },
  options: fc.record({
    alone: fc.boolean(),
    minutes: fc.integer({ min: 0, max: 30 }),
    shared: fc.boolean(),
  }),
  buildWith: (stack, { alone, minutes, shared }) => {
    const routingControlArn = controlOf(shared ? 'eu-west-1' : stack.region);
    const { healthCheck } = new RoutingControlCheck(stack, 'Switch', { routingControlArn });
    const health = alone
      ? { switchedBy: healthCheck }
      : { healthChecks: [healthCheck], alarm: alarmIn(stack) };
    const approval = Duration.minutes(minutes);
    new FailoverDns(stack, 'Dns', {
      ...ZONE,
      recordName: 'shop',
      loadBalancer: entranceIn(stack),
      approval,
      ...health,
    });
  },
};
