import Ajv2020 from 'ajv/dist/2020';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { CloudEvent } from 'cloudevents';
import {
  EventTimeline,
  type EventTimelineProps,
} from '../../../../lib/constructs/observe/correlation/event-timeline';
import {
  TIMELINE_EVENTS,
  TimelineKind,
} from '../../../../lib/constructs/observe/correlation/timeline-events';
import type { Tier } from '../../../../lib/objectives/tier';
import { changed } from '../../../support/alarm-change';
import { CLOUD_EVENT, FORMATS } from '../../../support/incident-schemas';
import { shopStack } from '../../fixtures';

function build(tier: Tier = 1, props: EventTimelineProps = {}, nonProduction = false): Template {
  const stack = shopStack(tier, { nonProduction });
  new EventTimeline(stack, 'Timeline', props);
  return Template.fromStack(stack);
}

interface Pattern {
  readonly source?: readonly string[];
  readonly 'detail-type'?: readonly string[];
}

/** The rules of the default bus that take an event. */
function takers(template: Template, source: string, detailType: string): readonly string[] {
  return Object.entries(template.findResources('AWS::Events::Rule'))
    .filter(([, { Properties }]) => {
      const { source: sources, 'detail-type': types } = Properties.EventPattern as Pattern;
      return (
        Properties.EventBusName === undefined &&
        sources?.includes(source) &&
        (types === undefined || types.includes(detailType))
      );
    })
    .map(([id]) => id);
}

test.each<[Tier, number]>([
  [0, 14],
  [1, 14],
  [2, 5],
  [3, 5],
])('at tier %s keeps the log for a year, the archive for 90 days and dead letters for %s', (tier, days) => {
  const template = build(tier);
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() },
    DeletionPolicy: 'Retain',
  });
  template.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 90 });
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: days * 86_400 });
});

test('goes away where the stage may be torn down', () => {
  build(1, {}, true).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
});

test.each([
  ['aws.cloudwatch', 'CloudWatch Alarm State Change'],
  ['aws.cloudwatch', 'CloudWatch Alarm Configuration Change'],
  ['aws.synthetics', 'Synthetics Canary TestRun Failure'],
  ['aws.cloudformation', 'CloudFormation Stack Status Change'],
  ['aws.codedeploy', 'CodeDeploy Deployment State-change Notification'],
  ['aws.codepipeline', 'CodePipeline Pipeline Execution State Change'],
  ['aws.ecs', 'ECS Deployment State Change'],
  ['aws.ssm', 'Parameter Store Change'],
  ['aws.config', 'Config Configuration Item Change'],
  ['aws.health', 'AWS Health Event'],
  ['aws.backup', 'Backup Job State Change'],
  ['aws.backup', 'Copy Job State Change'],
  ['aws.backup', 'Restore Job State Change'],
  ['aws.fis', 'FIS Experiment State Change'],
  ['aws.rds', 'RDS DB Cluster Event'],
  ['aws.arc-zonal-shift', 'Autoshift In Progress'],
  ['aws.arc-region-switch', 'anything'],
  ['aws.ssm', 'Calendar State Change'],
])('%s: takes %s once', (source, detailType) => {
  expect(takers(build(), source, detailType)).toHaveLength(1);
});

test('takes no other event of those services', () => {
  const template = build();
  expect(takers(template, 'aws.ssm', 'EC2 Command Status-change Notification')).toEqual([]);
  expect(takers(template, 'aws.ec2', 'EC2 Instance State-change Notification')).toEqual([]);
});

test('takes the kinds that are asked for', () => {
  const template = build(1, { kinds: [TimelineKind.HEALTH] });
  expect(takers(template, 'aws.health', 'AWS Health Event')).toHaveLength(1);
  expect(takers(template, 'aws.cloudwatch', 'CloudWatch Alarm State Change')).toEqual([]);
});

test('every rule sets aside what it cannot deliver, and somebody is told', () => {
  const template = build();
  const queues = Object.keys(template.findResources('AWS::SQS::Queue'));
  for (const { Properties } of Object.values(template.findResources('AWS::Events::Rule')))
    for (const target of Properties.Targets)
      expect(queues).toContain(target.DeadLetterConfig.Arn['Fn::GetAtt'][0]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ApproximateNumberOfMessagesVisible',
    AlarmActions: Match.anyValue(),
  });
});

test('writes all that the bus takes into the log, but no replay, and runs no function', () => {
  const template = build();
  template.hasResourceProperties('AWS::Events::Rule', {
    EventBusName: { Ref: Match.stringLikeRegexp('^TimelineBus') },
    EventPattern: { account: ['111122223333'], 'replay-name': [{ exists: false }] },
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('^TimelineLog') }])] },
      }),
    ],
  });
  template.resourceCountIs('AWS::Logs::ResourcePolicy', 1);
  template.resourceCountIs('AWS::Lambda::Function', 0);
});

describe('what EventBridge may do with what cannot or can be kept', () => {
  interface Statement {
    readonly Action: string;
    readonly Effect: string;
    readonly Principal: { readonly Service: string | readonly string[] };
    readonly Condition?: unknown;
  }
  const template = build();
  const rule = {
    ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^TimelineWritten/), 'Arn'] } },
  };

  /** The policy is a text with references in it: what stands for each reference is its attribute. */
  function logStatements(): readonly Statement[] {
    const [policy] = Object.values(template.findResources('AWS::Logs::ResourcePolicy'));
    const [, parts]: [string, unknown[]] = policy?.Properties.PolicyDocument['Fn::Join'] ?? ['', []];
    const text = parts.map((part) =>
      typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', '\\"'),
    );
    return JSON.parse(text.join('')).Statement;
  }

  test('it writes into the log for the one rule, and makes streams', () => {
    const services = ['delivery.logs.amazonaws.com', 'events.amazonaws.com'];
    const said = logStatements().map(({ Action, Effect, Principal, Condition }) => {
      const arn = JSON.stringify(Condition ?? '').replaceAll('\\', '');
      return { Action, Effect, services: [Principal.Service].flat().sort(), arn };
    });
    expect(said).toEqual([
      { Action: 'logs:CreateLogStream', Effect: 'Allow', services, arn: '""' },
      {
        Action: 'logs:PutLogEvents',
        Effect: 'Allow',
        services,
        arn: expect.stringMatching(
          /^\{"ArnEquals":\{"aws:SourceArn":"\{"Fn::GetAtt":\["TimelineWritten\w+","Arn"\]\}"\}\}$/,
        ),
      },
    ]);
  });

  test('it sends to the dead letters for that rule only, beside those that forward', () => {
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    const statements: readonly Statement[] = policies.flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const sending = statements.filter(
      ({ Action, Effect }) => Effect === 'Allow' && Action === 'sqs:SendMessage',
    );
    expect(sending.every(({ Principal }) => Principal.Service === 'events.amazonaws.com')).toBe(true);
    expect(sending.filter(({ Condition }) => Condition === undefined)).toEqual([]);
    expect(sending.map(({ Condition }) => Condition)).toContainEqual(rule);
    const rules = Object.keys(template.findResources('AWS::Events::Rule'));
    expect(sending).toHaveLength(rules.length);
  });
});

describe('each line of the log', () => {
  type Json = Record<string, unknown>;
  interface Processor {
    readonly ParseJSON?: { readonly Destination: string };
    readonly AddKeys?: { readonly Entries: readonly { readonly Key: string; readonly Value: string }[] };
    readonly CopyValue?: {
      readonly Entries: readonly { readonly Source: string; readonly Target: string }[];
    };
  }

  const transformer = Object.values(build().findResources('AWS::Logs::Transformer'))[0]?.Properties;
  const processors: readonly Processor[] = transformer.TransformerConfig;
  const ajv = new Ajv2020({ strict: false, formats: FORMATS });

  const valueAt = (line: Json, path: string) =>
    path.split('.').reduce((at: unknown, key) => (at as Json | undefined)?.[key], line);

  /** What a processor writes beside what there is. */
  function written(line: Json, event: object, { ParseJSON, AddKeys, CopyValue }: Processor): Json {
    const added = (AddKeys?.Entries ?? []).map(({ Key, Value }) => [Key, line[Key] ?? Value]);
    const copied = (CopyValue?.Entries ?? []).map(({ Source, Target }) => [
      Target,
      valueAt(line, Source) ?? line[Target],
    ]);
    return Object.fromEntries([...(ParseJSON ? [[ParseJSON.Destination, event]] : []), ...added, ...copied]);
  }

  /** What CloudWatch makes of a message, as its guide says. */
  function transformed(event: object, by = processors): Json {
    const made: Json = {};
    for (const processor of by) Object.assign(made, written(made, event, processor));
    return JSON.parse(JSON.stringify(made));
  }

  const event = changed({ alarm: 'Down', value: 'ALARM' });

  it('is a CloudEvent 1.0 with the event of EventBridge as its data', () => {
    expect(transformer.LogGroupIdentifier.Ref).toMatch(/^TimelineLog/);
    const made = transformed(event);
    expect(ajv.validate(CLOUD_EVENT, made) || ajv.errorsText()).toBe(true);
    expect(made).toEqual({
      specversion: '1.0',
      datacontenttype: 'application/json',
      id: event.id,
      source: 'aws.cloudwatch',
      type: 'CloudWatch Alarm State Change',
      time: '2026-11-23T06:00:00Z',
      data: event,
    });
  });

  it('is one for every kind of event that is taken', () => {
    const kinds = Object.values(TIMELINE_EVENTS).flat();
    for (const { pattern } of kinds)
      for (const detailType of pattern.detailType ?? ['any']) {
        const made = transformed({ ...event, source: pattern.source?.[0], 'detail-type': detailType });
        expect(ajv.validate(CLOUD_EVENT, made) || ajv.errorsText()).toBe(true);
        expect(new CloudEvent(made).validate()).toBe(true);
      }
  });

  it.each([0, 1, 2])('is none without processor %i', (index) => {
    const made = transformed(event, processors.toSpliced(index, 1));
    expect(ajv.validate(CLOUD_EVENT, made)).toBe(false);
  });

  it('stays within what a transformer takes', () => {
    expect(processors.length).toBeLessThanOrEqual(20);
    for (const { AddKeys, CopyValue } of processors)
      expect((AddKeys ?? CopyValue)?.Entries.length ?? 0).toBeLessThanOrEqual(5);
  });
});

test('saves a query that tells what happened in order', () => {
  build().hasResourceProperties('AWS::Logs::QueryDefinition', {
    Name: 'Shop/Timeline',
    QueryString: Match.stringLikeRegexp('^fields time, source.*sort time asc'.replace('.*', '[\\s\\S]*')),
  });
});

describe('refuses', () => {
  test.each<[string, EventTimelineProps, string]>([
    ['to keep nothing', { kinds: [] }, 'kinds is empty: nothing is kept\n  fix: leave it out to keep all'],
    ['a kind that is none', { kinds: ['rumours' as TimelineKind] }, 'rumours is no kind of event'],
    ['a kind twice', { kinds: [TimelineKind.HEALTH, TimelineKind.HEALTH] }, 'health is named twice'],
    ['an archive of a month', { archiveRetention: Duration.days(30) }, 'archiveRetention'],
    ['a log of a month', { logRetention: RetentionDays.ONE_MONTH }, 'logRetention'],
    ['a log for ever', { logRetention: RetentionDays.INFINITE }, 'logRetention has no end'],
    ['dead letters of a day', { deadLetterRetention: Duration.days(1) }, 'deadLetterRetention'],
  ])('%s', (_, props, message) => expect(() => build(1, props)).toThrow(message));

  test('a second one in a stack', () => {
    const stack = shopStack(1);
    new EventTimeline(stack, 'Timeline');
    expect(() => new EventTimeline(stack, 'Again')).toThrow(
      'Shop/Timeline keeps the events of this region already',
    );
  });
});
