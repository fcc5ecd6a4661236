import { Template } from 'aws-cdk-lib/assertions';
import { type IAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import {
  type IAlarmActionStrategy,
  LambdaFunctionMetricFactory,
  MonitoringFacade,
  SnsAlarmActionStrategy,
} from 'cdk-monitoring-constructs';
import { AlarmLayer } from '../../../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../../../lib/constructs/observe/correlation/alarm-tree';
import { MandatoryAlarms } from '../../../lib/constructs/observe/mandatory/mandatory-alarms';
import { IndicatorKind } from '../../../lib/constructs/observe/slo/indicator';
import { ServiceLevelObjective } from '../../../lib/constructs/observe/slo/service-level-objective';
import { shopStack } from '../fixtures';

type Resources = Readonly<Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>>;

const alarmsIn = (stack: Stack): Resources =>
  Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm') as Resources;

/** The one metric of an alarm. */
function metricOf({ MetricName: name, Metrics: queries }: Resources[string]['Properties']): string {
  const [query] = (queries ?? []) as { MetricStat: { Metric: { MetricName: string } } }[];
  return String(name ?? query?.MetricStat.Metric.MetricName);
}

/** The topic that an alarm tells, by its id. */
function toldBy({ AlarmActions: actions }: Resources[string]['Properties']): string {
  const [action] = (actions ?? []) as { Ref: string }[];
  return action ? action.Ref.replace(/[0-9A-F]{8}$/, '') : 'nobody';
}

/** A function and a queue as cdk-monitoring-constructs watches them, with the names that it gives. */
function monitored(action?: (stack: Stack) => IAlarmActionStrategy) {
  const stack = shopStack(1, {}, { runbook: 'runbooks/shop.md' });
  const lambdaFunction = new Handler(stack, 'Api', {
    code: Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
  const queue = new Queue(stack, 'Orders');
  const facade = new MonitoringFacade(stack, 'Monitoring', {
    alarmFactoryDefaults: {
      alarmNamePrefix: 'Shop',
      actionsEnabled: true,
      ...(action && { action: action(stack) }),
    },
  });
  facade
    .monitorLambdaFunction({ lambdaFunction, addFaultCountAlarm: { Critical: { maxErrorCount: 5 } } })
    .monitorSqsQueue({ queue, addQueueMaxMessageAgeAlarm: { Critical: { maxAgeInSeconds: 600 } } });
  const alarms: readonly IAlarm[] = facade.createdAlarms().map(({ alarm }) => alarm);
  const [faults, age] = alarms;
  if (!faults || !age || alarms.length > 2) throw new Error(`${alarms.length} alarms`);
  return { stack, facade, lambdaFunction, faults, age };
}

describe('alarms of cdk-monitoring-constructs', () => {
  it('are leaves of a tree: what they need silences them, and they carry its tags', () => {
    const { stack, faults, age } = monitored();
    new AlarmTree(stack, 'Tree', {
      components: [
        { name: 'api', layer: AlarmLayer.APPLICATION, alarms: [faults], dependsOn: ['orders'] },
        { name: 'orders', layer: AlarmLayer.INFRASTRUCTURE, alarms: [age] },
      ],
    });
    const template = Template.fromStack(stack);
    const firesOn = (alarm: IAlarm) => JSON.stringify(stack.resolve(alarm.alarmArn));
    const composites = Object.entries(template.findResources('AWS::CloudWatch::CompositeAlarm'));
    const [api] = composites.filter(([id]) => id.startsWith('TreeComponentsapi'));
    const [orders] = composites.filter(([id]) => id.startsWith('TreeComponentsorders'));
    expect(JSON.stringify(api?.[1].Properties.AlarmRule)).toContain(firesOn(faults));
    expect(JSON.stringify(orders?.[1].Properties.AlarmRule)).toContain(firesOn(age));
    expect(api?.[1].Properties.ActionsSuppressor).toEqual({ 'Fn::GetAtt': [orders?.[0], 'Arn'] });
    expect(orders?.[1].Properties).not.toHaveProperty('ActionsSuppressor');
    for (const [name, layer] of [
      ['Shop-Api-Fault-Count-Critical', 'application'],
      ['Shop-Orders-Queue-Message-Age-Max-Critical', 'infrastructure'],
    ]) {
      const [leaf] = Object.values(alarmsIn(stack)).filter(({ Properties }) => Properties.AlarmName === name);
      expect(leaf?.Properties.Tags).toEqual(
        expect.arrayContaining([
          { Key: 'resilience:layer', Value: layer },
          { Key: 'resilience:runbook', Value: 'runbooks/shop.md' },
        ]),
      );
    }
  });

  it('are leaves also where the library joins two of them', () => {
    const { stack, facade } = monitored();
    facade.monitorSqsQueue({
      queue: new Queue(stack, 'Mails'),
      addQueueMaxMessageAgeAlarm: { Rare: { maxAgeInSeconds: 600, minMetricSamplesToAlarm: 10 } },
    });
    const joined = facade.createdAlarms().at(-1)?.alarm;
    if (!joined) throw new Error('no alarm');
    new AlarmTree(stack, 'Tree', {
      components: [{ name: 'mails', layer: AlarmLayer.INFRASTRUCTURE, alarms: [joined] }],
    });
    const composites = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
    const [mails] = Object.entries(composites).filter(([id]) => id.startsWith('TreeComponentsmails'));
    const [leaf] = Object.entries(composites).filter(([, { Properties }]) =>
      /WithSamples$/.test(Properties.AlarmName),
    );
    expect(JSON.stringify(mails?.[1].Properties.AlarmRule)).toContain(`"${leaf?.[0]}"`);
    expect(leaf?.[1].Properties.ActionConfiguration).toEqual({ AlarmTagsPropagation: { Enabled: true } });
  });

  it('get no second alarm on their metric, and what tells somebody stays as it is', () => {
    const { stack } = monitored(
      (scope) => new SnsAlarmActionStrategy({ onAlarmTopic: new Topic(scope, 'OnCall') }),
    );
    const alarms = MandatoryAlarms.of(stack);
    const told = Object.values(alarmsIn(stack)).map(({ Properties }) => [
      metricOf(Properties),
      toldBy(Properties),
    ]);
    // Theirs do not look at throttles.
    expect(told.sort()).toEqual([
      ['ApproximateAgeOfOldestMessage', 'OnCall'],
      ['Errors', 'OnCall'],
      ['Throttles', 'AlarmNotices'],
    ]);
    expect(alarms.alarms).toHaveLength(1);
  });

  it('that tell nobody are made to', () => {
    const { stack } = monitored();
    MandatoryAlarms.of(stack);
    const told = Object.values(alarmsIn(stack)).map(({ Properties }) => [
      metricOf(Properties),
      toldBy(Properties),
    ]);
    expect(told.sort()).toEqual([
      ['ApproximateAgeOfOldestMessage', 'AlarmNotices'],
      ['Errors', 'AlarmNotices'],
      ['Throttles', 'AlarmNotices'],
    ]);
  });

  it('that a tree tells of need no action of their own', () => {
    const { stack, faults, age } = monitored();
    new AlarmTree(stack, 'Tree', {
      components: [{ name: 'api', layer: AlarmLayer.APPLICATION, alarms: [faults, age] }],
    });
    MandatoryAlarms.of(stack);
    const told = Object.values(alarmsIn(stack)).map(({ Properties }) => [
      metricOf(Properties),
      toldBy(Properties),
    ]);
    expect(told.sort()).toEqual([
      ['ApproximateAgeOfOldestMessage', 'nobody'],
      ['Errors', 'nobody'],
      ['Throttles', 'AlarmNotices'],
    ]);
  });
});

test('metrics of cdk-monitoring-constructs are what an objective counts', () => {
  const { stack, facade, lambdaFunction } = monitored();
  const factory = new LambdaFunctionMetricFactory(facade.createMetricFactory(), { lambdaFunction });
  const [faults, calls] = [factory.metricFaultCount(), factory.metricInvocationCount()];
  if (!(faults instanceof Metric && calls instanceof Metric)) throw new Error('metric math');
  const { alarms } = new ServiceLevelObjective(stack, 'Answers', {
    indicator: {
      kind: IndicatorKind.AVAILABILITY,
      good: 'calls of the function that do not fail',
      metrics: { faults, calls },
      total: 'FILL(calls, 0)',
      bad: 'FILL(faults, 0)',
    },
  });
  const fastest = stack.resolve(alarms[0]?.short.alarmArn)['Fn::GetAtt'][0];
  const metrics = alarmsIn(stack)[fastest]?.Properties.Metrics as { Id: string; MetricStat?: object }[];
  const stats = Object.fromEntries(metrics.map(({ Id, MetricStat }) => [Id, MetricStat]));
  const Dimensions = [{ Name: 'FunctionName', Value: stack.resolve(lambdaFunction.functionName) }];
  expect(stats).toMatchObject({
    faults: {
      Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions },
      Stat: 'Sum',
      Period: 300,
    },
    calls: { Metric: { MetricName: 'Invocations', Dimensions }, Stat: 'Sum', Period: 300 },
  });
});
