import { CfnAlarm, CfnCompositeAlarm, type IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Mistake } from '../../../objectives/mistakes';

/**
 * Alarms that scale something: a mute rule would stop that as well.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 * @internal
 */
export function scalingMistakes(alarms: readonly IAlarmRef[]): Mistake[] {
  return alarms.filter(scales).map((alarm) => ({
    problem: `${alarm.node.path} scales something, and a mute rule stops that as well`,
    fix: 'leave it out, and give who is told an alarm of their own',
  }));
}

function scales(alarm: IAlarmRef): boolean {
  const template = CfnResource.isCfnResource(alarm) ? alarm : alarm.node.defaultChild;
  if (!(template instanceof CfnAlarm || template instanceof CfnCompositeAlarm)) return false;
  const stack = Stack.of(template);
  const { alarmActions, okActions, insufficientDataActions } = template;
  const actions: unknown[] = [alarmActions, okActions, insufficientDataActions].flatMap(
    (each) => (stack.resolve(each) as unknown[] | undefined) ?? [],
  );
  return actions.some((action) =>
    typeof action === 'string' ? action.includes(':autoscaling:') : isScalingPolicy(stack, action),
  );
}

function isScalingPolicy(stack: Stack, action: unknown): boolean {
  const logicalId = (action as { readonly Ref?: string }).Ref;
  if (logicalId === undefined) return false;
  return stack.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .some((each) => each.cfnResourceType.endsWith('::ScalingPolicy') && idOf(each) === logicalId);
}

function idOf(resource: CfnResource): unknown {
  return Stack.of(resource).resolve(resource.logicalId);
}
