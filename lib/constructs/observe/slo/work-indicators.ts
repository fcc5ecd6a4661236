import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Duration } from 'aws-cdk-lib/core';
import type { TimeSpan } from '../../../calculus/time-span';
import { type Indicator, IndicatorKind } from './indicator';
import { endsWithin } from './indicators';
import { checkMetricsHere } from './metrics-here';

const SUM = { statistic: Stats.SUM };

/**
 * Minutes in which no message of a queue waits longer than a time. For a queue with a dead-letter queue: a message that is never
 * taken is else the oldest for ever.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function queueFreshness(queue: IQueue, within: TimeSpan): Indicator {
  checkMetricsHere(queue, queue.queueArn);
  const seconds = within.toSeconds();
  return {
    kind: IndicatorKind.FRESHNESS,
    good: `minutes in which no message waits longer than ${seconds} s`,
    metrics: { age: queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }) },
    // 1 where there is a value: SQS gives none where nobody sends or asks for six hours.
    total: 'FILL(age * 0 + 1, 0)',
    bad: `IF(FILL(age, 0) > ${seconds}, 1, 0)`,
    minutes: true,
  };
}

/**
 * Executions of a state machine that end and succeed. Those that people abort are not counted.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function stateMachineAvailability(machine: IStateMachine): Indicator {
  checkMetricsHere(machine, machine.stateMachineArn);
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'executions of the state machine that succeed',
    metrics: {
      succeeded: machine.metricSucceeded(SUM),
      failed: machine.metricFailed(SUM),
      late: machine.metricTimedOut(SUM),
    },
    total: 'FILL(succeeded, 0) + FILL(failed, 0) + FILL(late, 0)',
    bad: 'FILL(failed, 0) + FILL(late, 0)',
  };
}

/**
 * Executions of a state machine that end within a time, failed and aborted ones too.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function stateMachineLatency(machine: IStateMachine, within: Duration): Indicator {
  checkMetricsHere(machine, machine.stateMachineArn);
  return endsWithin(
    'executions of the state machine',
    (statistic) => machine.metricTime({ statistic }),
    within,
  );
}
