import { subnetsHoldAllWithoutOneZone } from '../../../lib/audit/rules/address-headroom';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const subnet = (AvailabilityZone: unknown, CidrBlock: unknown) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { AvailabilityZone, CidrBlock },
});
const three = (prefix: number) => ({
  A: subnet('eu-west-1a', `10.0.0.0/${prefix}`),
  B: subnet('eu-west-1b', `10.0.1.0/${prefix}`),
  C: subnet('eu-west-1c', `10.0.2.0/${prefix}`),
});
const refs = (...names: readonly string[]) => names.map((Ref) => ({ Ref }));
const ALL = refs('A', 'B', 'C');
const tasks = (DesiredCount: unknown, Subnets: unknown = ALL) => ({
  Type: 'AWS::ECS::Service',
  Properties: { DesiredCount, NetworkConfiguration: { AwsvpcConfiguration: { Subnets } } },
});
const LAUNCHED = { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } };
const instances = (MaxSize: unknown, VPCZoneIdentifier: unknown = ALL, more: object = LAUNCHED) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { MaxSize, VPCZoneIdentifier, ...more },
});
const TEMPLATE = { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: {} } };
const nodes = (MaxSize: unknown) => ({
  Type: 'AWS::EKS::Nodegroup',
  Properties: { ScalingConfig: { MaxSize }, Subnets: ALL },
});
const scaling = (MaxCapacity: unknown) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: { MaxCapacity, ResourceId: { 'Fn::Join': ['/', ['service', 'x', { Ref: 'Subject' }]] } },
});

checks(subnetsHoldAllWithoutOneZone, {
  passes: {
    'two of three subnets hold all tasks': { Resources: { ...three(28), Subject: tasks(22) } },
    'two of three subnets hold all instances': {
      Resources: { ...three(28), ...TEMPLATE, Subject: instances('22') },
    },
    'what grows in some subnets finds room too': {
      Resources: { ...three(28), Subject: tasks(10), Other: tasks(10, refs('A', 'B')) },
    },
  },
  fails: {
    'two of three subnets do not hold all tasks': { Resources: { ...three(28), Subject: tasks(23) } },
    'two of three subnets do not hold what scaling may start': {
      Resources: { ...three(28), Subject: tasks(2), Scaling: scaling(100) },
    },
    'two groups together do not fit': {
      Resources: { ...three(28), ...TEMPLATE, Subject: instances(12), Other: tasks(11) },
    },
    'what grows in two subnets fits into one of them only': {
      Resources: { ...three(28), Subject: tasks(1), Other: tasks(12, refs('A', 'B')) },
    },
    'endpoints take the last addresses': {
      Resources: {
        ...three(28),
        Subject: tasks(22),
        Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { SubnetIds: ALL } },
      },
    },
    'nodes alone do not fit': { Resources: { ...three(28), Subject: nodes(40) } },
    'there is one zone': {
      Resources: { A: subnet('eu-west-1a', '10.0.0.0/20'), Subject: tasks(2, refs('A')) },
    },
  },
  unknown: {
    'the maximum is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { ...three(28), ...TEMPLATE, Subject: instances(GIVEN) },
    },
    'the block is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { ...three(28), A: subnet('eu-west-1a', GIVEN), Subject: tasks(22) },
    },
    'the subnets are not in the app': { Resources: { Subject: tasks(2, ['subnet-1', 'subnet-2']) } },
    'the zones are given at deploy': {
      ...WITH_PARAMETER,
      Resources: { ...three(28), A: subnet(GIVEN, '10.0.0.0/28'), Subject: tasks(22) },
    },
    'pods take addresses too': { Resources: { ...three(28), Subject: nodes(4) } },
    'a macro may write groups': {
      Transform: 'Company::Groups',
      Resources: { ...three(28), Subject: tasks(2) },
    },
    'the launch template is not named': {
      Resources: { ...three(28), Subject: instances(2, ALL, {}) },
    },
  },
  notApplicable: {
    'tasks have no addresses of their own': {
      Resources: { Subject: { Type: 'AWS::ECS::Service', Properties: {} } },
    },
  },
  equivalent: {
    '*.LaunchTemplateId': 'an instance takes one address at the least',
    '*.Subnets.*': 'a subnet that is not in the app may be of any size',
    '*.CidrBlock': 'a block that is no block may be of any size',
  },
});
