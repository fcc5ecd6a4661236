import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';

/** The properties of the queue and of its dead letters in a stack. */
// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
export function queuesIn(stack: Stack): { queue: any; deadLetters: any } {
  const found = Object.values(Template.fromStack(stack).findResources('AWS::SQS::Queue')).map(
    ({ Properties }) => Properties,
  );
  const queue = found.find(({ RedrivePolicy }) => RedrivePolicy);
  return { queue, deadLetters: found.find((each) => each !== queue) };
}
