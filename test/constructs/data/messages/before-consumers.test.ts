import { Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { DurableEventBus } from '../../../../lib/constructs/data/messages/durable-event-bus';
import { DurableStream } from '../../../../lib/constructs/data/messages/durable-stream';
import { DurableTopic } from '../../../../lib/constructs/data/messages/durable-topic';
import { KafkaCluster } from '../../../../lib/constructs/data/messages/kafka-cluster';
import { ResilientNetwork } from '../../../../lib/constructs/network/resilient-network';
import { TIERS } from '../../../../lib/objectives/tier';
import { findingsIn, type Pattern, surroundings } from '../../../support/pattern';
import { only, shopStack } from '../../fixtures';

const dataClass = 'in-flight';
const SENT_AGAIN = { dataClasses: [{ name: dataClass, rebuildable: true }] };

interface SetsAside {
  readonly deadLetters: Queue;
  readonly unhandled: Alarm;
  readonly notifications: unknown;
}

const zonesOf = ({ region }: Stack) => ['a', 'b', 'c'].map((letter) => region + letter);

/** What is found of a cluster is listed of it: people who use it in a lost region do not find the other one. */
const MAKERS: readonly [string, (stack: Stack, notifications?: Topic) => SetsAside, listedAs?: string][] = [
  [
    'DurableTopic',
    (stack, notifications) =>
      new DurableTopic(stack, 'It', { dataClass, ...(notifications && { notifications }) }),
  ],
  [
    'DurableStream',
    (stack, notifications) =>
      new DurableStream(stack, 'It', { dataClass, ...(notifications && { notifications }) }),
  ],
  [
    'DurableEventBus',
    (stack, notifications) =>
      new DurableEventBus(stack, 'It', { dataClass, ...(notifications && { notifications }) }),
  ],
  [
    'KafkaCluster',
    (stack, notifications) => {
      const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones: zonesOf(stack) });
      return new KafkaCluster(stack, 'It', { vpc, dataClass, ...(notifications && { notifications }) });
    },
    'KafkaCluster',
  ],
];

describe.each(MAKERS)('a %s that nobody is attached to', (name, make, listedAs) => {
  const pattern: Pattern = {
    construct: listedAs ?? `${name} alone`,
    service: SENT_AGAIN,
    build: (stack) => void make(stack),
  };

  it.each(TIERS)('has no finding at tier %i', (tier) => {
    expect(findingsIn(pattern, surroundings(pattern, tier))).toEqual({ audit: [], nag: [], ties: [] });
  });

  it('makes no queue, no alarm and no topic for dead letters that there cannot be', () => {
    const stack = shopStack(1, {}, SENT_AGAIN);
    make(stack);
    const template = Template.fromStack(stack);
    for (const type of ['AWS::SQS::Queue', 'AWS::CloudWatch::Alarm']) template.resourceCountIs(type, 0);
    expect(stack.node.tryFindChild('DeadLetterNotices')).toBeUndefined();
  });

  it('makes one queue with one alarm for whoever attaches dead letters by hand', () => {
    const stack = shopStack(1, {}, SENT_AGAIN);
    const { deadLetters, unhandled } = make(stack);
    new Topic(stack, 'Own').addSubscription(
      new EmailSubscription('on-call@example.com', { deadLetterQueue: deadLetters }),
    );
    expect(unhandled).toBeInstanceOf(Alarm);
    expect(only(stack, 'AWS::CloudWatch::Alarm').Dimensions).toEqual([
      { Name: 'QueueName', Value: stack.resolve(deadLetters.queueName) },
    ]);
  });

  it('tells the topic that it was given, and makes none', () => {
    const stack = shopStack(1, {}, SENT_AGAIN);
    const given = new Topic(stack, 'Given');
    const made = make(stack, given);
    expect(made.notifications).toBe(given);
    expect(only(Stack.of(made.unhandled), 'AWS::CloudWatch::Alarm').AlarmActions).toEqual([
      stack.resolve(given.topicArn),
    ]);
    expect(stack.node.tryFindChild('DeadLetterNotices')).toBeUndefined();
  });
});
