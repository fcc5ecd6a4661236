import type { Resource } from '../../../assembly/resource';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { AT_ONCE, inSequence, taking } from '../path';
import { type Store, storeOf } from '../store';

const DAY = 24 * 3600;

/** What waits in it when the region is lost is as old as it may become at the most. */
export function queue(resource: Resource): Store {
  const kept = resource.number('MessageRetentionPeriod');
  return messages(resource, 'the queue', {
    what: 'messages that nobody has taken yet',
    seconds: typeof kept === 'number' ? kept : 4 * DAY,
    source: 'MessageRetentionPeriod',
  });
}

export function stream(resource: Resource): Store {
  const hours = resource.number('RetentionPeriodHours');
  return messages(resource, 'the stream', {
    what: 'records that nobody has read yet',
    seconds: (typeof hours === 'number' ? hours : 24) * 3600,
    source: 'RetentionPeriodHours',
  });
}

function messages(
  resource: Resource,
  noun: string,
  holds: { readonly what: string; readonly seconds: number; readonly source: string },
): Store {
  return storeOf({
    resource,
    noun,
    instance: AT_ONCE,
    zone: AT_ONCE,
    repairable: false,
    holds: { ...holds, resource },
    spread: 'send each message to a second region too, shorten its retention, or declare it rebuildable',
  });
}

/** AWS runs its brokers over the zones of the region; each partition has copies in three. */
export function kafkaServerless(resource: Resource): Store {
  return { ...kafka(resource), instance: AT_ONCE, zone: AT_ONCE };
}

export function kafka(resource: Resource): Store {
  const { instance, availabilityZone, source } = STORE_FACTS.kafkaCluster;
  const back = (seconds: number) =>
    inSequence(
      taking(
        { value: { typical: seconds / 2, worst: seconds }, source },
        { what: 'other brokers lead the partitions', resource },
      ),
    );
  const { region, source: replicated } = STORE_FACTS.kafkaClusterWithReplicator;
  const copies = resource.stack.graph.mentionsOf(resource, 'AWS::MSK::Replicator').length > 0;
  return storeOf({
    resource,
    noun: 'the cluster',
    instance: back(instance.rtoSeconds),
    zone: back(availabilityZone.rtoSeconds),
    repairable: false,
    copies: copies
      ? [
          {
            region: undefined,
            lag: [{ what: 'replication lag', seconds: region.rpoSeconds, source: replicated, resource }],
          },
        ]
      : [],
    spread: 'replicate it to another region with MSK Replicator',
  });
}
