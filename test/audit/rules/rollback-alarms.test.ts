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

checks(rollbackFollowsTheAlarms, {
  passes: {
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
    'Listener.*': 'without a way from the load balancer to the service nothing tells that it is its own',
    '*.LoadBalancers.0.TargetGroupArn': 'without a target group nothing is known of what users see',
    '*.MetricName': 'an alarm on another metric shows no outage',
    '*.Dimensions.0.Value': 'an alarm on something else says nothing of what is deployed',
    '*.Period': 'without a bake time any period will do',
    '*.EvaluationPeriods': 'without a bake time any number will do',
    'Alias.*': 'an alias of another function says nothing of this one',
    'Subject.Monitors.0.AlarmArn': 'an environment without alarms is another rule’s',
    'Deployment.*': 'a deployment to somewhere else says nothing of this one',
  },
});
