import type { CfnResource } from 'aws-cdk-lib/core';
import { propertiesOf, refersTo, resourcesIn } from './template-view';

const ELB = 'AWS::ElasticLoadBalancingV2::';

/** The load balancers of the app that send to a target group. @internal */
export function balancersBefore(group: CfnResource): readonly CfnResource[] {
  const { root } = group.node;
  const listeners = resourcesIn(root, `${ELB}Listener`);
  const rules = resourcesIn(root, `${ELB}ListenerRule`).map(propertiesOf);
  const sending = listeners.filter((listener) => {
    const own = refersTo(propertiesOf(listener).DefaultActions, group);
    return own || rules.some((rule) => refersTo(rule.ListenerArn, listener) && refersTo(rule.Actions, group));
  });
  const arns = sending.map((listener) => propertiesOf(listener).LoadBalancerArn);
  return resourcesIn(root, `${ELB}LoadBalancer`).filter((balancer) =>
    arns.some((arn) => refersTo(arn, balancer)),
  );
}

/** The target groups of the app that a load balancer sends to; a target group itself. @internal */
export function groupsOf(resource: CfnResource): readonly CfnResource[] {
  if (resource.cfnResourceType === `${ELB}TargetGroup`) return [resource];
  return resourcesIn(resource.node.root, `${ELB}TargetGroup`).filter((group) =>
    balancersBefore(group).includes(resource),
  );
}
