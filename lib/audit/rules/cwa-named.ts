import { all, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import { alarmWatches } from '../../assembly/observe/alarms';
import type { Resource } from '../../assembly/resource';
import { describe, isScalar, Unknown, wordOf } from '../../assembly/value';
import { MONITORING } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { LOW, MEDIUM } from '../severity';

const ALARM = 'AWS::CloudWatch::Alarm';

/** The settings of an alarm that a user may name, all of them numbers. */
const SETTINGS = ['DatapointsToAlarm', 'EvaluationPeriods', 'Period', 'Threshold'];

export const namedMetricHasAlarm: Rule = {
  id: 'CWA-03',
  title: 'The metrics that were named for a type have an alarm on each resource of it.',
  kind: 'monitoring',
  why: 'What somebody decided to watch is not watched on this one.',
  fix: 'add an alarm on the metric, with the resource as its dimension',
  severity: MEDIUM,
  appliesTo: [
    'AWS::DynamoDB::Table',
    'AWS::EC2::Instance',
    'AWS::EC2::Volume',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::Kinesis::Stream',
    'AWS::Lambda::Function',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::S3::Bucket',
    'AWS::SQS::Queue',
  ],
  controls: MONITORING,
  parameters: {
    metrics: {
      meaning: 'The metrics that must have an alarm, each as TYPE=METRIC: AWS::EC2::Volume=BurstBalance.',
      default: [],
    },
  },
  sources: ['https://docs.aws.amazon.com/config/latest/developerguide/cloudwatch-alarm-resource-check.html'],
  check: (resource, context) => {
    const metrics = entriesOf(context, 'metrics').filter(([type]) => type === resource.type);
    if (metrics.length === 0) return notApplicable(`no metric of ${resource.type} is named`);
    return all(...metrics.map(([, metric]) => alarmWatches(resource, metric)));
  },
};

export const namedAlarmIsSet: Rule = {
  id: 'CWA-04',
  title: 'Alarms on the metrics that were named have the settings that were named.',
  kind: 'monitoring',
  why: 'An alarm that was loosened to be quiet goes off too late.',
  fix: 'set the alarm to what is named in the configuration',
  severity: LOW,
  appliesTo: [ALARM],
  controls: MONITORING,
  parameters: {
    settings: {
      meaning: `What alarms must be set to, each as METRIC.SETTING=NUMBER (${SETTINGS.join(', ')}): CPUUtilization.Threshold=80.`,
      default: [],
    },
  },
  sources: ['https://docs.aws.amazon.com/config/latest/developerguide/cloudwatch-alarm-settings-check.html'],
  check: (alarm, context) => {
    const settings = entriesOf(context, 'settings');
    if (settings.length === 0) return notApplicable('no setting is named');
    const metric = alarm.get('MetricName');
    if (metric === undefined) return notApplicable('the alarm is on an expression');
    if (!isScalar(metric)) return unknown('MetricName', whyOpen(metric));
    return all(...settings.map(([name, value]) => judgeSetting(alarm, wordOf(metric), { name, value })));
  },
};

/** `KEY=VALUE`, taken apart at the first sign. */
function entriesOf({ parameters }: RuleContext, name: string): readonly (readonly [string, string])[] {
  const texts = parameters[name];
  if (!Array.isArray(texts)) return [];
  return texts.map((text) => {
    const at = String(text).indexOf('=');
    return [String(text).slice(0, at), String(text).slice(at + 1)] as const;
  });
}

function judgeSetting(
  alarm: Resource,
  metric: string,
  { name, value }: { readonly name: string; readonly value: string },
): Judgement {
  const dot = name.lastIndexOf('.');
  const setting = name.slice(dot + 1);
  if (name.slice(0, dot) !== metric || !SETTINGS.includes(setting))
    return notApplicable(`no setting of ${metric} is named`);
  return alarm.judge(setting, (found) => Number(found) === Number(value), value);
}

function whyOpen(metric: Parameters<typeof describe>[0]): Unknown | string {
  return metric instanceof Unknown ? metric : `the metric is ${describe(metric)}, known only at deploy`;
}
