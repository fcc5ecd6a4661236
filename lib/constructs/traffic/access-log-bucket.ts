import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import type { Mistake } from '../../objectives/mistakes';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import type { TierChoices } from '../governance/tier-choices';

/**
 * A bucket that a load balancer can write its access logs to: private, encrypted,
 * over TLS only, with old versions, and cleared in time.
 *
 * @internal
 */
export function accessLogBucket(scope: Construct, choices: TierChoices, retention: Duration): Bucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    // Elastic Load Balancing cannot write to a bucket that is encrypted with a KMS key.
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // Who deletes or overwrites a log leaves the old one behind for a month.
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
  acknowledgeNag(
    bucket,
    'S1',
    'It holds access logs itself; a log of its own accesses would need another bucket, or grow without end.',
  );
  acknowledgeControls(
    bucket,
    ['S3BucketLoggingEnabled'],
    'It holds access logs itself; a log of its own accesses would need another bucket, or grow without end.',
  );
  acknowledgeControls(
    bucket,
    ['S3DefaultEncryptionKMS'],
    'Application Load Balancers write to buckets with keys of S3 only: with a key of KMS their logs would be lost.',
  );
  acknowledgeControls(
    bucket,
    ['S3BucketReplicationEnabled'],
    'No service needs the logs of a lost region to come back: each region logs what it serves itself.',
  );
  return bucket;
}

/** S3 counts in days, from one. @internal */
export function retentionMistakes(retention: Duration | undefined): Mistake[] {
  if (retention === undefined || retention.isUnresolved()) return [];
  const days = retention.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return [];
  return [
    {
      problem: `accessLogRetention is ${formatSeconds(days * 86_400)}, but S3 keeps for whole days`,
      fix: 'set accessLogRetention to Duration.days(1) or more, in whole days',
    },
  ];
}
