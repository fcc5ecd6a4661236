import { dataOutlivesStack, nameIsFree, retentionIsSaid, zonesAreChosen } from '../../../lib/audit/rules/cfn';
import { Tier } from '../../../lib/objectives/tier';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const one = (type: string, properties: Readonly<Record<string, unknown>>, rest: object = {}) => ({
  ...OPEN,
  Resources: { Subject: { Type: type, Properties: properties, ...rest } },
});
const maybe = (value: unknown) => ({ 'Fn::If': ['Wanted', value, { Ref: 'AWS::NoValue' }] });

const USED = { 'Fn::GetStackOutput': { StackName: 'Here', OutputName: 'Name', Region: 'eu-west-1' } };
const twoRegions = (there: object) => ({
  stacks: {
    Here: {
      region: 'eu-west-1',
      template: {
        Resources: { Subject: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop' } } },
        Outputs: { Name: { Value: { Ref: 'Subject' } } },
      },
    },
    There: {
      region: 'eu-central-1',
      template: { Resources: { Other: { Type: 'AWS::SSM::Parameter' }, ...there } },
    },
  },
});

checks(nameIsFree, {
  passes: {
    'a table has no name of its own': one('AWS::DynamoDB::Table', { TableName: { Ref: 'AWS::NoValue' } }),
    'a condition that never holds names it': {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        Subject: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { TableName: { 'Fn::If': ['Never', 'orders', { Ref: 'AWS::NoValue' }] } },
        },
      },
    },
  },
  fails: {
    'a table has one': one('AWS::DynamoDB::Table', { TableName: 'orders' }),
    'a stream has one, which another logical ID would need too': one('AWS::Kinesis::Stream', {
      Name: 'orders',
    }),
    'a role has one': one('AWS::IAM::Role', { RoleName: { 'Fn::Sub': '${AWS::StackName}-role' } }),
    'a bucket has one by a parameter': one('AWS::S3::Bucket', { BucketName: { Ref: 'Open' } }),
  },
  unknown: {
    'a condition decides': one('AWS::S3::Bucket', { BucketName: maybe('x') }),
    'another region of the app may mean it by its name': twoRegions({}),
  },
  notApplicable: {
    'another region means it by its name': twoRegions({
      Use: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: USED } },
    }),
    'the service prescribes the name': one('AWS::S3::Bucket', { BucketName: 'aws-waf-logs-shop' }),
    'others must know the name': one('AWS::SSM::Parameter', { Name: '/shop/url' }),
  },
});

const zone = (value: unknown, type = 'AWS::EC2::Subnet') => one(type, { AvailabilityZone: value });
const inRegion = (region: string, value: unknown) => ({ stacks: { Net: { region, template: zone(value) } } });
checks(zonesAreChosen, {
  passes: {
    'the zone is selected': zone({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }),
    'the stack is bound to the region': inRegion('eu-west-1', 'eu-west-1a'),
    'a parameter names it': zone({ Ref: 'Open' }),
  },
  fails: {
    'the template names it': zone('us-east-1a'),
    'a list names it': one('AWS::AutoScaling::AutoScalingGroup', { AvailabilityZones: ['us-gov-west-1b'] }),
    'a mapping of a firewall names it': one('AWS::NetworkFirewall::Firewall', {
      AvailabilityZoneMappings: [{ AvailabilityZone: 'eu-west-1a' }],
    }),
    'the stack is bound to another region': inRegion('eu-central-1', 'eu-west-1a'),
    'it is named beside a resource, which leads to the whole app': one('AWS::NetworkFirewall::Firewall', {
      AvailabilityZoneMappings: [{ IPAddressType: { Ref: 'Subject' }, AvailabilityZone: 'eu-west-1a' }],
    }),
  },
  unknown: { 'a condition decides': zone({ 'Fn::If': ['Wanted', 'eu-west-1a', { Ref: 'Open' }] }) },
  notApplicable: { 'nothing names a zone': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
});

const QUEUE = 'AWS::SQS::Queue';
checks(retentionIsSaid, {
  passes: {
    'a queue says it': one(QUEUE, { MessageRetentionPeriod: 1209600 }),
    'a parameter says it': one(QUEUE, { MessageRetentionPeriod: { Ref: 'Open' } }),
    'a database says it': one('AWS::RDS::DBInstance', { BackupRetentionPeriod: 35 }),
  },
  fails: {
    'a queue does not': one(QUEUE, {}),
    'a stream does not': one('AWS::Kinesis::Stream', {}),
    'a database does not': one('AWS::RDS::DBInstance', {}),
  },
  unknown: { 'a condition decides': one(QUEUE, { MessageRetentionPeriod: maybe(60) }) },
  notApplicable: {
    'a database is a member of a cluster': one('AWS::RDS::DBInstance', { DBClusterIdentifier: 'shop' }),
  },
});

const BOTH = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const judge = (type: string, properties: Readonly<Record<string, unknown>>, rest: object) =>
  outcomeOf(dataOutlivesStack, one(type, properties, rest));

describe('CFN-04 dataOutlivesStack', () => {
  const table = 'AWS::DynamoDB::Table';

  it.each([
    ['both policies retain', table, BOTH],
    [
      'a volume leaves snapshots',
      'AWS::EC2::Volume',
      { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' },
    ],
    ['it is deleted only with a failed creation', table, { ...BOTH, DeletionPolicy: 'RetainExceptOnCreate' }],
    ['a database leaves a snapshot by default', 'AWS::RDS::DBInstance', { UpdateReplacePolicy: 'Snapshot' }],
    ['a cluster leaves a snapshot by default', 'AWS::RDS::DBCluster', { UpdateReplacePolicy: 'Snapshot' }],
    ['a key is retained', 'AWS::KMS::Key', BOTH],
  ])('passes when %s', (_what, type, rest) => expect(judge(type, {}, rest)).toBe('pass'));

  it.each([
    ['nothing is said', table, {}],
    ['only the deletion is thought of', table, { DeletionPolicy: 'Retain' }],
    ['only the replacement is thought of', table, { UpdateReplacePolicy: 'Retain' }],
    ['it is deleted', table, { ...BOTH, DeletionPolicy: 'Delete' }],
    ['it is deleted when it is replaced', table, { ...BOTH, UpdateReplacePolicy: 'Delete' }],
    [
      'its replacement is only kept on creation',
      table,
      { ...BOTH, UpdateReplacePolicy: 'RetainExceptOnCreate' },
    ],
    ['a database is replaced without a snapshot', 'AWS::RDS::DBInstance', {}],
    ['a policy is no text', table, { ...BOTH, DeletionPolicy: ['Retain'] }],
    ['a key is deleted', 'AWS::KMS::Key', {}],
  ])('fails when %s', (_what, type, rest) => expect(judge(type, {}, rest)).toBe('fail'));

  it('does not know what a parameter decides', () => {
    expect(judge(table, {}, { ...BOTH, DeletionPolicy: { Ref: 'Open' } })).toBe('unknown');
  });

  it('agrees where a condition chooses among two that keep it', () => {
    const chosen = { 'Fn::If': ['Wanted', 'Retain', 'Snapshot'] };
    expect(judge(table, {}, { ...BOTH, DeletionPolicy: chosen })).toBe('pass');
  });

  it.each([
    ['a member holds no data of its own', 'AWS::RDS::DBInstance', { DBClusterIdentifier: 'shop' }],
    ['a memcached cluster keeps nothing', 'AWS::ElastiCache::CacheCluster', { Engine: 'memcached' }],
    ['the data can be made again', table, { Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] }],
    ['the material of a key is kept elsewhere', 'AWS::KMS::Key', { Origin: 'EXTERNAL' }],
    ['an instance is made anew', 'AWS::EC2::Instance', {}],
  ])('does not apply when %s', (_what, type, properties) =>
    expect(['notApplicable', undefined]).toContain(judge(type, properties, {})),
  );

  it('is asked at every tier', () => {
    expect(outcomeOf(dataOutlivesStack, one(table, {}), Tier.STANDARD)).toBe('fail');
  });
});
