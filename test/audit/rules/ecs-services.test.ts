import {
  clusterIsMeasured,
  deploymentsAreSafe,
  fargateIsCurrent,
  instancesWithTasksStay,
  tasksSpreadOverZones,
} from '../../../lib/audit/rules/ecs-services';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const insights = (Value: unknown) => ({ ClusterSettings: [{ Name: 'containerInsights', Value }] });

checks(clusterIsMeasured, {
  passes: { 'it is measured': insights('enabled'), 'it is measured closely': insights('enhanced') },
  fails: { 'nothing is said': {}, 'it is not': insights('disabled') },
  unknown: { 'deploy decides': insights(OPEN) },
  notApplicable: 'every cluster is asked',
});

const ZONES = { Type: 'spread', Field: 'attribute:ecs.availability-zone' };
const INSTANCES = { Type: 'spread', Field: 'instanceId' };

checks(tasksSpreadOverZones, {
  passes: {
    'zones come first': { LaunchType: 'EC2', PlacementStrategies: [ZONES, INSTANCES] },
    'zones are all': { PlacementStrategies: [ZONES] },
  },
  fails: {
    'instances come first': { LaunchType: 'EC2', PlacementStrategies: [INSTANCES, ZONES] },
    'tasks are packed': { PlacementStrategies: [{ Type: 'binpack', Field: 'memory' }] },
  },
  unknown: {
    'the cluster decides where it runs': { Cluster: OPEN, PlacementStrategies: [INSTANCES] },
    'deploy decides': { LaunchType: 'EC2', PlacementStrategies: [OPEN] },
  },
  notApplicable: {
    'it runs on Fargate': { LaunchType: 'FARGATE' },
    'its providers are Fargate': { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT' }] },
    'it is a daemon': { SchedulingStrategy: 'DAEMON' },
  },
  equivalent: {
    'Subject.LaunchType': 'another launch type has no placement',
    'Subject.PlacementStrategies.1.*': 'only the first counts',
  },
});

checks(fargateIsCurrent, {
  passes: {
    'it takes the latest': { LaunchType: 'FARGATE', PlatformVersion: 'LATEST' },
    'it names the newest': { LaunchType: 'FARGATE', PlatformVersion: '1.4.0' },
  },
  fails: {
    'it is behind': { LaunchType: 'FARGATE', PlatformVersion: '1.3.0' },
    'its provider is Fargate': {
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE' }],
      PlatformVersion: '1.2.0',
    },
  },
  unknown: { 'deploy decides': { LaunchType: 'FARGATE', PlatformVersion: OPEN } },
  notApplicable: { 'it runs on instances': { LaunchType: 'EC2' } },
  equivalent: { 'Subject.LaunchType': 'instances have no platform version' },
});

const provider = (ManagedTerminationProtection?: unknown) => ({
  AutoScalingGroupProvider: { AutoScalingGroupArn: 'group', ManagedTerminationProtection },
});

checks(instancesWithTasksStay, {
  passes: {
    'they are protected': provider('ENABLED'),
    'either choice is': provider({ 'Fn::If': ['A', 'ENABLED', 'ENABLED'] }),
  },
  fails: {
    'nothing is said': { AutoScalingGroupProvider: { AutoScalingGroupArn: 'group' } },
    'they are not': provider('DISABLED'),
  },
  unknown: { 'deploy decides': provider(OPEN) },
  notApplicable: { 'it runs no group': {} },
  equivalent: { 'Subject.AutoScalingGroupProvider.AutoScalingGroupArn': 'any group is protected alike' },
});

const BREAKER = { DeploymentCircuitBreaker: { Enable: true, Rollback: true } };
const service = (deployment: object, more: object = {}) => ({
  DesiredCount: 3,
  DeploymentConfiguration: { ...BREAKER, ...deployment },
  ...more,
});

const gradual = (Strategy: unknown, Alarms: object) => ({
  DesiredCount: 2,
  DeploymentConfiguration: { Strategy, Alarms },
});

checks(deploymentsAreSafe, {
  passes: {
    'it goes back by itself': service({}),
    'two of three tasks are kept': service({ MinimumHealthyPercent: 50 }),
    'zones are balanced': service({}, { AvailabilityZoneRebalancing: 'ENABLED' }),
    'alarms take back what is shifted step by step': gradual('LINEAR', { Enable: true, Rollback: true }),
    'alarms take back what a canary shows': gradual('CANARY', { Enable: true, Rollback: true }),
  },
  fails: {
    'alarms do not take back what is shifted step by step': gradual('LINEAR', {
      Enable: true,
      Rollback: false,
    }),
    'it has alarms only, where a circuit breaker would work': gradual('BLUE_GREEN', {
      Enable: true,
      Rollback: true,
    }),
    'it has no circuit breaker': { DesiredCount: 2 },
    'it does not go back': { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true } } },
    'no task is kept': service({ MinimumHealthyPercent: 0 }),
    'zones get out of balance': service({}, { AvailabilityZoneRebalancing: 'DISABLED' }),
  },
  unknown: {
    'deploy decides how traffic is shifted': gradual(OPEN, { Enable: true, Rollback: true }),
    'deploy decides who deploys': { DeploymentController: { Type: OPEN } },
    'deploy decides how many are kept': service({ MinimumHealthyPercent: OPEN }),
  },
  notApplicable: { 'CodeDeploy deploys': { DeploymentController: { Type: 'CODE_DEPLOY' } } },
  equivalent: { 'Subject.DesiredCount': 'fewer tasks than are owed are for ECS-02 to find' },
});
