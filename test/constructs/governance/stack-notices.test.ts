import { Match, Template } from 'aws-cdk-lib/assertions';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { App, Stack } from 'aws-cdk-lib/core';
import { StackNotices } from '../../../lib/constructs/governance/stack-notices';
import { glueBeat } from '../../../lib/constructs/observe/detection/beats';
import { Heartbeat } from '../../../lib/constructs/observe/detection/heartbeat';
import { Tier } from '../../../lib/objectives/tier';
import { shopStack } from '../fixtures';

const shop = () => shopStack(Tier.BUSINESS_CRITICAL);

/** It sets aside what it could not look at, and takes no topic for that. */
const beat = (stack: Stack) =>
  new Heartbeat(stack, 'Invoices', {
    job: glueBeat('invoices'),
    schedule: 'cron(0 4 * * ? *)',
    timeZone: 'Europe/Berlin',
  });

const subscribe = (stack: Stack) => {
  const { alarms, deadLetters } = StackNotices.of(stack);
  for (const topic of [alarms, deadLetters]) topic.addSubscription(new EmailSubscription('a@example.com'));
};

describe.each([
  ['before', [subscribe, beat]],
  ['after', [beat, subscribe]],
])('people who subscribe %s a construct is made', (_, steps) => {
  it('hear of its alarms, and of what waits among its dead letters', () => {
    const stack = shop();
    for (const step of steps) step(stack);
    const template = Template.fromStack(stack);
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    const told = alarms.map(({ Properties }) => Properties.AlarmActions[0].Ref as string);
    expect(new Set(told).size).toBe(2);
    for (const topic of told)
      template.hasResourceProperties('AWS::SNS::Subscription', {
        Protocol: 'email',
        Endpoint: 'a@example.com',
        TopicArn: { Ref: topic },
      });
  });
});

it('gives the topic of a stack to all that is in it', () => {
  const stack = shop();
  expect(StackNotices.of(beat(stack)).deadLetters).toBe(StackNotices.of(stack).deadLetters);
});

it('makes no topic that nobody asks for', () => {
  const stack = shop();
  expect(StackNotices.of(stack).alarms.node.path).toBe('Shop/AlarmNotices');
  Template.fromStack(stack).resourcePropertiesCountIs('AWS::SNS::Topic', Match.anyValue(), 1);
});

it('asks for a tier in a stack that is built for no service', () => {
  const stack = new Stack(new App(), 'Plain');
  expect(() => StackNotices.of(stack)).toThrow(/Plain: .*tier/);
  const { alarms } = StackNotices.of(stack, { tier: Tier.BUSINESS_CRITICAL });
  expect(alarms.node.path).toBe('Plain/AlarmNotices');
});
