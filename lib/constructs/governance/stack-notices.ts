import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { logDeliveries } from './delivery-logs';
import { logKeyOf } from './log-key';
import { TierChoices, type TieredProps } from './tier-choices';

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

/**
 * The topics of a stack that constructs tell unless they are given another: for people to subscribe to, whatever the stack
 * holds. Each is made when it is first asked for, by a construct or here, and is the same for all.
 *
 * ```ts
 * const notices = StackNotices.of(stack);
 * for (const topic of [notices.alarms, notices.deadLetters]) topic.addSubscription(new EmailSubscription('on-call@example.com'));
 * ```
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export class StackNotices {
  /**
   * Those of the stack that a construct is in.
   *
   * @param construct the stack, or anything in it that is built for a service
   * @param props how critical the stack is, where it is built for no service
   * @throws ConfigurationError when the construct is built for no service and no tier is given
   */
  static of(construct: Construct, props: Pick<TieredProps, 'tier'> = {}): StackNotices {
    return new StackNotices(construct, new TierChoices(construct, props));
  }

  private constructor(
    private readonly construct: Construct,
    private readonly choices: TierChoices,
  ) {}

  /** Told when an alarm fires and when it is over: objectives, journeys, heartbeats, baselines, third parties. */
  get alarms(): ITopic {
    return stackNotices(this.construct, this.choices, 'AlarmNotices');
  }

  /** Told when something waits that nobody could handle, the watches of heartbeats and third parties included. */
  get deadLetters(): ITopic {
    return stackNotices(this.construct, this.choices, 'DeadLetterNotices');
  }
}
