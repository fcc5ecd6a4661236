import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import type { TierChoices } from '../governance/tier-choices';

/** Where the accesses to a bucket are written down: the given bucket, or one of its own. @internal */
export function bucketLogs(scope: Construct, choices: TierChoices, given: IBucket | undefined): IBucket {
  if (given) return given;
  const logs = new Bucket(scope, 'AccessLogs', {
    // S3 delivers access logs to no bucket that is encrypted with a key of KMS.
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [
      {
        expiration: Duration.days(365),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    removalPolicy: choices.removalPolicy,
    autoDeleteObjects: choices.nonProduction,
  });
  acknowledgeNag(logs, 'S1', NOT_LOGGED);
  acknowledgeControls(logs, ['S3BucketLoggingEnabled'], NOT_LOGGED);
  acknowledgeControls(
    logs,
    ['S3DefaultEncryptionKMS'],
    'S3 delivers access logs to no bucket that is encrypted with a key of KMS.',
  );
  acknowledgeControls(
    logs,
    ['S3BucketReplicationEnabled'],
    'Each region logs its own accesses; no service needs those of a lost region to come back.',
  );
  return logs;
}

/**
 * Has S3 write down the accesses to a bucket. By a policy: unless a feature flag is set, the CDK does it by an access
 * control list, which a bucket of today has not.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * @internal
 */
export function logAccesses(bucket: Bucket, logs: IBucket): void {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnBucket)) return;
  defaultChild.loggingConfiguration = { destinationBucketName: logs.bucketName, logFilePrefix: PREFIX };
  logs.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DeliverAccessLogs',
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logs.arnForObjects(`${PREFIX}*`)],
      conditions: {
        ArnLike: { 'aws:SourceArn': bucket.bucketArn },
        StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account },
      },
    }),
  );
}

const PREFIX = 'bucket/';

const NOT_LOGGED = 'It holds access logs itself: a log of its own accesses would grow without end.';
