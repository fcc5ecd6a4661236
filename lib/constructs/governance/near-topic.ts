import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import { placeOf, placeOfStack } from './places';

/**
 * Refuses a topic of another region for the actions of an alarm. One of another account may be told, where its policy lets it.
 *
 * @param fix what is asked for instead; by default a topic of the region
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * @internal
 */
export function checkNearTopic(
  scope: IConstruct,
  topic: ITopic,
  fix = (region: string) => `give a topic of ${region}`,
): void {
  const [{ region: there }, { region: here }] = [placeOf(topic, topic.topicArn), placeOfStack(scope)];
  if (there === undefined || here === undefined || there === here) return;
  refuse(scope.node.path, [
    {
      problem: `the topic ${topic.node.path} is in ${there}, and the alarms that are to tell it in ${here}: an alarm tells topics of its own region only`,
      fix: fix(here),
    },
  ]);
}
