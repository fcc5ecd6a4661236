import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { backupBeat, batchBeat, glueBeat, metricBeat } from '../../lib/constructs/observe/detection/beats';
import { Heartbeat, type HeartbeatProps } from '../../lib/constructs/observe/detection/heartbeat';
import type { Pattern } from '../support/pattern';
import { anyOf } from '../support/pattern-parts';

const invoices = metricBeat('the invoices', new Metric({ namespace: 'Shop', metricName: 'InvoicesSent' }));

export const heartbeat: Pattern<Partial<HeartbeatProps>> = {
  construct: 'Heartbeat',
  build: (stack) => {
    // minimal
    new Heartbeat(stack, 'Invoices', {
      job: glueBeat('invoices'),
      schedule: 'cron(0 4 * * ? *)',
      timeZone: 'Europe/Berlin',
    });
    // end
  },
  options: anyOf<HeartbeatProps>({
    job: fc.constantFrom(
      invoices,
      glueBeat('invoices'),
      backupBeat('shop'),
      batchBeat('invoices', 'arn:aws:batch:eu-west-1:111122223333:job-queue/nightly'),
      { of: 'nothing' },
    ),
    schedule: fc.constantFrom(
      'cron(0 2 * * ? *)',
      'cron(0 4 1 * ? *)',
      'cron(0 23 ? * FRI *)',
      'cron(30 1 * * ? *)',
      'rate(1 hour)',
      'rate(1 day)',
      'now and then',
    ),
    longestRun: fc.constantFrom(0, 30, 600).map((minutes) => Duration.minutes(minutes)),
    grace: fc.constantFrom(1, 5, 90, 1_500).map((minutes) => Duration.minutes(minutes)),
    timeZone: fc.constantFrom('America/New_York', 'Mars/Base'),
  }),
  buildWith: (stack, options) => {
    new Heartbeat(stack, 'Invoices', { job: invoices, schedule: 'cron(0 2 * * ? *)', ...options });
  },
};
