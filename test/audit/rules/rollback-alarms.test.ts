import { rollbackFollowsTheAlarms } from '../../../lib/audit/rules/rollback-alarms';
import { CATALOGUE_SCHEMA, catalogueService } from '../../../lib/objectives/catalogue';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { checks } from '../../support/rule-cases';
import { shopAvailability } from '../../support/service-level';

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
const names = (...AlarmNames: readonly unknown[]) => ({ Enable: true, Rollback: true, AlarmNames });
const OF_LB = { 'Fn::GetAtt': ['Lb', 'LoadBalancerFullName'] };
const behind = (subject: unknown, more: object = {}) => ({
  Resources: { ...FRONT, Errors: alarm(HTTP, OF_LB), Subject: subject, ...more },
});
const composite = {
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmRule: { 'Fn::Join': ['', ['ALARM("', { Ref: 'Errors' }, '")']] } },
};
const GOES_BACK = { Enabled: true, Events: ['DEPLOYMENT_STOP_ON_ALARM'] };
const FOLLOWS = { Enabled: true, Alarms: [{ Name: { Ref: 'Errors' } }] };
const fn = (config: unknown, alarms: object = FOLLOWS, more: object = {}) => ({
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
      Properties: {
        DeploymentConfigName: config,
        AlarmConfiguration: alarms,
        AutoRollbackConfiguration: GOES_BACK,
        ...more,
      },
    },
  },
});
const back = (AutoRollbackConfiguration: unknown) => fn(CANARY, FOLLOWS, { AutoRollbackConfiguration });
const shifted = (TrafficRoutingConfig: object) => {
  const app = fn({ Ref: 'Config' });
  const Config = {
    Type: 'AWS::CodeDeploy::DeploymentConfig',
    Properties: { TrafficRoutingConfig },
  };
  return { ...WITH_PARAMETER, Resources: { ...app.Resources, Config } };
};
const canary = (CanaryInterval: unknown) =>
  shifted({ Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryInterval } });
const linear = (LinearPercentage: unknown) =>
  shifted({ Type: 'TimeBasedLinear', TimeBasedLinear: { LinearInterval: 1, LinearPercentage } });
/** Hosts that CodeDeploy deploys to. */
const hosts = (properties: object, more: object = {}) => ({
  Resources: {
    ...FRONT,
    Errors: alarm(HTTP, OF_LB),
    Subject: {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: {
        AlarmConfiguration: FOLLOWS,
        AutoRollbackConfiguration: GOES_BACK,
        ...properties,
      },
    },
    ...more,
  },
});
const OTHER_ALARM = { Enabled: true, Alarms: [{ Name: { Ref: 'Other' } }] };
const OTHER = { Other: alarm('RequestCount', OF_LB) };
const SCALED = {
  Hosts: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { TargetGroupARNs: [{ Ref: 'Group' }] },
  },
};
const BY_NAME = {
  LoadBalancerInfo: { TargetGroupInfoList: [{ Name: { 'Fn::GetAtt': ['Group', 'TargetGroupName'] } }] },
};
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

/** A configuration of a service whose objective the stack watches. */
const objective = (monitored: readonly unknown[]) => {
  const shop = new Service({ name: 'shop', tier: Tier.BUSINESS_CRITICAL, owner: 'team-shop' });
  const services = [catalogueService(shop, { serviceLevels: [shopAvailability] })];
  return {
    ...WITH_PARAMETER,
    Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services } },
    Resources: {
      Subject: {
        Type: 'AWS::AppConfig::Environment',
        Properties: { Monitors: monitored.map((AlarmArn) => ({ AlarmArn })) },
      },
      Errors: alarm('Errors', 'orders'),
      Long: alarm('Faults', 'shop'),
      Short: alarm('Faults', 'shop'),
      Both: { Type: 'AWS::CloudWatch::CompositeAlarm' },
    },
  };
};
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

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
    'a function is shifted by a configuration of its own, after a while': canary(10),
    'a function is shifted by a configuration of its own, step by step': linear(20),
    'hosts follow the alarm on the load balancer before their group': hosts(
      { AutoScalingGroups: [{ Ref: 'Hosts' }] },
      { ...OTHER, ...SCALED },
    ),
    'hosts follow the alarm before the target group that they are taken out of': hosts(BY_NAME, OTHER),
    'a configuration follows the objective of its service': objective([arnOf('Both')]),
    'a configuration follows a window of that objective': objective([arnOf('Errors'), arnOf('Short')]),
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
      service({ Enable: false, Rollback: true, AlarmNames: [{ Ref: 'Errors' }] }, { BakeTimeInMinutes: 5 }),
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
    'a service stops for its alarm, and does not go back': behind(
      service({ Enable: true, Rollback: false, AlarmNames: [{ Ref: 'Errors' }] }),
    ),
    'a function stops for its alarm, and does not go back': back(undefined),
    'a function goes back only when a deploy fails by itself': back({
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE'],
    }),
    'going back is switched off': back({ ...GOES_BACK, Enabled: false }),
    'a function is shifted too soon by a configuration of its own': canary(1),
    'a function is shifted in one step by a configuration of its own': linear(100),
    'a function is shifted at once by a configuration of its own': shifted({ Type: 'AllAtOnce' }),
    'hosts follow another alarm': hosts(
      { AutoScalingGroups: [{ Ref: 'Hosts' }], AlarmConfiguration: OTHER_ALARM },
      { ...OTHER, ...SCALED },
    ),
    'hosts of a target group follow another alarm': hosts(
      { ...BY_NAME, AlarmConfiguration: OTHER_ALARM },
      OTHER,
    ),
    'a configuration follows no objective of its service': objective([arnOf('Errors')]),
    'a configuration follows no alarm': objective([]),
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
    'the time of a shift is given at deploy': canary(GIVEN),
    'the steps of a shift are given at deploy': linear(GIVEN),
    'how a function is shifted is given at deploy': { ...WITH_PARAMETER, ...fn(GIVEN) },
    'a function is shifted by a configuration of another app': fn('Slowly'),
    'whether a function goes back is given at deploy': {
      ...WITH_PARAMETER,
      ...back({ ...GOES_BACK, Enabled: GIVEN }),
    },
    'on what a function goes back is given at deploy': {
      ...WITH_PARAMETER,
      ...back({ Enabled: true, Events: [GIVEN] }),
    },
    'nothing says on what a function goes back': back({ Enabled: true }),
    'nothing says whether a service goes back': behind(
      service({ Enable: true, AlarmNames: [{ Ref: 'Errors' }] }),
    ),
    'an alarm of a configuration is given at deploy': objective([GIVEN]),
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
    'no objective is watched in the stack of a configuration': {
      Resources: { Subject: { Type: 'AWS::AppConfig::Environment' } },
    },
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
    '*.TargetGroupARNs.0': 'the same of hosts',
    '*.AutoScalingGroups.0': 'hosts of another app show no alarms',
    '*.TargetGroupInfoList.0.Name': 'a target group of another app shows no alarms',
    '*.MetricName': 'an alarm on another metric shows no outage',
    '*.Dimensions.0.Value': 'an alarm on something else says nothing of what is deployed',
    '*.Period': 'without a bake time any period will do',
    '*.EvaluationPeriods': 'without a bake time any number will do',
    '*Alias.*': 'an alias of another function says nothing of this one',
    'Subject.Monitors.0.AlarmArn': 'an environment without alarms is another rule’s',
    'Deployment.*': 'a deployment to somewhere else says nothing of this one',
  },
});
