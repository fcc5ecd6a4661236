import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DeadLettersOnDemand } from './dead-letters';

/**
 * What consumers are attached to after it is made, and what sets aside what they could not take.
 *
 * @internal
 */
export abstract class SetsAside extends Construct {
  /** Made with its consumers: see {@link DeadLettersOnDemand}. */
  protected abstract readonly setAside: DeadLettersOnDemand;

  /**
   * Where goes what a consumer did not take; of a record of a stream or a topic of Kafka, where it is. Made for the first
   * consumer, or for whoever asks for it here.
   */
  get deadLetters(): Queue {
    return this.setAside.queue;
  }

  /** Fires while something waits that a consumer did not take. It is made with {@link deadLetters}. */
  get unhandled(): Alarm {
    return this.setAside.alarm;
  }

  /** Whom the alarm tells: somebody must subscribe. */
  get notifications(): ITopic {
    return this.setAside.notifications;
  }
}
