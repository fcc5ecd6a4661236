import { parseArn } from '../identifiers';
import { Resource } from '../resource';
import { isScalar, Text, Unknown } from '../value';

/** What a poller reads from. */
export type EventSourceKind = 'kinesis' | 'dynamodb' | 'kafka' | 'mq' | 'documentdb' | 'sqs';

const BY_TYPE: Readonly<Record<string, EventSourceKind>> = {
  'AWS::AmazonMQ::Broker': 'mq',
  'AWS::DocDB::DBCluster': 'documentdb',
  'AWS::DynamoDB::GlobalTable': 'dynamodb',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::Kinesis::Stream': 'kinesis',
  'AWS::Kinesis::StreamConsumer': 'kinesis',
  'AWS::MSK::Cluster': 'kafka',
  'AWS::MSK::ServerlessCluster': 'kafka',
  'AWS::SQS::Queue': 'sqs',
};

const BY_SERVICE: Readonly<Record<string, EventSourceKind>> = {
  dynamodb: 'dynamodb',
  kafka: 'kafka',
  kinesis: 'kinesis',
  mq: 'mq',
  rds: 'documentdb',
  sqs: 'sqs',
};

/** Settings of an event source mapping that only one kind of source has. */
const TELLING: readonly (readonly [property: string, kind: EventSourceKind])[] = [
  ['SelfManagedEventSource', 'kafka'],
  ['SelfManagedKafkaEventSourceConfig', 'kafka'],
  ['AmazonManagedKafkaEventSourceConfig', 'kafka'],
  ['Queues', 'mq'],
  ['DocumentDBEventSourceConfig', 'documentdb'],
];

/** What an event source mapping or a pipe reads from, in the app or by its ARN. */
export function sourceKindOf(reader: Resource, path: 'EventSourceArn' | 'Source'): EventSourceKind | Unknown {
  const value = reader.get(path);
  const named = value === undefined ? undefined : reader.stack.graph.resolve(value, reader);
  const byType = named instanceof Resource ? BY_TYPE[named.type] : undefined;
  if (byType) return byType;
  const head = value instanceof Text ? value.parts[0] : value;
  const text = isScalar(head) && head !== null && head !== undefined ? String(head) : '';
  const byArn = BY_SERVICE[parseArn(`${text}:::`)?.service ?? ''];
  if (byArn) return byArn;
  const told = TELLING.find(([property]) => reader.get(property) !== undefined);
  if (told) return told[1];
  return named instanceof Unknown ? named : new Unknown('what it reads from is known only at deploy');
}
