import { keyNamed, keysOf } from '../../assembly/data/encryption-keys';
import { Resource } from '../../assembly/resource';
import type { Unknown } from '../../assembly/value';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';

/** Types that ask the key again and again while they serve. Disks and databases keep it once they run. */
const ASKS_ITS_KEY: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Kinesis::Stream',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** The keys without which a resource cannot read or write what it holds. */
export function keysNeededBy(resource: Resource, model: Modelling, from?: string): Failure {
  if (!ASKS_ITS_KEY.has(resource.type)) return anyOf();
  const region = from ?? resource.region;
  const keys = [...keysOf(resource).map(({ key }) => key), ...keyOfTopic(resource)].filter(
    (key) => key instanceof Resource && key.region === region,
  );
  return anyOf(...[...new Set(keys)].map((key) => model.of(key as Resource)));
}

/** Messages of a topic are encrypted on their way; it holds no data. */
function keyOfTopic(resource: Resource): readonly (Resource | Unknown)[] {
  const key = resource.type === 'AWS::SNS::Topic' ? resource.get('KmsMasterKeyId') : undefined;
  return key === undefined ? [] : [keyNamed(key, resource)];
}
