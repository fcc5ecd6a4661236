import { dataStaysWhereItMay } from '../../../lib/audit/rules/residency';
import type { TestApp } from '../../support/graph';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

type Resources = Record<string, unknown>;

/** A service whose data may lie in two regions. */
const shop = (resources: Resources, region = 'eu-west-1', others: Resources = {}): TestApp => ({
  stacks: {
    shop: placeOf({ residency: ['eu-west-1', 'eu-central-1'], region }, resources),
    far: { region: 'us-east-1', template: { Resources: { Sink: bucket('far-logs'), ...others } } },
  },
});

const bucket = (BucketName: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });

const table = (...regions: unknown[]) => ({
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: { Replicas: regions.map((Region) => ({ Region })) },
  },
});

const logging = (sink: unknown) => ({
  Logs: { Type: 'AWS::EC2::FlowLog', Properties: { LogDestination: sink } },
  Near: bucket('near-logs'),
});

const copying = (region: string) => ({
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanRule: [
          {
            CopyActions: [
              { DestinationBackupVaultArn: `arn:aws:backup:${region}:111122223333:backup-vault:v` },
            ],
          },
        ],
      },
    },
  },
});

const secret = (region: unknown) => ({
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: [{ Region: region }] } },
});

checks(dataStaysWhereItMay, {
  passes: {
    'all replicas are in allowed regions': shop(table('eu-west-1', 'eu-central-1')),
    'logs stay in the region': shop(logging('arn:aws:s3:::near-logs')),
    'copies of backups go to an allowed region': shop(copying('eu-central-1')),
    'a secret is replicated to an allowed region': shop(secret('eu-central-1')),
  },
  fails: {
    'a replica is elsewhere': shop(table('eu-west-1', 'us-east-1')),
    'logs go elsewhere': shop(logging('arn:aws:s3:::far-logs')),
    'copies of backups go elsewhere': shop(copying('us-east-1')),
    'a secret is replicated elsewhere': shop(secret('us-east-1')),
    'the data itself is elsewhere': shop({ Data: bucket('data') }, 'us-east-1'),
  },
  unknown: {
    'a replica is in an open region': shop(secret({ Ref: 'Missing' })),
    'the region of the stack is open': {
      stacks: { shop: placeOf({ residency: ['eu-west-1'] }, { Data: bucket('data') }) },
    },
    'a sink is in another app': shop(logging('arn:aws:s3:::some-bucket')),
  },
  notApplicable: {
    'data may lie anywhere': {
      stacks: { shop: placeOf({ region: 'us-east-1' }, { Data: bucket('data') }) },
    },
    'a service is not declared': { Resources: { Data: bucket('data') } },
  },
  equivalent: {
    '*.BucketName': 'a name moves nothing',
  },
});

describe('X-80', () => {
  const judge = (resources: Resources) => outcomeOf(dataStaysWhereItMay, shop(resources));

  it('does not know where an inference profile of several regions infers', () => {
    const profile = (from: string) => ({
      Profile: {
        Type: 'AWS::Bedrock::ApplicationInferenceProfile',
        Properties: { ModelSource: { CopyFrom: from } },
      },
    });
    const arn = 'arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.model';
    expect(judge(profile(arn))).toBe('unknown');
    expect(judge(profile('arn:aws:bedrock:us-east-1::foundation-model/anthropic.model'))).toBe('fail');
  });

  it('takes mail and web addresses for no region', () => {
    const subscription = (Endpoint: string) => ({
      Subscription: { Type: 'AWS::SNS::Subscription', Properties: { Endpoint } },
    });
    expect(judge(subscription('team@example.com'))).toBe('notApplicable');
    expect(judge(subscription('arn:aws:sqs:us-east-1:111122223333:orders'))).toBe('fail');
  });
});
