import { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import {
  eventEdges,
  isInvokedAsynchronously,
  takesFailures,
} from '../../../lib/assembly/wiring/event-wiring';
import { graphOf } from '../../support/graph';

const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const RESOURCES = {
  Handler: of('Lambda::Function', { DeadLetterConfig: { TargetArn: arn('Dead') } }),
  Live: of('Lambda::Alias', { FunctionName: { Ref: 'Handler' }, Name: 'live' }),
  Queue: of('SQS::Queue', {
    RedrivePolicy: { 'Fn::Sub': '{"deadLetterTargetArn": "${Dead.Arn}", "maxReceiveCount": 3}' },
  }),
  Dead: of('SQS::Queue'),
  Topic: of('SNS::Topic'),
};

function edgesOf(more: Readonly<Record<string, unknown>>): readonly string[] {
  const graph = graphOf({ Parameters: { P: { Type: 'String' } }, Resources: { ...RESOURCES, ...more } });
  const name = (end: Resource | Unknown) => (end instanceof Resource ? end.logicalId : '?');
  return eventEdges(graph)
    .filter(({ via }) => Object.hasOwn(more, via.logicalId))
    .map(({ from, to, kind, mode, property, presence }) => {
      const sure = presence === true ? '' : ' maybe';
      const how = mode instanceof Unknown ? '?' : mode;
      return `${name(from)} -> ${name(to)} ${kind} ${how} ${property}${sure}`;
    });
}

describe('who triggers whom', () => {
  it('follows event source mappings to the function behind an alias', () => {
    const Mapping = of('Lambda::EventSourceMapping', {
      EventSourceArn: arn('Queue'),
      FunctionName: { Ref: 'Live' },
      DestinationConfig: { OnFailure: { Destination: arn('Dead') } },
    });
    expect(edgesOf({ Mapping })).toEqual([
      'Queue -> Handler eventSourceMapping polled FunctionName',
      'Mapping -> Dead onFailure asynchronous DestinationConfig.OnFailure.Destination',
    ]);
  });

  it('follows subscriptions, rules, schedules and notifications', () => {
    const Subscription = of('SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Endpoint: arn('Handler') });
    const Rule = of('Events::Rule', {
      Targets: [
        { Arn: arn('Handler'), DeadLetterConfig: { Arn: arn('Dead') } },
        { 'Fn::If': ['Some', { Arn: arn('Queue') }, { Ref: 'AWS::NoValue' }] },
        { Arn: { Ref: 'P' } },
      ],
    });
    const Schedule = of('Scheduler::Schedule', { Target: { Arn: arn('Handler') } });
    const Bucket = of('S3::Bucket', {
      NotificationConfiguration: { QueueConfigurations: [{ Queue: arn('Queue') }] },
    });
    expect(edgesOf({ Subscription, Rule, Schedule, Bucket })).toEqual([
      'Rule -> Handler rule asynchronous Targets.0.Arn',
      'Rule -> Queue rule asynchronous Targets.1.Arn maybe',
      'Rule -> ? rule asynchronous Targets.2.Arn',
      'Rule -> Dead deadLetter asynchronous Targets.0.DeadLetterConfig.Arn',
      'Bucket -> Queue notification asynchronous NotificationConfiguration.QueueConfigurations.0.Queue',
      'Topic -> Handler subscription asynchronous Endpoint',
      'Schedule -> Handler schedule asynchronous Target.Arn',
    ]);
  });

  it('reads permissions as hints, and how pipes invoke', () => {
    const Permission = of('Lambda::Permission', {
      FunctionName: arn('Handler'),
      Principal: 's3.amazonaws.com',
      SourceArn: { Ref: 'P' },
    });
    const Pipe = of('Pipes::Pipe', {
      Source: arn('Queue'),
      Target: arn('Handler'),
      TargetParameters: { LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' } },
    });
    expect(edgesOf({ Permission, Pipe })).toEqual([
      '? -> Handler permission asynchronous FunctionName',
      'Queue -> Handler pipe asynchronous Target',
    ]);
  });

  it('reads definitions that are put together of texts, with nested states', () => {
    const task = '"Call": {"Type": "Task", "Resource": "${Fn}", "End": true}';
    const send =
      '{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": "${Queue}"}}';
    const branches = `{"StartAt": "Call", "States": {${task}}}, {"StartAt": "Send", "States": {"Send": ${send}}}`;
    const Machine = of('StepFunctions::StateMachine', {
      DefinitionString: {
        'Fn::Sub': `{"States": {"Fan": {"Type": "Parallel", "Branches": [${branches}]}}}`.replace(
          '${Fn}',
          '${!Fn}',
        ),
      },
      DefinitionSubstitutions: { Fn: arn('Handler') },
    });
    expect(edgesOf({ Machine })).toEqual([
      'Machine -> Handler task synchronous DefinitionString.States.Fan.Branches.0.States.Call',
      'Machine -> Queue task asynchronous DefinitionString.States.Fan.Branches.1.States.Send',
    ]);
  });

  it('tells what takes failures and what is invoked asynchronously', () => {
    const judge = (more: object) => {
      const graph = graphOf({ Resources: { ...RESOURCES, ...more } });
      const [named] = graph.ofType('AWS::Lambda::Function');
      return named && isInvokedAsynchronously(named);
    };
    const rule = { Rule: of('Events::Rule', { Targets: [{ Arn: arn('Live') }] }) };
    const mapping = {
      Mapping: of('Lambda::EventSourceMapping', {
        EventSourceArn: arn('Queue'),
        FunctionName: arn('Handler'),
      }),
    };
    expect(judge(rule)).toBe(true);
    expect(judge(mapping)).toBe(false);
    expect(judge({})).toBeInstanceOf(Unknown);
    const [queue, dead] = graphOf({ Resources: RESOURCES }).ofType('AWS::SQS::Queue');
    expect([queue, dead].map((one) => one && takesFailures(one))).toEqual([false, true]);
  });
});
