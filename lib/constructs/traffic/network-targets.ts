import { NetworkTargetGroup, Protocol, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { TierChoices } from '../governance/tier-choices';
import type { PlacedNetwork } from '../network/placed-network';
import { listenerProtocol, type NetworkTargetProps, takesDatagrams } from './network-target-props';
import { targetHealthCheck } from './target-health-check';

/**
 * The targets of a network load balancer, asked at the pace of the tier whether the application serves.
 *
 * @internal
 */
export function networkTargets(
  scope: Construct,
  choices: TierChoices,
  place: { readonly network: PlacedNetwork; readonly internetFacing: boolean },
  props: NetworkTargetProps,
): NetworkTargetGroup {
  const { targetType = TargetType.IP, healthCheckProtocol = Protocol.HTTP, healthCheckPort } = props;
  const asksPath = healthCheckProtocol !== Protocol.TCP;
  choices.on({ what: 'applicationHealthCheck', owed: ASK_APPLICATION, chosen: asksPath ? undefined : false });
  const { healthyHttpCodes, ...pace } = targetHealthCheck(scope.node.path, choices, props);
  const taken = listenerProtocol(props);
  // An application load balancer always gets the address of the client, and has no such setting.
  const seesClient = props.preserveClientIp ?? (place.internetFacing || takesDatagrams(taken));
  return new NetworkTargetGroup(scope, 'Targets', {
    vpc: place.network.vpc,
    port: props.targetPort ?? props.port,
    // Whoever ends TLS has read it: what follows stays within the network.
    protocol: taken === Protocol.TLS ? Protocol.TCP : taken,
    targetType,
    deregistrationDelay: choices.shortest({
      what: 'deregistrationDelay',
      owed: choices.policy.deregistrationDelay,
      chosen: props.deregistrationDelay,
    }),
    // Who clings to a target that is gone waits for a timeout of its own; a closed connection is made anew.
    ...(targetType !== TargetType.ALB && { connectionTermination: true, preserveClientIp: seesClient }),
    healthCheck: {
      ...pace,
      protocol: healthCheckProtocol,
      ...(healthCheckPort !== undefined && { port: String(healthCheckPort) }),
      ...(asksPath && { path: props.healthCheckPath ?? '', healthyHttpCodes }),
    },
  });
}

const ASK_APPLICATION = {
  value: true,
  because: 'a TCP check finds an open port, behind which the application may be dead',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
};
