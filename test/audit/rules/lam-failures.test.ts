import {
  functionKeepsFailures,
  invocationsHaveDestination,
  poisonDoesNotStopShard,
  queueOutwaitsFunction,
  streamHasDestination,
} from '../../../lib/audit/rules/lam-failures';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const asked = (properties: object, more: object = {}, trigger: object | undefined = undefined) => ({
  Resources: {
    Function: of('Lambda::Function', properties),
    ...(trigger ?? { Rule: of('Events::Rule', { Targets: [{ Arn: arn('Function') }] }) }),
    ...more,
  },
});
const config = (Destination?: unknown) => ({
  Config: of('Lambda::EventInvokeConfig', {
    FunctionName: { Ref: 'Function' },
    ...(Destination !== undefined && { DestinationConfig: { OnFailure: { Destination } } }),
  }),
});
const QUEUE = 'arn:aws:sqs:eu-west-1:111111111111:dead';

checks(functionKeepsFailures, {
  passes: {
    'it has a dead-letter queue': asked({ DeadLetterConfig: { TargetArn: QUEUE } }),
    'it has a destination': asked({}, config(QUEUE)),
  },
  fails: {
    'a rule invokes it and it has neither': asked({}),
    'its settings have no destination': asked({}, config()),
    'a topic leaves messages with it': asked(
      {},
      {},
      { Subscription: of('SNS::Subscription', { TopicArn: 't', Endpoint: arn('Function') }) },
    ),
  },
  unknown: {
    'nothing shows what invokes it': {},
    'a condition may leave the queue out': asked({
      DeadLetterConfig: { 'Fn::If': ['Some', { TargetArn: QUEUE }, { Ref: 'AWS::NoValue' }] },
    }),
  },
  notApplicable: {
    'it is polled for': asked(
      {},
      {},
      { Mapping: of('Lambda::EventSourceMapping', { EventSourceArn: QUEUE, FunctionName: arn('Function') }) },
    ),
    'it serves a custom resource': asked(
      {},
      {},
      { Custom: { Type: 'Custom::Thing', Properties: { ServiceToken: arn('Function') } } },
    ),
  },
  equivalent: { 'Rule.Targets*': 'without its trigger the rule cannot tell, or does not apply' },
});

checks(invocationsHaveDestination, {
  passes: {
    'they have a queue': { DestinationConfig: { OnFailure: { Destination: QUEUE } } },
    'they have a topic': { DestinationConfig: { OnFailure: { Destination: { Ref: 'Topic' } } } },
  },
  fails: { 'they have none': {}, 'it is empty': { DestinationConfig: { OnFailure: { Destination: '' } } } },
  unknown: { 'deploy decides': { DestinationConfig: { 'Fn::Transform': {} } } },
  notApplicable: 'the settings are those of asynchronous invocations',
});

const STREAM = 'arn:aws:kinesis:eu-west-1:111111111111:stream/orders';
const MSK = 'arn:aws:kafka:eu-west-1:111111111111:cluster/ledger/0f4c7b52-2';
const DESTINATION = { DestinationConfig: { OnFailure: { Destination: QUEUE } } };
const READER = { EventSourceArn: 'another source leaves the rule without a say' };

checks(streamHasDestination, {
  passes: {
    'a stream has one': { EventSourceArn: STREAM, ...DESTINATION },
    'Kafka has one': { SelfManagedEventSource: { Endpoints: {} }, ...DESTINATION },
    'a topic of MSK has one': { EventSourceArn: MSK, ...DESTINATION },
  },
  fails: {
    'a stream has none': { EventSourceArn: STREAM },
    'a topic of MSK has none': { EventSourceArn: MSK },
    'a table has none': { EventSourceArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/t/stream/s' },
  },
  unknown: { 'deploy decides what it reads from': { EventSourceArn: OPEN } },
  notApplicable: { 'it reads from a queue': { EventSourceArn: QUEUE } },
  equivalent: { 'Subject.EventSourceArn': READER.EventSourceArn },
});

checks(poisonDoesNotStopShard, {
  passes: {
    'retries end': { EventSourceArn: STREAM, MaximumRetryAttempts: 3 },
    'batches are split': { EventSourceArn: STREAM, BisectBatchOnFunctionError: true },
    'there is a destination': { EventSourceArn: STREAM, ...DESTINATION },
  },
  fails: {
    'nothing is set': { EventSourceArn: STREAM },
    'the defaults are': {
      EventSourceArn: STREAM,
      MaximumRetryAttempts: -1,
      BisectBatchOnFunctionError: false,
    },
  },
  unknown: { 'deploy decides how often': { EventSourceArn: STREAM, MaximumRetryAttempts: OPEN } },
  notApplicable: { 'it reads from a queue': { EventSourceArn: QUEUE } },
  equivalent: { 'Subject.EventSourceArn': READER.EventSourceArn },
});

const pair = (queue: object, lambda: object) => ({
  Resources: {
    Mapping: of('Lambda::EventSourceMapping', {
      EventSourceArn: arn('Queue'),
      FunctionName: arn('Function'),
    }),
    Queue: of('SQS::Queue', queue),
    Function: of('Lambda::Function', lambda),
  },
});

checks(queueOutwaitsFunction, {
  passes: {
    'it hides them for six times as long': pair({ VisibilityTimeout: 60 }, { Timeout: 10 }),
    'the numbers are texts': pair({ VisibilityTimeout: '90' }, { Timeout: '15' }),
  },
  fails: {
    'it hides them too short': pair({ VisibilityTimeout: 59 }, { Timeout: 10 }),
    'the default is too short': pair({}, { Timeout: 10 }),
  },
  unknown: {
    'deploy decides the timeout': pair({ VisibilityTimeout: 60 }, { Timeout: OPEN }),
    'the queue is imported': { EventSourceArn: QUEUE, FunctionName: 'pay' },
  },
  notApplicable: { 'it reads from a stream': { EventSourceArn: STREAM } },
  equivalent: {
    'Mapping.*': 'without the queue or the function the rule cannot tell',
  },
});
