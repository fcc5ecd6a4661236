import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logDeliveries } from '../governance/delivery-logs';
import type { TierChoices } from '../governance/tier-choices';

/** Those who have something to say. EventBridge names no account when it calls KMS, so its leave has no condition. */
const SPEAKERS = ['events.amazonaws.com', 'cloudwatch.amazonaws.com', 'backup.amazonaws.com'];

/**
 * The topic that was given, or an encrypted one of its own to which EventBridge, CloudWatch and AWS Backup may publish.
 * Somebody still has to subscribe.
 *
 * @internal
 */
export function noticeTopic(scope: Construct, choices: TierChoices, given: ITopic | undefined): ITopic {
  if (given) return given;
  const notices = new Construct(scope, 'Notices');
  // The key of AWS for SNS cannot be used by other services of AWS.
  const masterKey = new Key(notices, 'Key', {
    description: 'Notices about backups and their keys',
    enableKeyRotation: true,
    removalPolicy: choices.removalPolicy,
    pendingWindow: Duration.days(choices.nonProduction ? 7 : 30),
  });
  const topic = new Topic(notices, 'Topic', { masterKey, enforceSSL: true });
  logDeliveries(topic);
  for (const speaker of SPEAKERS) {
    masterKey.grant(new ServicePrincipal(speaker), 'kms:Decrypt', 'kms:GenerateDataKey*');
    topic.grantPublish(new ServicePrincipal(speaker));
  }
  return topic;
}
