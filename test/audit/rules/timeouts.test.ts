import { callerOutwaitsCallee } from '../../../lib/audit/rules/timeouts';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const Uri = {
  'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
};
const method = (lambda: object, integration: object = {}) => ({
  Resources: {
    Method: of('ApiGateway::Method', { Integration: { Uri, ...integration } }),
    Function: of('Lambda::Function', lambda),
  },
});
const http = (TimeoutInMillis: unknown, lambda: object) => ({
  Resources: {
    Integration: of('ApiGatewayV2::Integration', {
      IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
      TimeoutInMillis,
    }),
    Function: of('Lambda::Function', lambda),
  },
});

const ARN = { 'Fn::GetAtt': ['Function', 'Arn'] };
const balancer = (seconds: unknown, lambda: object, Targets: unknown = [{ Id: ARN }]) => ({
  Resources: {
    Balancer: of('ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes:
        seconds === undefined ? [] : [{ Key: 'idle_timeout.timeout_seconds', Value: seconds }],
    }),
    Listener: of('ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: { Ref: 'Balancer' },
      DefaultActions: [{ TargetGroupArn: { Ref: 'Group' } }],
    }),
    Group: of('ElasticLoadBalancingV2::TargetGroup', { TargetType: 'lambda', Targets }),
    Function: of('Lambda::Function', lambda),
  },
});
const workflow = (state: object, lambda: object, more: object = {}) => ({
  Resources: {
    Workflow: of('StepFunctions::StateMachine', {
      Definition: { ...more, States: { Pay: { Type: 'Task', Resource: ARN, ...state } } },
    }),
    Function: of('Lambda::Function', lambda),
  },
});
/** One function that may call another. */
const calling = (caller: object, Timeout: number) => ({
  Resources: {
    Caller: of('Lambda::Function', { ...caller, Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
    Role: of('IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN }],
          },
        },
      ],
    }),
    Function: of('Lambda::Function', { Timeout }),
  },
});
const RETRY = { Retry: [{ MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 2 }] };
const linked = (TimeoutInMillis: number, seconds: unknown, balancerOf: object = {}) => ({
  Resources: {
    Integration: of('ApiGatewayV2::Integration', { IntegrationUri: { Ref: 'Listener' }, TimeoutInMillis }),
    Listener: of('ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'Balancer' } }),
    Balancer: of('ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: seconds }],
      ...balancerOf,
    }),
  },
});

checks(callerOutwaitsCallee, {
  passes: {
    'an API waits longer': method({ Timeout: 20 }),
    'an HTTP API waits longer': http(10_000, { Timeout: 5 }),
    'a load balancer waits longer': balancer('90', { Timeout: 70 }),
    'an API waits longer than its load balancer': linked(29_000, '20'),
    'a task waits longer': workflow({ TimeoutSeconds: 30 }, { Timeout: 20 }),
    // 3 tries of 20 s, and 1 s and 2 s between them.
    'a workflow waits for all tries': workflow(RETRY, { Timeout: 20 }, { TimeoutSeconds: 64 }),
  },
  fails: {
    'a load balancer gives up first': balancer('10', { Timeout: 20 }),
    'a load balancer waits for a minute': balancer(undefined, { Timeout: 90 }),
    'an API gives up before its load balancer': linked(29_000, '60'),
    'a task gives up first': workflow({ TimeoutSeconds: 10 }, { Timeout: 20 }),
    'a workflow gives up before the last try': workflow(RETRY, { Timeout: 20 }, { TimeoutSeconds: 63 }),
    'a workflow gives up before the usual tries': workflow(
      { Retry: [{ ErrorEquals: ['States.ALL'] }] },
      { Timeout: 20 },
      { TimeoutSeconds: 80 },
    ),
    'a task is told to try for ever': workflow(
      { Retry: [{ MaxAttempts: 99_999_999 }] },
      { Timeout: 1 },
      { TimeoutSeconds: 900 },
    ),
    'the function may take longer': method({ Timeout: 60 }),
    'an HTTP API gives up first': http(3000, { Timeout: 5 }),
    'both give up at once': http(5000, { Timeout: 5 }),
  },
  unknown: {
    'a function may wait for too short a time for another': calling({ Timeout: 5 }, 10),
    'a function may try too often': calling(
      { Timeout: 25, Environment: { Variables: { AWS_MAX_ATTEMPTS: '3' } } },
      10,
    ),
    'deploy decides how long a load balancer waits': balancer(OPEN, { Timeout: 20 }),
    'what a load balancer calls is not in the app': balancer('30', {}, [{ Id: OPEN }]),
    'the targets of a load balancer are written at deploy': balancer('30', {}, { 'Fn::Transform': {} }),
    'deploy decides how long a task waits': workflow({ TimeoutSeconds: OPEN }, { Timeout: 20 }),
    'deploy decides how often a task tries': workflow(
      { Retry: [{ MaxAttempts: OPEN }] },
      { Timeout: 20 },
      { TimeoutSeconds: 60 },
    ),
    'a definition lies elsewhere': { Resources: { Workflow: of('StepFunctions::StateMachine') } },
    'deploy decides how long the load balancer of an API waits': linked(29_000, OPEN),
    'deploy decides': method({ Timeout: OPEN }),
    'it is told so': method({}, { TimeoutInMillis: OPEN }),
  },
  notApplicable: {
    'a function calls no other': { Resources: { Caller: of('Lambda::Function') } },
    'a load balancer calls no function': {
      Resources: { Balancer: of('ElasticLoadBalancingV2::LoadBalancer') },
    },
    'a workflow sets no limit': workflow({}, { Timeout: 20 }),
    'an API calls a network load balancer': linked(29_000, '60', { Type: 'network' }),
    'it calls another service': {
      Integration: { Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:kinesis:action/PutRecord' } },
    },
    'it leaves the event': method(
      { Timeout: 60 },
      { RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } },
    ),
    'it calls nothing': {},
  },
  equivalent: {
    'Listener.*': 'what leads to no function has no timeout to read',
    'Group.*': 'what is no function has no timeout to read',
    '*.Type': 'what is no task calls nothing',
    '*.Resource': 'what is no function of the app has no timeout to read',
    'Method.Integration.Uri': 'what is no function of the app has no timeout to read',
    'Integration.IntegrationUri': 'what is no function of the app has no timeout to read',
  },
});

describe('X-56', () => {
  it('passes when a function waits longer for another than it may take', () => {
    expect(outcomeOf(callerOutwaitsCallee, calling({ Timeout: 25 }, 10))).toBe('pass');
  });
});
