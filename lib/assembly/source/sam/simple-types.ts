import { isObject, own, ownObject, ownString } from '../json';
import { objectInBucket } from './code-location';
import { type Expansion, picked, type SamResource, tagList } from './expansion';

const KEY_TYPES: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

/** What `AWS::Serverless::SimpleTable` becomes: a table with one key. */
export function expandSimpleTable(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties } = sam;
  const key = own(properties, 'PrimaryKey') ?? { Name: 'id', Type: 'String' };
  const throughput = own(properties, 'ProvisionedThroughput');
  const tags = own(properties, 'Tags');
  if (!isObject(key)) return false;
  const name = own(key, 'Name') ?? 'id';
  const type = own(key, 'Type') ?? 'String';
  expansion.add(sam, id, 'AWS::DynamoDB::Table', {
    AttributeDefinitions: [
      { AttributeName: name, AttributeType: typeof type === 'string' ? (KEY_TYPES[type] ?? type) : type },
    ],
    KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
    ...(throughput === undefined
      ? { BillingMode: 'PAY_PER_REQUEST' }
      : { ProvisionedThroughput: throughput }),
    ...picked(properties, ['PointInTimeRecoverySpecification', 'SSESpecification', 'TableName']),
    Tags: tags === undefined ? undefined : tagList(tags, {}),
  });
  return true;
}

/** What `AWS::Serverless::LayerVersion` becomes. The transform ends its logical id in a hash and rewrites references. */
export function expandLayer(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties, body } = sam;
  const policy = ownString(properties, 'RetentionPolicy');
  expansion.add(sam, id, 'AWS::Lambda::LayerVersion', {
    LayerName: own(properties, 'LayerName') ?? id,
    Content: objectInBucket(own(properties, 'ContentUri') ?? null),
    ...picked(properties, ['Description', 'CompatibleArchitectures', 'CompatibleRuntimes', 'LicenseInfo']),
  });
  const asked = policy?.toLowerCase() === 'delete' ? 'Delete' : 'Retain';
  const kept = policy === undefined ? (own(body, 'DeletionPolicy') ?? 'Retain') : asked;
  expansion.amend(id, { DeletionPolicy: kept });
  return true;
}

/** What `AWS::Serverless::Application` becomes: a nested stack. */
export function expandApplication(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties } = sam;
  const location = ownObject(properties, 'Location');
  const origin = Object.fromEntries(
    [
      ['serverlessrepo:applicationId', own(location, 'ApplicationId')],
      ['serverlessrepo:semanticVersion', own(location, 'SemanticVersion')],
    ].filter(([, value]) => value !== undefined),
  );
  expansion.add(sam, id, 'AWS::CloudFormation::Stack', {
    TemplateURL: own(properties, 'TemplateUrl') ?? own(properties, 'Location'),
    ...picked(properties, ['Parameters', 'NotificationARNs', 'TimeoutInMinutes']),
    Tags: tagList(own(properties, 'Tags'), { 'lambda:createdBy': 'SAM', ...origin }),
  });
  return true;
}
