import { alarmsLeaveTimeToRecover, missingDataIsAnAlarm } from '../../../lib/audit/rules/alarm-detection';
import { Tier } from '../../../lib/objectives/tier';
import { checks, outcomeOf } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const alarm = (properties: object) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: properties });
const errors = (Period: unknown, EvaluationPeriods: unknown, more: object = {}) =>
  alarm({ MetricName: '5XXError', Period, EvaluationPeriods, ...more });
const API = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } };
const OF_API = { Dimensions: [{ Name: 'ApiName', Value: 'orders' }] };

/** An alarm on the share of calls that fail, over so many seconds. */
const share = (Period: number, Expression = 'IF(errors > 9, errors / calls, 0)', more: object = {}) =>
  alarm({
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0.01,
    EvaluationPeriods: 1,
    Metrics: [
      { Id: 'share', Expression },
      ...['Errors', 'Invocations'].map((MetricName, index) => ({
        Id: ['errors', 'calls'][index],
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName }, Period, Stat: 'Sum' },
      })),
    ],
    ...more,
  });

checks(alarmsLeaveTimeToRecover, {
  passes: {
    'one part in a hundred of an hour of failures is enough': { Resources: { Alarm: share(3_600) } },
    'another alarm on the metric of what is built elsewhere notices sooner': {
      Resources: { Slow: share(3_600, 'errors'), Quick: share(3_600) },
    },
    'it takes fifteen minutes': { Resources: { Alarm: errors(300, 3) } },
    'three of many data points suffice': { Resources: { Alarm: errors(300, 24, { DatapointsToAlarm: 3 }) } },
    'another alarm notices sooner': {
      Resources: { Api: API, Slow: errors(3600, 6, OF_API), Quick: errors(60, 5, OF_API) },
    },
  },
  fails: {
    'it takes an hour': { Resources: { Alarm: errors(300, 12) } },
    'its long window is compared by a number, and not by a share': {
      Resources: { Alarm: share(3_600, 'errors / 10') },
    },
    'it waits for most of an hour to fail': {
      Resources: { Alarm: share(3_600, 'errors / calls', { Threshold: 0.9 }) },
    },
    'it asks for a day': { Resources: { Alarm: errors(86400, 1) } },
    'no other alarm notices sooner': {
      Resources: { Api: API, Slow: errors(3600, 6, OF_API), Slower: errors(3600, 5, OF_API) },
    },
    'the other alarm watches something else': {
      Resources: {
        Api: API,
        Slow: errors(3600, 6, OF_API),
        Quick: alarm({ MetricName: 'Latency', Period: 60, EvaluationPeriods: 5, ...OF_API }),
      },
    },
    'all of many data points are needed': {
      Resources: { Alarm: errors(300, 24, { DatapointsToAlarm: 24 }) },
    },
  },
  unknown: {
    'the period is given at deploy': { ...WITH_PARAMETER, Resources: { Alarm: errors(GIVEN, 3) } },
    'the metric is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Alarm: alarm({ MetricName: GIVEN, Period: 86400, EvaluationPeriods: 1 }) },
    },
    'it says no number of periods': { Resources: { Alarm: alarm({ MetricName: 'Errors', Period: 60 }) } },
    'the metrics are given at deploy': {
      Resources: { Alarm: alarm({ Metrics: { 'Fn::Transform': { Name: 'Company::Metrics' } } }) },
    },
  },
  notApplicable: {
    'it watches what runs out': {
      Resources: { Alarm: alarm({ MetricName: 'FreeStorageSpace', Period: 86400, EvaluationPeriods: 1 }) },
    },
  },
  equivalent: {
    '*.MetricName': 'an alarm on another metric shows no outage',
    'Alarm.EvaluationPeriods': 'where fewer data points suffice, their number decides',
    '*.Dimensions.0.*': 'the name of a dimension decides nothing',
    'Slow.*': 'the other alarm notices sooner',
  },
});

describe('the share of the recovery time', () => {
  const app = { Resources: { Alarm: errors(300, 3) } };

  it('is of what the tier owes', () => {
    expect(outcomeOf(alarmsLeaveTimeToRecover, app, Tier.MISSION_CRITICAL)).toBe('fail');
    expect(outcomeOf(alarmsLeaveTimeToRecover, app, Tier.IMPORTANT)).toBe('pass');
  });
});

const health = (more: object = {}) =>
  alarm({ MetricName: 'HealthyHostCount', TreatMissingData: 'breaching', ...more });
const QUEUE = { Type: 'AWS::SQS::Queue', Properties: {} };
const age = (more: object = {}) =>
  alarm({
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Dead', 'QueueName'] } }],
    ...more,
  });
const SOURCE = {
  Type: 'AWS::SQS::Queue',
  Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
};
const named = (Value: unknown, properties: object = {}) =>
  alarm({
    Namespace: 'AWS/Lambda',
    MetricName: 'Duration',
    Dimensions: [{ Name: 'FunctionName', Value }],
    ...properties,
  });
const fn = (FunctionName: unknown) => ({ Type: 'AWS::Lambda::Function', Properties: { FunctionName } });

checks(missingDataIsAnAlarm, {
  passes: {
    'silence of healthy hosts is bad news': { Resources: { Alarm: health() } },
    'silence of a heartbeat is told': {
      Resources: { Alarm: alarm({ MetricName: 'BatchHeartbeat', TreatMissingData: 'missing' }) },
    },
    'a function is named': { Resources: { Alarm: named('orders'), Fn: fn('orders') } },
    'silence of a dead-letter queue is told': {
      Resources: { Dead: QUEUE, Source: SOURCE, Alarm: age({ TreatMissingData: 'breaching' }) },
    },
    'a metric of math is healthy hosts': {
      Resources: {
        Alarm: alarm({
          TreatMissingData: 'breaching',
          Metrics: [{ MetricStat: { Metric: { MetricName: 'HealthyHostCount' } } }],
        }),
      },
    },
  },
  fails: {
    'silence of healthy hosts is health': {
      Resources: { Alarm: health({ TreatMissingData: 'notBreaching' }) },
    },
    'silence of a canary is ignored': {
      Resources: { Alarm: alarm({ MetricName: 'SuccessPercent', TreatMissingData: 'ignore' }) },
    },
    'silence of a dead-letter queue is health': {
      Resources: { Dead: QUEUE, Source: SOURCE, Alarm: age({ TreatMissingData: 'notBreaching' }) },
    },
    'no function has the name': { Resources: { Alarm: named('order'), Fn: fn('orders') } },
    'the function has a name that nobody can guess': {
      Resources: { Alarm: named('order'), Fn: { Type: 'AWS::Lambda::Function' } },
    },
    'the dimension is an id where the metric has a name': {
      Resources: {
        Api: API,
        Alarm: alarm({
          Namespace: 'AWS/ApiGateway',
          MetricName: 'Latency',
          Dimensions: [{ Name: 'ApiName', Value: { Ref: 'Api' } }],
        }),
      },
    },
    'the dimension is an address where the metric has a name': {
      Resources: {
        Dead: QUEUE,
        Alarm: age({ Namespace: 'AWS/SQS', Dimensions: [{ Name: 'QueueName', Value: { Ref: 'Dead' } }] }),
      },
    },
    'no function has the name in metric math': {
      Resources: {
        Fn: fn('orders'),
        Alarm: alarm({
          Metrics: [
            {
              MetricStat: {
                Metric: { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value: 'order' }] },
              },
            },
          ],
        }),
      },
    },
  },
  unknown: {
    'how silence is taken is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Alarm: health({ TreatMissingData: GIVEN }) },
    },
    'the metric is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Alarm: alarm({ MetricName: GIVEN, TreatMissingData: 'ignore' }) },
    },
    'the app has no function': { Resources: { Alarm: named('orders') } },
    'the name of a function is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Alarm: named('orders'), Fn: fn(GIVEN) },
    },
    'a macro may write functions': {
      Transform: 'Company::Functions',
      Resources: { Alarm: named('order'), Fn: fn('orders') },
    },
  },
  notApplicable: {
    'it watches errors of what it refers to': {
      Resources: {
        Alarm: named({ Ref: 'Fn' }, { TreatMissingData: 'notBreaching' }),
        Fn: fn('orders'),
      },
    },
    'it watches a verdict on heartbeats, which holds until the next': {
      Resources: { Alarm: alarm({ MetricName: 'HeartbeatMissed', TreatMissingData: 'ignore' }) },
    },
    'the age of the messages is that of a live queue': {
      Resources: { Dead: QUEUE, Alarm: age({ TreatMissingData: 'notBreaching' }) },
    },
    'the namespace is the user’s own': {
      Resources: { Alarm: named('order', { Namespace: 'Shop' }), Fn: fn('orders') },
    },
  },
  equivalent: {
    '*.MetricName': 'an alarm on another metric is no sign of life',
    'Alarm.Namespace': 'a name outside AWS may be of anything',
    'Alarm.Dimensions.0.Name': 'a dimension of another name names something else',
    'Alarm.Dimensions.0.Value': 'a queue that is not in the app may be any',
    'Source.*': 'a queue that takes no dead letters is a live one',
  },
});

describe('of several alarms on one sign of life', () => {
  const CANARY = { Type: 'AWS::Synthetics::Canary', Properties: { Name: 'walk' } };
  const walk = (TreatMissingData: unknown, MetricName = 'SuccessPercent', more: object = {}) => ({
    ...alarm({
      Namespace: 'CloudWatchSynthetics',
      MetricName,
      Dimensions: [{ Name: 'CanaryName', Value: { Ref: 'Canary' } }],
      TreatMissingData,
    }),
    ...more,
  });
  const judged = (Silence: object) =>
    outcomeOf(missingDataIsAnAlarm, {
      ...WITH_PARAMETER,
      Conditions: { Some: { 'Fn::Equals': [GIVEN, 'x'] } },
      Resources: { Canary: CANARY, Share: walk('notBreaching'), Silence },
    });

  it.each<[string, object, string]>([
    ['takes silence for bad news is enough', walk('breaching'), 'pass'],
    ['takes it for nothing is not', walk('missing'), 'fail'],
    ['takes it for health is not', walk('notBreaching'), 'fail'],
    ['watches another metric is not', walk('breaching', 'Duration'), 'fail'],
    ['says so at deploy may be', walk(GIVEN), 'unknown'],
    ['may be there may be', walk('breaching', 'SuccessPercent', { Condition: 'Some' }), 'unknown'],
  ])('one that %s', (_, other, outcome) => {
    expect(judged(other)).toBe(outcome);
  });
});
