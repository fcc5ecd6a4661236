import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import type { Mistake } from '../../objectives/mistakes';
import { logBucket } from '../governance/log-bucket';
import type { TierChoices } from '../governance/tier-choices';

/** A bucket that a load balancer can write its access logs to. @internal */
export function accessLogBucket(scope: Construct, choices: TierChoices, retention: Duration): Bucket {
  return logBucket(scope, 'AccessLogs', choices, {
    retention,
    whyNoKey:
      'Application Load Balancers write to buckets with keys of S3 only: with a key of KMS their logs would be lost.',
    whyOneRegion:
      'No service needs the logs of a lost region to come back: each region logs what it serves itself.',
  });
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
