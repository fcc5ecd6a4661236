import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds } from '../../../calculus/time-span';
import { missing, refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import { runbookWords } from '../../governance/runbook';
import { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import { AlarmLayer } from '../alarm-tags';
import { warmUp } from '../new-properties';
import { letTell, type TellingProps, type Told, toldBy } from '../told-alarm';
import type { Beat } from './beats';
import { type HeartbeatPlan, heartbeatPlan } from './heartbeat-plan';
import { HeartbeatWatch, missedMetric } from './heartbeat-watch';
import { lookAgain } from './look-again';

/** Properties of a {@link Heartbeat}. */
export interface HeartbeatProps extends TellingProps {
  /** What must beat: `functionBeat(…)`, `glueBeat(…)` and their like, or your own metric. */
  readonly job: Beat;

  /**
   * The time between two beats, for a job that beats at least every eight hours.
   *
   * @default - the longest time between two of `schedule`
   */
  readonly interval?: Duration;

  /**
   * When the job is due, as EventBridge Scheduler writes it: `cron(0 2 * * ? *)`. A job that is due less often than every eight
   * hours must say so.
   *
   * @default - it has an `interval`
   */
  readonly schedule?: string;

  /**
   * The zone of `schedule`, an IANA name.
   *
   * @default UTC
   */
  readonly timeZone?: string;

  /**
   * How long the job may take when all is well. It beats when it has ended.
   *
   * @default - no time
   */
  readonly longestRun?: Duration;

  /**
   * How much later than that it may beat before somebody is told.
   *
   * @default - a fifth of the interval, two minutes at least and two hours at most; less where the job is due again before that is over;
   * for a short schedule in a zone whose clocks change at least as much as they are put back
   */
  readonly grace?: Duration;
}

/**
 * An alarm on a job that does not happen. What beats at least every eight hours is watched by an alarm on its metric. An alarm on
 * longer times would look back for days before it fires, so there a function looks, when the job must have ended, whether it has.
 *
 * @throws ConfigurationError for a job without a rhythm, or with one whose deadline cannot be written as a schedule
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export class Heartbeat extends Construct {
  /** Its name, a dimension of the metrics `Beats` and `HeartbeatMissed`. */
  readonly name: string;

  /** The time after the moment at which the job is due until somebody is told. */
  readonly foundAfter: Duration;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: HeartbeatProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'job'));
    const choices = new TierChoices(this, props);
    const plan = heartbeatPlan(this.node.path, props);
    this.name = sharedName(this, 120);
    this.foundAfter = Duration.seconds(plan.foundAfter);
    const told = toldBy(this, choices, { ...props, layer: AlarmLayer.APPLICATION });
    this.alarm = plan.deadlines
      ? this.deadlineAlarm(choices, props.job, plan, told)
      : this.silenceAlarm(choices, props.job, plan, told);
    letTell(this.alarm, told);
    this.record(choices, plan);
  }

  /** Fires when nothing has beaten for the interval and the grace. */
  private silenceAlarm(
    choices: TierChoices,
    job: Beat,
    { foundAfter, interval }: HeartbeatPlan,
    told: Told,
  ): Alarm {
    const { metrics, count } = this.counted(choices, job);
    const period = Duration.seconds(Math.ceil(foundAfter / 60) * 60);
    const alarm = new Alarm(this, 'Missed', {
      alarmDescription: `Nothing was heard of ${job.of} for ${formatSeconds(period.toSeconds())}; it should end well every ${formatSeconds(interval)}. ${WHAT_TO_DO}${runbookWords(told)}`,
      metric: new MathExpression({
        // Where nothing happens it is 0: for data that is missing CloudWatch would look back further.
        expression: count,
        label: `Beats of ${this.name}`,
        period,
        usingMetrics: Object.fromEntries(
          Object.entries(metrics).map(([name, metric]) => [name, metric.with({ period })]),
        ),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
    // A job that was deployed with it has not beaten yet.
    warmUp(alarm, period);
    return alarm;
  }

  /** Fires when a function has found, at the deadline, that nothing has beaten since the job was due. */
  private deadlineAlarm(choices: TierChoices, job: Beat, plan: HeartbeatPlan, told: Told): Alarm {
    const { foundAfter, timeZone, deadlines = [], later = [] } = plan;
    const watch = HeartbeatWatch.of(this, choices);
    const at = (cron: string) => ScheduleExpression.expression(`cron(${cron})`, TimeZone.of(timeZone));
    const watched = { heartbeat: this.name, due: foundAfter, timeZone, ...this.counted(choices, job) };
    const again = later.length > 0;
    for (const [index, cron] of deadlines.entries())
      watch.watch(this, numbered('Deadline', index), { ...watched, schedule: at(cron), again });
    const late = { ...watched, due: foundAfter + HOUR, late: true };
    for (const [index, cron] of later.entries())
      watch.watch(this, numbered('Later', index), { ...late, schedule: at(cron) });
    const { fields, lookBack } = lookAgain(plan);
    watch.lookAgain(this, 'Again', { ...watched, lookBack, schedule: at(fields) });
    return new Alarm(this, 'Missed', {
      alarmDescription: `Nothing was heard of ${job.of} by its deadline, ${formatSeconds(foundAfter)} after it was due: ${deadlines.map((cron) => `cron(${cron})`).join(' and ')} in ${timeZone}. ${WHAT_TO_DO}${runbookWords(told)}`,
      metric: missedMetric(this.name),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // Between two deadlines nothing is measured, and what was found holds.
      treatMissingData: TreatMissingData.IGNORE,
    });
  }

  private counted(choices: TierChoices, { metrics, count, event }: Beat) {
    if (metrics && count !== undefined) return { metrics, count };
    const beats: Metric = HeartbeatWatch.of(this, choices).count(this, this.name, event ?? {});
    return { metrics: { beats }, count: 'FILL(beats, 0)' };
  }

  private record(choices: TierChoices, { foundAfter, deadlines, interval }: HeartbeatPlan): void {
    choices.record({
      what: 'foundAfter',
      value: formatSeconds(foundAfter),
      because: deadlines
        ? `it is due every ${formatSeconds(interval)} at most: a function looks when it must have ended`
        : `it beats every ${formatSeconds(interval)}: an alarm on its metric finds that it does not`,
      source: deadlines ? ALARM_EVALUATION : OWN_DECISION,
    });
  }
}

/** The first of several has the name alone. */
function numbered(id: string, index: number): string {
  return index === 0 ? id : `${id}${index + 1}`;
}

/** By which the clocks are put forward. */
const HOUR = 3_600;

const WHAT_TO_DO = 'See its log for why, mend it, and run it by hand if what it does cannot wait.';

const ALARM_EVALUATION =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html';
