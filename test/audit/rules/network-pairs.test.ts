import { blocksOfTwoRegionsAreApart, linksAreApart } from '../../../lib/audit/rules/network-pairs';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const MAYBE = {
  ...WITH_PARAMETER,
  Conditions: { Large: { 'Fn::Equals': [GIVEN, 'yes'] }, Small: { 'Fn::Equals': [GIVEN, 'no'] } },
};
const router = (IpAddress: unknown) => ({ Type: 'AWS::EC2::CustomerGateway', Properties: { IpAddress } });
const vpn = (
  CustomerGatewayId: unknown,
  properties: object = { VpnGatewayId: 'vgw-1' },
  attributes: object = {},
) => ({
  Type: 'AWS::EC2::VPNConnection',
  Properties: { CustomerGatewayId, ...properties },
  ...attributes,
});
const direct = (Location: unknown) => ({ Type: 'AWS::DirectConnect::Connection', Properties: { Location } });
const two = (one: unknown, other: unknown) => ({
  One: router(one),
  Two: router(other),
  First: vpn({ Ref: 'One' }),
  Second: vpn({ Ref: 'Two' }),
});

checks(linksAreApart, {
  passes: {
    'two connections end at two routers': { Resources: two('192.0.2.1', '192.0.2.2') },
    'two gateways are named': { Resources: { First: vpn('cgw-1'), Second: vpn('cgw-2') } },
    'direct connections end at two places': {
      Resources: { First: direct('EqDC2'), Second: direct('EqFA5') },
    },
    'connections to one transit gateway end at two routers': {
      Resources: {
        ...two('192.0.2.1', '192.0.2.2'),
        First: vpn({ Ref: 'One' }, { TransitGatewayId: { Ref: 'Hub' } }),
        Second: vpn({ Ref: 'Two' }, { TransitGatewayId: { Ref: 'Hub' } }),
        Hub: { Type: 'AWS::EC2::TransitGateway' },
      },
    },
  },
  fails: {
    'both end at one router': {
      Resources: { One: router('192.0.2.1'), First: vpn({ Ref: 'One' }), Second: vpn({ Ref: 'One' }) },
    },
    'both end at one address': { Resources: two('192.0.2.1', '192.0.2.1') },
    'both name one gateway': { Resources: { First: vpn('cgw-1'), Second: vpn('cgw-1') } },
    'direct connections end at one place': {
      Resources: { First: direct('EqDC2'), Second: direct('EqDC2') },
    },
  },
  unknown: {
    'the gateway is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { First: vpn('cgw-1'), Second: vpn(GIVEN) },
    },
    'an address is given at deploy': { ...WITH_PARAMETER, Resources: two('192.0.2.1', GIVEN) },
    'conditions decide about both': {
      ...MAYBE,
      Resources: {
        First: vpn('cgw-1', undefined, { Condition: 'Large' }),
        Second: vpn('cgw-1', undefined, { Condition: 'Small' }),
      },
    },
    'a macro may write another': { Transform: 'Company::Links', Resources: { First: vpn('cgw-1') } },
    'where it ends is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { First: vpn('cgw-1', { VpnGatewayId: GIVEN }) },
    },
    'a place is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { First: direct('EqDC2'), Second: direct(GIVEN) },
    },
  },
  notApplicable: {
    'it is the only one': { Resources: { First: vpn('cgw-1') } },
    'the only direct connection has no pair': { Resources: { First: direct('EqDC2') } },
    'the others end elsewhere': {
      Resources: { First: vpn('cgw-1'), Second: vpn('cgw-1', { VpnGatewayId: 'vgw-2' }) },
    },
  },
  equivalent: {
    '*.VpnGatewayId': 'what ends elsewhere is no pair',
    '*.TransitGatewayId': 'what ends elsewhere is no pair',
  },
});

const network = (CidrBlock: unknown) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock } });
const PEERING = {
  Type: 'AWS::EC2::VPCPeeringConnection',
  Properties: { VpcId: { Ref: 'One' }, PeerVpcId: { Ref: 'Two' } },
};
const peered = (one: unknown, other: unknown, more: object = {}) => ({
  Resources: { One: network(one), Two: network(other), Peering: PEERING, ...more },
});
const attached = (region: string, CidrBlock: unknown, hub = 'tgw-1', more: object = {}) => ({
  region,
  template: {
    Resources: {
      Network: network(CidrBlock),
      Attachment: {
        Type: 'AWS::EC2::TransitGatewayAttachment',
        Properties: { VpcId: { Ref: 'Network' }, TransitGatewayId: hub },
      },
      ...more,
    },
  },
});
const BETWEEN = {
  Between: {
    Type: 'AWS::EC2::TransitGatewayPeeringAttachment',
    Properties: { TransitGatewayId: 'tgw-1', PeerTransitGatewayId: 'tgw-2' },
  },
};
const resolved = (region: string, CidrBlock: unknown) => ({
  region,
  template: {
    Resources: {
      Network: network(CidrBlock),
      Rule: {
        Type: 'AWS::Route53Resolver::ResolverRuleAssociation',
        Properties: { VPCId: { Ref: 'Network' }, ResolverRuleId: 'rslvr-rr-1' },
      },
    },
  },
});

checks(blocksOfTwoRegionsAreApart, {
  passes: {
    'peered networks are apart': peered('10.0.0.0/16', '10.1.0.0/16'),
    'networks of two regions on peered gateways are apart': {
      stacks: {
        West: attached('eu-west-1', '10.0.0.0/16', 'tgw-1', BETWEEN),
        Central: attached('eu-central-1', '10.1.0.0/16', 'tgw-2'),
      },
    },
  },
  fails: {
    'peered networks are the same': peered('10.0.0.0/16', '10.0.0.0/16'),
    'one holds the other': peered('10.0.0.0/8', '10.1.0.0/16'),
    'an added block overlaps': peered('10.0.0.0/16', '10.1.0.0/16', {
      Added: {
        Type: 'AWS::EC2::VPCCidrBlock',
        Properties: { VpcId: { Ref: 'One' }, CidrBlock: '10.1.0.0/20' },
      },
    }),
    'networks of two regions on peered gateways overlap': {
      stacks: {
        West: attached('eu-west-1', '10.0.0.0/16', 'tgw-1', BETWEEN),
        Central: attached('eu-central-1', '10.0.0.0/16', 'tgw-2'),
      },
    },
    'networks of two regions share a resolver rule': {
      stacks: {
        West: resolved('eu-west-1', '10.0.0.0/16'),
        Central: resolved('eu-central-1', '10.0.0.0/16'),
      },
    },
  },
  unknown: {
    'a block is given at deploy': { ...WITH_PARAMETER, ...peered('10.0.0.0/16', GIVEN) },
    'nobody says in which regions the stacks are': {
      stacks: {
        West: { template: attached('', '10.0.0.0/16').template },
        Central: { template: attached('', '10.0.0.0/16').template },
      },
    },
    'a block comes from a pool': peered('10.0.0.0/16', undefined),
  },
  notApplicable: {
    'nothing is connected': { Resources: { One: network('10.0.0.0/16'), Two: network('10.0.0.0/16') } },
    'networks of one region are kept apart by their routes': {
      stacks: {
        One: attached('eu-west-1', '10.0.0.0/16'),
        Two: attached('eu-west-1', '10.0.0.0/16'),
      },
    },
    'gateways are not peered': {
      stacks: {
        West: attached('eu-west-1', '10.0.0.0/16', 'tgw-1'),
        Central: attached('eu-central-1', '10.0.0.0/16', 'tgw-2'),
      },
    },
  },
  equivalent: {
    'Peering.*': 'what is not connected may overlap',
    '*/Attachment.*': 'what is not connected may overlap',
    '*/Between.*': 'what is not connected may overlap',
  },
});
