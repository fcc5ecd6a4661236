import { logsCannotBeChanged } from '../../../lib/audit/rules/log-integrity';
import { checks, outcomeOf } from '../../support/rule-cases';

const BUCKET = 'AWS::S3::Bucket';
const VERSIONS = { VersioningConfiguration: { Status: 'Enabled' } };
const LOCKED = { ...VERSIONS, ObjectLockEnabled: true };
const TRAIL = { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Logs' } } } };
const logged = (bucket: object, more: object = TRAIL) => ({
  Parameters: { Given: { Type: 'String' } },
  Resources: { Logs: { Type: BUCKET, Properties: bucket }, ...more },
});
const expires = (ExpirationInDays: unknown, more: object = {}) => ({
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays, ...more }] },
});
const policy = (Effect: string, Resource: unknown = { 'Fn::Sub': '${Logs.Arn}/*' }) => ({
  ...TRAIL,
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Logs' },
      PolicyDocument: {
        Statement: [
          { Effect, Principal: '*', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'], Resource },
        ],
      },
    },
  },
});
const exported = (bucket: object, retention: object = {}) =>
  logged(bucket, {
    Group: { Type: 'AWS::Logs::LogGroup', Properties: retention },
    Filter: {
      Type: 'AWS::Logs::SubscriptionFilter',
      Properties: { LogGroupName: { Ref: 'Group' }, DestinationArn: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
    },
    Stream: {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: { ExtendedS3DestinationConfiguration: { BucketARN: { 'Fn::GetAtt': ['Logs', 'Arn'] } } },
    },
  });
const apart = (account: string) => ({
  stacks: {
    App: {
      account: '111122223333',
      region: 'eu-west-1',
      template: {
        Resources: { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'audit-logs' } } },
      },
    },
    Archive: {
      account,
      region: 'eu-west-1',
      template: { Resources: { Logs: { Type: BUCKET, Properties: { BucketName: 'audit-logs' } } } },
    },
  },
});
const NO_LOGS = 'what takes no logs is not asked';

checks(logsCannotBeChanged, {
  passes: {
    'versions are locked': logged(LOCKED),
    'a policy lets nobody delete them': logged(VERSIONS, policy('Deny')),
    'logs are kept for a year': logged({ ...LOCKED, ...expires(365) }),
    'the export of logs is kept as long as they': exported(expires(400), { RetentionInDays: 400 }),
  },
  fails: {
    'versions are not kept': logged({}),
    'versions can be deleted': logged(VERSIONS),
    'a policy lets some delete them': logged(VERSIONS, policy('Allow')),
    'a policy guards a part only': logged(VERSIONS, policy('Deny', { 'Fn::Sub': '${Logs.Arn}/AWSLogs' })),
    'logs go after a month': logged({ ...LOCKED, ...expires(30) }),
    'the bucket is in the same account': apart('111122223333'),
    'the export goes before the logs': exported(expires(30), { RetentionInDays: 400 }),
  },
  unknown: {
    'the days are a parameter without a default': logged({ ...LOCKED, ...expires({ Ref: 'Given' }) }),
    'whether they are locked is a parameter': logged({ ...VERSIONS, ObjectLockEnabled: { Ref: 'Given' } }),
    'the rules come from a transform': logged({
      ...LOCKED,
      LifecycleConfiguration: { Rules: { 'Fn::Transform': {} } },
    }),
  },
  notApplicable: {
    'the bucket takes no logs': { Resources: { Logs: { Type: BUCKET } } },
  },
  equivalent: {
    'Trail.S3BucketName': NO_LOGS,
    'Group.RetentionInDays': 'what logs keep for less time is not owed longer in their export',
    'Filter.*': NO_LOGS,
    'Stream.*': NO_LOGS,
    'Logs.LifecycleConfiguration.Rules.0.Status': 'a rule that is off ends nothing',
  },
});

describe('X-81', () => {
  it('passes where the bucket is in another account', () => {
    expect(outcomeOf(logsCannotBeChanged, apart('444455556666'))).toBe('pass');
  });

  it.each([
    ['444455556666', 'pass'],
    ['111122223333', 'fail'],
  ])('asks for another account too where it is told to: %s', (account, outcome) => {
    const config = {
      services: [],
      rules: { 'X-81': { parameters: { otherAccount: true } } },
    } as unknown as Parameters<typeof outcomeOf>[3];
    expect(outcomeOf(logsCannotBeChanged, apart(account), undefined, config)).toBe(outcome);
  });
});
