import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { type EventPattern, Schedule as EventSchedule, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  type ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from '../../governance/nag';
import { runbookWords } from '../../governance/runbook';
import type { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer } from '../alarm-tags';
import { warmUp } from '../new-properties';
import { letTell, type Told, toldBy } from '../told-alarm';
import { WATCH_HEARTBEAT } from './handler-bundles';
import { watchFunction, watchTarget } from './watch-function';

const ID = 'HeartbeatWatch';
const NAMESPACE = 'Nines/Heartbeats';

/** When a job must have ended well. @internal */
export interface WatchedDeadline {
  readonly heartbeat: string;
  readonly schedule: ScheduleExpression;

  /** Seconds before it at which the job was due, by the clocks of its zone. */
  readonly due: number;
  readonly timeZone: string;

  /** An hour after the deadline it is looked at, where the clocks were put forward. @default - only at the deadline */
  readonly again?: boolean;

  /** This is that hour. @default - this is the deadline */
  readonly late?: boolean;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly count: string;
}

/** A job that is looked at again while it is missed. @internal */
export interface LookedAtAgain extends Pick<WatchedDeadline, 'heartbeat' | 'schedule' | 'metrics' | 'count'> {
  /** For how many seconds what a deadline found may hold. */
  readonly lookBack: number;
}

/** One function for all heartbeats of a stack. @internal */
export class HeartbeatWatch extends Construct {
  static of(scope: Construct, choices: TierChoices): HeartbeatWatch {
    const stack = Stack.of(scope);
    const known = stack.node.tryFindChild(ID);
    return known instanceof HeartbeatWatch ? known : new HeartbeatWatch(stack, choices);
  }

  readonly deadLetters: Queue;
  readonly handler: Handler;
  private readonly role: Role;

  private constructor(stack: Stack, choices: TierChoices) {
    super(stack, ID);
    const schedules = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: 'default/*',
    });
    const { deadLetters, handler } = watchFunction(this, choices, {
      code: WATCH_HEARTBEAT,
      description: 'Tells whether jobs have ended well in time',
      timeout: Duration.minutes(1),
      unhandled:
        'A heartbeat could not be looked at, so a job that failed may not be told: see the dead letter for which, and look at its job.',
      statements: [
        new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }),
        new PolicyStatement({ actions: ['scheduler:GetSchedule'], resources: [schedules] }),
      ],
      whyWide:
        'CloudWatch knows no resources for reading metrics, and each heartbeat has a schedule of its own.',
    });
    this.deadLetters = deadLetters;
    this.handler = handler;
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
      description: 'Calls the watch of heartbeats when a job must have ended',
    });
    acknowledgeInlinePolicy(this.role);
    acknowledgeWildcard(this.role, `${this.handler.functionArn}:*`, 'The versions of one function.');
    const told = toldBy(this, choices, { layer: AlarmLayer.INFRASTRUCTURE });
    letTell(this.lifeAlarm(told), told);
  }

  /** What is found at a deadline holds until the next: a watch that is dead would look as if all were well. */
  private lifeAlarm(told: Told): Alarm {
    const watch = Stack.of(this).stackName;
    new Rule(this, 'EachHour', {
      description: 'Asks the watch of heartbeats whether it is alive',
      schedule: EventSchedule.rate(Duration.hours(1)),
      targets: [watchTarget(this, { watch })],
    });
    const period = Duration.hours(3);
    const alarm = new Alarm(this, 'Dead', {
      alarmDescription:
        'Nothing was heard of the watch of heartbeats for three hours, so no missed deadline of this stack is told: ' +
        `see its log and its dead letters, and look at the jobs by hand until it is back.${runbookWords(told)}`,
      metric: new MathExpression({
        expression: 'FILL(alive, 0)',
        label: 'Signs of life',
        period,
        usingMetrics: {
          alive: new Metric({
            namespace: NAMESPACE,
            metricName: 'Alive',
            dimensionsMap: { Watch: watch },
            statistic: 'Sum',
            period,
          }),
        },
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
    warmUp(alarm, period);
    return alarm;
  }

  /** Calls the watch at each deadline. */
  watch(scope: Construct, id: string, { schedule, metrics, count, ...rest }: WatchedDeadline): Schedule {
    const { heartbeat, due, timeZone, again, late } = rest;
    return new Schedule(scope, id, {
      schedule,
      description: `When ${scope.node.path} must have beaten${late ? ', where the clocks were put forward' : ''}`,
      target: this.called({
        heartbeat,
        deadline: ContextAttribute.scheduledTime,
        schedule: ContextAttribute.scheduleArn,
        due,
        timeZone,
        ...(again && { again }),
        ...(late && { late }),
        queries: queriesOf(metrics, count),
      }),
    });
  }

  /** Calls the watch again and again: it looks where a deadline has found that the job was missed. */
  lookAgain(scope: Construct, id: string, { schedule, metrics, count, ...rest }: LookedAtAgain): Schedule {
    const { heartbeat, lookBack } = rest;
    return new Schedule(scope, id, {
      schedule,
      description: `Whether ${scope.node.path} has beaten since it was missed`,
      target: this.called({ heartbeat, lookBack, queries: queriesOf(metrics, count) }),
    });
  }

  private called(input: object): LambdaInvoke {
    return new LambdaInvoke(this.handler, {
      role: this.role,
      deadLetterQueue: this.deadLetters,
      input: ScheduleTargetInput.fromObject(input),
    });
  }

  /** Counts events as beats of a heartbeat. */
  count(scope: Construct, heartbeat: string, eventPattern: EventPattern): Metric {
    new Rule(scope, 'Beats', {
      description: `Counts the beats of ${scope.node.path}`,
      eventPattern,
      targets: [watchTarget(this, { beat: heartbeat })],
    });
    return metricOf(heartbeat, 'Beats', 'Sum');
  }
}

/** @internal */
export function missedMetric(heartbeat: string): Metric {
  return metricOf(heartbeat, 'HeartbeatMissed', 'Maximum');
}

function metricOf(Heartbeat: string, metricName: string, statistic: string): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { Heartbeat },
    statistic,
    period: Duration.minutes(5),
  });
}

/** What GetMetricData is asked for beats. */
function queriesOf(metrics: Readonly<Record<string, Metric>>, count: string): readonly object[] {
  return [
    { Id: 'count', Expression: count, ReturnData: true },
    ...Object.entries(metrics).map(([Id, metric]) => ({
      Id,
      MetricStat: statOf(metric),
      ReturnData: false,
    })),
  ];
}

/** As GetMetricData wants it, by the minute. */
function statOf({ namespace, metricName, dimensions = {}, statistic }: Metric) {
  return {
    Metric: {
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: 60,
    Stat: statistic,
  };
}
