import { healthCheckDetection } from '../../assembly/dns/failover-detection';
import { valuesAt } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { type Detection, detectionStep, type FailoverStep } from '../../calculus/failover-time';
import type { Start } from './started-by';

const ENDPOINT = 'AWS::Events::Endpoint';
const PRIMARY = 'RoutingConfig.FailoverConfig.Primary.HealthCheck';
const PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html';

/** The global endpoint that leads all that starts some work between two regions; undefined where none does. */
export function endpointBefore(starts: readonly Start[]): Resource | undefined {
  const [first, ...others] = starts
    .filter(({ kind }) => kind !== 'clock')
    .map(({ kind, via }) => (kind === 'event' ? endpointOf(via) : undefined));
  return first !== undefined && others.every((other) => other === first) ? first : undefined;
}

function endpointOf(rule: Resource): Resource | undefined {
  const bus = rule.target('EventBusName');
  return bus instanceof Resource ? endpoints(rule.stack.graph).get(bus) : undefined;
}

const endpoints = oncePerGraph(
  (graph): ReadonlyMap<Resource, Resource> =>
    new Map(
      graph.ofType(ENDPOINT).flatMap((endpoint) =>
        valuesAt(endpoint, 'EventBuses.*.EventBusArn')
          .map((arn) => graph.resolve(arn, endpoint))
          .flatMap((bus) => (bus instanceof Resource ? [[bus, endpoint] as const] : [])),
      ),
    ),
);

/** The health check that turns an endpoint. */
export function checkOf(endpoint: Resource): Resource | undefined {
  const check = endpoint.target(PRIMARY);
  return check instanceof Resource ? check : undefined;
}

/** How soon an endpoint leads events to the other region: its check turns, and its name is asked again. */
export function leadingBy(endpoint: Resource): {
  readonly detection: FailoverStep;
  readonly ttl: FailoverStep;
} {
  const check = checkOf(endpoint);
  const found = check ? healthCheckDetection(check) : undefined;
  const detection = found === undefined || found instanceof Unknown ? BY_DEFAULT : found;
  const { value: ttl, source } = AWS_FACTS.route53AliasTtlSeconds;
  return {
    detection: { ...detectionStep(detection), what: 'the health check of the endpoint' },
    ttl: {
      what: 'the name of the endpoint is asked again',
      typicalSeconds: ttl,
      worstSeconds: ttl,
      source: `${PAGE}; ${source}`,
    },
  };
}

const BY_DEFAULT: Detection = {
  kind: 'health-check',
  intervalSeconds: AWS_FACTS.route53DefaultHealthCheckIntervalSeconds.value,
  failureThreshold: AWS_FACTS.route53DefaultFailureThreshold.value,
};
