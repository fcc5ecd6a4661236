import {
  endpointSpansZones,
  networkIsLeftByTwoZones,
  networkSpansZones,
  networksSpanRegions,
} from '../../../lib/audit/rules/vpc-zones';
import { Tier } from '../../../lib/objectives/tier';
import { subnetsIn } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const subnet = (zone: unknown, network: unknown = { Ref: 'Subject' }, rest: object = {}) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: network, AvailabilityZone: zone },
  ...rest,
});
const VPC = { Type: 'AWS::EC2::VPC' };
const network = (more: object) => ({ ...OPEN, Resources: { Subject: VPC, ...more } });
const A = subnet('eu-west-1a');
const B = subnet('eu-west-1b');

checks(networkSpansZones, {
  passes: {
    'its subnets are in two zones': network({ A, B }),
    'another stack puts one in': {
      stacks: {
        Net: {
          region: 'eu-west-1',
          template: {
            Resources: { Subject: VPC, A },
            Outputs: { Id: { Value: { Ref: 'Subject' }, Export: { Name: 'net' } } },
          },
        },
        More: {
          region: 'eu-west-1',
          template: { Resources: { B: subnet('eu-west-1b', { 'Fn::ImportValue': 'net' }) } },
        },
      },
    },
  },
  fails: {
    'its subnets are in one zone': network({ A, B: subnet('eu-west-1a') }),
    'it has one subnet': network({ A }),
    'the second is in another network': network({ A, B: subnet('eu-west-1b', { Ref: 'Other' }), Other: VPC }),
    'the second is in a network of another app': network({ A, B: subnet('eu-west-1b', 'vpc-1') }),
  },
  unknown: {
    'the app has no subnet of it': network({}),
    'a condition may leave the second out': network({ A, B: { ...B, Condition: 'Wanted' } }),
    'a parameter names the network of the second': network({ A, B: subnet('eu-west-1b', { Ref: 'Open' }) }),
    'a parameter names the zones': network({ A, B: subnet({ Ref: 'Open' }) }),
    'a macro may write the second': { ...network({ A }), Transform: 'Mine' },
  },
  notApplicable: { 'there is no network': { Resources: { A: subnet('eu-west-1a', 'vpc-1') } } },
});

const endpoint = (properties: Readonly<Record<string, unknown>>) => ({
  ...OPEN,
  Resources: {
    ...subnetsIn('eu-west-1a', 'eu-west-1b'),
    Subject: { Type: 'AWS::EC2::VPCEndpoint', Properties: properties },
  },
});
const TWO = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }];
checks(endpointSpansZones, {
  passes: {
    'it stands in two zones': endpoint({ VpcEndpointType: 'Interface', SubnetIds: TWO }),
    'a condition that holds says so': {
      ...endpoint({
        VpcEndpointType: 'Interface',
        SubnetIds: [{ Ref: 'SubnetB' }, { Ref: 'SubnetA' }],
      }),
    },
  },
  fails: {
    'it stands in one': endpoint({ VpcEndpointType: 'Interface', SubnetIds: [{ Ref: 'SubnetA' }] }),
    'it stands nowhere': endpoint({ VpcEndpointType: 'Interface' }),
  },
  unknown: {
    'a parameter names the subnets': endpoint({ VpcEndpointType: 'Interface', SubnetIds: { Ref: 'Open' } }),
    'a parameter names the kind': endpoint({
      VpcEndpointType: { Ref: 'Open' },
      SubnetIds: [{ Ref: 'SubnetA' }],
    }),
  },
  notApplicable: {
    'it is a gateway': endpoint({ VpcEndpointType: 'Gateway' }),
    'nothing is said, so it is a gateway': endpoint({}),
  },
  equivalent: {
    'Subject.VpcEndpointType': 'an endpoint of another kind is not judged',
    '*.VpcId': 'an endpoint stands in one network',
  },
});

const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };
const regions = (...names: readonly (string | undefined)[]) => ({
  stacks: Object.fromEntries(
    names.map((region, index) => [
      `Net${index}`,
      { template: { Resources: { Vpc: VPC, ...TOPIC } }, ...(region !== undefined && { region }) },
    ]),
  ),
});
checks(networksSpanRegions, {
  passes: {
    'there are two regions': regions('eu-west-1', 'eu-central-1'),
    'there are two in other places': regions('us-east-1', 'us-west-2'),
  },
  fails: {
    'there is one region': regions('eu-west-1'),
    'both are in one': regions('eu-west-1', 'eu-west-1'),
  },
  unknown: {
    'the template is bound to no region': { Resources: { Vpc: VPC } },
    'one stack is bound to no region': regions('eu-west-1', undefined),
    'a macro may write one': {
      stacks: { Net: { region: 'eu-west-1', template: { Transform: 'Mine', Resources: { Vpc: VPC } } } },
    },
    'a condition may leave the second out': {
      stacks: {
        Net: { region: 'eu-west-1', template: { Resources: { Vpc: VPC } } },
        Other: {
          region: 'eu-central-1',
          template: { ...OPEN, Resources: { Vpc: { ...VPC, Condition: 'Wanted' } } },
        },
      },
    },
  },
  notApplicable: { 'there is no network': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
});

it('VPC-05 asks for no second region where the tier owes one', () => {
  expect(outcomeOf(networksSpanRegions, regions('eu-west-1'), Tier.STANDARD)).toBe('notApplicable');
});

/** Subnets with a route of their own to where a value says. */
const leaving = (id: string, zone: string, property: string, target: unknown) => ({
  [id]: subnet(zone),
  [`Table${id}`]: { Type: 'AWS::EC2::RouteTable' },
  [`Use${id}`]: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: id }, RouteTableId: { Ref: `Table${id}` } },
  },
  [`Route${id}`]: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { Ref: `Table${id}` },
      DestinationCidrBlock: '0.0.0.0/0',
      [property]: target,
    },
  },
});
const nat = (place: string) => ({ Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: place } } });
const byNat = (id: string, zone: string, gateway: string) =>
  leaving(id, zone, 'NatGatewayId', { Ref: gateway });
const PUBLIC = { PublicA: A, PublicB: B };
const attachment = (...places: readonly string[]) => ({
  Type: 'AWS::EC2::TransitGatewayAttachment',
  Properties: {
    VpcId: { Ref: 'Subject' },
    TransitGatewayId: 'tgw-1',
    SubnetIds: places.map((Ref) => ({ Ref })),
  },
});
const twoNats = network({
  ...PUBLIC,
  NatA: nat('PublicA'),
  NatB: nat('PublicB'),
  ...byNat('Own', 'eu-west-1a', 'NatA'),
  ...byNat('Next', 'eu-west-1b', 'NatB'),
});

checks(networkIsLeftByTwoZones, {
  passes: {
    'two zones have NAT gateways': twoNats,
    'an attachment stands in two': network({
      ...leaving('Own', 'eu-west-1a', 'TransitGatewayId', 'tgw-1'),
      Next: B,
      Way: attachment('Own', 'Next'),
    }),
  },
  fails: {
    'all leave through one NAT gateway': network({
      ...PUBLIC,
      NatA: nat('PublicA'),
      ...byNat('Own', 'eu-west-1a', 'NatA'),
      ...byNat('Next', 'eu-west-1b', 'NatA'),
    }),
    'two NAT gateways stand in one zone': network({
      PublicA: A,
      PublicB: subnet('eu-west-1a'),
      NatA: nat('PublicA'),
      NatB: nat('PublicB'),
      ...byNat('Own', 'eu-west-1a', 'NatA'),
      ...byNat('Next', 'eu-west-1b', 'NatB'),
    }),
    'an attachment stands in one': network({
      ...leaving('Own', 'eu-west-1a', 'TransitGatewayId', 'tgw-1'),
      Next: B,
      Way: attachment('Own'),
    }),
  },
  unknown: {
    'a parameter names the NAT gateway': network({
      ...leaving('Own', 'eu-west-1a', 'NatGatewayId', { Ref: 'Open' }),
    }),
    'a route cannot be followed': network({
      Own: A,
      Use: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: 'Own' }, RouteTableId: { Ref: 'Open' } },
      },
    }),
  },
  notApplicable: {
    'a gateway to the internet stands in no zone': network(
      leaving('Own', 'eu-west-1a', 'GatewayId', 'igw-1'),
    ),
    'nothing leaves': network({ A }),
  },
  equivalent: {
    '*.VpcId': 'what belongs to another network is not a way out of this one, and the rest is open',
    'Own.AvailabilityZone': 'where the subnet stands does not matter, only its way out',
    'Next.AvailabilityZone': 'where the subnet stands does not matter, only its way out',
    'Use*': 'a subnet without a route table has no way out, or an open one',
    'Route*.RouteTableId': 'a route elsewhere is no way out',
    'Route*.DestinationCidrBlock': 'a route to some network is no way out',
    'RouteOwn.TransitGatewayId': 'it may lead anywhere',
    'Way.TransitGatewayId': 'a network is attached to one transit gateway here',
  },
});

it('VPC-07 asks for no second way out where the tier owes one', () => {
  const one = network({ PublicA: A, NatA: nat('PublicA'), ...byNat('Own', 'eu-west-1a', 'NatA') });
  expect(outcomeOf(networkIsLeftByTwoZones, one, Tier.STANDARD)).toBe('notApplicable');
});
