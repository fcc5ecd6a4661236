import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import type { Mistake } from '../../objectives/mistakes';
import { logBucket } from '../governance/log-bucket';
import { letLogsIn, logKeyOf } from '../governance/log-key';
import type { TierChoices } from '../governance/tier-choices';

/**
 * A bucket that an Application Load Balancer can write its access logs to.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * @internal
 */
export function accessLogBucket(scope: Construct, choices: TierChoices, retention: Duration): Bucket {
  return logBucket(scope, 'AccessLogs', choices, {
    retention,
    whyNoKey:
      'Application Load Balancers write to buckets with keys of S3 only: with a key of KMS their logs would be lost.',
    whyOneRegion: ONE_REGION,
  });
}

/**
 * A bucket that a Network Load Balancer can write its access logs to.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 * @internal
 */
export function networkLogBucket(scope: Construct, choices: TierChoices, retention: Duration): Bucket {
  const key = logKeyOf(scope, choices);
  letLogsIn(key);
  return logBucket(scope, 'AccessLogs', choices, { retention, key, whyOneRegion: ONE_REGION });
}

const ONE_REGION =
  'No service needs the logs of a lost region to come back: each region logs what it serves itself.';

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
