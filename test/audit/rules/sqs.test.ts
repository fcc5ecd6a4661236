import {
  deadLettersAreSeen,
  deadLettersOutliveSource,
  queueSetsFailuresAside,
} from '../../../lib/audit/rules/sqs';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const ELSEWHERE = 'arn:aws:sqs:eu-west-1:111111111111:dead';
const redrive = (more: object = {}) => ({
  RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3, ...more },
});
const pair = (queue: object, dead: object, more: object = {}) => ({
  Resources: { Queue: of('SQS::Queue', queue), Dead: of('SQS::Queue', dead), ...more },
});

checks(queueSetsFailuresAside, {
  passes: {
    'it has a dead-letter queue': { RedrivePolicy: { deadLetterTargetArn: ELSEWHERE } },
    'the policy is a text': { RedrivePolicy: '{"maxReceiveCount": 3}' },
  },
  fails: { 'it has no policy': {}, 'its policy is empty': { RedrivePolicy: '' } },
  unknown: {
    'a condition may leave it out': { RedrivePolicy: { 'Fn::If': ['A', {}, { Ref: 'AWS::NoValue' }] } },
    'a macro may write another': { Transform: 'Mine', Resources: { Queue: of('SQS::Queue') } },
  },
  notApplicable: {
    'it takes the events of a rule that failed': {
      Resources: {
        Queue: of('SQS::Queue'),
        Rule: of('Events::Rule', { Targets: [{ Arn: 'a', DeadLetterConfig: { Arn: arn('Queue') } }] }),
      },
    },
    'it lets others use it': { RedriveAllowPolicy: { redrivePermission: 'byQueue' } },
  },
});

checks(deadLettersOutliveSource, {
  passes: {
    'they are kept for 14 days': pair(redrive(), { MessageRetentionPeriod: 1_209_600 }),
    'the queue keeps messages for a day only': pair({ ...redrive(), MessageRetentionPeriod: 86_400 }, {}),
  },
  fails: {
    'both keep them for the default': pair(redrive(), {}),
    'both keep them equally long': pair(
      { ...redrive(), MessageRetentionPeriod: 600 },
      { MessageRetentionPeriod: 600 },
    ),
    'the policy is a text': pair(
      { RedrivePolicy: { 'Fn::Sub': '{"deadLetterTargetArn": "${Dead.Arn}"}' } },
      {},
    ),
  },
  unknown: {
    'the dead-letter queue is imported': { RedrivePolicy: { deadLetterTargetArn: ELSEWHERE } },
    'deploy decides how long': pair(redrive(), { MessageRetentionPeriod: OPEN }),
    'deploy decides whether it is a FIFO queue': pair({ ...redrive(), FifoQueue: OPEN }, {}),
  },
  notApplicable: {
    'it sets nothing aside': {},
    'a FIFO queue sets messages aside as new ones': pair(
      { ...redrive(), FifoQueue: true },
      { FifoQueue: true },
    ),
  },
  equivalent: {
    'Queue.RedrivePolicy.*': 'without the other queue the rule cannot tell; how often does not matter',
  },
});

const alarm = (MetricName: string) => ({
  Alarm: of('CloudWatch::Alarm', {
    MetricName,
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Dead', 'QueueName'] } }],
  }),
});
const mapping = (more: object) => ({
  Mapping: of('Lambda::EventSourceMapping', { EventSourceArn: arn('Queue'), FunctionName: 'pay', ...more }),
  ...alarm('ApproximateNumberOfMessagesVisible'),
});
const ONCE = redrive({ maxReceiveCount: 1 });

checks(deadLettersAreSeen, {
  passes: {
    'an alarm watches them': pair(redrive(), {}, alarm('ApproximateNumberOfMessagesVisible')),
    'messages are taken one by one': pair(ONCE, {}, mapping({ BatchSize: 1 })),
    'batches answer for each message': pair(
      ONCE,
      {},
      mapping({ FunctionResponseTypes: ['ReportBatchItemFailures'] }),
    ),
  },
  fails: {
    'nothing watches them': pair(redrive(), {}),
    'the alarm watches another metric': pair(redrive(), {}, alarm('NumberOfMessagesSent')),
    'one receive sets a batch aside': pair(ONCE, {}, mapping({})),
  },
  unknown: {
    'deploy decides how often': pair(redrive({ maxReceiveCount: OPEN }), {}, mapping({})),
  },
  notApplicable: { 'it takes no dead letters': {} },
  equivalent: {
    'Queue.RedrivePolicy.*': 'without dead letters the rule has no say',
    'Alarm.Dimensions.0.Name': 'a queue has one dimension only',
    'Mapping.EventSourceArn': 'nothing else takes messages in batches',
    'Mapping.FunctionName': 'any function takes messages in batches',
  },
});
