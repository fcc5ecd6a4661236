import { LOST, type StoreFact, UNHARMED } from './store';

const DOCS = 'https://docs.aws.amazon.com';

/**
 * Queues, topics, buses and streams, each in every way of replicating. What was not taken yet is what can be lost. What has
 * no archive cannot be damaged later either: a message is never changed, only taken or expired, and what it led to is
 * repaired in the store of whoever took it. So no repair is owed of it.
 */
export const MESSAGES = {
  sqsQueue: {
    store: 'SQS queue',
    family: 'queue',
    instance: UNHARMED,
    availabilityZone: UNHARMED,
    region: LOST,
    dataRepair: LOST,
    source: `${DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html`,
    asOf: '2026-11',
    confidence: 'documented',
  },
  snsTopic: {
    store: 'SNS topic',
    family: 'queue',
    instance: UNHARMED,
    availabilityZone: UNHARMED,
    region: LOST,
    dataRepair: LOST,
    source: `${DOCS}/sns/latest/dg/welcome.html`,
    asOf: '2026-11',
    confidence: 'documented',
  },
  eventBus: {
    store: 'EventBridge bus with an archive',
    family: 'queue',
    instance: UNHARMED,
    availabilityZone: UNHARMED,
    region: LOST,
    // An event is in the archive up to ten minutes after it was sent.
    dataRepair: { rpoSeconds: 600, rtoSeconds: 3600 },
    source: `${DOCS}/eventbridge/latest/userguide/eb-archive.html`,
    asOf: '2026-11',
    confidence: 'assumed',
  },
  eventBusWithEndpoint: {
    store: 'EventBridge global endpoint with event replication',
    family: 'queue',
    instance: UNHARMED,
    availabilityZone: UNHARMED,
    region: { rpoSeconds: 420, rtoSeconds: 420 },
    dataRepair: { rpoSeconds: 600, rtoSeconds: 3600 },
    source: `${DOCS}/eventbridge/latest/userguide/eb-global-endpoints.html`,
    asOf: '2026-11',
    confidence: 'documented',
  },
  kinesisStream: {
    store: 'Kinesis data stream',
    family: 'stream',
    instance: UNHARMED,
    availabilityZone: UNHARMED,
    region: LOST,
    dataRepair: LOST,
    source: `${DOCS}/streams/latest/dev/disaster-recovery-resiliency.html`,
    asOf: '2026-11',
    confidence: 'documented',
  },
  kafkaCluster: {
    store: 'MSK cluster in three zones',
    family: 'stream',
    // Two of three replicas have a write before it is acknowledged; leaders move within seconds.
    instance: { rpoSeconds: 0, rtoSeconds: 30 },
    availabilityZone: { rpoSeconds: 0, rtoSeconds: 60 },
    region: LOST,
    dataRepair: LOST,
    source: `${DOCS}/msk/latest/developerguide/bestpractices.html`,
    asOf: '2026-11',
    confidence: 'assumed',
  },
  kafkaClusterWithReplicator: {
    store: 'MSK cluster with MSK Replicator',
    family: 'stream',
    instance: { rpoSeconds: 0, rtoSeconds: 30 },
    availabilityZone: { rpoSeconds: 0, rtoSeconds: 60 },
    region: { rpoSeconds: 60, rtoSeconds: 600 },
    dataRepair: LOST,
    source: `${DOCS}/msk/latest/developerguide/msk-replicator.html`,
    asOf: '2026-11',
    confidence: 'assumed',
  },
} as const satisfies Record<string, StoreFact>;
