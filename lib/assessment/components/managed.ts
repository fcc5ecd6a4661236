import type { Resource } from '../../assembly/resource';
import type { Component, Part } from '../component';
import { anyOf } from '../failure';
import { needsOf } from '../needs';
import { agreement, type SlaName } from './agreement';
import { keysNeededBy } from './encryption';

interface Managed {
  readonly type: string;
  readonly part: Part;

  /** @default - none was read */
  readonly sla?: SlaName;
  readonly what: string;
}

/** Services that AWS runs over the zones of a region by itself. */
const REGIONAL: readonly Managed[] = [
  { type: 'AWS::SQS::Queue', part: 'support', sla: 'sqs', what: 'a queue' },
  { type: 'AWS::SNS::Topic', part: 'support', sla: 'sns', what: 'a topic' },
  { type: 'AWS::Events::EventBus', part: 'support', sla: 'eventBridge', what: 'an event bus' },
  { type: 'AWS::Events::Rule', part: 'support', sla: 'eventBridge', what: 'a rule of events' },
  { type: 'AWS::Scheduler::Schedule', part: 'support', sla: 'eventBridge', what: 'a schedule' },
  { type: 'AWS::Pipes::Pipe', part: 'work', sla: 'eventBridge', what: 'a pipe' },
  { type: 'AWS::Kinesis::Stream', part: 'support', sla: 'kinesisDataStreams', what: 'a stream' },
  { type: 'AWS::KinesisFirehose::DeliveryStream', part: 'support', what: 'a delivery stream' },
  { type: 'AWS::KMS::Key', part: 'support', sla: 'kms', what: 'a key' },
  { type: 'AWS::SecretsManager::Secret', part: 'support', sla: 'secretsManager', what: 'a secret' },
  { type: 'AWS::AmazonMQ::Broker', part: 'data', what: 'a broker' },
];

const MANAGED_SERVICES: readonly Component[] = REGIONAL.map(({ type, part, sla, what }) => ({
  types: [type],
  part,
  fails: (resource: Resource, model) => {
    const likelihood = sla === undefined ? model.assumption('withoutAgreement') : agreement(sla, what);
    return anyOf(
      model.regional(resource, likelihood),
      keysNeededBy(resource, model),
      part === 'work' ? needsOf(resource, model) : anyOf(),
    );
  },
}));

const TOPICS_OF_KAFKA: Component = {
  types: ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'],
  part: 'data',
  fails: (cluster, model) => model.regional(cluster, model.assumption('withoutAgreement')),
};

/** The services that need nothing but what AWS runs, and what they call. */
export const MANAGED: readonly Component[] = [...MANAGED_SERVICES, TOPICS_OF_KAFKA];
