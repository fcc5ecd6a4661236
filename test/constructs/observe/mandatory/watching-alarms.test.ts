import { Template } from 'aws-cdk-lib/assertions';
import {
  Alarm,
  AnomalyDetectionAlarm,
  CfnAlarm,
  ComparisonOperator,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type CfnResource, Lazy, type Stack } from 'aws-cdk-lib/core';
import { MandatoryAlarms } from '../../../../lib/constructs/observe/mandatory/mandatory-alarms';
import { Tier } from '../../../../lib/objectives/tier';
import { shopStack } from '../../fixtures';
import { plain } from './audited';

const {
  GREATER_THAN_OR_EQUAL_TO_THRESHOLD: HIGH,
  GREATER_THAN_UPPER_THRESHOLD: ABOVE_BAND,
  LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD: OUT_OF_BAND,
  LESS_THAN_THRESHOLD: LOW,
} = ComparisonOperator;

const DATABASE = { AllocatedStorage: '100', Engine: 'postgres' };
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const DB = 'AWS::RDS::DBInstance';

/** An alarm of a user on a metric of a database, or of a target group behind a load balancer. */
function watched(
  type: string,
  metricName: string,
  comparisonOperator: ComparisonOperator,
  math = false,
): Stack {
  const stack = shopStack(Tier.BUSINESS_CRITICAL);
  const it = plain(stack, type, type === DB ? DATABASE : {}, 'It');
  if (type === GROUP) {
    const balancer = plain(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer', {}, 'Balancer');
    const actions = [{ Type: 'forward', TargetGroupArn: it.ref }];
    const listener = { LoadBalancerArn: balancer.ref, DefaultActions: actions };
    plain(stack, 'AWS::ElasticLoadBalancingV2::Listener', listener, 'Listener');
  }
  const own = new Metric({ namespace: 'Any', metricName, dimensionsMap: { Id: it.ref } });
  const metric = math ? new MathExpression({ expression: '0 - m', usingMetrics: { m: own } }) : own;
  const alarm = /Upper|Lower/.test(comparisonOperator)
    ? new AnomalyDetectionAlarm(stack, 'Mine', { metric, comparisonOperator, evaluationPeriods: 1 })
    : new Alarm(stack, 'Mine', { metric, comparisonOperator, threshold: 1, evaluationPeriods: 1 });
  alarm.addAlarmAction(new SnsAction(new Topic(stack, 'OnCall')));
  MandatoryAlarms.of(stack);
  return stack;
}

/** The metrics of the resource that MandatoryAlarms made an alarm on. */
const made = (stack: Stack) =>
  Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'))
    .filter(([id]) => id.startsWith('It'))
    .map(([, { Properties }]) => Properties.MetricName);

describe('an alarm that is there already', () => {
  it.each<[string, string, ComparisonOperator]>([
    [DB, 'FreeStorageSpace', LOW],
    [DB, 'CPUUtilization', HIGH],
    [DB, 'CPUUtilization', ABOVE_BAND],
    [DB, 'CPUUtilization', OUT_OF_BAND],
    [GROUP, 'UnHealthyHostCount', HIGH],
    [GROUP, 'HealthyHostCount', LOW],
  ])('will do for %s %s %s', (type, metric, operator) => {
    expect(made(watched(type, metric, operator))).not.toContain(
      type === GROUP ? 'UnHealthyHostCount' : metric,
    );
  });

  it.each<[string, string, ComparisonOperator]>([
    [DB, 'FreeStorageSpace', HIGH],
    [DB, 'FreeStorageSpace', ABOVE_BAND],
    [DB, 'CPUUtilization', LOW],
    [GROUP, 'UnHealthyHostCount', LOW],
    [GROUP, 'HealthyHostCount', HIGH],
  ])('looks the other way for %s %s %s: the mandatory one is made beside it', (type, metric, operator) => {
    expect(made(watched(type, metric, operator))).toContain(type === GROUP ? 'UnHealthyHostCount' : metric);
  });

  it('on an expression will do: which way that leads only its author knows', () => {
    expect(made(watched(DB, 'FreeStorageSpace', HIGH, true))).not.toContain('FreeStorageSpace');
  });

  it.each<[string, (alarm: CfnAlarm) => void]>([
    ['an override', (alarm) => alarm.addPropertyOverride('MetricName', 'FreeStorageSpace')],
    ['a token', (alarm) => (alarm.metricName = Lazy.string({ produce: () => 'FreeStorageSpace' }))],
    ['a query that is made late', (alarm) => queried(alarm, Lazy.any({ produce: () => [storageOf(alarm)] }))],
    ['a query with a late metric', (alarm) => queried(alarm, [lateStorageOf(alarm)])],
    ['a query', (alarm) => queried(alarm, [storageOf(alarm)])],
  ])('is seen where its metric is said by %s', (_, say) => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    plain(stack, DB, DATABASE, 'It');
    say(otherAlarm(stack, LOW));
    MandatoryAlarms.of(stack);
    expect(made(stack)).not.toContain('FreeStorageSpace');
  });

  it('is not resolved for each metric of each resource that it is not on', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    for (let n = 0; n < 5; n += 1) plain(stack, DB, DATABASE, `It${n}`);
    const resolved = jest.spyOn(otherAlarm(stack, LOW), '_toCloudFormation');
    MandatoryAlarms.of(stack);
    Template.fromStack(stack);
    expect(resolved.mock.calls.length).toBeLessThan(5);
  });
});

/** An alarm on a metric of no mandatory alarm, of the one database of a stack. */
function otherAlarm(stack: Stack, comparisonOperator: ComparisonOperator): CfnAlarm {
  const dimensions = databaseOf(stack);
  const alarm = { comparisonOperator, threshold: 1, evaluationPeriods: 1, alarmActions: ['arn:aws:sns:::t'] };
  return new CfnAlarm(stack, 'Mine', { ...alarm, namespace: 'Any', metricName: 'Other', dimensions });
}

function databaseOf(stack: Stack): { name: string; value: string }[] {
  const it = stack.node.tryFindChild('It') as CfnResource | undefined;
  return it ? [{ name: 'DBInstanceIdentifier', value: it.ref }] : [];
}

function queried(alarm: CfnAlarm, metrics: CfnAlarm['metrics']): void {
  Object.assign(alarm, { metricName: undefined, namespace: undefined, dimensions: undefined, metrics });
}

function storageOf(alarm: CfnAlarm) {
  const metric = { metricName: 'FreeStorageSpace', namespace: 'Any', dimensions: databaseOf(alarm.stack) };
  return { id: 'm', metricStat: { metric, period: 60, stat: 'Average' } };
}

function lateStorageOf(alarm: CfnAlarm) {
  const { id, metricStat } = storageOf(alarm);
  return { id, metricStat: { ...metricStat, metric: Lazy.any({ produce: () => metricStat.metric }) } };
}
