import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { type Duration, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Mistake } from '../../objectives/mistakes';
import { logBucket } from '../governance/log-bucket';
import { letDistributionLogsIn, logKeyOf } from '../governance/log-key';
import type { TierChoices } from '../governance/tier-choices';

/**
 * A bucket that CloudFront can write its access logs to: with access lists, by which CloudFront's log delivery gets in.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 * @internal
 */
export function distributionLogBucket(scope: Construct, choices: TierChoices, retention: Duration): Bucket {
  const key = logKeyOf(scope, choices);
  letDistributionLogsIn(key);
  return logBucket(scope, 'AccessLogs', choices, {
    retention,
    accessLists: true,
    key,
    whyOneRegion:
      'No region needs old logs to serve: CloudFront serves from the edge whether or not they can be read.',
  });
}

/** CloudFront delivers no logs to buckets in regions that an account has to opt into. @internal */
export function logPlaceMistakes(region: string): Mistake[] {
  if (Token.isUnresolved(region) || ALWAYS_ON.includes(region)) return [];
  return [
    {
      problem: `its stack stands in ${region}, where CloudFront delivers no access logs`,
      fix: 'put it into a stack of its own in us-east-1: a distribution belongs to no region',
    },
  ];
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande-manage.html */
const ALWAYS_ON: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];
