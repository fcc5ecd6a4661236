import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type DeadLetterProps, deadLetterAlarm } from '../governance/dead-letter-alarm';
import { deadLetterNotices } from '../governance/dead-letter-notices';
import { acknowledgeNag } from '../governance/nag';
import type { TierChoices } from '../governance/tier-choices';

/** What a person decided about dead letters. @internal */
export interface DeadLetterChoice {
  readonly deadLetterRetention?: Duration;
  readonly fifo?: boolean;
}

/**
 * The queue `DeadLetters` of a construct, for what was tried too often.
 *
 * @throws ConfigurationError when it would keep them for less than the tier owes
 * @internal
 */
export function createDeadLetters(scope: Construct, choices: TierChoices, chosen: DeadLetterChoice): Queue {
  return queueFor(scope, choices, { ...chosen, deadLetterRetention: keptFor(choices, chosen) });
}

/**
 * The dead letters of a construct to which consumers are attached later: the queue and its alarm are made for the first
 * that can leave any. A queue that nothing can put dead letters into would look like one that itself has none behind it.
 *
 * @throws ConfigurationError at once, not with the first consumer, when it would keep them for less than the tier owes
 * @internal
 */
export class DeadLettersOnDemand {
  private readonly retention: Duration;
  private made: { readonly queue: Queue; readonly alarm: Alarm } | undefined;

  constructor(
    private readonly scope: Construct,
    private readonly choices: TierChoices,
    private readonly chosen: DeadLetterChoice & DeadLetterProps,
  ) {
    this.retention = keptFor(choices, chosen);
  }

  get queue(): Queue {
    return this.make().queue;
  }

  get alarm(): Alarm {
    return this.make().alarm;
  }

  get notifications(): ITopic {
    return this.chosen.notifications ?? deadLetterNotices(this.scope, this.choices);
  }

  private make() {
    const { choices, chosen, retention, scope } = this;
    if (!this.made) {
      const queue = queueFor(scope, choices, { ...chosen, deadLetterRetention: retention });
      this.made = { queue, alarm: deadLetterAlarm(scope, queue, this.notifications, { tier: choices.tier }) };
    }
    return this.made;
  }
}

function keptFor(choices: TierChoices, { deadLetterRetention }: DeadLetterChoice): Duration {
  return choices.longest({
    what: 'deadLetterRetention',
    owed: choices.policy.deadLetterRetention,
    chosen: deadLetterRetention,
  });
}

function queueFor(
  scope: Construct,
  { removalPolicy }: TierChoices,
  { deadLetterRetention: retentionPeriod, fifo }: DeadLetterChoice,
): Queue {
  const queue = new Queue(scope, 'DeadLetters', {
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    ...(retentionPeriod && { retentionPeriod }),
    removalPolicy,
    ...(fifo && { fifo: true }),
  });
  acknowledgeNag(queue, 'SQS3', 'It is where dead letters go; behind it there is nothing.');
  return queue;
}
