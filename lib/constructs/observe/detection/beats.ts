import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** How a job shows that it has ended well: by metrics, or by an event of EventBridge. */
export interface Beat {
  /** In words: `the function Invoices`. */
  readonly of: string;

  /**
   * The metrics by the ids that `count` uses; their periods are set by the heartbeat. At most nine.
   *
   * @default - it shows by an event
   */
  readonly metrics?: Readonly<Record<string, Metric>>;

  /**
   * Metric math: how often it has ended well.
   *
   * @default - it shows by an event
   */
  readonly count?: string;

  /**
   * An event that says that it has ended well.
   *
   * @default - it shows by metrics
   */
  readonly event?: EventPattern;
}

const SUM = { statistic: 'Sum' };

/**
 * A function that ran without an error.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionBeat(handler: IFunction): Beat {
  return {
    of: `the function ${handler.node.path}`,
    metrics: { calls: handler.metricInvocations(SUM), errors: handler.metricErrors(SUM) },
    count: 'FILL(calls, 0) - FILL(errors, 0)',
  };
}

/**
 * An execution of a state machine that succeeded.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function stateMachineBeat(machine: IStateMachine): Beat {
  return metricBeat(`the state machine ${machine.node.path}`, machine.metricSucceeded(SUM));
}

/**
 * A schedule that reached its target: the only one of its group, as EventBridge Scheduler counts by group. It does not say
 * that the target has done anything.
 *
 * An attempt that failed, or that the target or Scheduler throttled, is none. Whether what is throttled counts among the errors too
 * Scheduler does not say: then a schedule that is tried again within its interval may be told as missed, never the other way.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
 */
export function scheduleBeat(group: IScheduleGroup): Beat {
  return {
    of: `the schedule of the group ${group.node.path}`,
    metrics: {
      attempts: group.metricAttempts(SUM),
      errors: group.metricTargetErrors(SUM),
      refused: group.metricTargetThrottled(SUM),
      held: group.metricThrottled(SUM),
    },
    count: 'FILL(attempts, 0) - FILL(errors, 0) - FILL(refused, 0) - FILL(held, 0)',
  };
}

/**
 * A run of an AWS Glue job that succeeded.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html
 */
export function glueBeat(jobName: string): Beat {
  return {
    of: `the Glue job ${jobName}`,
    event: {
      source: ['aws.glue'],
      detailType: ['Glue Job State Change'],
      detail: { jobName: [jobName], state: ['SUCCEEDED'] },
    },
  };
}

/**
 * A job of AWS Batch that succeeded.
 *
 * @param jobQueueArn the queue that it is submitted to
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_cwe_events.html
 */
export function batchBeat(jobName: string, jobQueueArn: string): Beat {
  return {
    of: `the Batch job ${jobName}`,
    event: {
      source: ['aws.batch'],
      detailType: ['Batch Job State Change'],
      detail: { jobName: [jobName], jobQueue: [jobQueueArn], status: ['SUCCEEDED'] },
    },
  };
}

/**
 * A backup into a vault that AWS Backup completed.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export function backupBeat(vaultName: string): Beat {
  return {
    of: `a backup into ${vaultName}`,
    event: {
      source: ['aws.backup'],
      detailType: ['Backup Job State Change'],
      detail: { backupVaultName: [vaultName], state: ['COMPLETED'] },
    },
  };
}

/** A metric that a job writes itself when it has ended well, once for each time. */
export function metricBeat(of: string, metric: Metric): Beat {
  return { of, metrics: { beats: metric.with(SUM) }, count: 'FILL(beats, 0)' };
}
