import { Alarm, type IAlarmRef, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Validations } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import { ZonalAutoshift, type ZonalAutoshiftProps } from '../../lib/constructs/traffic/zonal-autoshift';
import type { Pattern } from '../support/pattern';
import { anyOf, certificateIn } from '../support/pattern-parts';

type Options = Partial<
  Pick<ZonalAutoshiftProps, 'minimumUnits' | 'peakUnits' | 'blockedWindows' | 'blockedDates'>
> & {
  readonly outcomes?: number;
  readonly blocks?: number;
};

function entryIn(stack: RegionStack): HealthCheckedLoadBalancer {
  const network = new ResilientNetwork(stack, 'Network');
  return new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate: certificateIn(stack) });
}

/** The alarm of a user, who answers for what it does. */
function alarmIn(stack: RegionStack, id: string): IAlarmRef {
  const metric = new Metric({ namespace: 'Shop', metricName: id });
  const alarm = new Alarm(stack, id, { metric, threshold: 1, evaluationPeriods: 3 });
  for (const pack of ['HIPAA.Security', 'NIST.800.53.R5'])
    Validations.of(alarm).acknowledge({
      id: `${pack}::${pack}-CloudWatchAlarmAction`,
      reason: 'ARC reads it',
    });
  return alarm;
}

export const zonalAutoshift: Pattern<Options> = {
  construct: 'ZonalAutoshift',
  build: (stack) => {
    const loadBalancer = entryIn(stack);
    const failedOrders = alarmIn(stack, 'FailedOrders');
    // minimal
    const capacity = { minimumUnits: 8, peakUnits: 4 };
    new ZonalAutoshift(stack, 'Autoshift', { loadBalancer, ...capacity, outcomeAlarms: [failedOrders] });
    // end
  },
  options: anyOf<Options>({
    minimumUnits: fc.integer({ min: -1, max: 12 }),
    peakUnits: fc.integer({ min: 0, max: 8 }),
    blockedWindows: fc.constantFrom(
      ['Fri:18:00-Mon:06:00'],
      ['FRI:18:00-MON:06:00'],
      ['Tue:09:00-Tue:17:00'],
      [],
    ),
    blockedDates: fc.constantFrom(['2027-11-26'], ['2027-02-30'], ['26.11.2027']),
    outcomes: fc.integer({ min: 0, max: 12 }),
    blocks: fc.integer({ min: 0, max: 12 }),
  }),
  buildWith: (stack, { outcomes = 1, blocks = 0, ...options }) => {
    const named = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => alarmIn(stack, `${prefix}${index}`));
    new ZonalAutoshift(stack, 'Autoshift', {
      loadBalancer: entryIn(stack),
      minimumUnits: 6,
      peakUnits: 4,
      outcomeAlarms: named('Outcome', outcomes),
      blockingAlarms: named('Blocking', blocks),
      ...options,
    });
  },
};
