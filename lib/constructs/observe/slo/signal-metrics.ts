import type { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Indicator } from './indicator';

type Query = CfnServiceLevelObjective.MetricDataQueryProperty;

const MINUTE = 60;

/**
 * An indicator as Application Signals counts it: all events, and the bad ones, minute by minute.
 *
 * @see https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_RequestBasedServiceLevelIndicatorMetricConfig.html
 * @internal
 */
export function requestBased(indicator: Indicator): CfnServiceLevelObjective.RequestBasedSliProperty {
  return {
    requestBasedSliMetric: {
      totalRequestCountMetric: queries(indicator, 'allEvents', indicator.total),
      monitoredRequestCountMetric: { badCountMetric: queries(indicator, 'badEvents', indicator.bad) },
    },
  };
}

/** Only the metrics that the expression names: others would be paid for and not used. */
function queries({ metrics }: Indicator, id: string, expression: string): Query[] {
  const used = Object.entries(metrics).filter(([name]) => new RegExp(`\\b${name}\\b`).test(expression));
  return [{ id, expression, returnData: true }, ...used.map(([name, metric]) => queryOf(name, metric))];
}

function queryOf(id: string, metric: Metric): Query {
  const { metricStat } = metric.toMetricConfig();
  const { namespace, metricName, dimensions = [], statistic = 'Sum' } = metricStat ?? {};
  return {
    id,
    returnData: false,
    metricStat: {
      metric: {
        ...(namespace !== undefined && { namespace }),
        ...(metricName !== undefined && { metricName }),
        dimensions: dimensions.map(({ name, value }) => ({ name, value: String(value) })),
      },
      period: MINUTE,
      stat: statistic,
    },
  };
}
