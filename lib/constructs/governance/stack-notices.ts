import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { logDeliveries } from './delivery-logs';
import { logKeyOf } from './log-key';
import type { TierChoices } from './tier-choices';

/** What a topic of a stack is for; one who subscribes to one need not hear the other. */
export type NoticeKind = 'DeadLetterNotices' | 'AlarmNotices';

/**
 * One topic of a kind for a stack, so that people subscribe once: under the key of the stack, open to the alarms of the
 * account.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @internal
 */
export function stackNotices(scope: Construct, choices: TierChoices, kind: NoticeKind): Topic {
  const stack = Stack.of(scope);
  const known = stack.node.tryFindChild(kind);
  if (known instanceof Topic) return known;
  const masterKey = logKeyOf(scope, choices);
  const topic = new Topic(stack, kind, { masterKey, enforceSSL: true });
  logDeliveries(topic);
  const alarms = new ServicePrincipal('cloudwatch.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
  masterKey.grant(alarms, 'kms:Decrypt', 'kms:GenerateDataKey*');
  topic.grantPublish(alarms);
  return topic;
}
