import type { Resource } from '../../../assembly/resource';
import { RECOVERY_FACTS } from '../../../calculus/recovery-facts';
import { hasStandby } from '../../components/brokers-and-warehouses';
import type { Modelling } from '../../modelling';
import { copiesElsewhereOf } from '../copies';
import { inSequence, taking } from '../path';
import { NOTHING_LOST, type Store, storeOf } from '../store';

/** A broker holds what nobody has taken yet, for as long as nobody does. */
export function broker(resource: Resource, model: Modelling): Store {
  const standby = hasStandby(resource, model);
  const failover = inSequence(
    taking(RECOVERY_FACTS.brokerFailoverSeconds, { what: 'another broker takes over', resource }),
  );
  const replaced = inSequence(
    taking(RECOVERY_FACTS.nodeReplacementSeconds, {
      what: 'the only broker is replaced',
      resource,
      fix: 'use a DeploymentMode with several brokers in several zones',
      controlPlane: 'replaces the broker',
    }),
  );
  return storeOf({
    resource,
    noun: 'the broker',
    instance: standby ? failover : replaced,
    zone: standby ? failover : undefined,
    lost: standby || !keepsInOneZone(resource) ? NOTHING_LOST : { instance: [], availabilityZone: undefined },
    copies: copiesElsewhereOf(resource, RECOVERY_FACTS.brokerReplicaLagSeconds),
    repairable: false,
    holds: {
      what: 'messages that nobody has taken yet',
      seconds: Number.POSITIVE_INFINITY,
      source: 'a broker keeps messages without end',
      resource,
    },
    spread:
      'replicate it to a broker in another region (DataReplicationMode), or declare the data rebuildable',
  });
}

/** ActiveMQ keeps messages in files that stand in all zones, but for EBS; RabbitMQ on a volume. */
function keepsInOneZone(resource: Resource): boolean {
  const [engine, storage] = [resource.text('EngineType'), resource.text('StorageType')].map((value) =>
    typeof value === 'string' ? value.toLowerCase() : undefined,
  );
  return engine !== 'activemq' || (storage !== undefined && storage !== 'efs');
}
