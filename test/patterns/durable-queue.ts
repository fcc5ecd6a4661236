import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DurableQueue, type DurableQueueProps } from '../../lib/constructs/data/messages/durable-queue';
import type { Pattern } from '../support/pattern';
import { anyOf, seconds } from '../support/pattern-parts';

const days = (most: number) => fc.integer({ min: 1, max: most }).map((count) => Duration.days(count));

export const durableQueue: Pattern<Partial<DurableQueueProps>> = {
  construct: 'DurableQueue',
  service: { dataClasses: [{ name: 'in-flight', rebuildable: true }] },
  build: (stack) => {
    // minimal
    new DurableQueue(stack, 'Orders', { dataClass: 'in-flight' });
    // end
  },
  options: anyOf<DurableQueueProps>({
    processingTime: seconds(1, 20_000),
    maximumReceives: fc.integer({ min: 0, max: 1001 }),
    messageRetention: days(15),
    deadLetterRetention: days(15),
    fifo: fc.boolean(),
    dataClass: fc.constantFrom('in-flight', 'unheard-of'),
  }),
  buildWith: (stack, options) => {
    new DurableQueue(stack, 'Orders', options);
  },
};
