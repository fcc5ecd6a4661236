import { namedAlarmIsSet, namedMetricHasAlarm } from '../../../lib/audit/rules/cwa-named';
import { checks } from '../../support/rule-cases';

const OPEN = { Parameters: { Open: { Type: 'String' } } };
const watched = (alarm: Readonly<Record<string, unknown>>, more: object = {}) => ({
  ...OPEN,
  Resources: {
    Subject: { Type: 'AWS::EC2::Volume' },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: alarm, ...more },
  },
});
const dimension = (value: unknown) => [{ Name: 'VolumeId', Value: value }];

checks(namedMetricHasAlarm, {
  config: {
    services: [],
    rules: { 'CWA-03': { parameters: { metrics: ['AWS::EC2::Volume=BurstBalance'] } } },
  },
  passes: {
    'an alarm watches it': watched({ MetricName: 'BurstBalance', Dimensions: dimension({ Ref: 'Subject' }) }),
    'an alarm watches it by an expression': watched({
      Metrics: [
        { MetricStat: { Metric: { MetricName: 'BurstBalance', Dimensions: dimension({ Ref: 'Subject' }) } } },
      ],
    }),
  },
  fails: {
    'no alarm does': { Resources: { Subject: { Type: 'AWS::EC2::Volume' } } },
    'an alarm watches another metric': watched({
      MetricName: 'VolumeIdleTime',
      Dimensions: dimension({ Ref: 'Subject' }),
    }),
    'an alarm watches another volume': watched({
      MetricName: 'BurstBalance',
      Dimensions: dimension('vol-1'),
    }),
  },
  unknown: {
    'a parameter names the metric': watched({
      MetricName: { Ref: 'Open' },
      Dimensions: dimension({ Ref: 'Subject' }),
    }),
    'a parameter names the volume': watched({
      MetricName: 'BurstBalance',
      Dimensions: dimension({ Ref: 'Open' }),
    }),
  },
  notApplicable: {
    'no metric of the type is named': { Resources: { Subject: { Type: 'AWS::SQS::Queue' } } },
  },
  equivalent: { '*.Name': 'CloudWatch knows a dimension by its value here' },
});

const alarm = (properties: Readonly<Record<string, unknown>>) => ({
  ...OPEN,
  Resources: { Subject: { Type: 'AWS::CloudWatch::Alarm', Properties: properties } },
});
checks(namedAlarmIsSet, {
  config: {
    services: [],
    rules: {
      'CWA-04': { parameters: { settings: ['CPUUtilization.Threshold=80', 'CPUUtilization.Period=60'] } },
    },
  },
  passes: {
    'the alarm is set so': alarm({ MetricName: 'CPUUtilization', Threshold: 80, Period: 60 }),
    'it is set so in texts': alarm({ MetricName: 'CPUUtilization', Threshold: '80', Period: '60' }),
  },
  fails: {
    'the threshold is another': alarm({ MetricName: 'CPUUtilization', Threshold: 95, Period: 60 }),
    'the period is another': alarm({ MetricName: 'CPUUtilization', Threshold: 80, Period: 300 }),
    'none is set': alarm({ MetricName: 'CPUUtilization', Period: 60 }),
  },
  unknown: {
    'a parameter sets it': alarm({ MetricName: 'CPUUtilization', Threshold: { Ref: 'Open' }, Period: 60 }),
    'a parameter names the metric': alarm({ MetricName: { Ref: 'Open' } }),
  },
  notApplicable: {
    'the alarm is on another metric': alarm({ MetricName: 'Errors', Threshold: 1 }),
    'the alarm is on an expression': alarm({ Metrics: [] }),
  },
  equivalent: { 'Subject.MetricName': 'settings of another metric are not named' },
});
