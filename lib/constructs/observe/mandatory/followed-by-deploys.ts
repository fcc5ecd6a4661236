import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import { type CfnResource, type IResolveContext, Lazy } from 'aws-cdk-lib/core';
import { groupsThatDeploy, letGroupFollow } from './followed-by-groups';
import { groupsOf } from './target-groups';
import { propertiesOf, refersTo, resourcesIn } from './template-view';

/**
 * Lets the deploys of what an alarm watches follow it: a release that fires it is taken back.
 *
 * @internal
 */
export function letDeploysFollow(resource: CfnResource, alarm: Alarm): void {
  letServicesFollow(resource, alarm);
  for (const group of groupsThatDeploy(resource)) letGroupFollow(group, alarm);
}

/**
 * ECS services behind a load balancer or target group.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
function letServicesFollow(resource: CfnResource, alarm: Alarm): void {
  if (!resource.cfnResourceType.startsWith('AWS::ElasticLoadBalancingV2::')) return;
  const groups = groupsOf(resource);
  for (const service of resourcesIn(resource.node.root, 'AWS::ECS::Service')) {
    const { LoadBalancers: balancers, DeploymentController: controller } = propertiesOf(service);
    const other = /CODE_DEPLOY|EXTERNAL/.test(JSON.stringify(controller ?? ''));
    const behind = groups.some((group) => refersTo(balancers, group));
    if (service instanceof CfnService && behind && !other) follow(service, alarm.alarmName);
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentAlarms.html */
interface Followed {
  readonly alarms?: { readonly alarmNames?: readonly string[] };
}

/** The names come after those that a person gave, which are known once all is. */
function follow(service: CfnService, name: string): void {
  const raw = service.deploymentConfiguration;
  service.deploymentConfiguration = Lazy.uncachedAny({
    produce: (context: IResolveContext) => {
      const given = (context.resolve(raw) ?? {}) as Followed;
      const alarmNames = [...(given.alarms?.alarmNames ?? []), context.resolve(name)];
      return { ...given, alarms: { alarmNames, enable: true, rollback: true } } as never;
    },
  });
}
