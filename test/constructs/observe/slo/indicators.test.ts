import { Template } from 'aws-cdk-lib/assertions';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Operation, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Canary, Code, Runtime, Test } from 'aws-cdk-lib/aws-synthetics';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { metricAlarmOf } from '../../../../lib/assembly/observe/alarm-model';
import { Unknown } from '../../../../lib/assembly/value';
import { type MetricAlarm, type SampleSource, valuesAt } from '../../../../lib/calculus/alarms/metric-alarm';
import { distributionAvailability } from '../../../../lib/constructs/observe/slo/distribution-indicators';
import {
  graphqlAvailability,
  graphqlLatency,
} from '../../../../lib/constructs/observe/slo/graphql-indicators';
import type { Indicator } from '../../../../lib/constructs/observe/slo/indicator';
import {
  functionAvailability,
  httpApiAvailability,
  httpApiLatency,
  journeyAvailability,
  loadBalancerAvailability,
  loadBalancerLatency,
  restApiAvailability,
  restApiLatency,
} from '../../../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { tableAvailability } from '../../../../lib/constructs/observe/slo/table-indicators';
import {
  queueFreshness,
  stateMachineAvailability,
} from '../../../../lib/constructs/observe/slo/work-indicators';
import { graphOf } from '../../../support/graph';

const SOON = Duration.millis(500);

/** Each with one period of its metrics by name and statistic, the share of bad events, and the metrics that are watched. */
const CASES: readonly [string, (stack: Stack) => Indicator, Readonly<Record<string, number>>, number][] = [
  [
    'a load balancer, whose own errors are no requests to a target',
    (stack) => loadBalancerAvailability(balancerIn(stack)),
    { 'RequestCount Sum': 90, 'HTTPCode_ELB_5XX_Count Sum': 10, 'HTTPCode_Target_5XX_Count Sum': 15 },
    0.25,
  ],
  [
    'the latency of a load balancer',
    (stack) => loadBalancerLatency(balancerIn(stack), SOON),
    { 'RequestCount Sum': 200, 'TargetResponseTime PR(0:0.5)': 80 },
    0.2,
  ],
  [
    'a REST API',
    (stack) => restApiAvailability(restApiIn(stack)),
    { 'Count SampleCount': 100, '5XXError Sum': 20 },
    0.2,
  ],
  [
    'the latency of a REST API',
    (stack) => restApiLatency(restApiIn(stack), SOON),
    { 'Count SampleCount': 100, 'Latency PR(0:500)': 70 },
    0.3,
  ],
  [
    'an HTTP API',
    (stack) => httpApiAvailability(new HttpApi(stack, 'Api')),
    { 'Count SampleCount': 100, '5xx Sum': 20 },
    0.2,
  ],
  [
    'the latency of an HTTP API',
    (stack) => httpApiLatency(new HttpApi(stack, 'Api'), SOON),
    { 'Count SampleCount': 100, 'Latency PR(0:500)': 60 },
    0.4,
  ],
  [
    'a function, whose throttled calls are no invocations',
    (stack) => functionAvailability(Handler.fromFunctionName(stack, 'Handler', 'shop')),
    { 'Invocations Sum': 90, 'Errors Sum': 20, 'Throttles Sum': 10 },
    0.3,
  ],
  [
    'a canary',
    (stack) =>
      journeyAvailability(
        new Canary(stack, 'Canary', {
          runtime: Runtime.SYNTHETICS_NODEJS_PUPPETEER_9_1,
          test: Test.custom({
            code: Code.fromInline('exports.handler = async () => {};'),
            handler: 'index.handler',
          }),
        }),
      ),
    { 'SuccessPercent SampleCount': 20, 'SuccessPercent Average': 50 },
    0.5,
  ],
  [
    'a distribution',
    (stack) =>
      distributionAvailability(
        new Distribution(stack, 'Site', { defaultBehavior: { origin: new HttpOrigin('shop.example') } }),
      ),
    { 'Requests Sum': 1_000, '5xxErrorRate Average': 12 },
    0.12,
  ],
  [
    'a GraphQL API',
    (stack) => graphqlAvailability(graphqlIn(stack)),
    { 'Latency SampleCount': 100, '5XXError Sum': 20 },
    0.2,
  ],
  [
    'the latency of a GraphQL API',
    (stack) => graphqlLatency(graphqlIn(stack), SOON),
    { 'Latency SampleCount': 100, 'Latency PR(0:500)': 85 },
    0.15,
  ],
  [
    'a state machine',
    (stack) =>
      stateMachineAvailability(
        StateMachine.fromStateMachineName(stack, 'Machine', 'shop') as unknown as StateMachine,
      ),
    { 'ExecutionsSucceeded Sum': 70, 'ExecutionsFailed Sum': 20, 'ExecutionsTimedOut Sum': 10 },
    0.3,
  ],
  [
    'a table',
    (stack) => tableAvailability(Table.fromTableName(stack, 'Table', 'orders'), [Operation.GET_ITEM]),
    { 'SuccessfulRequestLatency SampleCount': 90, 'SystemErrors Sum': 10 },
    0.1,
  ],
];

const balancerIn = (stack: Stack) =>
  new ApplicationLoadBalancer(stack, 'Balancer', { vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }) });
const restApiIn = (stack: Stack) => {
  const api = new RestApi(stack, 'Api');
  api.root.addMethod('GET');
  return api;
};
const graphqlIn = (stack: Stack) =>
  GraphqlApi.fromGraphqlApiAttributes(stack, 'Api', { graphqlApiId: 'abc' }) as GraphqlApi;

function longAlarmOf(make: (stack: Stack) => Indicator): MetricAlarm {
  const stack = new Stack(undefined, 'Shop', { env: { region: 'us-east-1', account: '111122223333' } });
  new ServiceLevelObjective(stack, 'Slo', { tier: 1, indicator: make(stack), leastBadEvents: 1 });
  const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
  const alarm = graph
    .ofType('AWS::CloudWatch::Alarm')
    .find(({ logicalId }) => /Within1hLong/.test(logicalId));
  const model = alarm && metricAlarmOf(alarm);
  if (model === undefined || model instanceof Unknown) throw new Error(model?.reason ?? 'no alarm');
  return model;
}

/** Samples of one hour by metric and statistic; without a value there were none. */
function samplesOf(values: Readonly<Record<string, number>>, silent = false): SampleSource {
  return ({ name }) =>
    Object.entries(values).flatMap(([key, value]) => {
      const [metric, statistic = ''] = key.split(' ');
      const points = silent ? [] : [[0, value] as const];
      return metric === name ? [{ statistic, period: 3_600, points }] : [];
    });
}

test.each(CASES)('counts the bad events of %s', (_, make, values, share) => {
  const [found] = valuesAt(longAlarmOf(make), samplesOf(values), 3_600, 1) as readonly number[];
  expect(found).toBeCloseTo(share, 12);
});

test.each(CASES)('of %s uses every metric that it has', (_, make, values) => {
  const metrics = longAlarmOf(make).queries.flatMap((query) =>
    'metric' in query ? [`${query.metric.name} ${query.statistic}`] : [],
  );
  expect([...new Set(metrics)].sort()).toEqual(Object.keys(values).sort());
});

test.each(CASES)('takes the silence of %s for no failures', (_, make, values) => {
  const found = valuesAt(longAlarmOf(make), samplesOf(values, true), 3_600, 1);
  // Without data the alarm does not fire, either.
  expect([[0], [undefined]]).toContainEqual(found);
});

test('a queue is fresh in minutes in which nothing waits long', () => {
  const alarm = longAlarmOf((stack) => queueFreshness(new Queue(stack, 'Queue'), Duration.seconds(90)));
  const age = (value: number) => () => [{ statistic: 'Maximum', period: 60, points: [[0, value]] as const }];
  expect(alarm).toMatchObject({ evaluationPeriods: 60, datapointsToAlarm: 1 + Math.floor(60 * 0.072) });
  expect(valuesAt(alarm, age(90), 60, 1)).toEqual([0]);
  expect(valuesAt(alarm, age(91), 60, 1)).toEqual([1]);
});

test('a table is watched in up to four operations', () => {
  const stack = new Stack();
  const table = Table.fromTableName(stack, 'Table', 'orders');
  expect(Object.keys(tableAvailability(table).metrics)).toHaveLength(8);
  expect(() => tableAvailability(table, [])).toThrow('0 operations are watched');
});
