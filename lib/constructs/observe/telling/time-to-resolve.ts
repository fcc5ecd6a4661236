import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { TIME_TO_RESOLVE } from '../../../objectives/measured-figures';

/**
 * What the handler of an incident bridge writes: how long each incident of a service took, in seconds. The median of a day where
 * nothing else is asked for: a mean is made by the longest.
 *
 * @internal
 */
export function timeToResolveOf(service: string): Metric {
  return new Metric({
    namespace: TIME_TO_RESOLVE.namespace,
    metricName: TIME_TO_RESOLVE.metricName,
    dimensionsMap: { [TIME_TO_RESOLVE.dimension]: service },
    statistic: Stats.p(50),
    period: Duration.days(1),
  });
}

const MEASURING = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Whether a bridge measures how long incidents of a service take: of several in one region of a stage the first one does, else each
 * outage that they share would count for each.
 *
 * @internal
 */
export function measuresFor(bridge: Construct, service: string): boolean {
  const place = [service, Stage.of(bridge)?.node.path, Stack.of(bridge).environment].join('|');
  const known = MEASURING.get(bridge.node.root) ?? new Map<string, IConstruct>();
  MEASURING.set(bridge.node.root, known);
  if (!known.has(place)) known.set(place, bridge);
  return known.get(place) === bridge;
}
