import { alarmWays } from '../../../lib/assembly/observe/alarm-ways';
import { graphOf } from '../../support/graph';

type Json = Readonly<Record<string, unknown>>;

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const targets = (...arns: readonly unknown[]) => arns.map((Arn, index) => ({ Id: `T${index}`, Arn }));

const Topic = { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'sms' }] } };
const Notices = { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'email' }] } };
const alarm = (...actions: readonly string[]) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { AlarmActions: actions.map((Ref) => ({ Ref })) },
});

/** A rule on the alarm. */
const onAlarm = (properties: Json) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ Ref: 'Alarm' }] },
    },
    ...properties,
  },
});

/** A rule of the bridge on its own bus. */
const onBus = (Arn: unknown, types: readonly string[], severities?: readonly string[]) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: { Ref: 'Bus' },
    EventPattern: {
      source: ['cdk-nines.incidents'],
      'detail-type': types,
      ...(severities && { detail: { data: { severity: severities } } }),
    },
    Targets: targets(Arn),
  },
});

const endpoint = (InvocationEndpoint: unknown) => ({
  Type: 'AWS::Events::ApiDestination',
  Properties: { InvocationEndpoint, HttpMethod: 'POST', ConnectionArn: 'c' },
});

/** The parts of an incident bridge, which tells of the alarm with a severity. */
function bridge(severity: number, least: readonly string[] = ['SEV-1', 'SEV-2', 'SEV-3']): Json {
  const [target] = targets(arnOf('Handler'));
  return {
    Topic,
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'incidents' } },
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { BUS: { Ref: 'Bus' } } } },
    },
    Closer: { Type: 'AWS::Lambda::Function', Properties: {} },
    Failing: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Handler' } }],
        AlarmActions: [{ Ref: 'Topic' }],
      },
    },
    From: onAlarm({
      Targets: [
        {
          ...target,
          InputTransformer: {
            InputTemplate: `{"detail":<detail>,"context":{"severity":${severity},"runbook":""}}`,
          },
        },
      ],
    }),
    Pager: endpoint('https://user:secret@events.pagerduty.com/v2/enqueue?key=secret'),
    ToPager: onBus(arnOf('Pager'), ['trigger', 'resolve'], least),
    ToOpsItem: onBus('arn:aws:ssm:eu-west-1:111122223333:opsitem', ['trigger']),
    Closing: onBus(arnOf('Closer'), ['resolve']),
  };
}

function ways(resources: Json): readonly string[] {
  const found = graphOf({ Resources: { ...resources } }).resources.find(
    ({ logicalId }) => logicalId === 'Alarm',
  );
  if (found === undefined) throw new Error('no alarm');
  return alarmWays(found);
}

test('an incident bridge is named by its tools, and what is told without it as its fall-back', () => {
  expect(ways({ ...bridge(2), Notices, Alarm: alarm('Notices', 'Topic') })).toEqual([
    'the incident bridge to events.pagerduty.com, OpsItems, fall-back Topic (sms)',
    'Notices (email)',
  ]);
});

test('a tool that is not told of the severity is left out', () => {
  expect(ways({ ...bridge(4), Alarm: alarm() })).toEqual(['the incident bridge to OpsItems']);
});

test('a bridge of which no tool is told of the severity says so', () => {
  const { ToOpsItem: _, ...others } = bridge(4);
  expect(ways({ ...others, Alarm: alarm() })).toEqual(['the incident bridge, which tells nobody of SEV-4']);
});

test('an address that is known at deploy alone is named by its resource', () => {
  const Address = { Type: 'String' };
  const Pager = endpoint({ 'Fn::Join': ['', ['https://', { Ref: 'Address' }, '/v2']] });
  const graph = graphOf({ Parameters: { Address }, Resources: { ...bridge(2), Pager, Alarm: alarm() } });
  const found = graph.resources.find(({ logicalId }) => logicalId === 'Alarm');
  expect(found && alarmWays(found)).toEqual(['the incident bridge to Pager, OpsItems']);
});

test('the way of a composite alarm is the way of its parts', () => {
  const Whole = {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: 'ALARM("part")', AlarmActions: [{ Ref: 'Topic' }] },
  };
  const From = onAlarm({});
  const { Properties } = bridge(2).From as typeof From;
  const detail = { alarmName: [{ Ref: 'Whole' }] };
  const rule = {
    ...From,
    Properties: { ...Properties, EventPattern: { ...Properties.EventPattern, detail } },
  };
  const Alarm = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { AlarmName: 'part', AlarmActions: [{ Ref: 'Notices' }] },
  };
  expect(ways({ ...bridge(2), From: rule, Notices, Whole, Alarm })).toEqual([
    'the incident bridge to events.pagerduty.com, OpsItems, fall-back Topic (sms), by the composite alarm Whole',
    'Notices (email)',
  ]);
});

describe('a rule without a bridge', () => {
  const Pager = { Type: 'AWS::Lambda::Function', Properties: {} };
  const rule = (properties: Json = {}) => onAlarm({ Targets: targets(arnOf('Pager')), ...properties });

  test('is named with what it leads to', () => {
    expect(ways({ Rule: rule(), Pager, Alarm: alarm() })).toEqual(['the rule Rule to Pager']);
  });

  test('tells nobody while it is off', () => {
    expect(ways({ Rule: rule({ State: 'DISABLED' }), Pager, Alarm: alarm() })).toEqual([]);
  });

  test('leads to a topic and its subscribers', () => {
    const Rule = rule({ Targets: targets({ Ref: 'Topic' }) });
    expect(ways({ Rule, Topic, Alarm: alarm() })).toEqual(['the rule Rule to Topic (sms)']);
  });

  test('leads on through a bus', () => {
    const Rule = rule({ Targets: targets(arnOf('Bus')) });
    const Bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'on' } };
    const Onward = {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { source: ['aws.cloudwatch'] },
        Targets: targets(arnOf('Pager')),
      },
    };
    expect(ways({ Rule, Bus, Onward, Pager, Alarm: alarm() })).toEqual(['the rule Rule to Pager']);
  });

  test('may take the alarm where its filter is known at deploy alone', () => {
    const EventPattern = { source: ['aws.cloudwatch'], detail: { alarmName: [{ wildcard: 'Al*' }] } };
    expect(ways({ Rule: rule({ EventPattern }), Pager, Alarm: alarm() })).toEqual([
      'perhaps the rule Rule to Pager',
    ]);
  });
});
