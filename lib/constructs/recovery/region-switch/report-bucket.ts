import { type Bucket, type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { logBucket } from '../../governance/log-bucket';
import { logKeyOf } from '../../governance/log-key';
import type { TierChoices } from '../../governance/tier-choices';
import type { SwitchPermission } from './switch-block';

/** A bucket that keeps what each execution did, so that nobody can make it undone. @internal */
export function newReportBucket(scope: Construct, choices: TierChoices): Bucket {
  const bucket = logBucket(scope, 'Reports', choices, {
    retention: Duration.days(3 * 366),
    ...(!choices.nonProduction && { lock: ObjectLockRetention.governance(KEPT) }),
    key: logKeyOf(scope, choices),
    whyOneRegion:
      'It does not stand in the primary region, and no recovery reads it: Region switch keeps the executions as well.',
    whyNotLogged: WRITER,
  });
  choices.record({
    what: 'reportLock',
    value: !choices.nonProduction,
    because: choices.nonProduction
      ? 'this stage is not production: it may be torn down'
      : 'a report is evidence of an exercise or a failover for a year',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
  });
  return bucket;
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_reports.html @internal */
export function reportPermissions(bucket: IBucket, prefix: string): SwitchPermission[] {
  const key = bucket.encryptionKey;
  return [
    { actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${prefix}/*`)] },
    ...(key ? [{ actions: ['kms:GenerateDataKey', 'kms:Encrypt'], resources: [key.keyArn] }] : []),
  ];
}

const KEPT = Duration.days(366);

const WRITER =
  'Region switch alone writes to it, a few reports a year, and CloudTrail names who starts an execution; a log of accesses would need another bucket.';
