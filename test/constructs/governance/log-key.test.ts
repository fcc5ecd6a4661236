import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logBucket } from '../../../lib/constructs/governance/log-bucket';
import {
  letDistributionLogsIn,
  letLogsIn,
  letRoleIn,
  logKeyOf,
} from '../../../lib/constructs/governance/log-key';
import { TierChoices } from '../../../lib/constructs/governance/tier-choices';
import { only, shopStack } from '../fixtures';

function statements(letIn: (key: ReturnType<typeof logKeyOf>) => void): Record<string, unknown>[] {
  const stack = shopStack(1);
  const part = new Construct(stack, 'Web');
  const key = logKeyOf(part, new TierChoices(part, {}));
  letIn(key);
  letIn(key);
  const { KeyPolicy } = only(stack, 'AWS::KMS::Key') as {
    KeyPolicy: { Statement: Record<string, unknown>[] };
  };
  return KeyPolicy.Statement.filter(({ Sid }) => Sid !== undefined);
}

function bucketUnder(withKey: boolean): Stack {
  const stack = shopStack(1);
  const part = new Construct(stack, 'Web');
  const choices = new TierChoices(part, {});
  logBucket(part, 'Logs', choices, {
    ...(withKey ? { key: logKeyOf(part, choices) } : { whyNoKey: 'its writer takes none' }),
    whyOneRegion: 'each region logs for itself',
  });
  return stack;
}

describe('the key of the logs of a stack', () => {
  it('lets in the delivery of logs of its account, once', () => {
    expect(statements(letLogsIn)).toEqual([
      expect.objectContaining({
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': expect.anything() },
        },
      }),
    ]);
  });

  it('lets in the logs of CloudFront, once', () => {
    expect(statements(letDistributionLogsIn)).toEqual([
      expect.objectContaining({
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 'kms:GenerateDataKey*',
      }),
    ]);
  });

  it('lets in a role that is not there yet, of its account only', () => {
    expect(statements((key) => letRoleIn(key, 'Reports', 'arn:aws:iam::111122223333:role/later'))).toEqual([
      expect.objectContaining({
        Principal: '*',
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/later' },
          StringEquals: { 'kms:CallerAccount': '111122223333' },
        },
      }),
    ]);
  });

  it('encrypts buckets whose writers take a key, and no others', () => {
    const algorithm = (SSEAlgorithm: string) => ({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm } }],
      },
    });
    Template.fromStack(bucketUnder(true)).hasResourceProperties('AWS::S3::Bucket', algorithm('aws:kms'));
    Template.fromStack(bucketUnder(false)).hasResourceProperties('AWS::S3::Bucket', algorithm('AES256'));
  });
});
