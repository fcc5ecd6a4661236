import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopicSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { createDeadLetters } from '../../data/dead-letters';
import { logDeliveries } from '../../governance/delivery-logs';
import type { TierChoices } from '../../governance/tier-choices';

/**
 * The way around the bridge: alarms publish to this topic themselves. It shares nothing with the first way, not even a
 * key, so that what breaks the one does not break the other.
 *
 * @internal
 */
export class IncidentFallback extends Construct {
  readonly topic: Topic;

  /** What a subscriber did not take; nothing where those who subscribe later say themselves. */
  readonly deadLetters: Queue | undefined;

  constructor(
    scope: Construct,
    id: string,
    choices: TierChoices,
    subscriptions: readonly ITopicSubscription[],
  ) {
    super(scope, id);
    const masterKey = new Key(this, 'Key', {
      description: `${scope.node.path}: encrypts the notices that go around it`,
      enableKeyRotation: true,
      removalPolicy: choices.removalPolicy,
      pendingWindow: Duration.days(choices.nonProduction ? 7 : 30),
    });
    this.topic = new Topic(this, 'Topic', { masterKey, enforceSSL: true });
    logDeliveries(this.topic);
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    masterKey.grant(alarms, 'kms:Decrypt', 'kms:GenerateDataKey*');
    this.topic.grantPublish(alarms);
    const deadLetters = subscriptions.length > 0 ? createDeadLetters(this, choices, {}) : undefined;
    this.deadLetters = deadLetters;
    for (const subscription of subscriptions) {
      this.topic.addSubscription(deadLetters ? kept(subscription, deadLetters) : subscription);
    }
  }
}

/** What it does not take is set aside, unless it says where itself. */
function kept(subscription: ITopicSubscription, deadLetters: Queue): ITopicSubscription {
  return {
    bind: (topic) => {
      const config = subscription.bind(topic);
      return { ...config, deadLetterQueue: config.deadLetterQueue ?? deadLetters };
    },
  };
}
