import {
  Alarm,
  type AlarmProps,
  type CfnAlarm,
  ComparisonOperator,
  type DimensionsMap,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration, Fn } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Tier } from '../../../objectives/tier';
import { runbookWords } from '../../governance/runbook';
import { AlarmLayer } from '../alarm-tags';
import { letTell } from '../told-alarm';

/** The way that is watched, and whom to tell when it is blocked. @internal */
export interface Watched {
  readonly bus: EventBus;
  readonly handler: Handler;
  readonly memory: Table;
  readonly fallback: ITopic;
  readonly runbook: string | undefined;
  readonly tier: Tier;
}

/** Beats come this often; five that are missing are an alarm. @internal */
export const BEAT = Duration.minutes(1);
const MISSED = 5;

/** While the beats of a new bridge are on their way. */
const WARM_UP_MINUTES = 10;

/** What is counted is counted over this time. */
const WINDOW = Duration.minutes(5);
const MINUTE = Duration.minutes(1);

/** Events that wait longer for the function than somebody who is paged takes to begin. An own decision. */
const LATE = Duration.minutes(2);

/** A tool that refuses a few calls is restarted; more is an outage or a wrong key. An own decision. */
const REFUSED = 3;

/** Alarms on the bridge itself. They tell the fall-back, since the bridge could not tell of its own end. @internal */
export class BridgeWatchdog extends Construct {
  /** No beat came through. */
  readonly heartbeat: Alarm;

  /** The function fails, or is kept from running. */
  readonly failing: Alarm;

  /** Events wait for the function. */
  readonly late: Alarm;

  /** The memory does not answer. */
  readonly forgetful: Alarm;

  constructor(
    scope: Construct,
    id: string,
    private readonly watched: Watched,
  ) {
    super(scope, id);
    const { bus, handler, memory } = watched;
    this.heartbeat = this.alarm('Heartbeat', {
      alarmDescription: `The incident bridge is dead: for ${BEAT.toMinutes() * MISSED} minutes no beat came through its function, its memory and its bus. Whoever is paged learns nothing but by the fall-back until it is mended: see the log of the function.`,
      metric: new Metric({
        namespace: 'Nines/IncidentBridge',
        metricName: 'Heartbeat',
        dimensionsMap: { Bridge: bus.eventBusName },
        statistic: 'Sum',
        period: BEAT,
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: MISSED,
      // Silence is what it looks for.
      treatMissingData: TreatMissingData.BREACHING,
    });
    (this.heartbeat.node.defaultChild as CfnAlarm).warmUpConfiguration = {
      warmUpPeriodDurationInMinutes: WARM_UP_MINUTES,
    };
    this.failing = this.alarm('Failing', {
      alarmDescription:
        'The function of the incident bridge fails or is kept from running; each event is tried three times, then set aside. See its log.',
      metric: new MathExpression({
        expression: 'FILL(errors, 0) + FILL(throttles, 0)',
        label: 'Failed or throttled',
        period: WINDOW,
        usingMetrics: { errors: handler.metricErrors(), throttles: handler.metricThrottles() },
      }),
      ...AT_LEAST,
      threshold: 1,
    });
    this.late = this.alarm('Late', {
      alarmDescription: `Events have waited for the function of the incident bridge for more than ${LATE.toMinutes()} minutes: people are paged as much too late. See its throttles and its concurrency.`,
      metric: handler.metric('AsyncEventAge', { statistic: 'Maximum', period: WINDOW }),
      ...AT_LEAST,
      threshold: LATE.toMilliseconds(),
    });
    this.forgetful = this.alarm('Forgetful', {
      alarmDescription:
        'The memory of the incident bridge has not answered for three minutes: people are told all the same, some of them twice, and an end may come before its beginning. See the health of DynamoDB, and the quotas of the table.',
      metric: memoryFailures(memory),
      ...AT_LEAST,
      evaluationPeriods: 3,
      threshold: 1,
    });
  }

  /** Events that a rule could not hand over after all tries. */
  watchRule(scope: Construct, rule: Rule, what: string, bus?: EventBus): Alarm {
    return this.alarm(
      'Failed',
      {
        alarmDescription: `${what} was not told of an incident, although EventBridge tried for a day: the event waits among the dead letters of the bridge. Tell people by hand, mend the way, and send it again.`,
        metric: ruleMetric('FailedInvocations', rule, bus),
        ...AT_LEAST,
        threshold: 1,
      },
      scope,
    );
  }

  /** A tool that refuses, long before EventBridge gives up. */
  watchRefusals(scope: Construct, rule: Rule, what: string, bus: EventBus): Alarm {
    return this.alarm(
      'Refused',
      {
        alarmDescription: `${what} does not take events: at least ${REFUSED} calls were tried again within ${WINDOW.toMinutes()} minutes. It is down, slow (over 5 s), or its key is no longer good. EventBridge goes on for 24 hours; until then people learn by the fall-back only.`,
        metric: ruleMetric('RetryInvocationAttempts', rule, bus),
        ...AT_LEAST,
        threshold: REFUSED,
      },
      scope,
    );
  }

  private alarm(id: string, props: AlarmProps, scope: Construct = this): Alarm {
    const { fallback: topic, runbook, tier } = this.watched;
    const alarmDescription = `${props.alarmDescription}${runbookWords({ runbook })}`;
    const alarm = new Alarm(scope, id, { ...props, alarmDescription });
    letTell(alarm, { topic, layer: AlarmLayer.INFRASTRUCTURE, runbook, tier, severity: 'page' });
    return alarm;
  }
}

const AT_LEAST = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  evaluationPeriods: 1,
  // Nothing is counted where nothing happens.
  treatMissingData: TreatMissingData.NOT_BREACHING,
} as const;

function memoryFailures({ tableName: TableName }: Table): MathExpression {
  const metric = (metricName: string, dimensionsMap: DimensionsMap) =>
    new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, statistic: 'Sum', period: MINUTE });
  return new MathExpression({
    expression: 'FILL(errors, 0) + FILL(throttled, 0)',
    label: 'Failed updates',
    period: MINUTE,
    usingMetrics: {
      errors: metric('SystemErrors', { TableName, Operation: 'UpdateItem' }),
      throttled: metric('WriteThrottleEvents', { TableName }),
    },
  });
}

/**
 * Rules of the default bus are counted by their name alone. That of a rule on another bus stands in its ARN; what `Ref` gives
 * begins with the bus.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
function ruleMetric(metricName: string, rule: Rule, bus: EventBus | undefined): Metric {
  const dimensionsMap: DimensionsMap = bus
    ? { EventBusName: bus.eventBusName, RuleName: Fn.select(2, Fn.split('/', rule.ruleArn)) }
    : { RuleName: rule.ruleName };
  return new Metric({ namespace: 'AWS/Events', metricName, dimensionsMap, statistic: 'Sum', period: WINDOW });
}
