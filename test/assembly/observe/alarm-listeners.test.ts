import { listenersOf } from '../../../lib/assembly/observe/alarm-listeners';
import { graphOf } from '../../support/graph';

const TOPIC = { Type: 'AWS::SNS::Topic', Properties: {} };
const heard = (AlarmActions: unknown, more: Record<string, unknown> = {}) => {
  const Alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions } };
  const [alarm] = graphOf({ Resources: { Alarm, Topic: TOPIC, ...more } }).ofType('AWS::CloudWatch::Alarm');
  return alarm && listenersOf(alarm);
};
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
