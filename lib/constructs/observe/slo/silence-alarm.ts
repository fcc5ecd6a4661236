import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { runbookWords } from '../../governance/runbook';
import { letTell, type Told } from '../told-alarm';
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
  readonly told: Told;
}

/**
 * An alarm on nothing being measured for a quarter of an hour.
 *
 * @internal
 */
export function silenceAlarm(scope: Construct, { name, indicator, told }: SilenceAlarmProps): Alarm {
  const alarm = new Alarm(scope, 'Silence', {
    alarmDescription: `Nothing is measured of ${name} for a quarter of an hour: either nobody reaches the service, or its metric is gone, and no other alarm of the objective can fire. Try the service as its users do; then see whether the metric still comes.${runbookWords(told)}`,
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
  letTell(alarm, told);
  return alarm;
}
