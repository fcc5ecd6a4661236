import type { Resource } from '../../../lib/assembly/resource';
import { alarmActionsReachSomebody } from '../../../lib/audit/rules/alarm-actions';
import { graphOf } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const MAYBE = { ...WITH_PARAMETER, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'yes'] } } };
const alarm = (properties: object = { AlarmActions: [{ Ref: 'Topic' }] }) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: properties,
});
const topic = (properties: object = {}) => ({ Type: 'AWS::SNS::Topic', Properties: properties });
const SUBSCRIPTION = { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' } } };
const INLINE = { Subscription: [{ Endpoint: 'on-call@example.com', Protocol: 'email' }] };
const key = (Service: unknown, Action: unknown = ['kms:Decrypt', 'kms:GenerateDataKey*']) => ({
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource: '*' }] },
  },
});
const encrypted = (keyed: object, id: unknown = { Ref: 'Key' }) => ({
  Resources: { Alarm: alarm(), Topic: topic({ ...INLINE, KmsMasterKeyId: id }), Key: keyed },
});
const PLAN = { AlarmActions: [{ Ref: 'Plan' }] };
const plan = (properties: object) => ({ Type: 'AWS::SSMIncidents::ResponsePlan', Properties: properties });
const rule = (properties: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: { source: ['aws.cloudwatch'] },
    State: 'ENABLED',
    Targets: [{ Arn: 'arn:aws:lambda:x' }],
    ...properties,
  },
});

test('is mended by one subscription, that keeps what it cannot deliver, to the topic as it is called', () => {
  const told = (paths: Readonly<Record<string, string>> = {}) => {
    const template = { Resources: { Topic: topic(), Alarm: alarm() } };
    const graph = graphOf({ stacks: { Shop: { template, paths } } });
    const found = graph.resources.find(({ logicalId }) => logicalId === 'Alarm');
    return [alarmActionsReachSomebody.check(found as Resource, { graph } as never)].flat();
  };
  const fix = (name: string) =>
    `subscribe whoever is on call to ${name}, with a dead-letter queue for what cannot be delivered`;
  expect(told()).toMatchObject([{ found: 'Topic without subscription', fix: fix('Topic') }]);
  expect(told({ Topic: 'Shop/AlarmNotices/Resource' })).toMatchObject([{ fix: fix('Shop/AlarmNotices') }]);
});

checks(alarmActionsReachSomebody, {
  passes: {
    'the topic has a subscription': {
      Resources: { Alarm: alarm(), Topic: topic(), Other: topic(), Mail: SUBSCRIPTION },
    },
    'the topic brings its subscription': {
      Resources: {
        Alarm: alarm({ ActionsEnabled: true, AlarmActions: [{ Ref: 'Topic' }] }),
        Topic: topic(INLINE),
        Other: topic(),
      },
    },
    'a subscription of another stack names the topic': {
      stacks: {
        Alarms: {
          region: 'eu-west-1',
          template: { Resources: { Alarm: alarm(), Topic: topic({ TopicName: 'on-call' }) } },
        },
        People: {
          region: 'eu-west-1',
          template: {
            Resources: {
              Mail: {
                Type: 'AWS::SNS::Subscription',
                Properties: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:on-call' },
              },
            },
          },
        },
      },
    },
    'CloudWatch may use the key of the topic': encrypted(key('cloudwatch.amazonaws.com')),
    'a response plan engages somebody': {
      Resources: { Alarm: alarm(PLAN), Plan: plan({ Engagements: ['arn:aws:ssm-contacts:x'] }) },
    },
    'an item is opened for people, beside a topic with a subscription': {
      Resources: {
        Alarm: alarm({ AlarmActions: ['arn:aws:ssm:eu-west-1:111122223333:opsitem:1', { Ref: 'Topic' }] }),
        Topic: topic(INLINE),
        Other: topic(),
      },
    },
    'a rule takes the changes of an alarm without action': {
      Resources: { Alarm: alarm({}), Taker: rule() },
    },
  },
  fails: {
    'CloudWatch takes five actions': {
      Resources: {
        Alarm: alarm({ AlarmActions: Array.from({ length: 6 }, () => ({ Ref: 'Topic' })) }),
        Topic: topic(INLINE),
      },
    },
    'the rule of a composite alarm never holds': {
      Resources: {
        Alarm: {
          Type: 'AWS::CloudWatch::CompositeAlarm',
          Properties: { AlarmRule: 'ALARM(part) AND OK(part)', AlarmActions: [{ Ref: 'Topic' }] },
        },
        Part: alarm({ AlarmName: 'part', AlarmActions: [{ Ref: 'Topic' }] }),
        Topic: topic(INLINE),
      },
    },
    'nobody subscribes to the topic': { Resources: { Alarm: alarm(), Topic: topic() } },
    'somebody subscribes to another topic': {
      Resources: {
        Alarm: alarm(),
        Topic: topic(),
        Other: topic(),
        Mail: { ...SUBSCRIPTION, Properties: { TopicArn: { Ref: 'Other' } } },
      },
    },
    'the list of subscriptions is empty': {
      Resources: { Alarm: alarm(), Topic: topic({ Subscription: [] }) },
    },
    'the key of the topic is the one that AWS manages': {
      Resources: { Alarm: alarm(), Topic: topic({ ...INLINE, KmsMasterKeyId: 'alias/aws/sns' }) },
    },
    'the key lets another service': encrypted(key('events.amazonaws.com')),
    'the key lets CloudWatch decrypt only': encrypted(key('cloudwatch.amazonaws.com', 'kms:Decrypt')),
    'the key of an alias does not let CloudWatch': {
      Resources: {
        ...encrypted(key('events.amazonaws.com')).Resources,
        Topic: topic({ ...INLINE, KmsMasterKeyId: { Ref: 'Alias' } }),
        Alias: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { Ref: 'Key' } } },
      },
    },
    'a response plan engages nobody': { Resources: { Alarm: alarm(PLAN), Plan: plan({ Engagements: [] }) } },
    'the only rule is off': { Resources: { Alarm: alarm({}), Taker: rule({ State: 'DISABLED' }) } },
    'the only rule leads nowhere': { Resources: { Alarm: alarm({}), Taker: rule({ Targets: [] }) } },
    'one of two topics is dead': {
      Resources: {
        Alarm: alarm({ AlarmActions: [{ Ref: 'Topic' }, { Ref: 'Other' }] }),
        Topic: topic(),
        Other: topic(INLINE),
      },
    },
    'a composite alarm publishes to a dead topic': {
      Resources: {
        Alarm: {
          Type: 'AWS::CloudWatch::CompositeAlarm',
          Properties: { AlarmRule: 'TRUE', AlarmActions: [{ Ref: 'Topic' }] },
        },
        Topic: topic(),
      },
    },
  },
  unknown: {
    'the topic is not in the app': {
      Resources: { Alarm: alarm({ AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'] }) },
    },
    'the actions are given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Alarm: alarm({ AlarmActions: { 'Fn::Transform': { Name: 'Company::Actions' } } }) },
    },
    'whether it acts is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Alarm: alarm({ ActionsEnabled: GIVEN, AlarmActions: [{ Ref: 'Topic' }] }),
        Topic: topic(),
      },
    },
    'another app may subscribe to the exported topic': {
      Outputs: { Topic: { Value: { Ref: 'Topic' }, Export: { Name: 'on-call' } } },
      Resources: { Alarm: alarm(), Topic: topic() },
    },
    'a parameter hands the topic on': {
      Resources: {
        Alarm: alarm(),
        Topic: topic(),
        Handed: { Type: 'AWS::SSM::Parameter', Properties: { Value: { Ref: 'Topic' } } },
      },
    },
    'a subscription may be left out': {
      ...MAYBE,
      Resources: { Alarm: alarm(), Topic: topic(), Mail: { ...SUBSCRIPTION, Condition: 'Large' } },
    },
    'the subscriptions of the topic may be left out': {
      ...MAYBE,
      Resources: {
        Alarm: alarm(),
        Topic: topic({ Subscription: { 'Fn::If': ['Large', ['x'], { Ref: 'AWS::NoValue' }] } }),
      },
    },
    'a subscription may be to any topic': {
      ...WITH_PARAMETER,
      Resources: {
        Alarm: alarm(),
        Topic: topic(),
        Mail: { ...SUBSCRIPTION, Properties: { TopicArn: GIVEN } },
      },
    },
    'the key is not in the app': {
      Resources: { Alarm: alarm(), Topic: topic({ ...INLINE, KmsMasterKeyId: 'alias/ours' }) },
    },
    'the key comes from a custom resource': {
      Resources: {
        Alarm: alarm(),
        Topic: topic({ ...INLINE, KmsMasterKeyId: { Ref: 'Made' } }),
        Made: { Type: 'Custom::Key' },
      },
    },
    'whether the rule is on is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Alarm: alarm({}), Taker: rule({ State: GIVEN }) },
    },
    'whether the rule that is off takes it is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Alarm: alarm({}),
        Taker: rule({ State: 'DISABLED', EventPattern: { source: [GIVEN] } }),
      },
    },
  },
  notApplicable: {
    'the alarm has no action': { Resources: { Alarm: alarm({}) } },
    'its actions are off': {
      Resources: {
        Alarm: alarm({ ActionsEnabled: false, AlarmActions: [{ Ref: 'Topic' }] }),
        Topic: topic(),
      },
    },
    'a composite alarm has none': {
      Resources: {
        Alarm: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM(part)' } },
        Part: alarm({ AlarmName: 'part' }),
      },
    },
  },
  equivalent: {
    'Alarm.AlarmActions.0':
      'a topic that is not in the app may have subscriptions: seen in the cases that fail',
    'Alarm.ActionsEnabled': 'an alarm whose actions are off is another rule’s',
    'Topic.Subscription.*': 'that there is one decides, not who it is',
    'Alarms/*': 'a topic of another name may have subscriptions',
    'Key.KeyPolicy.*': 'seen in the cases that fail',
    'Taker.*': 'a rule that takes no alarm leaves the alarm without action',
  },
});
