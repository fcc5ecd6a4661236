import { PolicyStatement, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TierChoices } from './tier-choices';

const LOG_KEY = 'LogKey';

/** One key for the logs, reports and notices of a stack: each costs by the month. @internal */
export function logKeyOf(scope: Construct, choices: TierChoices): Key {
  const stack = Stack.of(scope);
  const known = stack.node.tryFindChild(LOG_KEY);
  if (known instanceof Key) return known;
  const key = new Key(stack, LOG_KEY, {
    description: `${stack.node.path}: encrypts its logs`,
    enableKeyRotation: true,
    removalPolicy: choices.removalPolicy,
    ...(choices.nonProduction && { pendingWindow: Duration.days(7) }),
  });
  key.grantEncryptDecrypt(
    new ServicePrincipal(`logs.${stack.region}.amazonaws.com`, {
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }),
        },
      },
    }),
  );
  return key;
}

/**
 * Lets the delivery of logs of this account write to a bucket under the key: access logs of Network Load Balancers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html#AWS-logs-SSE-KMS-S3
 * @internal
 */
export function letLogsIn(key: Key): void {
  const { account } = Stack.of(key);
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DeliveryOfLogs',
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': Stack.of(key).formatArn({ service: 'logs', resource: '*' }) },
      },
    }),
  );
}

/**
 * Lets CloudFront write its logs to a bucket under the key. No page says that it names an account when it calls.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 * @internal
 */
export function letDistributionLogsIn(key: Key): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DeliveryOfDistributionLogs',
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
}

/**
 * Lets a role that may not be there yet use the key: as a principal it would be refused, so it is named in a condition.
 *
 * @internal
 */
export function letRoleIn(key: Key, sid: string, roleArn: string): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid,
      principals: [new StarPrincipal()],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': roleArn },
        StringEquals: { 'kms:CallerAccount': Stack.of(key).account },
      },
    }),
  );
}
