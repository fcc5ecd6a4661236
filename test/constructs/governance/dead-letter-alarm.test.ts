import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Stack } from 'aws-cdk-lib/core';
import { StatelessFunction } from '../../../lib/constructs/compute/stateless-function';
import { DurableEventBus } from '../../../lib/constructs/data/messages/durable-event-bus';
import { DurableQueue } from '../../../lib/constructs/data/messages/durable-queue';
import { DurableStream } from '../../../lib/constructs/data/messages/durable-stream';
import { DurableTopic } from '../../../lib/constructs/data/messages/durable-topic';
import { BackupKeyring } from '../../../lib/constructs/recovery/backup-keyring';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import { shopStack } from '../fixtures';

const ALARM = 'AWS::CloudWatch::Alarm';
const NOTICES = /^DeadLetterNotices/;
const NOTICE_TOPIC = { Ref: Match.stringLikeRegexp(NOTICES.source) };
const dataClass = 'in-flight';

interface Told {
  readonly notifications?: ITopic;

  /** Asked for, it is made: some make it with their first consumer only. */
  readonly unhandled?: Alarm;
}

const code = Code.fromInline('exports.handler = async () => ({ statusCode: 200 });');
const app = { code, runtime: Runtime.NODEJS_24_X, handler: 'index.handler', peakConcurrency: 4 };

/** All that sets aside what nobody could handle, and has no topic of its own. */
const MADE: Readonly<Record<string, (stack: Stack, id: string, told?: Told) => Told>> = {
  DurableEventBus: (stack, id, told) => new DurableEventBus(stack, id, { dataClass, ...told }),
  DurableQueue: (stack, id, told) => new DurableQueue(stack, id, { dataClass, ...told }),
  DurableStream: (stack, id, told) => new DurableStream(stack, id, { dataClass, ...told }),
  DurableTopic: (stack, id, told) => new DurableTopic(stack, id, { dataClass, ...told }),
  StatelessFunction: (stack, id, told) => new StatelessFunction(stack, id, { ...app, ...told }),
};

function stackAt(tier: Tier, nonProduction = false): Stack {
  return shopStack(tier, { nonProduction }, { dataClasses: [{ name: dataClass, rebuildable: true }] });
}

/** Fires at the first message that waits in a queue whose id has this in it, and tells a topic. */
function expectAlarm(stack: Stack, queue: string, topic: unknown): void {
  Template.fromStack(stack).hasResourceProperties(ALARM, {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [
      { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp(queue), 'QueueName'] } },
    ],
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
    AlarmActions: [topic],
  });
}

describe.each(Object.entries(MADE))('the dead letters of a %s', (_, make) => {
  const queue = '^Part(DeadLetters|Failures)';

  it.each(TIERS)('tell somebody at tier %i', (tier) => {
    const stack = stackAt(tier);
    expect(make(stack, 'Part').unhandled).toBeInstanceOf(Alarm);
    expectAlarm(stack, queue, NOTICE_TOPIC);
  });

  it('tell somebody in a stage that may be torn down, and nothing is kept', () => {
    const stack = stackAt(Tier.BUSINESS_CRITICAL, true);
    expect(make(stack, 'Part').unhandled).toBeInstanceOf(Alarm);
    expectAlarm(stack, queue, NOTICE_TOPIC);
    const { Resources } = Template.fromStack(stack).toJSON();
    expect(JSON.stringify(Resources)).not.toContain('"Retain"');
  });

  it('tell whom they are given', () => {
    const stack = stackAt(Tier.BUSINESS_CRITICAL);
    const notifications = new Topic(stack, 'OnCall');
    const made = make(stack, 'Part', { notifications });
    expect([made.notifications, made.unhandled]).toEqual([notifications, expect.any(Alarm)]);
    expectAlarm(stack, queue, { Ref: Match.stringLikeRegexp('^OnCall') });
    expect(stack.node.tryFindChild('DeadLetterNotices')).toBeUndefined();
  });
});

describe('the notices of the dead letters of a stack', () => {
  const all = () => {
    const stack = stackAt(Tier.BUSINESS_CRITICAL);
    const topics = Object.entries(MADE).map(([name, make]) => make(stack, name).notifications);
    return { stack, topics };
  };

  it('are one topic for all, so that people subscribe once', () => {
    const { stack, topics } = all();
    expect(new Set(topics).size).toBe(1);
    const found = Object.keys(Template.fromStack(stack).findResources('AWS::SNS::Topic'));
    expect(found.filter((id) => NOTICES.test(id))).toHaveLength(1);
  });

  it('may be published by the alarms of the account, under the key of the stack', () => {
    const { stack } = all();
    const template = Template.fromStack(stack);
    const alarms = {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    };
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [NOTICE_TOPIC],
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ ...alarms, Action: 'sns:Publish' })]),
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ ...alarms, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }),
        ]),
      },
    });
  });
});

describe('the dead letters of a keyring', () => {
  it('tell those who hear of attempts', () => {
    const stack = stackAt(Tier.BUSINESS_CRITICAL);
    const { noticeTopic } = new BackupKeyring(stack, 'Keyring');
    expectAlarm(stack, '^KeyringDeadLetters', stack.resolve(noticeTopic.topicArn));
  });
});
