import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { tagRebuildable } from '../recovery/data-class-tag';
import { acknowledgeControls, acknowledgeNag } from './nag';
import type { TierChoices } from './tier-choices';

/** What differs between buckets of logs or reports. @internal */
export interface LogBucketProps {
  /**
   * How long a log is kept.
   *
   * @default - for ever
   */
  readonly retention?: Duration;

  /**
   * Whether writers come by access lists; the bucket owns what they write all the same.
   *
   * @default false
   */
  readonly accessLists?: boolean;

  /**
   * How long nobody may delete a log.
   *
   * @default - no lock
   */
  readonly lock?: ObjectLockRetention;

  /**
   * The key, which lets in who writes.
   *
   * @default - keys of S3
   */
  readonly key?: IKey;

  /**
   * Why it must be keys of S3.
   *
   * @default - a `key` is given
   */
  readonly whyNoKey?: string;

  /** Why the logs are not replicated. */
  readonly whyOneRegion: string;

  /**
   * Why its own accesses are not logged.
   *
   * @default - it holds access logs itself
   */
  readonly whyNotLogged?: string;
}

/**
 * A bucket for logs or reports: private, encrypted, over TLS only, with old versions, and cleared in time. What it holds
 * is no data of the service, so it is not backed up.
 *
 * @internal
 */
export function logBucket(scope: Construct, id: string, choices: TierChoices, props: LogBucketProps): Bucket {
  const { retention, accessLists = false, lock, key } = props;
  const bucket = new Bucket(scope, id, {
    ...(key
      ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: accessLists
      ? ObjectOwnership.BUCKET_OWNER_PREFERRED
      : ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // Who deletes or overwrites a log leaves the old one behind for a month.
    versioned: true,
    ...(retention && { lifecycleRules: [clearedAfter(retention)] }),
    ...(lock && { objectLockDefaultRetention: lock }),
    removalPolicy: choices.removalPolicy,
    autoDeleteObjects: choices.nonProduction,
  });
  if (!choices.nonProduction) bucket.addToResourcePolicy(nobodyDeletes(bucket));
  // Else it would be backed up with the data, and hide that nothing else is.
  tagRebuildable(bucket);
  acknowledge(bucket, props);
  return bucket;
}

/**
 * Who breaks in cannot wipe the traces without being seen to change the policy first. Lifecycle rules go on clearing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-set-lifecycle-configuration-intro.html
 */
function nobodyDeletes(bucket: Bucket): PolicyStatement {
  return new PolicyStatement({
    sid: 'NobodyDeletesLogs',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: [bucket.arnForObjects('*')],
  });
}

function clearedAfter(expiration: Duration) {
  return {
    expiration,
    noncurrentVersionExpiration: Duration.days(30),
    abortIncompleteMultipartUploadAfter: Duration.days(7),
  };
}

function acknowledge(
  bucket: Bucket,
  { whyNoKey, whyOneRegion, whyNotLogged = OWN_LOGS }: LogBucketProps,
): void {
  acknowledgeNag(bucket, 'S1', whyNotLogged);
  acknowledgeControls(bucket, ['S3BucketLoggingEnabled'], whyNotLogged);
  if (whyNoKey !== undefined) acknowledgeControls(bucket, ['S3DefaultEncryptionKMS'], whyNoKey);
  acknowledgeControls(bucket, ['S3BucketReplicationEnabled'], whyOneRegion);
}

const OWN_LOGS =
  'It holds access logs itself; a log of its own accesses would need another bucket, or grow without end.';
