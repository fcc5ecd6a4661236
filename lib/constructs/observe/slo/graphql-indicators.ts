import type { IGraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import { type Indicator, IndicatorKind } from './indicator';
import { answeredWithin } from './indicators';
import { checkMetricsHere } from './metrics-here';

/**
 * Requests to a GraphQL API of AppSync that are answered without a 5xx. Errors of resolvers that are told in an answer with status
 * 200 are no failures here.
 *
 * They are counted by the samples of the latency, as AppSync counts requests by region only.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
 */
export function graphqlAvailability(api: IGraphqlApi): Indicator {
  checkMetricsHere(api, api.arn);
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that the GraphQL API answers without a 5xx',
    metrics: {
      errors: metricOf(api, '5XXError', Stats.SUM),
      requests: metricOf(api, 'Latency', Stats.SAMPLE_COUNT),
    },
    total: 'FILL(requests, 0)',
    bad: 'FILL(errors, 0)',
  };
}

/**
 * Requests to a GraphQL API of AppSync that are answered within a time.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
 */
export function graphqlLatency(api: IGraphqlApi, within: Duration): Indicator {
  checkMetricsHere(api, api.arn);
  const milliseconds = within.toMilliseconds();
  return answeredWithin(
    metricOf(api, 'Latency', Stats.SAMPLE_COUNT),
    metricOf(api, 'Latency', Stats.percentileRank(0, milliseconds)),
    milliseconds / 1_000,
  );
}

function metricOf(api: IGraphqlApi, metricName: string, statistic: string): Metric {
  const dimensionsMap = { GraphQLAPIId: api.apiId };
  return new Metric({ namespace: 'AWS/AppSync', metricName, statistic, dimensionsMap });
}
