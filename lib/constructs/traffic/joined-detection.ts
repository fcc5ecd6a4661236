import { AWS_FACTS } from '../../calculus/aws-facts';
import { type Detection, detectionStep } from '../../calculus/failover-time';
import { alarmDetection } from './alarm-facts';
import type { DnsEntryProps } from './dns-entry-props';
import { givenCheckDetection } from './given-check';

/**
 * How soon a record notices that its endpoint is broken. Where all checks must be healthy, the endpoint's is enough;
 * where fewer must, as many others have to turn as well, and the slowest of those decides. One whose pace nobody knows
 * never turns.
 *
 * @internal
 */
export function joinedDetection(props: DnsEntryProps, endpoint: Detection): Detection {
  const { alarm, healthChecks = [], healthThreshold } = props;
  const others = [
    ...(alarm ? [alarmDetection(alarm) ?? NEVER] : []),
    ...healthChecks.map((check) => givenCheckDetection(check) ?? NEVER),
  ];
  const spare = 1 + others.length - (healthThreshold ?? 1 + others.length);
  const quickestFirst = others.sort((one, other) => secondsOf(one) - secondsOf(other));
  const last = quickestFirst[spare - 1];
  return last && secondsOf(last) > secondsOf(endpoint) ? last : endpoint;
}

function secondsOf(detection: Detection): number {
  return detectionStep(detection).typicalSeconds;
}

const NEVER: Detection = {
  kind: 'health-check',
  intervalSeconds: AWS_FACTS.route53DefaultHealthCheckIntervalSeconds.value,
  failureThreshold: Number.POSITIVE_INFINITY,
};
