import {
  ApplicationProtocol,
  ApplicationTargetGroup,
  type TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type Duration, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Span } from '../../calculus/time-span';
import type { Mistake } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';
import type { PlacedNetwork } from '../network/placed-network';
import { portMistakes, type TargetCheckProps, targetHealthCheck } from './target-health-check';

/** Who gets the requests of an application load balancer, and how they are shared out. */
export interface ApplicationTargetProps extends TargetCheckProps {
  /**
   * What the targets are: tasks (`IP`), instances (`INSTANCE`), or a function (`LAMBDA`).
   *
   * @default TargetType.IP
   */
  readonly targetType?: TargetType;

  /**
   * The port on which instances serve. Tasks say theirs themselves, and a function has none.
   *
   * @default 80
   */
  readonly targetPort?: number;

  /**
   * How it is decided which target gets the next request.
   *
   * @default - in turns
   */
  readonly algorithm?: TargetGroupLoadBalancingAlgorithmType;

  /**
   * Whether targets that fail more than the others get fewer requests. Needs `WEIGHTED_RANDOM`.
   *
   * @default false
   */
  readonly anomalyMitigation?: boolean;

  /**
   * How long a new target gets fewer requests, from 30 s to 15 min. Needs requests in turns.
   *
   * @default - a new target gets its full share at once
   */
  readonly slowStart?: Duration;

  /**
   * How long a user stays with one target. A user is lost with the target then, so it needs a `weakening`: keep what
   * users have in a `SessionStore` instead.
   *
   * @default - users stay with no target
   */
  readonly stickiness?: Duration;
}

/** Everything in which the settings of targets contradict each other. @internal */
export function applicationTargetMistakes(props: ApplicationTargetProps): Mistake[] {
  const { targetType, algorithm = 'round_robin', anomalyMitigation = false, slowStart } = props;
  const mistakes: Mistake[] = [];
  if (targetType === TargetType.ALB) {
    mistakes.push({
      problem: 'targetType is alb, but an application load balancer sends nothing to another one',
      fix: 'use a HealthCheckedNetworkLoadBalancer in front of it, or set targetType to ip, instance or lambda',
    });
  }
  if (anomalyMitigation && algorithm !== 'weighted_random') {
    mistakes.push({
      problem: `anomalyMitigation is on, but requests are shared out by ${algorithm}`,
      fix: 'set algorithm to WEIGHTED_RANDOM, or leave anomalyMitigation out',
    });
  }
  if (slowStart && algorithm !== 'round_robin') {
    mistakes.push({
      problem: `slowStart is set, but requests are shared out by ${algorithm}, which knows no slow start`,
      fix: 'leave slowStart out, or set algorithm to ROUND_ROBIN',
    });
  }
  if (props.targetPort !== undefined) mistakes.push(...portMistakes('targetPort', props.targetPort));
  return [...mistakes, ...slowStartMistakes(slowStart), ...functionMistakes(props)];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const SLOW_START_SECONDS = { least: 30, most: 900 };

function slowStartMistakes(slowStart: Duration | undefined): Mistake[] {
  const seconds = slowStart?.toSeconds();
  const { least, most } = SLOW_START_SECONDS;
  if (seconds === undefined || Token.isUnresolved(seconds) || (seconds >= least && seconds <= most))
    return [];
  return [
    {
      problem: `slowStart is ${seconds} s, but it must be from ${least} to ${most} s`,
      fix: `set slowStart to ${Math.min(Math.max(seconds, least), most)} s`,
    },
  ];
}

/** What a target group of a function does not have. */
const NOT_FOR_FUNCTIONS = [
  'targetPort',
  'algorithm',
  'anomalyMitigation',
  'slowStart',
  'stickiness',
  'deregistrationDelay',
] as const;

function functionMistakes(props: ApplicationTargetProps): Mistake[] {
  if (props.targetType !== TargetType.LAMBDA) return [];
  return NOT_FOR_FUNCTIONS.filter((what) => props[what] !== undefined).map((what) => ({
    problem: `${what} is set, but a function as a target has none`,
    fix: `leave ${what} out, or set targetType to ip or instance`,
  }));
}

/**
 * The targets of an application load balancer, checked at the pace of the tier.
 *
 * @internal
 */
export function applicationTargets(
  scope: Construct,
  choices: TierChoices,
  network: PlacedNetwork,
  props: ApplicationTargetProps,
): ApplicationTargetGroup {
  const check = targetHealthCheck(scope.node.path, choices, props);
  const healthCheck = {
    ...check,
    enabled: true,
    ...(props.healthCheckPath && { path: props.healthCheckPath }),
  };
  const { targetType = TargetType.IP } = props;
  // Nothing but its health check can be set for a function.
  if (targetType === TargetType.LAMBDA)
    return new ApplicationTargetGroup(scope, 'Targets', { targetType, healthCheck });
  const { slowStart, algorithm, anomalyMitigation } = props;
  const deregistrationDelay = choices.shortest({
    what: 'deregistrationDelay',
    owed: choices.policy.deregistrationDelay,
    chosen: props.deregistrationDelay,
  });
  const stickiness = choices.shortest({ what: 'stickiness', owed: STATELESS, chosen: props.stickiness });
  return new ApplicationTargetGroup(scope, 'Targets', {
    vpc: network.vpc,
    port: props.targetPort ?? 80,
    protocol: ApplicationProtocol.HTTP,
    targetType,
    crossZoneEnabled: true,
    deregistrationDelay,
    healthCheck,
    ...(stickiness.toSeconds() > 0 && { stickinessCookieDuration: stickiness }),
    ...(slowStart && { slowStart }),
    ...(algorithm && { loadBalancingAlgorithmType: algorithm }),
    ...(anomalyMitigation !== undefined && { enableAnomalyMitigation: anomalyMitigation }),
  });
}

const STATELESS = {
  value: Span.ZERO,
  because: 'whoever stays with a target is lost with it; what users have belongs into a session store',
  source:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html',
};
