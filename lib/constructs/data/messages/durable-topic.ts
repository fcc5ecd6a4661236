import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Subscription, type SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { refuse } from '../../../objectives/mistakes';
import type { DeadLetterProps } from '../../governance/dead-letter-alarm';
import { logDeliveries } from '../../governance/delivery-logs';
import { TierChoices } from '../../governance/tier-choices';
import { type DataProps, holdStore } from '../data-choice';
import { DeadLettersOnDemand } from '../dead-letters';
import { SetsAside } from '../sets-aside';
import type { DurableQueue } from './durable-queue';

/** Properties of a {@link DurableTopic}. */
export interface DurableTopicProps extends DataProps, DeadLetterProps {
  /**
   * Whether messages keep their order within a group, come once, and are kept for replay.
   *
   * @default false
   */
  readonly fifo?: boolean;

  /**
   * How far back messages can be replayed to a subscriber, in whole days up to 365. For a `fifo` topic only.
   *
   * @default - 35 days at tiers 0 and 1, 7 days at tier 2 and none at tier 3 for a `fifo` topic
   */
  readonly archiveRetention?: Duration;

  /**
   * How long messages wait that no subscriber took, up to 14 days.
   *
   * @default - 14 days at tiers 0 and 1, 5 days below
   */
  readonly deadLetterRetention?: Duration;

  /**
   * The key of the messages. It must let its publishers use it where those are services of AWS.
   *
   * @default - one of its own
   */
  readonly encryptionKey?: IKey;
}

/**
 * A topic that loses no message that a subscriber could not take: each subscription has the dead letters of the topic
 * behind it. A `fifo` topic keeps its messages and replays them to a subscriber that asks.
 *
 * @throws ConfigurationError when an archive is asked of a topic that has none, or the data is owed more than a topic
 * can keep
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export class DurableTopic extends SetsAside {
  readonly topic: Topic;

  readonly encryptionKey: IKey;

  /** @internal */
  protected readonly setAside: DeadLettersOnDemand;

  constructor(scope: Construct, id: string, props: DurableTopicProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const { fifo = false } = props;
    refuse(this.node.path, archiveMistakes(fifo, props.archiveRetention));
    const archiveDays = fifo ? this.archiveDays(choices, props.archiveRetention) : undefined;
    holdStore(this, choices, props, STORE_FACTS.snsTopic);
    this.encryptionKey =
      props.encryptionKey ??
      new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: choices.removalPolicy });
    this.topic = new Topic(this, 'Topic', {
      enforceSSL: true,
      masterKey: this.encryptionKey,
      ...(fifo && { fifo: true, contentBasedDeduplication: true }),
      ...(archiveDays !== undefined && { messageRetentionPeriodInDays: archiveDays }),
    });
    logDeliveries(this.topic);
    this.setAside = new DeadLettersOnDemand(this, choices, props);
  }

  /** Delivers to a queue. */
  deliverToQueue({ queue }: DurableQueue, filterPolicy?: Record<string, SubscriptionFilter>): Subscription {
    const { deadLetters: deadLetterQueue } = this;
    return this.topic.addSubscription(
      new SqsSubscription(queue, { deadLetterQueue, ...(filterPolicy && { filterPolicy }) }),
    );
  }

  /**
   * Calls a function. A `fifo` topic calls none: put a queue between.
   *
   * @throws ConfigurationError when the topic keeps the order of its messages
   */
  deliverToFunction(target: IFunction, filterPolicy?: Record<string, SubscriptionFilter>): Subscription {
    refuse(
      this.node.path,
      this.topic.fifo
        ? [
            {
              problem: `it keeps the order of messages, and SNS keeps none for the function ${target.node.path}`,
              fix: 'deliver to a fifo DurableQueue and have the function read from it',
            },
          ]
        : [],
    );
    const { deadLetters: deadLetterQueue } = this;
    return this.topic.addSubscription(
      new LambdaSubscription(target, { deadLetterQueue, ...(filterPolicy && { filterPolicy }) }),
    );
  }

  private archiveDays(choices: TierChoices, chosen: Duration | undefined): number | undefined {
    const { value, because, source } = choices.policy.archiveRetention;
    if (!value) return chosen?.toDays();
    return choices.longest({ what: 'archiveRetention', owed: { value, because, source }, chosen }).toDays();
  }
}

const LONGEST_ARCHIVE_DAYS = 365;

function archiveMistakes(fifo: boolean, archive: Duration | undefined) {
  if (!archive) return [];
  if (!fifo) {
    return [
      {
        problem: `messages are to be kept ${archive.toDays()} d, and only a fifo topic has an archive`,
        fix: 'set fifo, or send the messages over a DurableEventBus, which keeps them',
      },
    ];
  }
  if (archive.toDays() <= LONGEST_ARCHIVE_DAYS) return [];
  return [
    {
      problem: `messages are to be kept ${archive.toDays()} d, and SNS keeps none longer than ${LONGEST_ARCHIVE_DAYS} d`,
      fix: `use ${LONGEST_ARCHIVE_DAYS} d or less`,
    },
  ];
}
