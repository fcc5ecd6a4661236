import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';

/**
 * What the handler of an incident bridge writes: how long each incident of a service took, in seconds. The median of a day where
 * nothing else is asked for: a mean is made by the longest.
 *
 * @internal
 */
export function timeToResolveOf(service: string): Metric {
  return new Metric({
    namespace: 'Nines/Incidents',
    metricName: 'TimeToResolve',
    dimensionsMap: { Service: service },
    statistic: Stats.p(50),
    period: Duration.days(1),
  });
}
