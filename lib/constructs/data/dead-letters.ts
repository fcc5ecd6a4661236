import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
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
  const retentionPeriod = choices.longest({
    what: 'deadLetterRetention',
    owed: choices.policy.deadLetterRetention,
    chosen: chosen.deadLetterRetention,
  });
  const queue = new Queue(scope, 'DeadLetters', {
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    retentionPeriod,
    removalPolicy: choices.removalPolicy,
    ...(chosen.fifo && { fifo: true }),
  });
  acknowledgeNag(queue, 'SQS3', 'It is where dead letters go; behind it there is nothing.');
  return queue;
}
