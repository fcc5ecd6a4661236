import { AlarmBase, CfnAlarm, CfnCompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Mistake } from '../../../objectives/mistakes';
import type { Tier } from '../../../objectives/tier';

/** An alarm as CloudFormation makes it. @internal */
export type AlarmResource = CfnAlarm | CfnCompositeAlarm;

/**
 * What CloudWatch takes for each state.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const MOST_ACTIONS = 5;

/**
 * The alarm where it can be changed from here. One of another stack would have to name the topic of this one, in a circle.
 *
 * @internal
 */
export function ownResource(scope: IConstruct, alarm: IAlarm): AlarmResource | undefined {
  const { defaultChild } = alarm.node;
  const isAlarm = defaultChild instanceof CfnAlarm || defaultChild instanceof CfnCompositeAlarm;
  return isAlarm && defaultChild.stack === Stack.of(scope) ? defaultChild : undefined;
}

/** Has an alarm tell a topic when it fires and when it is over, once each. @internal */
export function letTellAlone(alarm: IAlarm, resource: AlarmResource, topic: ITopic): void {
  if (!(alarm instanceof AlarmBase)) return;
  const stack = Stack.of(resource);
  const arn = JSON.stringify(stack.resolve(topic.topicArn));
  const tells = (actions: unknown) => JSON.stringify(stack.resolve(actions) ?? []).includes(arn);
  const action = new SnsAction(topic);
  if (!tells(resource.alarmActions)) alarm.addAlarmAction(action);
  if (!tells(resource.okActions)) alarm.addOkAction(action);
}

/**
 * What is wrong with an alarm that takes no actions: EventBridge hears it all the same, and the fall-back never does. At tiers 2 and 3
 * it warns.
 *
 * @internal
 */
export function actionMistakes(alarm: IAlarm, tier: Tier): readonly Mistake[] {
  const { defaultChild: resource } = alarm.node;
  if (!(resource instanceof CfnAlarm || resource instanceof CfnCompositeAlarm)) return [];
  const { actionsEnabled = true } = resource;
  if (actionsEnabled === true) return [];
  const problem = `${alarm.node.path} has actionsEnabled ${actionsEnabled === false ? 'false' : 'as only a deploy knows it'}, so it may take no action of its own: the bridge tells of it, the fall-back does not`;
  const fix = 'leave actionsEnabled out; to keep it silent for a time, mute it';
  if (actionsEnabled === false && tier <= 1) return [{ problem, fix }];
  Annotations.of(alarm).addWarningV2('cdk-nines:no-fallback', `${problem}. ${fix}.`);
  return [];
}

/** What is wrong with how many actions an alarm has, when all are there. @internal */
export function countMistakes(resource: AlarmResource): readonly Mistake[] {
  const { alarmActions, okActions, insufficientDataActions } = resource;
  const states = { ALARM: alarmActions, OK: okActions, INSUFFICIENT_DATA: insufficientDataActions };
  return Object.entries(states).flatMap(([state, actions]) => {
    const found: unknown = resource.stack.resolve(actions);
    if (!Array.isArray(found) || found.length <= MOST_ACTIONS) return [];
    return {
      problem: `${resource.node.path} has ${found.length} actions for ${state}, the fall-back among them, and CloudWatch takes ${MOST_ACTIONS}`,
      fix: `remove ${found.length - MOST_ACTIONS}, or have one topic tell several`,
    };
  });
}
