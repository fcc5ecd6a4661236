import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
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
export function distributionAvailability(distribution: Distribution): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that CloudFront answers without a 5xx',
    metrics: {
      requests: distribution.metricRequests({ statistic: Stats.SUM }),
      failing: distribution.metric5xxErrorRate({ statistic: Stats.AVERAGE }),
    },
    total: 'FILL(requests, 0)',
    bad: 'FILL(requests, 0) * FILL(failing, 0) / 100',
    onlyIn: METRICS_REGION,
  };
}
