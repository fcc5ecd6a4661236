import {
  Alarm,
  AlarmRule,
  AnomalyDetectionAlarm,
  type CfnAnomalyDetector,
  ComparisonOperator,
  CompositeAlarm,
  MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds } from '../../../calculus/time-span';
import { missing, refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import { acknowledgeControls } from '../../governance/nag';
import { runbookWords } from '../../governance/runbook';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer, tagAlarm } from '../alarm-tags';
import { warmUp } from '../new-properties';
import { letTell, type Told, toldBy } from '../told-alarm';
import { baselineMistakes } from './baseline-mistakes';
import { type BaselineAlarmProps, BaselineDirection, directionOf } from './baseline-props';
import { Baselines } from './baselines';

const BAND = 3;
const LEAST_TRAFFIC = 100;
const POINTS = 5;
const BREACHING = 3;

/**
 * An alarm on a metric that leaves its baseline and passes a limit as well: the band of an anomaly detector knows what is unusual,
 * the limit knows what matters.
 *
 * @throws ConfigurationError for a band or a period that CloudWatch cannot watch, a metric of another account or region, where
 * nothing says which way is wrong, and where another alarm on the metric lets it be learnt in another way
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
 */
export class BaselineAlarm extends Construct {
  /** Learns what is usual; one for all alarms of the stack on the metric and its statistic. */
  readonly detector: CfnAnomalyDetector;

  /** Fires on what is unusual; tells nobody itself. */
  readonly unusual: Alarm;

  /** Fires on what matters; tells nobody itself. */
  readonly floor: Alarm;

  /** Tells somebody where both do. */
  readonly alarm: CompositeAlarm;

  constructor(scope: Construct, id: string, props: BaselineAlarmProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'metric', 'limit'));
    const choices = new TierChoices(this, props, { known: ['limit', 'band', 'leastTraffic'] });
    refuse(this.node.path, baselineMistakes(this, props));
    const told = toldBy(this, choices, { ...props, layer: AlarmLayer.APPLICATION });
    const direction = props.direction ?? directionOf(props.metric.metricName) ?? BaselineDirection.BOTH;
    const period = props.period ?? Duration.minutes(5);
    const metric = props.metric.with({ period });
    this.detector = Baselines.of(this).detector(this, metric, props);
    this.unusual = this.unusualAlarm(metric, direction, props);
    this.floor = this.floorAlarm(metric, direction, props);
    this.alarm = this.bothAlarm(metric, direction, props, told);
    choices.record({
      what: 'foundAfter',
      value: formatSeconds(period.toSeconds() * BREACHING),
      because: `${BREACHING} of ${POINTS} data points outside of ${props.band ?? BAND} standard deviations and beyond ${props.limit}`,
      source: OWN_DECISION,
    });
  }

  private unusualAlarm(metric: Metric, direction: BaselineDirection, props: BaselineAlarmProps): Alarm {
    const alarm = new AnomalyDetectionAlarm(this, 'Unusual', {
      alarmDescription: `${metric.metricName} is unusual for the time of day and week. Part of a composite alarm; tells nobody itself.`,
      metric,
      stdDevs: props.band ?? BAND,
      comparisonOperator: OPERATORS[direction],
      evaluationPeriods: POINTS,
      datapointsToAlarm: BREACHING,
      treatMissingData: silence(direction),
    });
    // Else the alarm would make a detector of its own, which the stack could not make again.
    alarm.node.addDependency(this.detector);
    warmUp(alarm, props.warmUp ?? Duration.days(1));
    return quiet(alarm);
  }

  private floorAlarm(metric: Metric, direction: BaselineDirection, props: BaselineAlarmProps): Alarm {
    const low = direction === BaselineDirection.LOW;
    const { traffic, leastTraffic = LEAST_TRAFFIC, limit, period = Duration.minutes(5) } = props;
    const value = low ? 'FILL(value, 0)' : 'value';
    const beyond = `${value} ${low ? '<' : '>'} ${limit}`;
    const alarm = new Alarm(this, 'Floor', {
      alarmDescription: `${metric.metricName} is ${low ? 'below' : 'above'} ${limit}. Part of a composite alarm; tells nobody itself.`,
      metric: new MathExpression({
        expression: traffic
          ? `IF(${beyond} AND FILL(traffic, 0) >= ${leastTraffic}, 1, 0)`
          : `IF(${beyond}, 1, 0)`,
        label: `${metric.metricName} matters`,
        period,
        usingMetrics: {
          value: metric,
          ...(traffic && { traffic: traffic.with({ period, statistic: 'Sum' }) }),
        },
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: POINTS,
      datapointsToAlarm: BREACHING,
      treatMissingData: silence(direction),
    });
    return quiet(alarm);
  }

  private bothAlarm(
    { metricName }: Metric,
    direction: BaselineDirection,
    { limit, band = BAND, period = Duration.minutes(5) }: BaselineAlarmProps,
    told: Told,
  ): CompositeAlarm {
    for (const alarm of [this.unusual, this.floor])
      tagAlarm(alarm, { layer: told.layer, runbook: told.runbook });
    const way = direction === BaselineDirection.LOW ? 'below' : 'above';
    const alarm = new CompositeAlarm(this, 'Both', {
      alarmDescription: `${metricName} is more than ${band} standard deviations away from its baseline and ${way} ${limit}, in ${BREACHING} of ${POINTS} periods of ${formatSeconds(period.toSeconds())}: see what changed at that time, a deployment, traffic, or what it depends on.${runbookWords(told)}`,
      alarmRule: AlarmRule.allOf(this.unusual, this.floor),
    });
    letTell(alarm, told);
    return alarm;
  }
}

const OPERATORS: Readonly<Record<BaselineDirection, ComparisonOperator>> = {
  [BaselineDirection.HIGH]: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
  [BaselineDirection.LOW]: ComparisonOperator.LESS_THAN_LOWER_THRESHOLD,
  [BaselineDirection.BOTH]: ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
};

/** Where there is no traffic, nothing counts it. */
function silence(direction: BaselineDirection): TreatMissingData {
  return direction === BaselineDirection.LOW ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING;
}

function quiet(alarm: Alarm): Alarm {
  acknowledgeControls(
    alarm,
    ['CloudWatchAlarmAction'],
    'What is unusual need not matter, and what matters need not be unusual: the composite alarm over both tells somebody.',
  );
  return alarm;
}
