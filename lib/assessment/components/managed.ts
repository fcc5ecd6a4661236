import type { Resource } from '../../assembly/resource';
import { clocksOf } from '../clocks';
import type { Component, Part } from '../component';
import { anyOf } from '../failure';
import { needsOf } from '../needs';
import { keysNeededBy } from './encryption';
import { type SharedServiceId, sharedFails } from './shared-services';

interface Managed {
  readonly type: string;
  readonly part: Part;
  readonly service: SharedServiceId;
}

/** Services that AWS runs over the zones of a region by itself. */
const REGIONAL: readonly Managed[] = [
  { type: 'AWS::SQS::Queue', part: 'support', service: 'sqs' },
  { type: 'AWS::SNS::Topic', part: 'support', service: 'sns' },
  { type: 'AWS::Events::EventBus', part: 'support', service: 'eventbridge' },
  { type: 'AWS::Pipes::Pipe', part: 'work', service: 'eventbridge-pipes' },
  { type: 'AWS::Kinesis::Stream', part: 'support', service: 'kinesis' },
  { type: 'AWS::KinesisFirehose::DeliveryStream', part: 'support', service: 'firehose' },
  { type: 'AWS::KMS::Key', part: 'support', service: 'kms' },
  { type: 'AWS::SecretsManager::Secret', part: 'support', service: 'secrets-manager' },
];

const MANAGED_SERVICES: readonly Component[] = REGIONAL.map(({ type, part, service }) => ({
  types: [type],
  part,
  fails: (resource: Resource, model) =>
    anyOf(
      sharedFails(service, resource, model),
      keysNeededBy(resource, model),
      part === 'work'
        ? needsOf(resource, model)
        : anyOf(...clocksOf(resource, model).map((clock) => model.of(clock))),
    ),
}));

/** Clusters of Kafka are servers of one user. */
const OWN_SERVERS: Component = {
  types: ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'],
  part: 'data',
  fails: (cluster, model) => model.regional(cluster, model.assumption('withoutAgreement')),
};

/** The services that need nothing but what AWS runs, and what they call. */
export const MANAGED: readonly Component[] = [...MANAGED_SERVICES, OWN_SERVERS];
