import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  DurableEventBus,
  type DurableEventBusProps,
} from '../../lib/constructs/data/messages/durable-event-bus';
import { DurableQueue } from '../../lib/constructs/data/messages/durable-queue';
import type { Pattern } from '../support/pattern';

const days = (most: number) => fc.integer({ min: 1, max: most }).map((count) => Duration.days(count));

export const durableEventBus: Pattern<Partial<DurableEventBusProps>> = {
  construct: 'DurableEventBus',
  service: { dataClasses: [{ name: 'in-flight', rebuildable: true }] },
  build: (stack) => {
    const queue = new DurableQueue(stack, 'Invoices', { dataClass: 'in-flight' });
    // minimal
    const bus = new DurableEventBus(stack, 'Events', { dataClass: 'in-flight' });
    bus.deliverToQueue('Placed', { detailType: ['OrderPlaced'] }, queue);
    // end
  },
  options: fc.record(
    {
      archiveRetention: days(400),
      deadLetterRetention: days(14),
      endpointHealthCheckArn: fc.constantFrom(
        'arn:aws:route53:::healthcheck/0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11',
        'a-check',
      ),
      dataClass: fc.constantFrom('in-flight', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    const queue = new DurableQueue(stack, 'Invoices', { dataClass: 'in-flight' });
    const bus = new DurableEventBus(stack, 'Events', options);
    bus.deliverToQueue('Placed', { detailType: ['OrderPlaced'] }, queue);
  },
};
