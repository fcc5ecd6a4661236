import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DurableStream, type DurableStreamProps } from '../../lib/constructs/data/messages/durable-stream';
import type { Pattern } from '../support/pattern';
import { functionIn } from '../support/pattern-parts';

export const durableStream: Pattern<Partial<DurableStreamProps>> = {
  construct: 'DurableStream',
  service: { dataClasses: [{ name: 'in-flight', rebuildable: true }] },
  build: (stack) => {
    const { function: worker } = functionIn(stack);
    // minimal
    const clicks = new DurableStream(stack, 'Clicks', { dataClass: 'in-flight' });
    clicks.consumeWith(worker);
    // end
  },
  options: fc.record(
    {
      retention: fc.integer({ min: 20, max: 9000 }).map((hours) => Duration.hours(hours)),
      shardCount: fc.integer({ min: 0, max: 8 }),
      deadLetterRetention: fc.integer({ min: 1, max: 14 }).map((days) => Duration.days(days)),
      dataClass: fc.constantFrom('in-flight', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    new DurableStream(stack, 'Clicks', options).consumeWith(functionIn(stack).function);
  },
};
