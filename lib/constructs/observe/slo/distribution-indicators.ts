import { CfnMonitoringSubscription, type IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import { refuse } from '../../../objectives/mistakes';
import { type Indicator, IndicatorKind } from './indicator';

/** Where CloudFront keeps its metrics. */
const METRICS_REGION = 'us-east-1';

/**
 * Requests to a CloudFront distribution that are answered without a 5xx. Its metrics, and so the objective, are in us-east-1.
 *
 * CloudFront gives its errors as a percentage, of which CloudWatch takes the mean over the window: with very uneven traffic bad
 * minutes at night count as much as those by day.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export function distributionAvailability(distribution: IDistribution): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that CloudFront answers without a 5xx',
    metrics: {
      requests: metricOf(distribution, 'Requests', Stats.SUM),
      failing: metricOf(distribution, '5xxErrorRate', Stats.AVERAGE),
    },
    total: 'FILL(requests, 0)',
    bad: 'FILL(requests, 0) * FILL(failing, 0) / 100',
    onlyIn: METRICS_REGION,
  };
}

/** What is known of a distribution that this app does not make. */
export interface DistributionMetrics {
  /**
   * Whether its additional metrics are on.
   *
   * @default - whether `publishAdditionalMetrics` is set where it is made; false for an imported one
   */
  readonly additionalMetrics?: boolean;
}

/**
 * Requests to a CloudFront distribution that its origin answers within a time; what comes from the cache is not looked at. It needs
 * the additional metrics of the distribution. They, and so the objective, are in us-east-1.
 *
 * CloudFront says how many requests there were, and what share the cache answered of those that it may keep: how many the origin
 * answered is reckoned from both, as if it were the same share of POST and PUT.
 *
 * @throws ConfigurationError without the additional metrics
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export function distributionLatency(
  distribution: IDistribution,
  within: Duration,
  { additionalMetrics = hasSubscription(distribution) }: DistributionMetrics = {},
): Indicator {
  if (!additionalMetrics)
    refuse(distribution.node.path, [
      {
        problem:
          'its latency is an additional metric of CloudFront, and additional metrics are off: no alarm could fire',
        fix: 'set publishAdditionalMetrics of the distribution; where it is made elsewhere and they are on, say additionalMetrics: true',
      },
    ]);
  const milliseconds = within.toMilliseconds();
  return {
    kind: IndicatorKind.LATENCY,
    good: `requests that the origin of the distribution answers within ${milliseconds / 1_000} s`,
    metrics: {
      requests: metricOf(distribution, 'Requests', Stats.SUM),
      hits: metricOf(distribution, 'CacheHitRate', Stats.AVERAGE),
      share: metricOf(distribution, 'OriginLatency', Stats.percentileRank(0, milliseconds)),
    },
    total: 'FILL(requests, 0) * (100 - FILL(hits, 0)) / 100',
    bad: 'FILL(requests, 0) * (100 - FILL(hits, 0)) / 100 * (100 - FILL(share, 100)) / 100',
    onlyIn: METRICS_REGION,
  };
}

function hasSubscription({ node }: IDistribution): boolean {
  return node.children.some((child) => child instanceof CfnMonitoringSubscription);
}

/**
 * A distribution that is imported has no methods for its metrics, and those of one that is made leave out the region, without which there
 * is no data.
 *
 * @see https://github.com/aws/aws-cdk/issues/19245
 */
function metricOf({ distributionId }: IDistribution, metricName: string, statistic: string): Metric {
  const dimensionsMap = { DistributionId: distributionId, Region: 'Global' };
  return new Metric({ namespace: 'AWS/CloudFront', metricName, statistic, dimensionsMap });
}
