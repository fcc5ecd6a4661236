import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AlarmLayer, type AlarmTags, tagAlarm } from '../observe/alarm-tags';
import { checkNearTopic } from './near-topic';
import { ownRunbook, runbookWords } from './runbook';

/** What a construct takes that sets aside what nobody could handle. */
export interface DeadLetterProps {
  /**
   * Who is told when something waits that nobody could handle: a topic of this region to which CloudWatch may publish.
   *
   * @default - one topic for the stack, encrypted, to subscribe to
   */
  readonly notifications?: ITopic;
}

/** A queue, as far as an alarm must know it. */
type WatchedQueue = Pick<Queue, 'queueName' | 'node'>;

/** What the alarm on a queue says, beside that something waits. @internal */
export interface DeadLetterWords extends Partial<Pick<AlarmTags, 'layer' | 'runbook' | 'severity' | 'tier'>> {
  /**
   * What happened and what is to be done, for who is called.
   *
   * @default - that nobody could handle what waits
   */
  readonly meaning?: string;
}

/**
 * The alarm `Unhandled` of a construct, which fires while something waits that nobody could handle. Unless said otherwise it
 * is a ticket on what the service's own code does, with the runbook of the service.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html
 * @internal
 */
export function deadLetterAlarm(
  scope: Construct,
  queue: WatchedQueue,
  topic: ITopic,
  { meaning, layer = AlarmLayer.APPLICATION, severity = 'ticket', ...said }: DeadLetterWords = {},
): Alarm {
  checkNearTopic(scope, topic);
  const runbook = said.runbook ?? ownRunbook(scope);
  const what =
    meaning ??
    `Nobody could handle what waits in ${queue.node.path}: find out why and mend it, then move it back or send it again.`;
  const alarm = new Alarm(scope, 'Unhandled', {
    alarmDescription: `${what}${runbookWords({ runbook })}`,
    metric: new Metric({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensionsMap: { QueueName: queue.queueName },
      statistic: 'Maximum',
      period: Duration.minutes(5),
    }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // A queue that nothing was ever put into has no data.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  tagAlarm(alarm, { ...said, layer, severity, runbook });
  return alarm;
}
