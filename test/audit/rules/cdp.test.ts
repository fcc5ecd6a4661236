import {
  deploymentLeavesHostsServing,
  deploymentRollsBack,
  trafficShiftsInSteps,
} from '../../../lib/audit/rules/cdp';
import { checks } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const group = (properties: Readonly<Record<string, unknown>>, more: object = {}) => ({
  ...OPEN,
  Resources: { Subject: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: properties }, ...more },
});
const BACK = { AutoRollbackConfiguration: { Enabled: true } };
const ALARMS = { AlarmConfiguration: { Enabled: true, Alarms: [{ Name: 'errors' }] } };

checks(deploymentRollsBack, {
  passes: {
    'it watches an alarm and rolls back': group({ ...BACK, ...ALARMS }),
    'an alarm of the app is watched': group({
      ...BACK,
      AlarmConfiguration: { Enabled: 'true', Alarms: [{ Name: { Ref: 'Alarm' } }] },
    }),
  },
  fails: {
    'nothing is said': group({}),
    'no alarm is watched': group(BACK),
    'no alarm is named': group({ ...BACK, AlarmConfiguration: { Enabled: true, Alarms: [] } }),
    'the alarms are off': group({
      ...BACK,
      AlarmConfiguration: { ...ALARMS.AlarmConfiguration, Enabled: false },
    }),
    'it does not roll back': group(ALARMS),
  },
  unknown: {
    'a parameter decides': group({ ...ALARMS, AutoRollbackConfiguration: { Enabled: { Ref: 'Open' } } }),
    'alarms are named, and nothing says whether they are on': group({
      ...BACK,
      AlarmConfiguration: { Alarms: [{ Name: 'errors' }] },
    }),
  },
  notApplicable: { 'nothing is deployed': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
  equivalent: { 'Subject.AlarmConfiguration.Alarms.0.Name': 'any alarm will do' },
});

const config = (properties: Readonly<Record<string, unknown>>) => ({
  ...OPEN,
  Resources: { Subject: { Type: 'AWS::CodeDeploy::DeploymentConfig', Properties: properties } },
});
const hosts = (kind: unknown, value: unknown) =>
  config({ MinimumHealthyHosts: { Type: kind, Value: value } });

checks(deploymentLeavesHostsServing, {
  passes: {
    'three of four serve': hosts('FLEET_PERCENT', 75),
    'two thirds serve': hosts('FLEET_PERCENT', '66'),
    'two hosts serve': hosts('HOST_COUNT', 2),
    'enough serve, however they are counted': hosts({ Ref: 'Open' }, 80),
  },
  fails: {
    'half of them serve': hosts('FLEET_PERCENT', 50),
    'no host serves': hosts('HOST_COUNT', 0),
    'none serves, however they are counted': hosts({ Ref: 'Open' }, 0),
    'nothing is said': config({}),
  },
  unknown: {
    'a parameter decides': hosts('FLEET_PERCENT', { Ref: 'Open' }),
    'a parameter decides how they are counted': hosts({ Ref: 'Open' }, 2),
    'a parameter decides on the platform': config({ ComputePlatform: { Ref: 'Open' } }),
  },
  notApplicable: { 'functions are deployed': config({ ComputePlatform: 'Lambda' }) },
  equivalent: { 'Subject.MinimumHealthyHosts.Type': 'the number suffices for both kinds' },
});

const APPLICATION = { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: 'Lambda' } };
const custom = (routing: object, properties: object = {}) =>
  group(
    { ApplicationName: { Ref: 'App' }, DeploymentConfigName: { Ref: 'Config' }, ...properties },
    {
      App: APPLICATION,
      Config: {
        Type: 'AWS::CodeDeploy::DeploymentConfig',
        Properties: { ComputePlatform: 'Lambda', ...routing },
      },
    },
  );

checks(trafficShiftsInSteps, {
  passes: {
    'a canary goes first': group({ DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' }),
    'traffic is shifted step by step': group({
      DeploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
    }),
    'a configuration of the app shifts in steps': custom({
      TrafficRoutingConfig: { Type: 'TimeBasedCanary' },
    }),
    'a configuration of another app is named': group(
      { ApplicationName: { Ref: 'App' }, DeploymentConfigName: 'OurCanary' },
      { App: APPLICATION },
    ),
  },
  fails: {
    'all traffic of a function is shifted at once': group({
      DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
    }),
    'all traffic of tasks is shifted at once': group({
      DeploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
    }),
    'a configuration of the app shifts at once': custom({ TrafficRoutingConfig: { Type: 'AllAtOnce' } }),
    'a configuration of the app says no steps': custom({}),
    'a configuration of another app is named so': group(
      { ApplicationName: { Ref: 'App' }, DeploymentConfigName: 'OurAllAtOnce' },
      { App: APPLICATION },
    ),
  },
  unknown: {
    'the default of the platform holds': group({ ApplicationName: { Ref: 'App' } }, { App: APPLICATION }),
    'a parameter names it': custom({}, { DeploymentConfigName: { Ref: 'Open' } }),
    'the application is elsewhere': group({ ApplicationName: 'shop', DeploymentConfigName: 'OurCanary' }),
    'no application is named': group({ DeploymentConfigName: 'OurCanary' }),
    'a parameter decides on the platform': group(
      { ApplicationName: { Ref: 'App' }, DeploymentConfigName: 'OurCanary' },
      { App: { ...APPLICATION, Properties: { ComputePlatform: { Ref: 'Open' } } } },
    ),
  },
  notApplicable: {
    'hosts are deployed to': group({ DeploymentConfigName: 'CodeDeployDefault.AllAtOnce' }),
    'the application runs on servers': group(
      { ApplicationName: { Ref: 'App' } },
      { App: { Type: 'AWS::CodeDeploy::Application' } },
    ),
  },
  equivalent: {
    'App.ComputePlatform': 'on servers it does not apply',
    'Subject.ApplicationName': 'an application that is not in the app makes it unknown',
    'Config.ComputePlatform': 'the application decides on the platform',
  },
});
