import fc from 'fast-check';
import { KafkaCluster, type KafkaClusterProps } from '../../lib/constructs/data/messages/kafka-cluster';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';

export const kafkaCluster: Pattern<Omit<Partial<KafkaClusterProps>, 'vpc'>> = {
  construct: 'KafkaCluster',
  service: { dataClasses: [{ name: 'in-flight', rebuildable: true }] },
  build: (stack) => {
    const { availabilityZones } = stack;
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones });
    // minimal
    new KafkaCluster(stack, 'Ledger', { vpc, dataClass: 'in-flight' });
    // end
  },
  options: fc.record(
    {
      brokersPerZone: fc.integer({ min: 0, max: 4 }),
      volumeSizeGiB: fc.integer({ min: 0, max: 20_000 }),
      replicated: fc.boolean(),
      dataClass: fc.constantFrom('in-flight', 'unheard-of'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    const { availabilityZones } = stack;
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones });
    new KafkaCluster(stack, 'Ledger', { ...options, vpc });
  },
};
