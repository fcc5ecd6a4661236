import { alarmsOn, alarmWatches } from '../../../lib/assembly/observe/alarms';
import type { Resource } from '../../../lib/assembly/resource';
import { graphOf, type TestApp } from '../../support/graph';

const ALARM = 'AWS::CloudWatch::Alarm';
const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } };
const dimension = (Value: unknown) => [{ Name: 'QueueName', Value }];

function subjectOf(app: TestApp): Resource {
  const subject = graphOf(app).resources.find(({ logicalId }) => logicalId === 'Subject');
  if (!subject) throw new Error('the app has no Subject');
  return subject;
}

test('an alarm is on the resource that a dimension refers to', () => {
  const subject = subjectOf({
    Resources: {
      Subject: queue,
      Age: {
        Type: ALARM,
        Properties: {
          MetricName: 'ApproximateAgeOfOldestMessage',
          Dimensions: dimension({ 'Fn::GetAtt': ['Subject', 'QueueName'] }),
        },
      },
      Other: { Type: ALARM, Properties: { MetricName: 'Errors', Dimensions: dimension('shipping') } },
    },
  });
  const { metrics, maybe, unknown } = alarmsOn(subject);
  expect(metrics.map(({ alarm, name }) => [alarm.logicalId, name])).toEqual([
    ['Age', 'ApproximateAgeOfOldestMessage'],
  ]);
  expect([maybe, unknown]).toEqual([[], undefined]);
});

test('an alarm is on the resource that a dimension names, in the same region only', () => {
  const alarm = { Type: ALARM, Properties: { MetricName: 'Age', Dimensions: dimension('ORDERS') } };
  const subject = subjectOf({
    stacks: {
      Data: { region: 'eu-west-1', template: { Resources: { Subject: queue } } },
      Near: { region: 'eu-west-1', template: { Resources: { Near: alarm } } },
      Far: { region: 'eu-central-1', template: { Resources: { Far: alarm } } },
    },
  });
  expect(alarmsOn(subject).metrics.map(({ alarm: { logicalId } }) => logicalId)).toEqual(['Near']);
});

test('of an alarm that is bound to no region it is not known whether a name means the resource', () => {
  const alarm = { Type: ALARM, Properties: { MetricName: 'Age', Dimensions: dimension('orders') } };
  const subject = subjectOf({
    stacks: {
      Data: { region: 'eu-west-1', template: { Resources: { Subject: queue } } },
      Alarms: { template: { Resources: { Alarm: alarm } } },
    },
  });
  expect(alarmWatches(subject, 'Age').outcome).toBe('unknown');
});

test('metric math watches each of its metrics', () => {
  const stat = (MetricName: string) => ({
    MetricStat: { Metric: { MetricName, Dimensions: dimension({ 'Fn::GetAtt': ['Subject', 'QueueName'] }) } },
  });
  const subject = subjectOf({
    Resources: {
      Subject: queue,
      Sum: {
        Type: ALARM,
        Properties: { Metrics: [{ Expression: 'a + b' }, stat('Visible'), stat('NotVisible')] },
      },
    },
  });
  expect(alarmWatches(subject, 'Visible').outcome).toBe('pass');
  expect(alarmWatches(subject, 'NotVisible').outcome).toBe('pass');
  expect(alarmWatches(subject, 'Age').outcome).toBe('fail');
});

test('an alarm is not on the resource whose address a dimension takes for its name', () => {
  const Properties = { MetricName: 'Age', Dimensions: dimension({ Ref: 'Subject' }) };
  const subject = subjectOf({ Resources: { Subject: queue, Age: { Type: ALARM, Properties } } });
  expect(alarmWatches(subject, 'Age').outcome).toBe('fail');
});

test('fails when no alarm of the app watches the metric', () => {
  const judgement = alarmWatches(subjectOf({ Resources: { Subject: queue } }), 'Age');
  expect(judgement).toEqual({ outcome: 'fail', found: 'no alarm on Age', needed: 'an alarm on Age' });
});

test('of a query that selects the metric it is not known whom it watches', () => {
  const subject = subjectOf({
    Resources: {
      Subject: queue,
      All: { Type: ALARM, Properties: { Metrics: [{ Expression: 'SELECT MAX(Age) FROM "AWS/SQS"' }] } },
    },
  });
  expect(alarmWatches(subject, 'Age').outcome).toBe('unknown');
  expect(alarmWatches(subject, 'Visible').outcome).toBe('fail');
});
