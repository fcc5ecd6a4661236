import type { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import type { HealthCheckedLoadBalancer } from '../traffic/health-checked-load-balancer';

const CLAIMS = new WeakMap<HealthCheckedLoadBalancer, Construct>();

/**
 * Takes the targets of a load balancer for one service. A target group sends each request to any of its targets: those of
 * two services would be mixed at random.
 *
 * @throws ConfigurationError when another service has them, or when they are of another kind
 * @internal
 */
export function claimTargets(
  loadBalancer: HealthCheckedLoadBalancer,
  service: Construct,
  targetType: TargetType,
): void {
  const path = service.node.path;
  const other = CLAIMS.get(loadBalancer);
  if (other) {
    throw new ConfigurationError({
      path,
      problem: `${loadBalancer.node.path} sends its requests to ${other.node.path} already, and would mix them at random`,
      fix: `give ${path} a HealthCheckedLoadBalancer of its own`,
    });
  }
  if (loadBalancer.targetType !== targetType) {
    throw new ConfigurationError({
      path,
      problem: `${loadBalancer.node.path} sends its requests to targets of type ${loadBalancer.targetType}, but needs ${targetType}`,
      fix: `set targetType of ${loadBalancer.node.path} to TargetType.${targetType.toUpperCase()}`,
    });
  }
  CLAIMS.set(loadBalancer, service);
}
