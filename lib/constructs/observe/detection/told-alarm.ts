import type { AlarmBase, CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type CfnResource, Tags } from 'aws-cdk-lib/core';

/** What an alarm says beside its text. @internal */
export interface Told {
  readonly topic: ITopic;

  /** What kind of thing it looks at: `journey`, `job`, `dependency`. */
  readonly layer: string;

  /** What to do, a path or an address. */
  readonly runbook: string | undefined;
}

/**
 * Lets an alarm tell somebody, and again when it is over. Its tags go with every notice, so that who gets one need not look
 * up whose it is.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Alarms.html
 * @internal
 */
export function letTell(alarm: AlarmBase, { topic, layer, runbook }: Told): void {
  const action = new SnsAction(topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  Tags.of(alarm).add('resilience:layer', layer);
  // A tag takes fewer characters than an address.
  if (runbook !== undefined && /^[\p{L}\p{N}\s_.:/=+\-@]{1,256}$/u.test(runbook))
    Tags.of(alarm).add('resilience:runbook', runbook);
  const resource = alarm.node.defaultChild as CfnAlarm | CfnCompositeAlarm;
  resource.actionConfiguration = { alarmTagsPropagation: { enabled: true } };
  newerThanLinters(resource);
}

/**
 * Lets nobody be told while a new alarm has nothing to look at yet, for a number of whole minutes. It begins earlier once
 * there is data.
 *
 * @internal
 */
export function warmUp(alarm: AlarmBase, minutes: number): void {
  const resource = alarm.node.defaultChild as CfnAlarm;
  resource.warmUpConfiguration = {
    warmUpPeriodDurationInMinutes: Math.min(minutes, MOST_WARM_UP),
    onlyStartEvaluatingAfterWarmUpPeriodEnds: true,
  };
  newerThanLinters(resource);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudwatch-alarm-warmupconfiguration.html */
export const MOST_WARM_UP = 2_880;

/** What CloudFormation took up lately is an unknown property (E3002) to cfn-lint 1.51.0. @internal */
export function newerThanLinters(resource: CfnResource): void {
  resource.addMetadata('cfn-lint', { config: { ignore_checks: ['E3002'] } });
}
