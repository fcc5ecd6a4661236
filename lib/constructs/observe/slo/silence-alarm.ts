import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { LOOKS_BACK, secondsBetween, silence } from '../../../calculus/counted-events';
import { formatSeconds } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { runbookWords } from '../../governance/runbook';
import { letTell, type Told } from '../told-alarm';
import type { Indicator } from './indicator';
import { metricsIn } from './window-alarm';

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
 * An alarm on nothing being measured for a quarter of an hour, or for as long as three events take.
 *
 * @throws ConfigurationError where there is silence between any two events
 * @internal
 */
export function silenceAlarm(scope: Construct, { name, indicator, told }: SilenceAlarmProps): Alarm {
  refuse(scope.node.path, seldomMistakes(indicator));
  const { seconds, period: each } = silence(indicator.eventsPerHour);
  const period = Duration.seconds(each);
  const alarm = new Alarm(scope, 'Silence', {
    alarmDescription: `Nothing is measured of ${name} for ${inWords(seconds)}: either nobody reaches the service, or its metric is gone, and no other alarm of the objective can fire. Try the service as its users do; then see whether the metric still comes.${runbookWords(told)}`,
    metric: new MathExpression({
      expression: indicator.total,
      label: 'Events',
      period,
      usingMetrics: metricsIn(indicator, indicator.total, period),
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: seconds / each,
    treatMissingData: TreatMissingData.BREACHING,
  });
  letTell(alarm, told);
  return alarm;
}

function seldomMistakes({ eventsPerHour: perHour }: Indicator): Mistake[] {
  if (perHour === undefined || secondsBetween(perHour) < LOOKS_BACK) return [];
  const [between, most] = [secondsBetween(perHour), LOOKS_BACK].map(formatSeconds);
  return [
    {
      problem: `an alarm on silence would fire between any two events: ${between} lie between them, and an alarm looks back ${most}`,
      fix: `measure an event each ${most} or more often, or set alertOnSilence to false`,
    },
  ];
}

function inWords(seconds: number): string {
  return seconds === 900 ? 'a quarter of an hour' : formatSeconds(seconds);
}
