import {
  cooldownIsSet,
  groupTakesSeveralTypes,
  groupUsesLaunchTemplate,
  spotCapacityIsRebalanced,
  subnetsHoldGroup,
} from '../../../lib/audit/rules/asg-capacity';
import { checks, outcomeOf } from '../../support/rule-cases';

const group = (properties: Record<string, unknown>) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: properties,
});
const UNDECIDED = {
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const withParameter = (properties: Record<string, unknown>) => ({
  ...UNDECIDED,
  Resources: { Subject: group(properties) },
});
const eitherNothingOr = (value: unknown) => ({ 'Fn::If': ['IsGiven', value, { Ref: 'AWS::NoValue' }] });

/** A group with a simple scaling policy. */
const scaled = (properties: Record<string, unknown>, policy: object = {}, more: object = {}) => ({
  ...UNDECIDED,
  Resources: {
    Subject: group(properties),
    Policy: {
      Type: 'AWS::AutoScaling::ScalingPolicy',
      Properties: { AutoScalingGroupName: { Ref: 'Subject' }, ...policy },
    },
  },
  ...more,
});

checks(cooldownIsSet, {
  passes: {
    'a cooldown is set': scaled({ Cooldown: '300' }),
    'a cooldown is set as a number': scaled({ Cooldown: 60 }, { PolicyType: 'SimpleScaling' }),
    'deploy gives the cooldown': scaled({ Cooldown: { Ref: 'Given' } }),
  },
  fails: {
    'no cooldown is set': scaled({}),
    'the cooldown is no time': scaled({ Cooldown: '0' }, { PolicyType: 'SimpleScaling' }),
    'the cooldown is no time by default': scaled(
      { Cooldown: { Ref: 'Pause' } },
      {},
      { Parameters: { Pause: { Type: 'Number', Default: 0 } } },
    ),
  },
  unknown: {
    'a condition may leave the cooldown out': scaled({ Cooldown: eitherNothingOr('300') }),
    'a condition may choose no time': scaled({ Cooldown: { 'Fn::If': ['IsGiven', '300', '0'] } }),
    'the type of the policy is given at deploy': scaled({}, { PolicyType: { Ref: 'Given' } }),
    'a condition may give the policy a cooldown': scaled({}, { Cooldown: eitherNothingOr('300') }),
    'a macro may write policies': { Transform: 'Company::Scaling', Resources: { Subject: group({}) } },
    'the group of a policy is given at deploy': scaled({}, { AutoScalingGroupName: { Ref: 'Given' } }),
  },
  notApplicable: {
    'the group has no policy': {},
    'the group tracks a target': scaled({}, { PolicyType: 'TargetTrackingScaling' }),
    'the policy has a cooldown of its own': scaled({}, { Cooldown: '300' }),
    'the policy is that of another group': scaled({}, { AutoScalingGroupName: 'other' }),
  },
  equivalent: {
    'Policy.PolicyType': 'other types heed no cooldown',
    'Policy.AutoScalingGroupName': 'a policy of another group does not heed it',
  },
});

checks(spotCapacityIsRebalanced, {
  passes: {
    'a group with several types is rebalanced': { MixedInstancesPolicy: {}, CapacityRebalance: true },
    'it says so in text': { MixedInstancesPolicy: {}, CapacityRebalance: 'true' },
  },
  fails: {
    'it is not rebalanced': { MixedInstancesPolicy: {}, CapacityRebalance: false },
    'nothing is said about it': { MixedInstancesPolicy: {} },
  },
  unknown: {
    'a parameter decides': withParameter({ MixedInstancesPolicy: {}, CapacityRebalance: { Ref: 'Given' } }),
    'a condition decides whether it has several types': withParameter({
      MixedInstancesPolicy: eitherNothingOr({}),
    }),
  },
  notApplicable: { 'it has no mixed instances policy': { CapacityRebalance: false } },
});

const overriding = (...overrides: readonly unknown[]) => ({
  MixedInstancesPolicy: { LaunchTemplate: { Overrides: overrides } },
});

checks(groupTakesSeveralTypes, {
  passes: {
    'two types are listed': overriding({ InstanceType: 'm7g.large' }, { InstanceType: 'm6g.large' }),
    'two types have launch templates of their own': overriding(
      { InstanceType: 'm7g.large' },
      { InstanceType: 'm7i.large', LaunchTemplateSpecification: {} },
    ),
  },
  fails: {
    'it has no mixed instances policy': {},
    'one type is listed': overriding({ InstanceType: 'm7g.large' }),
    'one type is listed twice': overriding({ InstanceType: 'm7g.large' }, { InstanceType: 'm7g.large' }),
    'nothing is listed': { MixedInstancesPolicy: { LaunchTemplate: {} } },
    'an override names neither': overriding({ WeightedCapacity: '1' }),
  },
  unknown: {
    'one of two types is a parameter': withParameter(
      overriding({ InstanceType: 'm7g.large' }, { InstanceType: { Ref: 'Given' } }),
    ),
    'a condition decides about the policy': withParameter({ MixedInstancesPolicy: eitherNothingOr({}) }),
    'the overrides come from a transform': {
      MixedInstancesPolicy: { LaunchTemplate: { Overrides: { 'Fn::Transform': {} } } },
    },
  },
  notApplicable: 'every group starts instances of some type',
});

it('ASG-08 passes when instance requirements stand for many types', () => {
  const requirements = { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 4096 } };
  const app = { Resources: { Subject: group(overriding({ InstanceRequirements: requirements })) } };
  expect(outcomeOf(groupTakesSeveralTypes, app)).toBe('pass');
});

checks(groupUsesLaunchTemplate, {
  passes: {
    'a launch template is named by id': { LaunchTemplate: { LaunchTemplateId: 'lt-1' } },
    'a launch template is named by name': { LaunchTemplate: { LaunchTemplateName: 'web' } },
    'a mixed instances policy names one': {
      MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1' } } },
    },
  },
  fails: {
    'a launch configuration is named': { LaunchConfigurationName: 'old' },
    'it copies an instance': { InstanceId: 'i-1' },
    'it names nothing': {},
  },
  unknown: {
    'a condition decides whether it is a launch configuration': withParameter({
      LaunchConfigurationName: eitherNothingOr('old'),
      LaunchTemplate: eitherNothingOr({ LaunchTemplateId: 'lt-1' }),
    }),
    'a condition decides about the launch template': withParameter({
      LaunchTemplate: eitherNothingOr({ LaunchTemplateId: 'lt-1' }),
    }),
  },
  notApplicable: 'every group starts its instances from something',
});

const subnet = (block: unknown) => ({ Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: block } });
const template = (...interfaces: readonly unknown[]) => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: { LaunchTemplateData: interfaces.length > 0 ? { NetworkInterfaces: interfaces } : {} },
});
const sized = (size: unknown, properties: Record<string, unknown> = {}) =>
  group({
    MaxSize: size,
    VPCZoneIdentifier: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }],
    LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } },
    ...properties,
  });
const SUBNETS = { SubnetA: subnet('10.0.0.0/28'), SubnetB: subnet('10.0.0.16/28') };
const both = (subject: unknown, launch: unknown = template()) => ({
  Resources: { ...SUBNETS, Template: launch, Subject: subject },
});

checks(subnetsHoldGroup, {
  passes: {
    // A /28 has 16 addresses, of which AWS keeps 5.
    'two subnets of 11 addresses hold 22 instances': both(sized('22')),
    'they hold 11 instances with two interfaces': both(
      sized(11),
      template({ DeviceIndex: 0 }, { DeviceIndex: 1 }),
    ),
    'they hold 11 instances with a second address': both(
      sized(11),
      template({ SecondaryPrivateIpAddressCount: 1 }),
    ),
    'they hold one instance with a delegated prefix': both(sized(1), template({ Ipv4PrefixCount: 1 })),
    'they hold instances of a launch configuration': {
      Resources: {
        SubnetA: SUBNETS.SubnetA,
        Subject: group({
          MaxSize: 11,
          VPCZoneIdentifier: [{ Ref: 'SubnetA' }],
          LaunchConfigurationName: 'old',
        }),
      },
    },
    'a subnet takes its block from an address manager': {
      Resources: {
        SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { Ipv4NetmaskLength: 28 } },
        Template: template(),
        Subject: sized(11, { VPCZoneIdentifier: [{ Ref: 'SubnetA' }] }),
      },
    },
  },
  fails: {
    'the group may grow by one more': both(sized('23')),
    'one subnet is too small': {
      Resources: { ...SUBNETS, SubnetB: subnet('10.0.0.16/29'), Template: template(), Subject: sized(22) },
    },
    'interfaces take twice as much': both(sized(12), template({ DeviceIndex: 0 }, { DeviceIndex: 1 })),
    'two prefixes take more than a subnet has': both(sized(1), template({ Ipv4PrefixCount: 2 })),
    'the launch template is not at hand, and one address each is too much': both(
      sized(23, { LaunchTemplate: { LaunchTemplateId: 'lt-1' } }),
    ),
    'a netmask leaves too few': {
      Resources: {
        SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { Ipv4NetmaskLength: 29 } },
        Template: template(),
        Subject: sized(11, { VPCZoneIdentifier: [{ Ref: 'SubnetA' }] }),
      },
    },
  },
  unknown: {
    'a block is a parameter': {
      ...UNDECIDED,
      Resources: { ...SUBNETS, SubnetB: subnet({ Ref: 'Given' }), Template: template(), Subject: sized(22) },
    },
    'its subnets are not in the app': both(sized(22, { VPCZoneIdentifier: ['subnet-1'] })),
    'it stands in the default network': both(sized(2, { VPCZoneIdentifier: undefined })),
    'the launch template is not at hand': both(sized(22, { LaunchTemplate: { LaunchTemplateId: 'lt-1' } })),
    'its size is a parameter': { ...UNDECIDED, ...both(sized({ Ref: 'Given' })) },
    'its size counts processors': both(sized(23, { DesiredCapacityType: 'vcpu' })),
    'its size counts weights': both(
      sized(23, {
        MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ WeightedCapacity: '2' }] } },
      }),
    ),
  },
  notApplicable: 'every group stands in subnets and has a maximum size',
  equivalent: {
    'Template.LaunchTemplateData.NetworkInterfaces.*.DeviceIndex': 'every interface takes an address',
    'Subject.LaunchTemplate.LaunchTemplateId':
      'one address each is the least: without the template nothing is less',
    'Subject.VPCZoneIdentifier.*': 'a subnet that is not in the app may be of any size',
    'Subject.LaunchConfigurationName': 'without it, nothing says how many addresses an instance takes',
  },
});

it('ASG-10 passes whatever the size counts when the addresses suffice for as many instances', () => {
  expect(outcomeOf(subnetsHoldGroup, both(sized(22, { DesiredCapacityType: 'vcpu' })))).toBe('pass');
});

it('ASG-10 passes when a subnet has no IPv4 at all', () => {
  const ipv6 = { Type: 'AWS::EC2::Subnet', Properties: { Ipv6Native: true } };
  const app = { Resources: { SubnetA: ipv6, SubnetB: ipv6, Template: template(), Subject: sized(5000) } };
  expect(outcomeOf(subnetsHoldGroup, app)).toBe('pass');
});

it('ASG-10 does not know when two launch templates take different numbers', () => {
  const policy = {
    LaunchTemplate: undefined,
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Template' } },
        Overrides: [{ LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Wide' } } }],
      },
    },
  };
  const { Resources: resources } = both(sized(12, policy));
  const app = { Resources: { ...resources, Wide: template({ DeviceIndex: 0 }, { DeviceIndex: 1 }) } };
  expect(outcomeOf(subnetsHoldGroup, app)).toBe('unknown');
});
