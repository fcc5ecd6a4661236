import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Annotations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import { placeOf, placeOfStack } from './places';

/**
 * Refuses a topic of another region for the actions of an alarm. One of another account may be told, where its policy lets it: that
 * nobody sees from here, so that it warns.
 *
 * @param fix what is asked for instead; by default a topic of the region
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html which lets alarms of one account tell a topic of another
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * @internal
 */
export function checkNearTopic(
  scope: IConstruct,
  topic: ITopic,
  fix = (region: string) => `give a topic of ${region}`,
): void {
  const [there, here] = [placeOf(topic, topic.topicArn), placeOfStack(scope)];
  if (there.region !== undefined && here.region !== undefined && there.region !== here.region)
    refuse(scope.node.path, [
      {
        problem: `the topic ${topic.node.path} is in ${there.region}, and the alarms that are to tell it in ${here.region}: an alarm tells topics of its own region only`,
        fix: fix(here.region),
      },
    ]);
  if (there.account === undefined || here.account === undefined || there.account === here.account) return;
  Annotations.of(topic).addWarningV2(
    'cdk-nines:topic-of-another-account',
    `it is a topic of another account (${there.account}) than the alarms that are to tell it (${here.account}): unless its policy lets them, nobody is told. Have its owner let cloudwatch.amazonaws.com do sns:Publish with aws:SourceAccount ${here.account} (and, where it is encrypted, use its key); then acknowledge this.`,
  );
}
