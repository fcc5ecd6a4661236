import { rollbackFollowsTheAlarms } from '../../../lib/audit/rules/rollback-alarms';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const alarm = (MetricName: string, of: unknown, more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { MetricName, Dimensions: [{ Value: of }], Period: 60, EvaluationPeriods: 3, ...more },
});
const HTTP = 'HTTPCode_Target_5XX_Count';
const FRONT = {
  Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Lb' }, DefaultActions: [{ TargetGroupArn: { Ref: 'Group' } }] },
  },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
};
const service = (alarms: object | undefined, more: object = {}) => ({
  Type: 'AWS::ECS::Service',
  Properties: {
    LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' } }],
    DeploymentConfiguration: { ...(alarms && { Alarms: alarms }), ...more },
  },
});
const names = (...AlarmNames: readonly unknown[]) => ({ Enable: true, AlarmNames });
const OF_LB = { 'Fn::GetAtt': ['Lb', 'LoadBalancerFullName'] };
const behind = (subject: unknown, more: object = {}) => ({
  Resources: { ...FRONT, Errors: alarm(HTTP, OF_LB), Subject: subject, ...more },
});
const composite = {
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmRule: { 'Fn::Join': ['', ['ALARM("', { Ref: 'Errors' }, '")']] } },
};
const fn = (config: string, alarms: object = { Enabled: true, Alarms: [{ Name: { Ref: 'Errors' } }] }) => ({
  Resources: {
    Fn: { Type: 'AWS::Lambda::Function' },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'Fn' } },
      UpdatePolicy: { CodeDeployLambdaAliasUpdate: { DeploymentGroupName: { Ref: 'Subject' } } },
    },
    Errors: alarm('Errors', { Ref: 'Fn' }),
    Other: alarm('Duration', { Ref: 'Fn' }),
    Subject: {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: { DeploymentConfigName: config, AlarmConfiguration: alarms },
    },
  },
});
const CANARY = 'CodeDeployDefault.LambdaCanary10Percent5Minutes';
const appConfig = (FinalBakeTimeInMinutes: unknown) => ({
  ...WITH_PARAMETER,
  Resources: {
    Subject: {
      Type: 'AWS::AppConfig::Environment',
      Properties: { Monitors: [{ AlarmArn: { 'Fn::GetAtt': ['Errors', 'Arn'] } }] },
    },
    Errors: alarm('Errors', 'orders'),
    Strategy: { Type: 'AWS::AppConfig::DeploymentStrategy', Properties: { FinalBakeTimeInMinutes } },
    Deployment: {
      Type: 'AWS::AppConfig::Deployment',
      Properties: { EnvironmentId: { Ref: 'Subject' }, DeploymentStrategyId: { Ref: 'Strategy' } },
    },
  },
});

const rule = (AlarmName: unknown, more: object = {}) => ({
  RuleTypeId: { Provider: 'CloudWatchAlarm' },
  Configuration: { AlarmName, WaitTime: '5', ...more },
});
const following = (...Rules: readonly object[]) => ({ Conditions: [{ Result: 'ROLLBACK', Rules }] });
const stageOf = (OnSuccess?: unknown, StackName: unknown = 'Shop') => ({
  Actions: [{ ActionTypeId: { Provider: 'CloudFormation' }, Configuration: { StackName } }],
  ...(OnSuccess !== undefined && { OnSuccess }),
});
/** What is undefined is left out. */
const written = <T extends object>(app: T): T => JSON.parse(JSON.stringify(app)) as T;
const pipeline = (stage: unknown, shop: object = {}) =>
  written({
    stacks: {
      Delivery: {
        template: {
          ...WITH_PARAMETER,
          Resources: { Subject: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages: [stage] } } },
        },
      },
      Shop: {
        template: {
          Resources: {
            Fn: { Type: 'AWS::Lambda::Function' },
            Fires: alarm('Errors', { Ref: 'Fn' }, { AlarmName: 'shop-errors' }),
            Slow: alarm('Duration', { Ref: 'Fn' }, { AlarmName: 'shop-slow' }),
            ...shop,
          },
        },
      },
    },
  });
const ownRollback = fn(CANARY).Resources;

checks(rollbackFollowsTheAlarms, {
  passes: {
    'a stage of a pipeline follows the alarm of what it deploys': pipeline(
      stageOf(following(rule('shop-errors', { AlarmStates: 'ALARM' }))),
    ),
    'what a stage deploys goes back by itself': pipeline(stageOf(), { Fires: undefined, ...ownRollback }),
    'a service follows the alarm on its load balancer': behind(service(names({ Ref: 'Errors' })), {
      Other: alarm('RequestCount', OF_LB),
    }),
    'a service follows it through a composite alarm': behind(service(names({ Ref: 'Both' })), {
      Both: composite,
      Other: alarm('RequestCount', OF_LB),
    }),
    'a service bakes for long enough': behind(service(names({ Ref: 'Errors' }), { BakeTimeInMinutes: 5 }), {
      Other: alarm('RequestCount', OF_LB),
    }),
    'a function is shifted slowly enough': fn(CANARY),
    'a function is shifted step by step': fn('CodeDeployDefault.LambdaLinear10PercentEvery1Minute'),
    'a configuration bakes for long enough': appConfig(10),
  },
  fails: {
    'a stage of a pipeline follows no alarm': pipeline(stageOf()),
    'a stage of a pipeline follows another alarm': pipeline(stageOf(following(rule('shop-slow')))),
    'a stage of a pipeline only stops for its alarm': pipeline(
      stageOf({ Conditions: [{ Result: 'FAIL', Rules: [rule('shop-errors')] }] }),
    ),
    'a stage of a pipeline waits for the end of an alarm': pipeline(
      stageOf(following(rule('shop-errors', { AlarmStates: 'OK' }))),
    ),
    'a stage of a pipeline waits for too short a time': pipeline(
      stageOf(following(rule('shop-errors', { WaitTime: '1' }))),
    ),
    'a service follows no alarm': behind(service(undefined)),
    'a service follows another alarm': behind(service(names({ Ref: 'Other' })), {
      Other: alarm('RequestCount', OF_LB),
    }),
    'the alarms are switched off': behind(
      service({ Enable: false, AlarmNames: [{ Ref: 'Errors' }] }, { BakeTimeInMinutes: 5 }),
    ),
    'a service bakes for too short a time': behind(
      service(names({ Ref: 'Errors' }), { BakeTimeInMinutes: 1 }),
    ),
    'a function is shifted at once': fn('CodeDeployDefault.LambdaAllAtOnce'),
    'a function follows another alarm': fn(CANARY, {
      Enabled: true,
      Alarms: [{ Name: { Ref: 'Other' } }],
    }),
    'the alarms of a function are off': fn(CANARY, {
      Enabled: false,
      Alarms: [{ Name: { Ref: 'Errors' } }],
    }),
    'a configuration bakes for too short a time': appConfig(1),
  },
  unknown: {
    'the alarm of a stage is given at deploy': pipeline(stageOf(following(rule(GIVEN)))),
    'the conditions of a stage are given at deploy': pipeline(
      stageOf({ 'Fn::Transform': { Name: 'Company::Conditions' } }),
    ),
    'the result of a condition is given at deploy': pipeline(
      stageOf({ Conditions: [{ Result: GIVEN, Rules: [rule('shop-errors')] }] }),
    ),
    'nothing says how long a stage waits': pipeline(
      stageOf(following(rule('shop-errors', { WaitTime: undefined }))),
    ),
    'what a stage deploys is given at deploy': pipeline(stageOf(undefined, GIVEN)),
    'a stage is given at deploy': pipeline({ 'Fn::Transform': { Name: 'Company::Stage' } }),
    'an alarm is given at deploy': { ...WITH_PARAMETER, ...behind(service(names(GIVEN))) },
    'the alarms are given at deploy': behind(
      service({ Enable: true, AlarmNames: { 'Fn::Transform': { Name: 'Company::Alarms' } } }),
    ),
    'whether they are on is given at deploy': {
      ...WITH_PARAMETER,
      ...behind(service({ Enable: GIVEN, AlarmNames: [{ Ref: 'Errors' }] })),
    },
    'nothing says whether they are on': behind(service({ AlarmNames: [{ Ref: 'Errors' }] })),
    'the bake time is given at deploy': appConfig(GIVEN),
    'the period is given at deploy': {
      ...WITH_PARAMETER,
      ...behind(service(names({ Ref: 'Errors' }), { BakeTimeInMinutes: 1 }), {
        Errors: alarm(HTTP, OF_LB, { Period: GIVEN }),
      }),
    },
  },
  notApplicable: {
    'a pipeline deploys stacks of another app': pipeline(stageOf(undefined, 'Elsewhere')),
    'no alarm watches what a pipeline deploys': pipeline(stageOf(), { Fires: undefined }),
    'no alarm watches what is deployed': { Resources: { ...FRONT, Subject: service(undefined) } },
    'the alarm only scales': behind(service(undefined), {
      Errors: alarm(HTTP, OF_LB, { AlarmActions: [{ Ref: 'Up' }] }),
      Up: { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy' },
    }),
    'another service deploys the tasks': behind({
      Type: 'AWS::ECS::Service',
      Properties: { DeploymentController: { Type: 'CODE_DEPLOY' } },
    }),
  },
  equivalent: {
    '*.Provider': 'what another service deploys is judged where it is deployed from',
    '*.StackName': 'a stack of another app shows no alarms',
    'Shop/Fires.AlarmName': 'an alarm of another name is not in the app, and may be the one that is missed',
    'Shop/Slow.AlarmName': 'an alarm that nobody follows may be called anything',
    'Listener.*': 'without a way from the load balancer to the service nothing tells that it is its own',
    '*.LoadBalancers.0.TargetGroupArn': 'without a target group nothing is known of what users see',
    '*.MetricName': 'an alarm on another metric shows no outage',
    '*.Dimensions.0.Value': 'an alarm on something else says nothing of what is deployed',
    '*.Period': 'without a bake time any period will do',
    '*.EvaluationPeriods': 'without a bake time any number will do',
    '*Alias.*': 'an alias of another function says nothing of this one',
    'Subject.Monitors.0.AlarmArn': 'an environment without alarms is another rule’s',
    'Deployment.*': 'a deployment to somewhere else says nothing of this one',
  },
});
