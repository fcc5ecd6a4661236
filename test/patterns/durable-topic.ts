import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DurableQueue } from '../../lib/constructs/data/messages/durable-queue';
import { DurableTopic, type DurableTopicProps } from '../../lib/constructs/data/messages/durable-topic';
import type { Pattern } from '../support/pattern';

const days = (most: number) => fc.integer({ min: 1, max: most }).map((count) => Duration.days(count));

export const durableTopic: Pattern<Partial<DurableTopicProps>> = {
  construct: 'DurableTopic',
  service: { dataClasses: [{ name: 'in-flight', rebuildable: true }] },
  build: (stack) => {
    const queue = new DurableQueue(stack, 'Invoices', { dataClass: 'in-flight' });
    // minimal
    const topic = new DurableTopic(stack, 'Orders', { dataClass: 'in-flight' });
    topic.deliverToQueue(queue);
    // end
  },
  options: fc.record(
    {
      fifo: fc.boolean(),
      archiveRetention: days(400),
      deadLetterRetention: days(14),
      dataClass: fc.constantFrom('in-flight', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    const { fifo = false } = options;
    const queue = new DurableQueue(stack, 'Invoices', { dataClass: 'in-flight', fifo });
    new DurableTopic(stack, 'Orders', options).deliverToQueue(queue);
  },
};
