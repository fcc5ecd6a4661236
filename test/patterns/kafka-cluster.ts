import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { KafkaCluster, type KafkaClusterProps } from '../../lib/constructs/data/messages/kafka-cluster';
import type { KafkaConsumerOptions } from '../../lib/constructs/data/messages/kafka-consumer';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';
import { functionIn } from '../support/pattern-parts';

interface Options extends Omit<Partial<KafkaClusterProps>, 'vpc'> {
  /** Functions that read a topic each. */
  readonly consumers?: readonly KafkaConsumerOptions[];
}

export const kafkaCluster: Pattern<Options> = {
  construct: 'KafkaCluster',
  service: { dataClasses: [{ name: 'in-flight', rebuildable: true }] },
  build: (stack) => {
    const { availabilityZones } = stack;
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones });
    const { function: worker } = functionIn(stack);
    // minimal
    const ledger = new KafkaCluster(stack, 'Ledger', { vpc, dataClass: 'in-flight' });
    ledger.consumeWith(worker, { topic: 'orders' });
    // end
  },
  options: fc.record(
    {
      brokersPerZone: fc.integer({ min: 0, max: 4 }),
      volumeSizeGiB: fc.integer({ min: 0, max: 20_000 }),
      replicated: fc.boolean(),
      deadLetterRetention: fc.integer({ min: 1, max: 14 }).map((days) => Duration.days(days)),
      consumers: fc.array(
        fc.record(
          {
            topic: fc.constantFrom('orders', 'orders.paid', 'o'.repeat(249), 'no/topic'),
            attempts: fc.integer({ min: -1, max: 10 }),
            enabled: fc.boolean(),
          },
          { requiredKeys: ['topic'] },
        ),
        { maxLength: 2 },
      ),
      dataClass: fc.constantFrom('in-flight', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, { consumers = [], ...options }) => {
    const { availabilityZones } = stack;
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones });
    const ledger = new KafkaCluster(stack, 'Ledger', { ...options, vpc });
    const topics = [...new Map(consumers.map((each) => [each.topic, each])).values()];
    if (topics.length === 0) return;
    const { function: worker } = functionIn(stack);
    for (const each of topics) ledger.consumeWith(worker, each);
  },
};
