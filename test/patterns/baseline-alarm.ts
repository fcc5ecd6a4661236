import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { BaselineAlarm } from '../../lib/constructs/observe/detection/baseline-alarm';
import {
  type BaselineAlarmProps,
  BaselineDirection,
} from '../../lib/constructs/observe/detection/baseline-props';
import type { Pattern } from '../support/pattern';
import { anyOf } from '../support/pattern-parts';

const latency = new Metric({ namespace: 'Shop', metricName: 'CheckoutLatency', statistic: 'p99' });

export const baselineAlarm: Pattern<Partial<BaselineAlarmProps>> = {
  construct: 'BaselineAlarm',
  build: (stack) => {
    // minimal
    new BaselineAlarm(stack, 'Checkout', { metric: latency, limit: 2_000 });
    // end
  },
  options: anyOf<Partial<BaselineAlarmProps>>({
    direction: fc.constantFrom(...Object.values(BaselineDirection)),
    band: fc.constantFrom(0, 2, 3.5, 6),
    period: fc.constantFrom(60, 90, 300).map((seconds) => Duration.seconds(seconds)),
    traffic: fc.constant(new Metric({ namespace: 'Shop', metricName: 'Checkouts' })),
    warmUp: fc.constantFrom(1, 48, 72).map((hours) => Duration.hours(hours)),
    excludedTimes: fc.constantFrom(
      [{ startTime: '2026-12-06T03:00:00', endTime: '2026-12-06T07:00:00' }],
      [{ startTime: 'tonight', endTime: 'tomorrow' }],
    ),
    timeZone: fc.constantFrom('Europe/Berlin', 'Mars/Base'),
  }),
  buildWith: (stack, options) => {
    new BaselineAlarm(stack, 'Checkout', { metric: latency, limit: 2_000, ...options });
  },
};
