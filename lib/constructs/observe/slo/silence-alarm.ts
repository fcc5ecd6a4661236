import {
  Alarm,
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarmRule,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { LOOKS_BACK, secondsBetween, silence } from '../../../calculus/counted-events';
import { formatSeconds } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { acknowledgeControls } from '../../governance/nag';
import { runbookWords } from '../../governance/runbook';
import { tagAlarm } from '../alarm-tags';
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

  /** How the silence of what was measured before is told. */
  readonly told: Told;

  /** How it is told that nothing was measured for a week, as before the first deployment; undefined where it is told alike. */
  readonly neverTold: Told | undefined;
}

/**
 * The alarms on nothing being measured: one, or two where silence is a failure.
 *
 * @internal
 */
export interface SilenceAlarms {
  readonly silence: Alarm | CompositeAlarm;
  readonly neverMeasured: CompositeAlarm | undefined;
}

/**
 * An alarm on nothing being measured for a quarter of an hour, or for as long as three events take. Where silence is a failure it tells
 * of what was measured within a week: what has just been deployed was not.
 *
 * @throws ConfigurationError where there is silence between any two events
 * @internal
 */
export function silenceAlarm(scope: Construct, props: SilenceAlarmProps): SilenceAlarms {
  const { indicator, told, neverTold } = props;
  refuse(scope.node.path, seldomMistakes(indicator));
  const silent = silentAlarmOf(scope, props);
  if (!neverTold) {
    letTell(silent, told);
    return { silence: silent, neverMeasured: undefined };
  }
  const measured = measuredAlarm(scope, props);
  for (const [alarm, why] of [
    [silent, 'The composite alarms on silence tell somebody.'],
    [measured, 'It says which of two alarms on silence tells.'],
  ] as const) {
    tagAlarm(alarm, { layer: told.layer, tier: told.tier, runbook: told.runbook });
    acknowledgeControls(alarm, ['CloudWatchAlarmAction'], why);
  }
  return {
    silence: over(scope, 'WentSilent', {
      told,
      rule: AlarmRule.allOf(silent, measured),
      description: `${silenceWords(props)}, which was measured before: it hangs or does not run, so that its failures are not counted. See its last run.`,
    }),
    neverMeasured: over(scope, 'NeverMeasured', {
      told: neverTold,
      rule: AlarmRule.allOf(silent, AlarmRule.not(measured)),
      description: `${silenceWords(props)}, and nothing was for a week: it has not begun, or was given up. No other alarm of the objective can fire.`,
    }),
  };
}

function silenceWords({ name, indicator: { eventsPerHour } }: SilenceAlarmProps): string {
  return `Nothing is measured of ${name} for ${inWords(silence(eventsPerHour).seconds)}`;
}

interface Over {
  readonly told: Told;
  readonly rule: IAlarmRule;
  readonly description: string;
}

function over(scope: Construct, id: string, { told, rule, description }: Over): CompositeAlarm {
  const alarmDescription = `${description}${runbookWords(told)}`;
  const alarm = new CompositeAlarm(scope, id, { alarmDescription, alarmRule: rule });
  letTell(alarm, told);
  return alarm;
}

function silentAlarmOf(scope: Construct, props: SilenceAlarmProps): Alarm {
  const { indicator, told } = props;
  const { seconds, period } = silence(indicator.eventsPerHour);
  return new Alarm(scope, 'Silence', {
    alarmDescription: `${silenceWords(props)}: either nobody reaches the service, or its metric is gone, and no other alarm of the objective can fire. Try the service as its users do; then see whether the metric still comes.${runbookWords(told)}`,
    metric: events(indicator, period),
    threshold: 0,
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: seconds / period,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

/** Fires while there was an event on one of the last seven days, which is as far as alarms look back. */
function measuredAlarm(scope: Construct, { name, indicator }: SilenceAlarmProps): Alarm {
  return new Alarm(scope, 'Measured', {
    alarmDescription: `Something was measured of ${name} within ${formatSeconds(LOOKS_BACK)}. Part of the alarms on its silence; tells nobody itself.`,
    metric: events(indicator, DAY),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: LOOKS_BACK / DAY,
    datapointsToAlarm: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

const DAY = 86_400;

function events(indicator: Indicator, seconds: number): MathExpression {
  const period = Duration.seconds(seconds);
  return new MathExpression({
    expression: indicator.total,
    label: 'Events',
    period,
    usingMetrics: metricsIn(indicator, indicator.total, period),
  });
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
