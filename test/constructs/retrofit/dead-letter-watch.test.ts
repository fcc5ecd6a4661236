import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnAlarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Fn, Stack } from 'aws-cdk-lib/core';
import { DurableQueue } from '../../../lib/constructs/data/messages/durable-queue';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { Retrofit } from '../../../lib/constructs/retrofit/retrofit';
import { RetrofitOutcome } from '../../../lib/constructs/retrofit/retrofit-report';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, shopOf } from '../fixtures';

const ALARM = 'AWS::CloudWatch::Alarm';
const ON_CALL = `arn:aws:sns:eu-west-1:${ACCOUNT}:on-call`;
const { CHANGED, LEFT } = RetrofitOutcome;

type More = (stack: Stack, dead: Queue, app: App) => void;

/** A queue with dead letters behind it and more, after a retrofit. */
function retrofitted(more: More = () => undefined, topicArn?: string) {
  const app = new App();
  const stack = new Stack(app, 'Plain', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const notifications = topicArn === undefined ? undefined : Topic.fromTopicArn(stack, 'OnCall', topicArn);
  const { report } = Retrofit.of(app, {
    tier: Tier.BUSINESS_CRITICAL,
    ...(notifications && { notifications }),
  });
  const dead = new Queue(stack, 'Dead', { queueName: 'mail-dead' });
  new Queue(stack, 'Mail', { deadLetterQueue: { queue: dead, maxReceiveCount: 5 } });
  more(stack, dead, app);
  app.synth();
  const outcomes = report.findings.filter(({ property }) => property === 'alarm');
  return { stack, outcomes: outcomes.map(({ path, outcome }) => [path, outcome]) };
}

const another = (app: App) => new Stack(app, 'Watch', { env: { account: ACCOUNT, region: 'eu-west-1' } });
const waiting = {
  comparisonOperator: 'GreaterThanThreshold',
  evaluationPeriods: 1,
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
};

describe('dead letters that nobody hears of', () => {
  it('are said and left where nobody is named', () => {
    const { stack, outcomes } = retrofitted();
    expect(outcomes).toEqual([['Plain/Dead/Resource', LEFT]]);
    Template.fromStack(stack).resourceCountIs(ALARM, 0);
  });

  it('tell whoever is named', () => {
    const { stack, outcomes } = retrofitted(undefined, ON_CALL);
    expect(outcomes).toEqual([['Plain/Dead/Resource', CHANGED]]);
    Template.fromStack(stack).hasResourceProperties(ALARM, {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Dead'), 'QueueName'] } },
      ],
      AlarmActions: [ON_CALL],
    });
  });

  it('tell a topic of the app, once however often it is looked at', () => {
    const app = new App();
    const stack = new Stack(app, 'Plain', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    const notifications: ITopic = new Topic(stack, 'OnCall');
    declareService(stack, shopOf(Tier.IMPORTANT));
    for (const scope of [app, stack]) Retrofit.of(scope, { notifications });
    new Queue(stack, 'Mail', { deadLetterQueue: { queue: new Queue(stack, 'Dead'), maxReceiveCount: 5 } });
    app.synth();
    Template.fromStack(stack).resourceCountIs(ALARM, 1);
  });

  it('are left where the topic is in another region', () => {
    const { stack, outcomes } = retrofitted(undefined, ON_CALL.replace('eu-west-1', 'eu-central-1'));
    expect(outcomes).toEqual([['Plain/Dead/Resource', LEFT]]);
    Template.fromStack(stack).resourceCountIs(ALARM, 0);
  });

  it.each<[string, More]>([
    [
      'counts messages that are sent there by hand only',
      (_, dead) => void dead.metricNumberOfMessagesSent().createAlarm(dead, 'Sent', oneOf()),
    ],
    [
      'watches another queue',
      (stack) =>
        void new Queue(stack, 'Other')
          .metricApproximateNumberOfMessagesVisible()
          .createAlarm(stack, 'Depth', oneOf()),
    ],
  ])('are said where an alarm %s', (_, more) => {
    expect(retrofitted(more).outcomes).toEqual([['Plain/Dead/Resource', LEFT]]);
  });
});

const oneOf = () => ({ threshold: 1, evaluationPeriods: 1 });

describe('dead letters that somebody hears of stay as they are:', () => {
  it.each<[string, More]>([
    [
      'by an alarm of the stack',
      (_, dead) => void dead.metricApproximateAgeOfOldestMessage().createAlarm(dead, 'Old', oneOf()),
    ],
    [
      'by an alarm over metric math',
      (stack, dead) =>
        void new MathExpression({
          expression: 'a + 0',
          usingMetrics: { a: dead.metricApproximateNumberOfMessagesVisible() },
        }).createAlarm(stack, 'Depth', oneOf()),
    ],
    [
      'by an alarm of another stack',
      (_, dead, app) =>
        void dead.metricApproximateNumberOfMessagesVisible().createAlarm(another(app), 'Depth', oneOf()),
    ],
    [
      'by an alarm of another stack that knows its name',
      (_, __, app) =>
        void new CfnAlarm(another(app), 'Depth', {
          ...waiting,
          dimensions: [{ name: 'QueueName', value: 'mail-dead' }],
        }),
    ],
    [
      'by an alarm that was written as a template',
      (stack, dead) =>
        void new CfnAlarm(stack, 'Depth', {
          ...waiting,
          dimensions: [
            {
              name: 'QueueName',
              value: Fn.getAtt(stack.getLogicalId(dead.node.defaultChild as never), 'QueueName').toString(),
            },
          ],
        }),
    ],
    [
      'by a function that takes them',
      (stack, dead) =>
        new LambdaFunction(stack, 'Mender', {
          code: Code.fromInline('exports.handler = async () => {}'),
          handler: 'index.handler',
          runtime: Runtime.NODEJS_24_X,
        }).addEventSource(new SqsEventSource(dead)),
    ],
  ])('%s', (_, more) => {
    expect(retrofitted(more, ON_CALL).outcomes).toEqual([]);
  });

  it('those of the library', () => {
    const { outcomes } = retrofitted((stack) => {
      new DurableQueue(stack, 'Orders', { tier: Tier.IMPORTANT });
    });
    expect(outcomes).toEqual([['Plain/Dead/Resource', LEFT]]);
  });
});
