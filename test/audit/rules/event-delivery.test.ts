import { eventsOutlastOutage } from '../../../lib/audit/rules/event-delivery';
import { Tier } from '../../../lib/objectives/tier';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const one = (type: string, Properties: object) => ({
  Resources: { One: { Type: `AWS::${type}`, Properties } },
});
const target = (RetryPolicy: object) => ({ Targets: [{ RetryPolicy }] });
const stream = (parameters: object) =>
  one('Pipes::Pipe', { SourceParameters: { KinesisStreamParameters: parameters } });
const invoked = (properties: object, Principal: unknown = 's3.amazonaws.com') => ({
  Resources: {
    Function: { Type: 'AWS::Lambda::Function', Properties: properties },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: { Ref: 'Function' }, Principal },
    },
  },
});

checks(eventsOutlastOutage, {
  passes: {
    'a rule tries for long': target({ MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 7200 }),
    'a schedule does': one('Scheduler::Schedule', {
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 7200 } },
    }),
    'a pipe does': stream({ MaximumRetryAttempts: 10, MaximumRecordAgeInSeconds: 7200 }),
    'a function keeps what a bucket leaves with it': invoked({ DeadLetterConfig: { TargetArn: 'dead' } }),
  },
  fails: {
    'a rule does not try again': target({ MaximumRetryAttempts: 0 }),
    'a rule gives up soon': target({ MaximumEventAgeInSeconds: 60 }),
    'a schedule gives up soon': one('Scheduler::Schedule', {
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 60 } },
    }),
    'a pipe gives up soon': stream({ MaximumRecordAgeInSeconds: 60 }),
    'a function keeps nothing': invoked({}),
  },
  unknown: {
    'deploy decides how long': target({ MaximumEventAgeInSeconds: OPEN }),
    'deploy decides who invokes': invoked({}, OPEN),
  },
  notApplicable: {
    'a rule has no targets': {},
    'a pipe reads from a queue': one('Pipes::Pipe', { Source: 'q' }),
    'an API waits for the function': invoked({}, 'apigateway.amazonaws.com'),
  },
  equivalent: {
    'Permission.*': 'without a trigger, or with one that waits, the function has no say',
  },
});

checks(eventsOutlastOutage, {
  tier: Tier.STANDARD,
  passes: {
    'a rule tries for as long as EventBridge can': target({ MaximumEventAgeInSeconds: 86_400 }),
    'the text says so': target({ MaximumEventAgeInSeconds: '86400' }),
  },
  fails: {
    'a rule tries for an hour': target({ MaximumEventAgeInSeconds: 3600 }),
    'a rule does not try again': target({ MaximumRetryAttempts: 0 }),
  },
  unknown: { 'deploy decides': target({ MaximumEventAgeInSeconds: OPEN }) },
  notApplicable: { 'a rule has no targets': {} },
});
