import type { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Indicator } from './indicator';

type Query = CfnServiceLevelObjective.MetricDataQueryProperty;

const MINUTE = 60;

/**
 * An indicator as Application Signals counts it: all events, and the bad ones, minute by minute.
 *
 * @param account that of the objective: metrics of others are read there. @default - all are of its own
 * @see https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_RequestBasedServiceLevelIndicatorMetricConfig.html
 * @internal
 */
export function requestBased(
  indicator: Indicator,
  account?: string,
): CfnServiceLevelObjective.RequestBasedSliProperty {
  const queries = (id: string, expression: string) => queriesOf(indicator, { id, expression }, account);
  return {
    requestBasedSliMetric: {
      totalRequestCountMetric: queries('allEvents', indicator.total),
      monitoredRequestCountMetric: { badCountMetric: queries('badEvents', indicator.bad) },
    },
  };
}

/** Only the metrics that the expression names: others would be paid for and not used. */
function queriesOf(
  { metrics }: Indicator,
  { id, expression }: { readonly id: string; readonly expression: string },
  account: string | undefined,
): Query[] {
  const used = Object.entries(metrics).filter(([name]) => new RegExp(`\\b${name}\\b`).test(expression));
  return [
    { id, expression, returnData: true },
    ...used.map(([name, metric]) => queryOf(name, metric, account)),
  ];
}

function queryOf(id: string, metric: Metric, account: string | undefined): Query {
  const isOther = account !== undefined && metric.account !== undefined && metric.account !== account;
  const { metricStat } = metric.toMetricConfig();
  const { namespace, metricName, dimensions = [], statistic = 'Sum' } = metricStat ?? {};
  return {
    id,
    ...(isOther && { accountId: metric.account }),
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
