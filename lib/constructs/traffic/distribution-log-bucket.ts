import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import type { TierChoices } from '../governance/tier-choices';

/**
 * A bucket that CloudFront can write its access logs to: as private as those of load balancers, but with access lists, by
 * which CloudFront's log delivery gets in.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 * @internal
 */
export function distributionLogBucket(scope: Construct, choices: TierChoices, retention: Duration): Bucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    // The bucket owns what the log delivery writes.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    versioned: true,
    lifecycleRules: [
      {
        expiration: retention,
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    removalPolicy: choices.removalPolicy,
    autoDeleteObjects: choices.nonProduction,
  });
  const ownLogs =
    'It holds access logs itself; a log of its own accesses would need another bucket, or grow without end.';
  acknowledgeNag(bucket, 'S1', ownLogs);
  acknowledgeControls(bucket, ['S3BucketLoggingEnabled'], ownLogs);
  acknowledgeControls(
    bucket,
    ['S3DefaultEncryptionKMS'],
    'S3 encrypts the logs with keys of its own; a customer key that is lost or closed to log delivery would silence them.',
  );
  acknowledgeControls(
    bucket,
    ['S3BucketReplicationEnabled'],
    'No region needs old logs to serve: CloudFront serves from the edge whether or not they can be read.',
  );
  return bucket;
}
