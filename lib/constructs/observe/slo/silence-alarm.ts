import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Indicator } from './indicator';
import { metricsIn } from './window-alarm';

const QUARTER_HOUR = 3;

/**
 * What an alarm on silence is made from.
 *
 * @internal
 */
export interface SilenceAlarmProps {
  readonly name: string;
  readonly indicator: Indicator;
  readonly topic: ITopic;
  readonly runbook: string | undefined;
}

/**
 * An alarm on nothing being measured for a quarter of an hour.
 *
 * @internal
 */
export function silenceAlarm(
  scope: Construct,
  { name, indicator, topic, runbook }: SilenceAlarmProps,
): Alarm {
  const alarm = new Alarm(scope, 'Silence', {
    alarmDescription: [
      `Nothing is measured of ${name} for a quarter of an hour: either nobody reaches the service, or its metric is gone, and no other alarm of the objective can fire. Try the service as its users do; then see whether the metric still comes.`,
      runbook === undefined ? '' : ` Runbook: ${runbook}`,
    ].join(''),
    metric: new MathExpression({
      expression: indicator.total,
      label: 'Events',
      period: Duration.minutes(5),
      usingMetrics: metricsIn(indicator, indicator.total, Duration.minutes(5)),
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: QUARTER_HOUR,
    treatMissingData: TreatMissingData.BREACHING,
  });
  const action = new SnsAction(topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}
