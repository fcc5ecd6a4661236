import { ApiDefinition, CfnRestApi, RestApi, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CfnParameter, Duration, Fn, Stack } from 'aws-cdk-lib/core';
import { graphqlAvailability } from '../../../../lib/constructs/observe/slo/graphql-indicators';
import type { Indicator } from '../../../../lib/constructs/observe/slo/indicator';
import {
  functionAvailability,
  functionLatency,
  loadBalancerAvailability,
  loadBalancerLatency,
  restApiAvailability,
  restApiLatency,
} from '../../../../lib/constructs/observe/slo/indicators';
import { tableAvailability, tableLatency } from '../../../../lib/constructs/observe/slo/table-indicators';
import {
  queueFreshness,
  stateMachineAvailability,
  stateMachineLatency,
} from '../../../../lib/constructs/observe/slo/work-indicators';
import { refusal } from '../../fixtures';

const SOON = Duration.millis(500);
const stackIn = (region: string | undefined = 'eu-west-1') =>
  new Stack(undefined, 'Shop', { env: { account: '111122223333', ...(region && { region }) } });

const dimensionsOf = ({ metrics }: Indicator) => Object.values(metrics).map(({ dimensions }) => dimensions);

describe('a REST API', () => {
  const name =
    'nobody said its name: Payments is the id of the construct, and metrics of REST APIs are found by the name';
  const fix =
    'import it by RestApi.fromRestApiAttributes with its restApiName, and under an id that is not that name';

  test.each<[string, (stack: Stack) => RestApi]>([
    ['by its id', (stack) => RestApi.fromRestApiId(stack, 'Payments', 'abc') as RestApi],
    [
      'by attributes without its name',
      (stack) =>
        RestApi.fromRestApiAttributes(stack, 'Payments', {
          restApiId: 'abc',
          rootResourceId: 'x',
        }) as RestApi,
    ],
  ])('that is imported %s is refused', (_, imported) => {
    const { message } = refusal(() => restApiAvailability(imported(stackIn())));
    expect(message).toBe(`Shop/Payments: ${name}\n  fix: ${fix}`);
    expect(refusal(() => restApiLatency(imported(stackIn()), SOON)).problem).toBe(name);
  });

  test.each([['pay'], [Fn.importValue('PaymentsName')]])(
    'that is imported with its name is taken',
    (restApiName) => {
      const attributes = { restApiId: 'abc', rootResourceId: 'x', restApiName };
      const api = RestApi.fromRestApiAttributes(stackIn(), 'Payments', attributes);
      expect(dimensionsOf(restApiAvailability(api))).toEqual([
        { ApiName: restApiName },
        { ApiName: restApiName },
      ]);
    },
  );

  test('that is imported with its id for its name is refused', () => {
    const stack = stackIn();
    const { ref } = new CfnRestApi(stack, 'Raw', { name: 'pay' });
    const attributes = { restApiId: ref, rootResourceId: 'x', restApiName: ref };
    const api = RestApi.fromRestApiAttributes(stack, 'Payments', attributes);
    for (const refused of [() => restApiAvailability(api), () => restApiLatency(api, SOON)]) {
      expect(refusal(refused)).toMatchObject({
        problem: 'its name is an id of Shop/Raw, and metrics of REST APIs are found by the name',
        fix: 'give the name itself as restApiName, such as the name of the CfnRestApi',
      });
    }
  });

  test('that a parameter names, made of a specification or not, is watched by that name', () => {
    const stack = stackIn();
    const restApiName = new CfnParameter(stack, 'Name').valueAsString;
    const apiDefinition = ApiDefinition.fromInline({ openapi: '3.0.0', info: { title: 'other' }, paths: {} });
    const api = new SpecRestApi(stack, 'Spec', { apiDefinition, restApiName });
    expect(stack.resolve(dimensionsOf(restApiAvailability(api)))).toEqual([
      { ApiName: { Ref: 'Name' } },
      { ApiName: { Ref: 'Name' } },
    ]);
    expect(stack.resolve((api.node.defaultChild as CfnRestApi).name)).toEqual({ Ref: 'Name' });
  });

  test('that is made here may be called as its construct', () => {
    const api = new RestApi(stackIn(), 'Payments');
    api.root.addMethod('GET');
    expect(dimensionsOf(restApiAvailability(api))).toEqual([
      { ApiName: 'Payments' },
      { ApiName: 'Payments' },
    ]);
  });
});

const arn = (service: string, rest: string, region: string, account: string) =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

const machine = (stack: Stack, region: string, account: string) =>
  StateMachine.fromStateMachineArn(stack, 'Other', arn('states', 'stateMachine:jobs', region, account));
const balancer = (stack: Stack, region: string, account: string) =>
  ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Other', {
    loadBalancerArn: arn('elasticloadbalancing', 'loadbalancer/app/shop/50dc6c495c0c9188', region, account),
    securityGroupId: 'sg-1',
  });
const handler = (stack: Stack, region: string, account: string) =>
  Handler.fromFunctionArn(stack, 'Other', arn('lambda', 'function:jobs', region, account));
const table = (stack: Stack, region: string, account: string) =>
  Table.fromTableArn(stack, 'Other', arn('dynamodb', 'table/orders', region, account));

/** Each by its ARN, which says where it is. */
const BY_ARN: readonly [string, (stack: Stack, region: string, account: string) => Indicator][] = [
  ['a load balancer', (...at) => loadBalancerAvailability(balancer(...at))],
  ['the latency of a load balancer', (...at) => loadBalancerLatency(balancer(...at), SOON)],
  ['a function', (...at) => functionAvailability(handler(...at))],
  ['the latency of a function', (...at) => functionLatency(handler(...at), SOON)],
  ['a table', (...at) => tableAvailability(table(...at))],
  ['the latency of a table', (...at) => tableLatency(table(...at), SOON)],
  [
    'a queue',
    (stack, region, account) =>
      queueFreshness(
        Queue.fromQueueArn(stack, 'Other', arn('sqs', 'jobs', region, account)),
        Duration.minutes(1),
      ),
  ],
  ['a state machine', (...at) => stateMachineAvailability(machine(...at))],
  ['the latency of a state machine', (...at) => stateMachineLatency(machine(...at), SOON)],
  [
    'a GraphQL API',
    (stack, region, account) =>
      graphqlAvailability(
        GraphqlApi.fromGraphqlApiAttributes(stack, 'Other', {
          graphqlApiId: 'gid',
          graphqlApiArn: arn('appsync', 'apis/gid', region, account),
        }),
      ),
  ],
];

describe.each(BY_ARN)('%s', (_, make) => {
  test('of another region is refused: its metrics are there', () => {
    expect(refusal(() => make(stackIn(), 'us-east-1', '111122223333')).message).toBe(
      'Shop/Other: it is in us-east-1 of 111122223333, and so are its metrics; the stack is in eu-west-1 of 111122223333: no alarm could fire\n  fix: import it into a stack in us-east-1 of 111122223333, and put the objective there',
    );
  });

  test('of another account as well', () => {
    expect(refusal(() => make(stackIn(), 'eu-west-1', '999988887777')).problem).toContain(
      'it is in eu-west-1 of 999988887777',
    );
  });

  test('of this region and account is taken, and where the stack may be anywhere', () => {
    expect(make(stackIn(), 'eu-west-1', '111122223333').metrics).toBeDefined();
    expect(make(new Stack(undefined, 'Shop'), 'us-east-1', '999988887777').metrics).toBeDefined();
  });
});
