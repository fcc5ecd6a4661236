import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Bucket, CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { logBucket } from '../../governance/log-bucket';
import type { TierChoices } from '../../governance/tier-choices';

/** Where the accesses to a bucket are written down: the given bucket, or one of its own. @internal */
export function bucketLogs(scope: Construct, choices: TierChoices, given: IBucket | undefined): IBucket {
  return (
    given ??
    logBucket(scope, 'AccessLogs', choices, {
      retention: Duration.days(365),
      whyNoKey: 'S3 delivers access logs to no bucket that is encrypted with a key of KMS.',
      whyOneRegion:
        'Each region logs its own accesses; no service needs those of a lost region to come back.',
    })
  );
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
