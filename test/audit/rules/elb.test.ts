import {
  classicLoadBalancerCrossesZones,
  classicLoadBalancerSpansZones,
  loadBalancerCrossesZones,
  loadBalancerListens,
  loadBalancerSpansZones,
  publicSubnetsReachInternet,
} from '../../../lib/audit/rules/elb';
import { subnetsIn } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const UNDECIDED = {
  Parameters: { Given: { Type: 'String' }, Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const FIRST_TWO_ZONES = [0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }));
const v2 = (properties: Record<string, unknown>) => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: properties,
});
const classic = (properties: Record<string, unknown>) => ({
  Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  Properties: properties,
});
const refs = (...names: readonly string[]) => names.map((Ref) => ({ Ref }));
const attribute = (key: string, value: unknown) => ({ Key: key, Value: value });
const SAME_NETWORK = { 'Subnet*.VpcId': 'zones decide, not networks' };

checks(loadBalancerSpansZones, {
  passes: {
    'its subnets are in two zones': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1b'),
        Lb: v2({ Subnets: refs('SubnetA', 'SubnetB') }),
      },
    },
    'its subnets are in the first and the second zone of the region': {
      Resources: { ...subnetsIn(...FIRST_TWO_ZONES), Lb: v2({ Subnets: refs('SubnetA', 'SubnetB') }) },
    },
    'it maps subnets in two zones': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1b'),
        Lb: v2({ SubnetMappings: [{ SubnetId: { Ref: 'SubnetA' } }, { SubnetId: { Ref: 'SubnetB' } }] }),
      },
    },
  },
  fails: {
    'it has one subnet': {
      Resources: { ...subnetsIn('eu-west-1a'), Lb: v2({ Subnets: refs('SubnetA') }) },
    },
    'both subnets are in one zone': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1a'),
        Lb: v2({ Subnets: refs('SubnetA', 'SubnetB') }),
      },
    },
    'it maps one subnet': {
      Resources: {
        ...subnetsIn('eu-west-1a'),
        Lb: v2({ SubnetMappings: [{ SubnetId: { Ref: 'SubnetA' } }] }),
      },
    },
  },
  unknown: {
    'its subnets are a parameter without default': {
      ...UNDECIDED,
      Resources: { Lb: v2({ Subnets: { Ref: 'Subnets' } }) },
    },
    'its subnets are not in the app': { Subnets: ['subnet-1', 'subnet-2'] },
  },
  notApplicable: 'every load balancer stands in zones',
  equivalent: SAME_NETWORK,
});

checks(classicLoadBalancerSpansZones, {
  passes: {
    'its subnets are in two zones': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1b'),
        Lb: classic({ Subnets: refs('SubnetA', 'SubnetB') }),
      },
    },
    'it names two zones': { AvailabilityZones: FIRST_TWO_ZONES },
    'it takes every zone of the region': { AvailabilityZones: { 'Fn::GetAZs': '' } },
  },
  fails: {
    'it names one zone': { AvailabilityZones: ['eu-west-1a'] },
    'it has one subnet': {
      Resources: { ...subnetsIn('eu-west-1a'), Lb: classic({ Subnets: refs('SubnetA') }) },
    },
  },
  unknown: {
    'its subnets are a parameter without default': {
      ...UNDECIDED,
      Resources: { Lb: classic({ Subnets: { Ref: 'Subnets' } }) },
    },
  },
  notApplicable: 'every Classic Load Balancer stands in zones',
  equivalent: SAME_NETWORK,
});

checks(classicLoadBalancerCrossesZones, {
  passes: {
    'it crosses zones': { CrossZone: true },
    'it says so in text': { CrossZone: 'true' },
  },
  fails: {
    'it does not cross zones': { CrossZone: false },
    'nothing is said about it': {},
  },
  unknown: {
    'a parameter decides': { ...UNDECIDED, Resources: { Lb: classic({ CrossZone: { Ref: 'Given' } }) } },
  },
  notApplicable: 'every Classic Load Balancer has the setting',
});

const CROSS_ZONE = 'load_balancing.cross_zone.enabled';
const SHIFT = 'zonal_shift.config.enabled';
const network = (...attributes: readonly unknown[]) => ({
  Type: 'network',
  LoadBalancerAttributes: attributes,
});
const targetGroup = (...attributes: readonly unknown[]) => ({
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { TargetGroupAttributes: attributes },
});
const listener = (...groups: readonly string[]) => ({
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: {
    LoadBalancerArn: { Ref: 'Lb' },
    DefaultActions: groups.map((Ref) => ({ TargetGroupArn: { Ref } })),
  },
});

checks(loadBalancerCrossesZones, {
  passes: {
    'a Network Load Balancer crosses zones': network(attribute(CROSS_ZONE, 'true')),
    'a Gateway Load Balancer crosses zones': {
      ...network(attribute(CROSS_ZONE, true)),
      Type: 'gateway',
    },
    'the zones are independent on purpose': network(attribute(CROSS_ZONE, 'false'), attribute(SHIFT, 'true')),
    'every target group crosses zones': {
      Resources: {
        Lb: v2({ Type: 'network' }),
        Listener: listener('One', 'Two'),
        One: targetGroup(attribute(CROSS_ZONE, 'true')),
        Two: targetGroup(attribute(CROSS_ZONE, 'true')),
      },
    },
  },
  fails: {
    'nothing is said about it': { Type: 'network' },
    'it does not cross zones': network(attribute(CROSS_ZONE, 'false')),
    'neither crossing nor shift is enabled': network(
      attribute(CROSS_ZONE, 'false'),
      attribute(SHIFT, 'false'),
    ),
    'one of two target groups does not cross zones': {
      Resources: {
        Lb: v2({ Type: 'network' }),
        Listener: listener('One', 'Two'),
        One: targetGroup(attribute(CROSS_ZONE, 'true')),
        Two: targetGroup(attribute(CROSS_ZONE, 'use_load_balancer_configuration')),
      },
    },
  },
  unknown: {
    'a parameter decides': {
      ...UNDECIDED,
      Resources: { Lb: v2(network(attribute(CROSS_ZONE, { Ref: 'Given' }))) },
    },
    'a condition decides': {
      ...UNDECIDED,
      Resources: {
        Lb: v2(
          network({ 'Fn::If': ['IsGiven', attribute(CROSS_ZONE, 'true'), attribute(CROSS_ZONE, 'false')] }),
        ),
      },
    },
    'its type is a parameter': { ...UNDECIDED, Resources: { Lb: v2({ Type: { Ref: 'Given' } }) } },
    'a target group is not in the app': {
      Resources: {
        Lb: v2({ Type: 'network' }),
        Listener: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: {
            LoadBalancerArn: { Ref: 'Lb' },
            DefaultActions: [{ TargetGroupArn: { 'Fn::ImportValue': 'target-group' } }],
          },
        },
      },
    },
  },
  notApplicable: {
    'it is an Application Load Balancer': { Type: 'application' },
    'it is an Application Load Balancer by default': {},
  },
  equivalent: {
    'Subject.Type': 'an Application Load Balancer always crosses zones',
    'Lb.Type': 'an Application Load Balancer always crosses zones',
    'Listener.DefaultActions.*': 'a target group less is none that does not cross zones',
    '*.LoadBalancerAttributes.0.*': 'where zonal shift is on, crossing may be off',
  },
});

checks(loadBalancerListens, {
  passes: {
    'it has a listener': { Resources: { Lb: v2({}), Listener: listener() } },
    'it has one of two listeners': {
      Resources: {
        Lb: v2({}),
        Listener: listener(),
        Other: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: { LoadBalancerArn: 'arn:other' },
        },
      },
    },
  },
  fails: {
    'it has no listener': {},
    'only another load balancer has a listener': {
      Resources: {
        Lb: v2({}),
        Other: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: { LoadBalancerArn: 'arn:other' },
        },
      },
    },
  },
  unknown: {
    'a condition decides about the listener': {
      ...UNDECIDED,
      Resources: { Lb: v2({}), Listener: { ...listener(), Condition: 'IsGiven' } },
    },
    'a listener belongs to a load balancer that only deploy knows': {
      ...UNDECIDED,
      Resources: {
        Lb: v2({}),
        Listener: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: { LoadBalancerArn: { Ref: 'Given' } },
        },
      },
    },
    'a macro may write the listener': { Transform: 'MyMacro', Resources: { Lb: v2({}) } },
  },
  notApplicable: 'every load balancer listens, or serves nothing',
  equivalent: { 'Other.LoadBalancerArn': 'one listener suffices' },
});

it('ELB-08 passes when the listener exists wherever the load balancer does', () => {
  const app = {
    ...UNDECIDED,
    Resources: {
      Lb: { ...v2({}), Condition: 'IsGiven' },
      Listener: { ...listener(), Condition: 'IsGiven' },
    },
  };
  expect(outcomeOf(loadBalancerListens, app)).toBe('pass');
});

const association = (subnet: string, table: unknown = { Ref: 'Table' }) => ({
  Type: 'AWS::EC2::SubnetRouteTableAssociation',
  Properties: { SubnetId: { Ref: subnet }, RouteTableId: table },
});
const route = (target: Record<string, unknown>) => ({
  Type: 'AWS::EC2::Route',
  Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', ...target },
});
const PUBLIC = {
  Vpc: { Type: 'AWS::EC2::VPC' },
  SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
  SubnetB: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
  Table: { Type: 'AWS::EC2::RouteTable' },
  Empty: { Type: 'AWS::EC2::RouteTable' },
  Association: association('SubnetA'),
  Internet: { Type: 'AWS::EC2::InternetGateway' },
  Route: route({ GatewayId: { Ref: 'Internet' } }),
};
const publicNetwork = { Type: 'network', Subnets: refs('SubnetA') };
const inBothSubnets = { Type: 'network', Subnets: refs('SubnetA', 'SubnetB') };

checks(publicSubnetsReachInternet, {
  passes: {
    'its subnet has a route to an internet gateway': { Resources: { ...PUBLIC, Lb: v2(publicNetwork) } },
    'it says that it faces the internet and maps its subnet': {
      Resources: {
        ...PUBLIC,
        Lb: v2({
          Type: 'network',
          Scheme: 'internet-facing',
          SubnetMappings: [{ SubnetId: { Ref: 'SubnetA' } }],
        }),
      },
    },
  },
  fails: {
    'the route leads to a NAT gateway': {
      Resources: {
        ...PUBLIC,
        Route: route({ NatGatewayId: 'nat-1' }),
        Lb: v2(publicNetwork),
      },
    },
    'one of two subnets has the main route table': { Resources: { ...PUBLIC, Lb: v2(inBothSubnets) } },
    'the route leads to a virtual private gateway': {
      Resources: { ...PUBLIC, Route: route({ GatewayId: 'vgw-1' }), Lb: v2(publicNetwork) },
    },
    'one of two mapped subnets has no route': {
      Resources: {
        ...PUBLIC,
        Second: association('SubnetB', { Ref: 'Empty' }),
        Lb: v2({
          Type: 'network',
          Scheme: 'internet-facing',
          SubnetMappings: [{ SubnetId: { Ref: 'SubnetA' } }, { SubnetId: { Ref: 'SubnetB' } }],
        }),
      },
    },
  },
  unknown: {
    'its subnets are not in the app': { Type: 'network', Subnets: ['subnet-1'] },
    'it names no subnet': { Type: 'network' },
    'the gateway is a parameter': {
      ...UNDECIDED,
      Resources: { ...PUBLIC, Route: route({ GatewayId: { Ref: 'Given' } }), Lb: v2(publicNetwork) },
    },
    'its scheme is a parameter and a subnet has no route': {
      ...UNDECIDED,
      Resources: {
        ...PUBLIC,
        Lb: v2({ Type: 'network', Scheme: { Ref: 'Given' }, Subnets: refs('SubnetB') }),
      },
    },
    'its type is a parameter and a subnet has no route': {
      ...UNDECIDED,
      Resources: { ...PUBLIC, Lb: v2({ Type: { Ref: 'Given' }, Subnets: refs('SubnetB') }) },
    },
  },
  notApplicable: {
    'it is internal': { Type: 'network', Scheme: 'internal' },
    'it is an Application Load Balancer': {},
    'it is a Gateway Load Balancer': { Type: 'gateway' },
  },
  equivalent: {
    'Lb.Type': 'the rule is about Network Load Balancers',
    'Lb.Scheme': 'an internal load balancer needs no route',
    'SubnetA.VpcId': 'the route table is associated, not the main one of the network',
    'SubnetB.VpcId': 'the load balancer does not stand there',
    'Route.DestinationCidrBlock': 'whichever part of the internet it leads to',
  },
});

it('ELB-11 passes whatever the scheme will be when every subnet has a route', () => {
  const open = v2({ ...publicNetwork, Scheme: { Ref: 'Given' } });
  expect(outcomeOf(publicSubnetsReachInternet, { ...UNDECIDED, Resources: { ...PUBLIC, Lb: open } })).toBe(
    'pass',
  );
});
