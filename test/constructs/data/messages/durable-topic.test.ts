import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { DurableQueue } from '../../../../lib/constructs/data/messages/durable-queue';
import { DurableTopic, type DurableTopicProps } from '../../../../lib/constructs/data/messages/durable-topic';
import type { Tier } from '../../../../lib/objectives/tier';
import { only, refusal, shopStack } from '../../fixtures';

const SENT_AGAIN = { dataClasses: [{ name: 'in-flight', rebuildable: true }] };

function topicAt(tier: Tier, props: DurableTopicProps = {}) {
  const stack = shopStack(tier, {}, SENT_AGAIN);
  return { stack, topic: new DurableTopic(stack, 'Orders', { dataClass: 'in-flight', ...props }) };
}

/** How far back the messages of the topic can be replayed. */
function archiveOf({ stack, topic }: ReturnType<typeof topicAt>) {
  return stack.resolve((topic.topic.node.defaultChild as CfnTopic).archivePolicy);
}

function functionIn(stack: ReturnType<typeof shopStack>) {
  return new LambdaFunction(stack, 'Worker', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {}'),
  });
}

describe('a durable topic', () => {
  it.each([
    [0, 14],
    [1, 14],
    [2, 5],
    [3, 5],
  ] as const)('keeps what a subscriber of tier %i did not take for %i days', (tier, days) => {
    const { deadLetters } = topicAt(tier).topic;
    expect(only(Stack.of(deadLetters), 'AWS::SQS::Queue').MessageRetentionPeriod).toBe(days * 24 * 3600);
  });

  it('keeps the order of what a subscriber of an ordered topic did not take', () => {
    const { deadLetters } = topicAt(1, { fifo: true }).topic;
    expect(only(Stack.of(deadLetters), 'AWS::SQS::Queue').FifoQueue).toBe(true);
  });

  it.each([
    [0, 35],
    [1, 35],
    [2, 7],
  ] as const)('keeps the messages of an ordered topic of tier %i for %i days', (tier, days) => {
    expect(archiveOf(topicAt(tier, { fifo: true }))).toEqual({ MessageRetentionPeriod: days });
  });

  it('keeps no messages at tier 3, nor without an order', () => {
    expect(archiveOf(topicAt(3, { fifo: true }))).toBeUndefined();
    expect(archiveOf(topicAt(0))).toBeUndefined();
  });

  it('puts dead letters behind the subscription of a queue and of a function', () => {
    const { stack, topic } = topicAt(1);
    topic.deliverToQueue(new DurableQueue(stack, 'Invoices', { dataClass: 'in-flight' }));
    topic.deliverToFunction(functionIn(stack));
    const subscriptions = Object.values(
      Template.fromStack(stack).findResources('AWS::SNS::Subscription'),
    ) as { Properties: { RedrivePolicy?: { deadLetterTargetArn: unknown } } }[];
    expect(subscriptions.map(({ Properties }) => Properties.RedrivePolicy?.deadLetterTargetArn)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^OrdersDeadLetters/), 'Arn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^OrdersDeadLetters/), 'Arn'] },
    ]);
  });
});

describe('a durable topic is refused', () => {
  const refused = (props: DurableTopicProps, tier: Tier = 2) => refusal(() => topicAt(tier, props)).message;

  it('where its region’s loss may not lose what waits in it', () => {
    expect(refusal(() => new DurableTopic(shopStack(0), 'Orders')).message).toMatch(
      /SNS topic loses all of data at the loss of a region, but an RPO of 1 min is owed/,
    );
  });

  it('with an archive but without an order', () => {
    expect(refused({ archiveRetention: Duration.days(7) })).toMatch(
      /7 d, and only a fifo topic has an archive/,
    );
  });

  it('with an archive that SNS does not have', () => {
    expect(refused({ fifo: true, archiveRetention: Duration.days(400) })).toMatch(
      /400 d, and SNS keeps none longer than 365 d/,
    );
  });

  it('with an archive shorter than the tier owes', () => {
    expect(refused({ fifo: true, archiveRetention: Duration.days(1) })).toMatch(
      /archiveRetention is 1 d, but the tier owes 7 d/,
    );
  });

  it('with dead letters that are gone sooner than the tier owes', () => {
    expect(refused({ deadLetterRetention: Duration.days(1) })).toMatch(
      /deadLetterRetention is 1 d, but the tier owes 5 d/,
    );
  });

  it('when a function is to take messages in order', () => {
    const { stack, topic } = topicAt(2, { fifo: true });
    expect(refusal(() => topic.deliverToFunction(functionIn(stack))).message).toMatch(
      /SNS keeps none for the function Shop\/Worker/,
    );
  });
});
