import {
  balancedGroupAsksBalancer,
  balancerCheckHasBalancer,
  graceIsSet,
  groupSpansZones,
  scalingIsNotified,
} from '../../../lib/audit/rules/asg';
import { subnetsIn } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const group = (properties: Record<string, unknown>) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: properties,
});
const inSubnets = (...names: readonly string[]) =>
  group({ VPCZoneIdentifier: names.map((Ref) => ({ Ref })) });
const PARAMETER = { Parameters: { Given: { Type: 'CommaDelimitedList' } } };
const CONDITION = {
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const withParameter = (properties: Record<string, unknown>) => ({
  ...PARAMETER,
  Resources: { Subject: group(properties) },
});
const withCondition = (properties: Record<string, unknown>) => ({
  ...CONDITION,
  Resources: { Subject: group(properties) },
});
const eitherNothingOr = (value: unknown) => ({ 'Fn::If': ['IsGiven', value, { Ref: 'AWS::NoValue' }] });

checks(groupSpansZones, {
  passes: {
    'its subnets are in two zones': {
      Resources: { ...subnetsIn('eu-west-1a', 'eu-west-1b'), Group: inSubnets('SubnetA', 'SubnetB') },
    },
    'it names two zones': { AvailabilityZones: ['eu-west-1a', 'eu-west-1b'] },
    'it names two zones by id': { AvailabilityZoneIds: ['euw1-az1', 'euw1-az2'] },
    'it takes every zone of the region': { AvailabilityZones: { 'Fn::GetAZs': '' } },
  },
  fails: {
    'its subnets are in one zone': {
      Resources: { ...subnetsIn('eu-west-1a', 'eu-west-1a'), Group: inSubnets('SubnetA', 'SubnetB') },
    },
    'it has one subnet': {
      Resources: { ...subnetsIn('eu-west-1a'), Group: inSubnets('SubnetA') },
    },
    'it names one zone': { AvailabilityZones: ['eu-west-1a'] },
    'it names one zone by id': { AvailabilityZoneIds: ['euw1-az1'] },
    'it names no place': {},
  },
  unknown: {
    'its subnets are a parameter without default': withParameter({ VPCZoneIdentifier: { Ref: 'Given' } }),
    'its subnets are not in the app': { VPCZoneIdentifier: ['subnet-1', 'subnet-2'] },
  },
  notApplicable: 'every group stands in zones',
  equivalent: { 'Subnet*.VpcId': 'zones decide, not networks' },
});

checks(balancedGroupAsksBalancer, {
  passes: {
    'a target group sends traffic and its check is asked for': {
      TargetGroupARNs: ['arn:one'],
      HealthCheckType: 'ELB',
    },
    'a Classic Load Balancer sends traffic and its check is one of several': {
      LoadBalancerNames: ['classic'],
      HealthCheckType: 'EC2, ELB',
    },
    'a traffic source sends traffic': {
      TrafficSources: [{ Identifier: 'arn:one', Type: 'elbv2' }],
      HealthCheckType: 'ELB',
    },
    'all traffic comes through VPC Lattice, which is asked': {
      TrafficSources: [{ Identifier: 'arn:one', Type: 'vpc-lattice' }],
      HealthCheckType: 'VPC_LATTICE',
    },
  },
  fails: {
    'a target group sends traffic and no check is asked for': { TargetGroupARNs: ['arn:one'] },
    'a Classic Load Balancer sends traffic and EC2 alone is asked': {
      LoadBalancerNames: ['classic'],
      HealthCheckType: 'EC2',
    },
    'a target group that only deploy knows sends traffic': withParameter({
      TargetGroupARNs: [{ 'Fn::Select': [0, { Ref: 'Given' }] }],
      HealthCheckType: 'EC2',
    }),
    'traffic comes through VPC Lattice and from a target group, and only VPC Lattice is asked': {
      TargetGroupARNs: ['arn:one'],
      TrafficSources: [{ Identifier: 'arn:two', Type: 'vpc-lattice' }],
      HealthCheckType: 'VPC_LATTICE',
    },
  },
  unknown: {
    'the list of target groups is a parameter': withParameter({ TargetGroupARNs: { Ref: 'Given' } }),
    'a condition decides about the target groups': withCondition({
      TargetGroupARNs: eitherNothingOr(['arn:one']),
    }),
    'the check is a parameter': withCondition({
      TargetGroupARNs: ['arn:one'],
      HealthCheckType: { Ref: 'Given' },
    }),
  },
  notApplicable: {
    'no load balancer sends traffic': { HealthCheckType: 'EC2' },
    'its list of target groups is empty': { TargetGroupARNs: [] },
  },
  equivalent: {
    'Subject.TargetGroupARNs*': 'that there is one decides, not which',
    'Subject.LoadBalancerNames.0': 'that there is one decides, not which',
    'Subject.TrafficSources.0.Identifier': 'that there is one decides, not which',
  },
});

it('ASG-02 passes whether or not traffic comes when the check is asked for', () => {
  const open = { TargetGroupARNs: eitherNothingOr(['arn:one']), HealthCheckType: 'ELB' };
  expect(outcomeOf(balancedGroupAsksBalancer, withCondition(open))).toBe('pass');
});

it('ASG-03 passes whether or not the check is asked for when traffic comes', () => {
  const open = { TargetGroupARNs: ['arn:one'], HealthCheckType: { Ref: 'Given' } };
  expect(outcomeOf(balancerCheckHasBalancer, withCondition(open))).toBe('pass');
});

checks(balancerCheckHasBalancer, {
  passes: {
    'a target group sends traffic': { HealthCheckType: 'ELB', TargetGroupARNs: ['arn:one'] },
    'a Classic Load Balancer sends traffic': { HealthCheckType: 'EC2,ELB', LoadBalancerNames: ['classic'] },
    'a traffic source sends traffic': {
      HealthCheckType: 'ELB',
      TrafficSources: [{ Identifier: 'arn:one' }],
    },
  },
  fails: {
    'nothing sends traffic': { HealthCheckType: 'ELB' },
    'its list of target groups is empty': { HealthCheckType: 'EC2,ELB', TargetGroupARNs: [] },
    'its list of traffic sources is empty': { HealthCheckType: 'ELB', TrafficSources: [] },
  },
  unknown: {
    'a condition decides about the target groups': withCondition({
      HealthCheckType: 'ELB',
      TargetGroupARNs: eitherNothingOr(['arn:one']),
    }),
    'the check is a parameter and nothing sends traffic': withCondition({
      HealthCheckType: { Ref: 'Given' },
    }),
  },
  notApplicable: {
    'EC2 alone is asked': { HealthCheckType: 'EC2' },
    'no check is asked for': { TargetGroupARNs: ['arn:one'] },
  },
  equivalent: {
    'Subject.HealthCheckType': 'without ELB the rule has no say',
  },
});

checks(graceIsSet, {
  passes: {
    'the load balancer is asked and a grace period is set': {
      HealthCheckType: 'ELB',
      HealthCheckGracePeriod: 120,
    },
    'the load balancer is one of several': { HealthCheckType: 'EC2,ELB', HealthCheckGracePeriod: '90' },
    'the grace period is a parameter': {
      Parameters: { Grace: { Type: 'Number' } },
      Resources: { Subject: group({ HealthCheckType: 'ELB', HealthCheckGracePeriod: { Ref: 'Grace' } }) },
    },
  },
  fails: {
    'the load balancer is asked and no grace period is set': { HealthCheckType: 'ELB' },
    'the load balancer is one of several and no grace period is set': { HealthCheckType: 'EC2,ELB' },
  },
  unknown: {
    'a condition decides about the grace period': withCondition({
      HealthCheckType: 'ELB',
      HealthCheckGracePeriod: eitherNothingOr(120),
    }),
    'the check is a parameter and no grace period is set': withCondition({
      HealthCheckType: { Ref: 'Given' },
    }),
  },
  notApplicable: {
    'EC2 alone is asked': { HealthCheckType: 'EC2' },
    'no check is asked for': {},
  },
  equivalent: { 'Subject.HealthCheckType': 'without ELB the rule has no say' },
});

const told = (...events: readonly string[]) => ({
  NotificationTypes: events.map((event) => `autoscaling:EC2_INSTANCE_${event}`),
});

checks(scalingIsNotified, {
  passes: {
    'one configuration covers all four events': {
      NotificationConfigurations: [told('LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR')],
    },
    'two configurations cover them together': {
      NotificationConfigurations: [told('LAUNCH', 'LAUNCH_ERROR'), told('TERMINATE', 'TERMINATE_ERROR')],
    },
    'the older property covers them': {
      NotificationConfiguration: told('LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'),
    },
  },
  fails: {
    'nothing is told': {},
    'only errors are told': { NotificationConfigurations: [told('LAUNCH_ERROR', 'TERMINATE_ERROR')] },
    'no event is named': { NotificationConfigurations: [{}] },
  },
  unknown: {
    'the events are a parameter': withParameter({
      NotificationConfigurations: [{ NotificationTypes: { Ref: 'Given' } }],
    }),
    'a condition decides about the configuration': withCondition({
      NotificationConfigurations: [eitherNothingOr(told('LAUNCH'))],
    }),
  },
  notApplicable: 'every group starts and stops instances',
});
