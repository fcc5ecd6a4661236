import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type DiscoveredService, type Indicator, IndicatorKind } from './indicator';

/**
 * Requests to a service that Application Signals discovers which end without a fault. Its metrics are read by their names, so that
 * nothing has to be discovered before the deployment.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AppSignals-MetricsCollected.html
 */
export function discoveredAvailability(service: DiscoveredService): Indicator {
  const metricOf = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'ApplicationSignals',
      metricName,
      statistic,
      dimensionsMap: {
        Environment: service.environment,
        ...(service.operation !== undefined && { Operation: service.operation }),
        Service: service.name,
      },
    });
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that end without a fault',
    metrics: { faults: metricOf('Fault', Stats.SUM), requests: metricOf('Latency', Stats.SAMPLE_COUNT) },
    total: 'FILL(requests, 0)',
    bad: 'FILL(faults, 0)',
    discovered: service,
  };
}
