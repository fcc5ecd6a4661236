import { metricAlarmOf } from '../../../lib/assembly/observe/alarm-model';
import { compositeOf } from '../../../lib/assembly/observe/composite-model';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

const ALARM = {
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Dead', 'QueueName'] } }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
};

function alarmWith(properties: object, extra: object = {}) {
  const graph = graphOf({
    Resources: {
      Dead: { Type: 'AWS::SQS::Queue' },
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...ALARM, ...properties } },
    },
    ...extra,
  });
  const [alarm] = graph.ofType('AWS::CloudWatch::Alarm');
  if (alarm === undefined) throw new Error('no alarm');
  return metricAlarmOf(alarm);
}

test('reads an alarm on one metric, with the defaults of CloudWatch', () => {
  expect(alarmWith({})).toEqual({
    name: 'app/Alarm',
    queries: [
      {
        id: 'metric',
        metric: {
          namespace: 'AWS/SQS',
          name: 'ApproximateNumberOfMessagesVisible',
          dimensions: { QueueName: '{Dead.QueueName}' },
          open: {
            QueueName: {
              id: '{app/Dead.QueueName}',
              words: 'Dead.QueueName',
              like: expect.any(RegExp),
              others: [],
            },
          },
        },
        statistic: 'Maximum',
        period: 60,
      },
    ],
    returns: 'metric',
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: 'missing',
  });
});

test('alarms on tables ignore missing data where nothing else is set', () => {
  expect(alarmWith({ Namespace: 'AWS/DynamoDB' })).toMatchObject({ missingData: 'ignore' });
  expect(alarmWith({ Namespace: 'AWS/DynamoDB', TreatMissingData: 'breaching' })).toMatchObject({
    missingData: 'breaching',
  });
});

const stat = (name: string) => ({
  Metric: { Namespace: 'Shop', MetricName: name, Dimensions: [] },
  Period: 300,
  Stat: 'Sum',
});

test('reads metric math', () => {
  const read = alarmWith({
    Metrics: [
      { Id: 'errors', MetricStat: stat('Errors'), ReturnData: false },
      { Id: 'requests', MetricStat: stat('Requests'), ReturnData: false },
      { Id: 'rate', Expression: 'errors / requests' },
    ],
  });
  expect(read).toMatchObject({
    returns: 'rate',
    queries: [{ period: 300 }, { id: 'requests' }, { id: 'rate' }],
  });
});

test.each<[string, object, string]>([
  ['a threshold of an anomaly band', { ComparisonOperator: 'LessThanLowerThreshold' }, 'anomaly band'],
  ['periods of the clock', { EvaluationWindow: { WallClockWindow: {} } }, 'WallClockWindow'],
  ['no threshold', { Threshold: undefined }, 'Threshold is not set'],
  ['a period of deploy', { Period: { Ref: 'Seconds' } }, 'Seconds'],
  [
    'two results',
    {
      Metrics: [
        { Id: 'a', MetricStat: stat('A') },
        { Id: 'b', MetricStat: stat('B') },
      ],
    },
    'more than one',
  ],
  ['an expression that is none', { Metrics: [{ Id: 'a', Expression: 'a +' }] }, 'Metrics.0.Expression'],
  ['a million periods', { EvaluationPeriods: 1_000_000 }, 'EvaluationPeriods is 1000000'],
  ['a query that is a text', { Metrics: ['x'] }, 'Metrics.0 is x'],
  ['a comparison that is a map', { ComparisonOperator: { A: 'x' } }, 'ComparisonOperator'],
  [
    'returned data that are a map',
    { Metrics: [{ Id: 'a', MetricStat: stat('A'), ReturnData: { A: 'x' } }], Threshold: undefined },
    'Threshold is not set',
  ],
])('says so of %s', (_, properties, reason) => {
  const read = alarmWith(properties, { Parameters: { Seconds: { Type: 'Number' } } });
  expect(read).toBeInstanceOf(Unknown);
  expect(read instanceof Unknown && read.reason).toContain(reason);
});

describe('composite alarms', () => {
  const compositeWith = (properties: object) => {
    const graph = graphOf({
      Resources: {
        Errors: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...ALARM, AlarmName: 'shop-errors' } },
        Latency: { Type: 'AWS::CloudWatch::Alarm', Properties: ALARM },
        Page: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: properties },
      },
    });
    const [composite] = graph.ofType('AWS::CloudWatch::CompositeAlarm');
    if (composite === undefined) throw new Error('no composite alarm');
    return compositeOf(composite);
  };

  test('name the alarms of the app by their ids, by name and by reference', () => {
    const AlarmRule = {
      'Fn::Join': ['', ['ALARM("shop-errors") AND ALARM("', { 'Fn::GetAtt': ['Latency', 'Arn'] }, '")']],
    };
    expect(compositeWith({ AlarmRule })).toEqual({
      name: 'app/Page',
      rule: {
        kind: 'and',
        of: [
          { kind: 'state', alarm: 'app/Errors', state: 'ALARM' },
          { kind: 'state', alarm: 'app/Latency', state: 'ALARM' },
        ],
      },
    });
  });

  test('have a suppressor with its periods', () => {
    const read = compositeWith({
      AlarmRule: 'ALARM(elsewhere)',
      ActionsSuppressor: { 'Fn::GetAtt': ['Latency', 'Arn'] },
      ActionsSuppressorWaitPeriod: 120,
      ActionsSuppressorExtensionPeriod: 300,
    });
    expect(read).toMatchObject({ suppression: { alarm: 'app/Latency', wait: 120, extension: 300 } });
  });

  test('are unknown where the rule is not understood', () => {
    expect(compositeWith({ AlarmRule: 'ALARM(' })).toBeInstanceOf(Unknown);
    expect(compositeWith({ AlarmRule: ['a'] })).toBeInstanceOf(Unknown);
    expect(compositeWith({})).toBeInstanceOf(Unknown);
  });
});
