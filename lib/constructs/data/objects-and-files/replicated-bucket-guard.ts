import { type Bucket, type BucketProps, CfnBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { Decided } from '../../../objectives/policy/decided';
import type { TierChoices } from '../../governance/tier-choices';
import type { ReplicatedBucketProps } from './replicated-bucket';

/** Whether and how long versions are locked. @internal */
export interface VersionLock {
  readonly enabled: boolean;
  readonly retention: ObjectLockRetention | undefined;
}

/**
 * Each version is locked as long as old ones are kept, unless somebody says otherwise. Locked versions would keep a stage
 * from being torn down, so there they are locked one by one, if at all.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 * @internal
 */
export function chooseLock(
  choices: TierChoices,
  { objectLock, objectLockRetention }: Pick<ReplicatedBucketProps, 'objectLock' | 'objectLockRetention'>,
  kept: Duration,
): VersionLock {
  const enabled = choices.on({
    what: 'objectLock',
    owed: choices.nonProduction ? TORN_DOWN : LOCKED,
    chosen: objectLock ?? (objectLockRetention ? true : undefined),
  });
  if (!enabled || choices.nonProduction) return { enabled, retention: undefined };
  return { enabled, retention: objectLockRetention ?? ObjectLockRetention.governance(kept) };
}

/** @internal */
export function lockProps({
  enabled,
  retention,
}: VersionLock): Pick<BucketProps, 'objectLockEnabled' | 'objectLockDefaultRetention'> {
  if (!enabled) return {};
  return { objectLockEnabled: true, ...(retention && { objectLockDefaultRetention: retention }) };
}

/**
 * Has S3 tell EventBridge what happens to objects. By the property of the bucket: the CDK does it by a function of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 * @internal
 */
export function tellEvents(choices: TierChoices, bucket: Bucket, chosen: boolean | undefined): void {
  const told = choices.on({
    what: 'eventBridge',
    owed: TOLD,
    limit: choices.nonProduction ? { ...TOLD, value: false } : undefined,
    chosen,
  });
  const { defaultChild } = bucket.node;
  if (told && defaultChild instanceof CfnBucket)
    defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}

const LOCKED: Decided<boolean> = {
  value: true,
  because: 'who takes over the account, or errs there, cannot delete the versions',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
};

const TORN_DOWN: Decided<boolean> = {
  value: false,
  because: 'this stage is not production: it may be torn down',
  source: 'own decision of cdk-nines: a default to start from, not a standard',
};

const TOLD: Decided<boolean> = {
  value: true,
  because: 'somebody can learn that objects were deleted, or that their replication failed',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
};
