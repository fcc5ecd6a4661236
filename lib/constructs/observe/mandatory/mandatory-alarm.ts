import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type CfnResource, Duration } from 'aws-cdk-lib/core';
import type { AlarmShape } from '../../../calculus/mandatory/alarm-shape';
import { formatSeconds } from '../../../calculus/time-span';
import type { Tier } from '../../../objectives/tier';
import { runbookWords } from '../../governance/runbook';
import { AlarmLayer } from '../alarm-tags';
import { letTell } from '../told-alarm';
import type { Dimensions } from './metric-dimensions';
import type { Look } from './owed-alarms';
import type { Threshold } from './shapes';

/** What an alarm on a metric of a resource is made from. @internal */
export interface MandatoryAlarmProps {
  readonly shape: AlarmShape;
  readonly dimensions: readonly Dimensions[];
  readonly threshold: Threshold;

  readonly look: Look;
  readonly topic: ITopic;
  readonly tier: Tier;
  readonly runbook: string | undefined;

  /** Who is told: `page` or `ticket`. */
  readonly severity: string;
}

/** An alarm takes ten metrics, with the expression that joins them. */
const MOST_METRICS = 9;

/** The sets of dimensions of each alarm: as many as one takes. @internal */
export function inOneAlarmEach(
  { metrics, each }: AlarmShape,
  dimensions: readonly Dimensions[],
): readonly (readonly Dimensions[])[] {
  const most = Math.max(1, Math.floor(MOST_METRICS / (metrics.length * (each?.values.length ?? 1))));
  const count = Math.ceil(dimensions.length / most);
  return Array.from({ length: count }, (_, index) => dimensions.slice(index * most, (index + 1) * most));
}

/**
 * The alarm on one metric of a resource, below the resource: it stays while the resource does, and goes with it.
 *
 * @internal
 */
export function mandatoryAlarm(resource: CfnResource, id: string, props: MandatoryAlarmProps): Alarm {
  const { shape, threshold, look, topic, tier, runbook, severity } = props;
  const alarm = new Alarm(resource, id, {
    alarmDescription: described(resource, props),
    metric: metricOf(props),
    threshold: threshold.value,
    comparisonOperator:
      shape.bad === 'at least'
        ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
        : ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: look.periods,
    treatMissingData: SILENCE[shape.silence],
  });
  letTell(alarm, { topic, layer: layerOf(resource.cfnResourceType), tier, runbook, severity });
  const { condition } = resource.cfnOptions;
  if (condition) (alarm.node.defaultChild as CfnResource).cfnOptions.condition = condition;
  return alarm;
}

const SILENCE: Readonly<Record<AlarmShape['silence'], TreatMissingData>> = {
  breaching: TreatMissingData.BREACHING,
  missing: TreatMissingData.MISSING,
  notBreaching: TreatMissingData.NOT_BREACHING,
};

/** The one metric, else the sum of those that count, or the worst of those that do not. */
function metricOf({ shape, dimensions, look }: MandatoryAlarmProps): IMetric {
  const { namespace, statistic, each, metrics, bad } = shape;
  const period = Duration.seconds(look.periodSeconds);
  const all = metrics.flatMap((metricName) =>
    dimensions.flatMap((set) => {
      const sets = each ? each.values.map((value) => ({ ...set, [each.dimension]: value })) : [set];
      return sets.map(
        (dimensionsMap) => new Metric({ namespace, metricName, dimensionsMap, statistic, period }),
      );
    }),
  );
  const [first, second] = all;
  if (first !== undefined && second === undefined) return first;
  const usingMetrics = Object.fromEntries(all.map((metric, index) => [`m${index}`, metric]));
  const ids = Object.keys(usingMetrics);
  const worst = bad === 'at least' ? 'MAX' : 'MIN';
  const sums = statistic === 'Sum';
  const expression = sums ? ids.map((id) => `FILL(${id}, 0)`).join(' + ') : `${worst}([${ids.join(', ')}])`;
  return new MathExpression({ expression, label: metrics.join(' and '), usingMetrics, period });
}

/** The text on the pager: what is wrong, since when, and what to do. */
function described(resource: CfnResource, { shape, threshold, look, runbook }: MandatoryAlarmProps): string {
  const what = shape.metrics.join(' and ');
  const span = formatSeconds(look.periodSeconds * look.periods);
  return [
    `${resource.node.path} ${shape.meaning}: ${shape.statistic} of ${what} ${shape.bad} ${threshold.value}${threshold.because} for ${span}.`,
    `What to do: ${shape.action}.${runbookWords({ runbook })}`,
  ].join(' ');
}

const NETWORK = /ApiGateway|AppSync|CloudFront|ElasticLoadBalancing|NatGateway|VPNConnection/;
const APPLICATION = /Lambda|StepFunctions|ECS/;

function layerOf(type: string): AlarmLayer {
  if (NETWORK.test(type)) return AlarmLayer.NETWORK;
  return APPLICATION.test(type) ? AlarmLayer.APPLICATION : AlarmLayer.INFRASTRUCTURE;
}
