import { onlyMails } from '../../../lib/assembly/observe/alarm-listeners';
import { alarmWays } from '../../../lib/assembly/observe/alarm-ways';
import { graphOf } from '../../support/graph';

const TOPIC = { Type: 'AWS::SNS::Topic', Properties: {} };
const alarmOn = (AlarmActions: unknown, more: Record<string, unknown> = {}) => {
  const Alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions } };
  const [alarm] = graphOf({ Resources: { Alarm, Topic: TOPIC, ...more } }).ofType('AWS::CloudWatch::Alarm');
  if (alarm === undefined) throw new Error('no alarm');
  return alarm;
};
const heard = (...of: Parameters<typeof alarmOn>) => alarmWays(alarmOn(...of));
const REFERRED = [{ Ref: 'Topic' }];
const subscription = (Protocol: string) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol, Endpoint: 'on-call@shop.example' },
});

test('names how subscribers are reached, and not where', () => {
  const more = { One: subscription('https'), Two: subscription('email') };
  expect(heard(REFERRED, more)).toEqual(['Topic (email, https)']);
});

test('counts subscriptions that stand in the topic', () => {
  const Subscription = [{ Protocol: 'sms', Endpoint: '+10000000000' }];
  expect(heard(REFERRED, { Topic: { ...TOPIC, Properties: { Subscription } } })).toEqual(['Topic (sms)']);
});

test('says that nobody subscribes', () => {
  expect(heard(REFERRED)).toEqual(['Topic, to which the app subscribes nobody']);
});

test('says what the app does not show', () => {
  const arn = 'arn:aws:sns:eu-west-1:111122223333:pages';
  expect(heard([arn])).toEqual([arn]);
  const exported = { Setting: { Type: 'AWS::SSM::Parameter', Properties: { Value: { Ref: 'Topic' } } } };
  expect(heard(REFERRED, exported)).toEqual(['Topic, whose subscribers are not known']);
  expect(heard(undefined)).toEqual([]);
});

describe('mail alone', () => {
  const mail = { One: subscription('email'), Two: subscription('email-json') };
  const Rule = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] },
      Targets: [{ Id: 'pager', Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:pager' }],
    },
  };

  const whole = (AlarmActions: unknown) => ({
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${Alarm}")' }, AlarmActions },
  });

  test.each<[string, unknown, Record<string, unknown>, boolean]>([
    ['is what subscribers by mail have', REFERRED, mail, true],
    ['is not what a pager has', REFERRED, { ...mail, Three: subscription('https') }, false],
    ['is not what a text message is', REFERRED, { One: subscription('sms') }, false],
    ['is not what nobody has', REFERRED, {}, false],
    ['is not what an alarm without actions has', undefined, mail, false],
    [
      'is not what other actions have',
      [...REFERRED, 'arn:aws:sns:eu-west-1:111122223333:pages'],
      mail,
      false,
    ],
    [
      'is what a composite alarm of it has that mails as well',
      REFERRED,
      { ...mail, Whole: whole(REFERRED) },
      true,
    ],
    [
      'is not what a composite alarm of it does more than',
      REFERRED,
      { ...mail, Whole: whole(['arn:aws:sns:eu-west-1:111122223333:pages']) },
      false,
    ],
    ['is what a composite alarm has that does nothing', REFERRED, { ...mail, Whole: whole([]) }, true],
    ['is not what EventBridge hears as well', REFERRED, { ...mail, Rule }, false],
  ])('%s', (_, actions, more, expected) => expect(onlyMails(alarmOn(actions, more))).toBe(expected));
});
