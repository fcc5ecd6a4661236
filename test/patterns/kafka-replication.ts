import fc from 'fast-check';
import { KafkaCluster } from '../../lib/constructs/data/messages/kafka-cluster';
import { KafkaReplication } from '../../lib/constructs/data/messages/kafka-replication';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import type { Pattern } from '../support/pattern';

/** The cluster of this region, and what is known of the other one after its deploy. */
function clusters(stack: RegionStack) {
  const { availabilityZones, account } = stack;
  const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones });
  const target = new KafkaCluster(stack, 'Ledger', { vpc, replicated: true, dataClass: 'in-flight' });
  const [peer] = stack.peers;
  return {
    target,
    sourceClusterArn: `arn:aws:kafka:${peer?.region}:${account}:cluster/ledger/0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11-2`,
    sourceSubnetIds: ['subnet-0f4c7b5252a54b8f9', 'subnet-1f4c7b5252a54b8f9'],
    sourceSecurityGroupIds: ['sg-0f4c7b5252a54b8f9'],
  };
}

export const kafkaReplication: Pattern<{ topics?: string[]; sourceClusterArn?: string }> = {
  construct: 'KafkaReplication',
  tierDecidesNothing:
    'it carries all topics that it is given as fast as MSK does; whether that is enough for the tier is checked by the KafkaCluster, by `replicated`',
  service: { dataClasses: [{ name: 'in-flight', rebuildable: true }] },
  build: (stack) => {
    const { target, sourceClusterArn, sourceSubnetIds, sourceSecurityGroupIds } = clusters(stack);
    // minimal
    const source = { sourceClusterArn, sourceSubnetIds, sourceSecurityGroupIds };
    new KafkaReplication(stack, 'Mirror', { target, ...source });
    // end
  },
  options: fc.record(
    {
      topics: fc.array(fc.constantFrom('orders', 'invoices.*'), { minLength: 1, maxLength: 2 }),
      sourceClusterArn: fc.constant('arn:aws:kafka:sa-east-1:111122223333:cluster/ledger/0f4c7b52'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    new KafkaReplication(stack, 'Mirror', { ...clusters(stack), ...options });
  },
};
