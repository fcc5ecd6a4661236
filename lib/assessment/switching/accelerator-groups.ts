import { loadBalancerDetection } from '../../assembly/dns/failover-detection';
import { valuesAt } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import { isMap, Unknown, type Value, type ValueMap, wordOf } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { detectionStep, type FailoverStep } from '../../calculus/failover-time';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';

const GROUP = 'AWS::GlobalAccelerator::EndpointGroup';
const LISTENER = 'AWS::GlobalAccelerator::Listener';
const CHECKS =
  'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html';

/** The listeners of an accelerator. */
export function listenersOf(accelerator: Resource): readonly Resource[] {
  return namedBy(accelerator, LISTENER, 'AcceleratorArn');
}

/** The groups of endpoints of a listener. */
export function groupsOf(listener: Resource): readonly Resource[] {
  return namedBy(listener, GROUP, 'ListenerArn');
}

function namedBy(resource: Resource, type: string, property: string): readonly Resource[] {
  const mentions = resource.stack.graph.mentionsOf(resource, type).filter((one) => one.property === property);
  return [...new Set(mentions.map(({ from }) => from))];
}

/** The endpoints of a group that take traffic: those of weight 0 only where all have that. */
export function endpointsOf(group: Resource): readonly ValueMap[] {
  const endpoints = valuesAt(group, 'EndpointConfigurations').flat().filter(isMap);
  const serving = endpoints.filter(({ Weight: weight }) => wordOf(weight) !== '0');
  return serving.length > 0 ? serving : endpoints;
}

/** How an accelerator leaves out what is broken. */
export interface LeavingOut {
  /** What finds it broken. */
  readonly detection: FailoverStep;

  /** What follows until users are led away. */
  readonly after: readonly FailoverStep[];

  /** Why the settings are those of AWS. @default - they are in the app, or it leaves them to AWS */
  readonly assumed?: string;
}

/** How a group is left out: when the last of its endpoints is. */
export function leavingOutGroup(group: Resource): LeavingOut {
  const [slowest] = endpointsOf(group)
    .map(({ EndpointId: id }) => leavingOutEndpoint(group, id))
    .sort((a, b) => worstOf(b) - worstOf(a));
  return slowest ?? byAccelerator(group);
}

/**
 * How one endpoint is left out. An accelerator checks addresses and instances itself; of a load balancer it takes what that one
 * finds by the settings of its own target groups, whatever the group of endpoints says.
 *
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html
 */
export function leavingOutEndpoint(group: Resource, id: Value | undefined): LeavingOut {
  const found = group.stack.graph.resolve(id ?? null, group);
  if (found instanceof Resource)
    return found.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer'
      ? byLoadBalancer(found)
      : byAccelerator(group);
  return /:elasticloadbalancing:/.test(wordOf(id)) ? byLoadBalancer(undefined) : byAccelerator(group);
}

function byAccelerator(group: Resource): LeavingOut {
  const [interval, threshold] = [
    numberAt(group, 'HealthCheckIntervalSeconds', AWS_FACTS.route53DefaultHealthCheckIntervalSeconds.value),
    numberAt(group, 'ThresholdCount', AWS_FACTS.route53DefaultFailureThreshold.value),
  ];
  return {
    detection: {
      ...detectionStep({ kind: 'health-check', intervalSeconds: interval, failureThreshold: threshold }),
      what: `health checks of the accelerator, ${interval} s × ${threshold}`,
      source: `HealthCheckIntervalSeconds × ThresholdCount; ${CHECKS}`,
    },
    after: [],
  };
}

function byLoadBalancer(balancer: Resource | undefined): LeavingOut {
  const own = balancer ? loadBalancerDetection(balancer) : new Unknown('it is not in the app');
  const detection =
    !(own instanceof Unknown) && own.kind === 'health-check'
      ? own
      : {
          kind: 'health-check' as const,
          intervalSeconds: AWS_FACTS.elbDefaultIntervalSeconds.value,
          failureThreshold: AWS_FACTS.elbDefaultUnhealthyThreshold.value,
        };
  const { acceleratorMoveSeconds: asked } = RECOVERY_FACTS;
  return {
    detection: {
      ...detectionStep(detection),
      what: `health checks of targets, ${detection.intervalSeconds} s × ${detection.failureThreshold}`,
      source: `HealthCheckIntervalSeconds × UnhealthyThresholdCount; ${AWS_FACTS.elbDefaultIntervalSeconds.source}`,
    },
    after: [
      {
        what: 'the accelerator asks the load balancer',
        typicalSeconds: asked.value.typical,
        worstSeconds: asked.value.worst,
        source: asked.source,
      },
    ],
    ...(own instanceof Unknown && { assumed: own.reason }),
  };
}

function worstOf({ detection, after }: LeavingOut): number {
  return [detection, ...after].reduce((sum, { worstSeconds }) => sum + worstSeconds, 0);
}

function numberAt(resource: Resource, path: string, otherwise: number): number {
  const value = resource.number(path);
  return typeof value === 'number' ? value : otherwise;
}
