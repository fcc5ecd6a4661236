import type { AlarmBase, CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnResource, Duration } from 'aws-cdk-lib/core';

const MOST_WARM_UP_MINUTES = 2_880;

/**
 * Lets a new alarm wait while there is nothing to look at yet.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudwatch-alarm-warmupconfiguration.html
 * @internal
 */
export function warmUp(alarm: AlarmBase, time: Duration): void {
  const resource = alarm.node.defaultChild as CfnAlarm;
  resource.warmUpConfiguration = {
    warmUpPeriodDurationInMinutes: Math.min(Math.ceil(time.toSeconds() / 60), MOST_WARM_UP_MINUTES),
    onlyStartEvaluatingAfterWarmUpPeriodEnds: true,
  };
  newerThanLinters(resource);
}

/** What CloudFormation took up lately is an unknown property (E3002) to cfn-lint 1.51.0. @internal */
export function newerThanLinters(resource: CfnResource): void {
  resource.addMetadata('cfn-lint', { config: { ignore_checks: ['E3002'] } });
}
