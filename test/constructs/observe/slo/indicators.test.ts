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
import {
  distributionAvailability,
  distributionLatency,
} from '../../../../lib/constructs/observe/slo/distribution-indicators';
import {
  graphqlAvailability,
  graphqlLatency,
} from '../../../../lib/constructs/observe/slo/graphql-indicators';
import type { Indicator } from '../../../../lib/constructs/observe/slo/indicator';
import {
  functionAvailability,
  functionLatency,
  httpApiAvailability,
  httpApiLatency,
  journeyAvailability,
  journeyLatency,
  loadBalancerAvailability,
  loadBalancerLatency,
  restApiAvailability,
  restApiLatency,
} from '../../../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { tableAvailability, tableLatency } from '../../../../lib/constructs/observe/slo/table-indicators';
import {
  queueFreshness,
  stateMachineAvailability,
  stateMachineLatency,
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
  [
    'the latency of a function',
    (stack) => functionLatency(Handler.fromFunctionName(stack, 'Handler', 'shop'), SOON),
    { 'Duration SampleCount': 200, 'Duration PR(0:500)': 95 },
    0.05,
  ],
  [
    'the latency of a state machine',
    (stack) =>
      stateMachineLatency(StateMachine.fromStateMachineName(stack, 'Machine', 'shop'), Duration.minutes(2)),
    { 'ExecutionTime SampleCount': 10, 'ExecutionTime PR(0:120000)': 40 },
    0.6,
  ],
  [
    'the latency of a table',
    (stack) =>
      tableLatency(Table.fromTableName(stack, 'Table', 'orders'), Duration.millis(20), [Operation.GET_ITEM]),
    { 'SuccessfulRequestLatency SampleCount': 90, 'SuccessfulRequestLatency PR(0:20)': 90 },
    0.1,
  ],
  [
    'the latency of an imported canary',
    (stack) => journeyLatency(Canary.fromCanaryName(stack, 'Canary', 'shop'), Duration.seconds(10)),
    { 'Duration SampleCount': 12, 'Duration PR(0:10000)': 75 },
    0.25,
  ],
  [
    'the latency of a distribution',
    (stack) => distributionLatency(siteIn(stack, true), SOON),
    { 'Requests Sum': 1_000, 'CacheHitRate Average': 80, 'OriginLatency PR(0:500)': 90 },
    0.1,
  ],
  [
    'an imported load balancer',
    (stack) =>
      loadBalancerAvailability(
        ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
          loadBalancerArn:
            'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188',
          securityGroupId: 'sg-1',
        }),
      ),
    { 'RequestCount Sum': 90, 'HTTPCode_ELB_5XX_Count Sum': 10, 'HTTPCode_Target_5XX_Count Sum': 15 },
    0.25,
  ],
  [
    'an imported REST API',
    (stack) => restApiAvailability(importedApi(stack)),
    { 'Count SampleCount': 100, '5XXError Sum': 20 },
    0.2,
  ],
  [
    'the latency of an imported REST API',
    (stack) => restApiLatency(importedApi(stack), SOON),
    { 'Count SampleCount': 100, 'Latency PR(0:500)': 70 },
    0.3,
  ],
  [
    'an imported canary',
    (stack) => journeyAvailability(Canary.fromCanaryName(stack, 'Canary', 'shop')),
    { 'SuccessPercent SampleCount': 20, 'SuccessPercent Average': 50 },
    0.5,
  ],
  [
    'an imported distribution',
    (stack) => distributionAvailability(importedSite(stack)),
    { 'Requests Sum': 1_000, '5xxErrorRate Average': 12 },
    0.12,
  ],
];

const siteIn = (stack: Stack, publishAdditionalMetrics: boolean) =>
  new Distribution(stack, 'Site', {
    publishAdditionalMetrics,
    defaultBehavior: { origin: new HttpOrigin('shop.example') },
  });
const importedSite = (stack: Stack) =>
  Distribution.fromDistributionAttributes(stack, 'Site', { distributionId: 'E1', domainName: 'd1.example' });
const importedApi = (stack: Stack) =>
  RestApi.fromRestApiAttributes(stack, 'Api', {
    restApiId: 'abc',
    rootResourceId: 'root',
    restApiName: 'shop',
  });
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

test('a distribution tells its latency only with additional metrics', () => {
  const stack = new Stack();
  expect(() => distributionLatency(siteIn(stack, false), SOON)).toThrow(
    /additional metrics are off: no alarm could fire.*set publishAdditionalMetrics/s,
  );
  const imported = importedSite(new Stack());
  expect(() => distributionLatency(imported, SOON)).toThrow('additional metrics are off');
  expect(distributionLatency(imported, SOON, { additionalMetrics: true }).onlyIn).toBe('us-east-1');
});

test('what is imported has the metrics of what is made', () => {
  const dimensions = ({ metrics }: Indicator) => Object.values(metrics).map((metric) => metric.dimensions);
  const [one, other] = [new Stack(), new Stack()];
  const api = restApiIn(one);
  expect(dimensions(restApiAvailability(api))).toEqual([{ ApiName: 'Api' }, { ApiName: 'Api' }]);
  expect(api.metricCount().dimensions).toEqual({ ApiName: 'Api' });
  expect(dimensions(restApiAvailability(importedApi(other)))).toEqual([
    { ApiName: 'shop' },
    { ApiName: 'shop' },
  ]);
  // CloudFront has its metrics under both: with the id alone there is no data.
  expect(dimensions(distributionAvailability(importedSite(other)))).toEqual([
    { DistributionId: 'E1', Region: 'Global' },
    { DistributionId: 'E1', Region: 'Global' },
  ]);
});

test('the latency of a table is watched in up to four operations', () => {
  const table = Table.fromTableName(new Stack(), 'Table', 'orders');
  expect(Object.keys(tableLatency(table, SOON).metrics)).toHaveLength(8);
  expect(() => tableLatency(table, SOON, [])).toThrow('0 operations are watched');
});
