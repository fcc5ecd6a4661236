import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption, type QueueProps, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { type DeadLetterProps, deadLetterAlarm } from '../../governance/dead-letter-alarm';
import { deadLetterNotices } from '../../governance/dead-letter-notices';
import { TierChoices } from '../../governance/tier-choices';
import { type DataProps, holdStore } from '../data-choice';

/** Properties of a {@link DurableQueue}. */
export interface DurableQueueProps extends DataProps, DeadLetterProps {
  /**
   * The longest that a consumer works on what it has received at once. A message stays hidden six times as long, so that
   * a slow consumer does not get it twice.
   *
   * @default Duration.seconds(30)
   */
  readonly processingTime?: Duration;

  /**
   * How often a message is tried before it is set aside, 1 to 1000.
   *
   * @default 5
   */
  readonly maximumReceives?: number;

  /**
   * How long messages wait that nobody has taken, up to 14 days.
   *
   * @default Duration.days(4)
   */
  readonly messageRetention?: Duration;

  /**
   * How long set-aside messages wait for someone to look at them, up to 14 days. Longer than `messageRetention`: their
   * age counts from the first sending.
   *
   * @default - 14 days at tiers 0 and 1, 5 days below
   */
  readonly deadLetterRetention?: Duration;

  /**
   * Whether messages keep their order within a group and come once.
   *
   * @default false
   */
  readonly fifo?: boolean;

  /**
   * A key of your own for the messages.
   *
   * @default - a key that SQS keeps
   */
  readonly encryptionKey?: IKey;
}

/**
 * A queue that sets failing messages aside and keeps them until somebody has looked. Set-aside messages go back with
 * one call, `aws sqs start-message-move-task`, once the consumer is mended.
 *
 * A queue survives the loss of a zone. What waits in it when its region is lost is out of reach: where the tier owes a
 * recovery point for that, name a `dataClass` that can be sent again (`rebuildable`), or use an event bus with an
 * endpoint.
 *
 * @throws ConfigurationError when retention, attempts and waiting time contradict each other, or the data is owed more
 * than a queue can keep
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export class DurableQueue extends Construct {
  /** Where messages go. */
  readonly queue: Queue;

  /** Where those go that failed too often. */
  readonly deadLetters: Queue;

  /** Fires while messages wait that failed too often. */
  readonly unhandled: Alarm;

  /** Whom the alarm tells: somebody must subscribe. */
  readonly notifications: ITopic;

  constructor(scope: Construct, id: string, props: DurableQueueProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const { policy } = choices;
    const maxReceiveCount = choices.atMost({
      what: 'maximumReceives',
      owed: policy.maximumReceives,
      limit: { ...policy.maximumReceives, value: MOST_RECEIVES },
      chosen: props.maximumReceives,
    });
    const waits = choices.longest({
      what: 'messageRetention',
      owed: policy.messageRetention,
      chosen: props.messageRetention,
    });
    const kept = choices.longest({
      what: 'deadLetterRetention',
      owed: policy.deadLetterRetention,
      chosen: props.deadLetterRetention,
    });
    const hidden = Duration.seconds(6 * (props.processingTime ?? Duration.seconds(30)).toSeconds());
    refuse(this.node.path, mistakesIn({ maxReceiveCount, waits, kept, hidden }));
    holdStore(this, choices, props, STORE_FACTS.sqsQueue);
    const shared: QueueProps = {
      enforceSSL: true,
      removalPolicy: choices.removalPolicy,
      ...encryption(props.encryptionKey),
      ...(props.fifo && { fifo: true, contentBasedDeduplication: true }),
    };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...shared, retentionPeriod: kept });
    this.notifications = props.notifications ?? deadLetterNotices(this, choices);
    this.unhandled = deadLetterAlarm(this, this.deadLetters, this.notifications, { tier: choices.tier });
    this.queue = new Queue(this, 'Queue', {
      ...shared,
      retentionPeriod: waits,
      visibilityTimeout: hidden,
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
    });
  }
}

const MOST_RECEIVES = 1000;

/** The longest that SQS keeps a message, and the longest that it hides one, in seconds. */
const LONGEST_RETENTION = 14 * 24 * 3600;
const LONGEST_HIDDEN = 12 * 3600;

interface QueueNumbers {
  readonly maxReceiveCount: number;
  readonly waits: Duration;
  readonly kept: Duration;
  readonly hidden: Duration;
}

function encryption(key: IKey | undefined): Pick<QueueProps, 'encryption' | 'encryptionMasterKey'> {
  if (!key) return { encryption: QueueEncryption.SQS_MANAGED };
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key };
}

function mistakesIn({ maxReceiveCount, waits, kept, hidden }: QueueNumbers): Mistake[] {
  const mistakes: Mistake[] = [];
  const isCount = Number.isInteger(maxReceiveCount) && maxReceiveCount >= 1;
  if (!Token.isUnresolved(maxReceiveCount) && !isCount) {
    mistakes.push({
      problem: `a message is set aside after ${maxReceiveCount} attempts`,
      fix: `use a whole number from 1 to ${MOST_RECEIVES}`,
    });
  }
  if (kept.toSeconds() > LONGEST_RETENTION || waits.toSeconds() > LONGEST_RETENTION) {
    mistakes.push({
      problem: `messages are to be kept ${Math.max(kept.toDays(), waits.toDays())} d, and SQS keeps none longer than 14 d`,
      fix: 'use 14 d or less, and have the consumer write down what must live longer',
    });
  }
  if (kept.toSeconds() <= waits.toSeconds()) {
    mistakes.push({
      problem:
        `set-aside messages are kept ${kept.toHours({ integral: false })} h and waiting ones ` +
        `${waits.toHours({ integral: false })} h: a message could be gone as soon as it is set aside`,
      fix: 'give deadLetterRetention a longer time than messageRetention: the age counts from the first sending',
    });
  }
  if (hidden.toSeconds() > LONGEST_HIDDEN) {
    mistakes.push({
      problem: `a message would stay hidden for ${hidden.toHours({ integral: false })} h, and SQS hides none longer than 12 h`,
      fix: 'use a processingTime of 2 h or less; longer work belongs into a state machine',
    });
  }
  return mistakes;
}
