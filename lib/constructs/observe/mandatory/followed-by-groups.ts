import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Annotations, type CfnResource, type IResolveContext, Lazy, Stack } from 'aws-cdk-lib/core';
import { groupsOf } from './target-groups';
import { propertiesOf, refersTo, resourcesIn, updatePolicyOf } from './template-view';

const ELB = 'AWS::ElasticLoadBalancingV2::';

/** The deployment groups of CodeDeploy that change what a resource serves with. @internal */
export function groupsThatDeploy(resource: CfnResource): readonly CfnDeploymentGroup[] {
  const { root } = resource.node;
  const groups = resourcesIn(root, 'AWS::CodeDeploy::DeploymentGroup').filter(
    (group) => group instanceof CfnDeploymentGroup,
  );
  if (groups.length === 0) return [];
  const { cfnResourceType: type } = resource;
  if (type === 'AWS::Lambda::Function') return groups.filter((group) => movesAliasOf(resource, group));
  if (!type.startsWith(ELB)) return groups.filter((group) => names(group, [resource]));
  const targets = groupsOf(resource);
  const behind = resourcesIn(root, 'AWS::ECS::Service', 'AWS::AutoScaling::AutoScalingGroup').filter(
    (each) => {
      const { LoadBalancers: balancers, TargetGroupARNs: arns } = propertiesOf(each);
      return targets.some((target) => refersTo([balancers, arns], target));
    },
  );
  return groups.filter((group) => names(group, [...targets, ...behind]));
}

/** The alias of a function says who moves it. */
function movesAliasOf(handler: CfnResource, group: CfnResource): boolean {
  return resourcesIn(handler.node.root, 'AWS::Lambda::Alias').some(
    (alias) => refersTo(propertiesOf(alias).FunctionName, handler) && refersTo(updatePolicyOf(alias), group),
  );
}

function names(group: CfnResource, resources: readonly CfnResource[]): boolean {
  const { ECSServices, AutoScalingGroups, LoadBalancerInfo } = propertiesOf(group);
  return resources.some((each) => refersTo([ECSServices, AutoScalingGroups, LoadBalancerInfo], each));
}

/** @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html */
const MOST_ALARMS = 10;

const STOPPED = 'DEPLOYMENT_STOP_ON_ALARM';

interface AlarmsOfGroup {
  readonly alarms?: readonly { readonly name?: unknown }[];
  readonly enabled?: unknown;
}

interface WaysBack {
  readonly enabled?: unknown;
  readonly events?: readonly unknown[];
}

/**
 * Has a group stop and go back when an alarm fires, unless somebody switched its alarms off.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
 * @internal
 */
export function letGroupFollow(group: CfnDeploymentGroup, alarm: Alarm): void {
  const given = Stack.of(group).resolve(group.alarmConfiguration) as AlarmsOfGroup | undefined;
  // One with alarms is switched on, so this says that a person wanted it.
  if (given?.enabled === false && (given.alarms ?? []).length > 0) return;
  const whyNot = mistakeOf(group, alarm, given?.alarms?.length ?? 0);
  if (whyNot !== undefined) {
    Annotations.of(group).addWarningV2(
      'cdk-nines:deploy-alarm',
      `it does not follow ${alarm.node.path}: ${whyNot}`,
    );
    return;
  }
  addAlarm(group, alarm.alarmName);
  addWayBack(group);
}

function mistakeOf(group: CfnDeploymentGroup, alarm: Alarm, count: number): string | undefined {
  if (Stack.of(group) !== Stack.of(alarm))
    return 'it is in another stack, which that of the alias needs; put the group beside what it deploys';
  if (count < MOST_ALARMS) return undefined;
  return `it has ${count} alarms, and takes no more than ${MOST_ALARMS} alarms; join others in a composite alarm`;
}

/** The names come after those that a person gave, which are known once all is. */
function addAlarm(group: CfnDeploymentGroup, name: string): void {
  const raw = group.alarmConfiguration;
  group.alarmConfiguration = Lazy.uncachedAny({
    produce: (context: IResolveContext) => {
      const given = (context.resolve(raw) ?? {}) as AlarmsOfGroup;
      return { ...given, alarms: [...(given.alarms ?? []), { name: context.resolve(name) }], enabled: true };
    },
  });
}

/** A group whose alarms only stop it leaves what it has changed until then. */
function addWayBack(group: CfnDeploymentGroup): void {
  const raw = group.autoRollbackConfiguration;
  group.autoRollbackConfiguration = Lazy.uncachedAny({
    produce: (context: IResolveContext) => {
      const { enabled, events = [] } = (context.resolve(raw) ?? {}) as WaysBack;
      const kept = enabled === false ? [] : events.filter((event) => event !== STOPPED);
      return { enabled: true, events: [...kept, STOPPED] };
    },
  });
}
