import { attachmentsReachEveryZone, whatIsUsedIsInEveryZone } from '../../../lib/audit/rules/zonal-reach';
import { checks } from '../../support/rule-cases';

const GIVEN = { Parameters: { Given: { Type: 'List<AWS::EC2::Subnet::Id>' }, Kind: { Type: 'String' } } };
const subnet = (AvailabilityZone: string) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityZone },
});
const SUBNETS = {
  SubnetA: subnet('eu-west-1a'),
  SubnetB: subnet('eu-west-1b'),
  SubnetC: subnet('eu-west-1c'),
};
const { SubnetA: PrivateA, SubnetB: PrivateB } = SUBNETS;
const NETWORK = { Vpc: { Type: 'AWS::EC2::VPC' }, ...SUBNETS, PrivateA, PrivateB };
const refs = (...names: readonly string[]) => names.map((Ref) => ({ Ref }));
const VPC = { VpcId: { Ref: 'Vpc' } };
const endpoint = (SubnetIds: unknown, VpcEndpointType: unknown = 'Interface') => ({
  Type: 'AWS::EC2::VPCEndpoint',
  Properties: { ...VPC, VpcEndpointType, SubnetIds },
});
const fn = (SubnetIds: unknown) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { VpcConfig: { SubnetIds } },
});
const using = (subject: unknown, ...zones: readonly string[]) => ({
  Resources: { ...NETWORK, Subject: subject, Fn: fn(refs(...zones)) },
});
const AB = refs('SubnetA', 'SubnetB');
const firewall = (...subnets: readonly string[]) => ({
  Type: 'AWS::NetworkFirewall::Firewall',
  Properties: { ...VPC, SubnetMappings: subnets.map((SubnetId) => ({ SubnetId: { Ref: SubnetId } })) },
});
const resolver = (direction: string, ...subnets: readonly string[]) => ({
  Type: 'AWS::Route53Resolver::ResolverEndpoint',
  Properties: {
    Direction: direction,
    IpAddresses: subnets.map((SubnetId) => ({ SubnetId: { Ref: SubnetId } })),
  },
});
const resolving = (subject: unknown, ...zones: readonly string[]) => ({
  Resources: {
    ...using(subject, ...zones).Resources,
    Rule: {
      Type: 'AWS::Route53Resolver::ResolverRule',
      Properties: { ResolverEndpointId: { Ref: 'Subject' } },
    },
    Association: {
      Type: 'AWS::Route53Resolver::ResolverRuleAssociation',
      Properties: { ResolverRuleId: { Ref: 'Rule' }, VPCId: { Ref: 'Vpc' } },
    },
  },
});
const attachment = (SubnetIds: unknown) => ({
  Type: 'AWS::EC2::TransitGatewayAttachment',
  Properties: { ...VPC, TransitGatewayId: 'tgw-1', SubnetIds },
});
const routed = (...subnets: readonly string[]) => ({
  Table: { Type: 'AWS::EC2::RouteTable', Properties: VPC },
  Route: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { Ref: 'Table' },
      DestinationCidrBlock: '10.0.0.0/8',
      TransitGatewayId: 'tgw-1',
    },
  },
  ...Object.fromEntries(
    subnets.map((name) => [
      `${name}Table`,
      {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: name }, RouteTableId: { Ref: 'Table' } },
      },
    ]),
  ),
});

checks(whatIsUsedIsInEveryZone, {
  passes: {
    'an endpoint stands where functions run': using(endpoint(AB), 'PrivateA', 'PrivateB'),
    'a firewall stands where functions run': using(firewall('SubnetA', 'SubnetB'), 'PrivateA', 'PrivateB'),
    'a resolver stands where functions run': resolving(
      resolver('OUTBOUND', 'SubnetA', 'SubnetB'),
      'PrivateA',
      'PrivateB',
    ),
    'an instance near a city uses that of the region': {
      Resources: {
        ...using(endpoint(AB), 'PrivateA', 'PrivateB').Resources,
        Near: subnet('us-west-2-lax-1a'),
        Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Near' } } },
      },
    },
    'an attachment stands where functions with a route to it run': {
      Resources: {
        ...using(attachment(refs('SubnetA')), 'PrivateA').Resources,
        ...routed('PrivateA', 'SubnetB'),
        Far: fn(refs('SubnetC')),
      },
    },
  },
  fails: {
    'a function runs in a zone without the endpoint': using(endpoint(AB), 'SubnetA', 'SubnetC'),
    'an instance runs in a zone without the endpoint': {
      Resources: {
        ...NETWORK,
        Subject: endpoint(refs('SubnetA')),
        Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'SubnetB' } } },
      },
    },
    'a function runs in a zone without the firewall': using(firewall('SubnetA'), 'SubnetB'),
    'a function runs in a zone without the resolver': resolving(resolver('OUTBOUND', 'SubnetA'), 'SubnetC'),
    'a function with a route runs in a zone without the attachment': {
      Resources: {
        ...using(attachment(refs('SubnetA')), 'SubnetA', 'SubnetB').Resources,
        ...routed('SubnetA', 'SubnetB'),
      },
    },
  },
  unknown: {
    'the subnets of the endpoint are given at deploy': {
      ...GIVEN,
      ...using(endpoint({ Ref: 'Given' }), 'SubnetA'),
    },
    'the subnets of the function are given at deploy': {
      ...GIVEN,
      Resources: { ...NETWORK, Subject: endpoint(AB), Fn: fn({ Ref: 'Given' }) },
    },
    'the endpoint names no subnet': using(endpoint([]), 'SubnetA'),
    'the kind of the endpoint is given at deploy': {
      ...GIVEN,
      ...using(endpoint(AB, { Ref: 'Kind' }), 'SubnetA'),
    },
    'a macro may write functions': {
      Transform: 'Company::Functions',
      Resources: { ...NETWORK, Subject: endpoint(AB) },
    },
    'the network is given at deploy': {
      ...GIVEN,
      Resources: {
        ...NETWORK,
        Subject: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: { VpcEndpointType: 'Interface', SubnetIds: AB },
        },
        Fn: fn(AB),
      },
    },
  },
  notApplicable: {
    'nothing runs in the network': { Resources: { ...NETWORK, Subject: endpoint(AB) } },
    'the endpoint is a gateway': using(endpoint(undefined, 'Gateway'), 'SubnetA'),
    'the resolver answers to others': resolving(resolver('INBOUND', 'SubnetA'), 'SubnetC'),
    'no network uses the resolver': using(resolver('OUTBOUND', 'SubnetA'), 'SubnetC'),
    'nothing that runs has a route to the attachment': using(attachment(refs('SubnetA')), 'SubnetC'),
  },
  equivalent: {
    '*.VpcId': 'what is in another network uses another one',
    'Subnet*.AvailabilityZone': 'where nothing runs and nothing is used, zones decide nothing',
    '*.VPCId': 'what is in another network uses another one',
    'Subject.VpcEndpointType': 'an endpoint of a gateway stands in no zone',
    'Subject.Direction': 'an inbound resolver is used from elsewhere',
    'Server.SubnetId': 'an instance that is not in a subnet of the app may be anywhere',
    'Rule.*': 'a resolver that no rule names is used by nobody',
    'Association.*': 'a resolver that no rule names is used by nobody',
    'Route.*': 'without a route nothing uses the attachment',
    '*Table.*': 'without a route nothing uses the attachment',
    'PrivateB.AvailabilityZone': 'where nothing runs, zones decide nothing',
    'Subject.TransitGatewayId': 'any attachment of the network is used',
  },
});

checks(attachmentsReachEveryZone, {
  passes: {
    'it has a subnet where functions run': using(attachment(AB), 'PrivateA', 'PrivateB'),
    'it has a subnet where routes lead to it': {
      Resources: { ...NETWORK, Subject: attachment(refs('SubnetA')), ...routed('PrivateA') },
    },
  },
  fails: {
    'a function runs in a zone without': using(attachment(refs('SubnetA')), 'SubnetA', 'SubnetB'),
    'a subnet of another zone has a route to it': {
      Resources: { ...NETWORK, Subject: attachment(refs('SubnetA')), ...routed('SubnetB') },
    },
    'the newer type of attachment lacks a zone': {
      Resources: {
        ...NETWORK,
        Subject: { ...attachment(refs('SubnetA')), Type: 'AWS::EC2::TransitGatewayVpcAttachment' },
        Fn: fn(refs('SubnetC')),
      },
    },
  },
  unknown: {
    'its subnets are given at deploy': { ...GIVEN, ...using(attachment({ Ref: 'Given' }), 'SubnetA') },
    'a macro may write functions': {
      Transform: 'Company::Functions',
      Resources: { ...NETWORK, Subject: attachment(AB) },
    },
  },
  notApplicable: { 'nothing runs in the network': { Resources: { ...NETWORK, Subject: attachment(AB) } } },
  equivalent: {
    '*.VpcId': 'what is in another network uses another attachment',
    'Subnet*.AvailabilityZone': 'where nothing runs and nothing is attached, zones decide nothing',
    '*.TransitGatewayId': 'any attachment of the network is used',
    'Route.*': 'without a route nothing uses the attachment',
    'PrivateB.AvailabilityZone': 'where nothing runs, zones decide nothing',
    'PrivateATable.*': 'without a route nothing uses the attachment',
  },
});
