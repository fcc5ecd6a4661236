import { firewallIsInOwnZone, inspectionIsInOwnZone } from '../../../lib/audit/rules/vpc-endpoints';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = { Parameters: { Open: { Type: 'String' } } };
const subnet = (zone: unknown) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityZone: zone },
});
const VPC = { Vpc: { Type: 'AWS::EC2::VPC' } };
const through = (target: unknown, more: object, zone: unknown = 'eu-west-1a') => ({
  ...OPEN,
  Resources: {
    ...VPC,
    Subject: subnet(zone),
    Table: { Type: 'AWS::EC2::RouteTable' },
    Use: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: 'Subject' }, RouteTableId: { Ref: 'Table' } },
    },
    Route: {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: { Ref: 'Table' },
        DestinationCidrBlock: '0.0.0.0/0',
        VpcEndpointId: target,
      },
    },
    ...more,
  },
});
const gateway = (place: unknown, kind: unknown = 'GatewayLoadBalancer') => ({
  Place: subnet('eu-west-1a'),
  Elsewhere: subnet('eu-west-1b'),
  Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: kind, SubnetIds: [place] } },
});
const AWAY = { Ref: 'Elsewhere' };
const NEAR = { Ref: 'Place' };
const ENDPOINT = { Ref: 'Endpoint' };
const EXCUSES = {
  '*.VpcId': 'a route leads to endpoints of its own network only',
  'Use.*': 'another subnet then has the route, or it is open',
  'Route.RouteTableId': 'a subnet without the route sends nothing through it',
  'Route.DestinationCidrBlock': 'whatever is sent through it is lost with it',
  'Route.VpcEndpointId': 'an endpoint that is not in the app may stand anywhere',
  'Elsewhere.AvailabilityZone': 'nothing stands in it',
};

checks(inspectionIsInOwnZone, {
  passes: {
    'the endpoint stands in the zone of the subnet': through(ENDPOINT, gateway(NEAR)),
    'its zone is a symbol': through(
      ENDPOINT,
      {
        Place: subnet({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }),
        Endpoint: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: { VpcEndpointType: 'GatewayLoadBalancer', SubnetIds: [NEAR] },
        },
      },
      { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    ),
  },
  fails: {
    'it stands in another': through(ENDPOINT, gateway(AWAY)),
    'the subnet stands in another': through(ENDPOINT, gateway(NEAR), 'eu-west-1c'),
    'their zones are two symbols': through(
      ENDPOINT,
      {
        Place: subnet({ 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }),
        Endpoint: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: { VpcEndpointType: 'GatewayLoadBalancer', SubnetIds: [NEAR] },
        },
      },
      { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    ),
  },
  unknown: {
    'the endpoint is not in the app': through('vpce-1', {}),
    'a parameter names its subnet': through(ENDPOINT, gateway({ Ref: 'Open' })),
    'a route cannot be followed': {
      ...OPEN,
      Resources: {
        Subject: subnet('eu-west-1a'),
        ...gateway(NEAR),
        Use: {
          Type: 'AWS::EC2::SubnetRouteTableAssociation',
          Properties: { SubnetId: { Ref: 'Subject' }, RouteTableId: { Ref: 'Open' } },
        },
      },
    },
  },
  notApplicable: {
    'the endpoint is of another kind': through(ENDPOINT, gateway(AWAY, 'Interface')),
    'the app has no such endpoint': { Resources: { Subject: subnet('eu-west-1a') } },
  },
  equivalent: {
    ...EXCUSES,
    'Endpoint.VpcEndpointType': 'an endpoint of another kind is not judged',
    'Endpoint.SubnetIds.0': 'a subnet that is not in the app may be in any zone',
  },
});

it('VPC-01 fails where the subnet of the endpoint is another', () => {
  expect(outcomeOf(inspectionIsInOwnZone, through(ENDPOINT, gateway(AWAY)))).toBe('fail');
});

const association = (place: unknown) => ({
  Place: subnet('eu-west-1a'),
  Elsewhere: subnet('eu-west-1b'),
  Endpoint: {
    Type: 'AWS::NetworkFirewall::VpcEndpointAssociation',
    Properties: { SubnetMapping: { SubnetId: place } },
  },
});
const firewall = (...places: readonly unknown[]) => ({
  Place: subnet('eu-west-1a'),
  Elsewhere: subnet('eu-west-1b'),
  Endpoint: {
    Type: 'AWS::NetworkFirewall::Firewall',
    Properties: { SubnetMappings: places.map((SubnetId) => ({ SubnetId })) },
  },
});
const cutOut = {
  'Fn::Select': [
    1,
    { 'Fn::Split': [':', { 'Fn::Select': [0, { 'Fn::GetAtt': ['Endpoint', 'EndpointIds'] }] }] },
  ],
};
const attribute = { 'Fn::GetAtt': ['Endpoint', 'EndpointId'] };

checks(firewallIsInOwnZone, {
  passes: {
    'the endpoint stands in the zone of the subnet': through(attribute, association(NEAR)),
    'the only endpoint of the firewall does': through(cutOut, firewall(NEAR)),
  },
  fails: {
    'it stands in another': through(attribute, association(AWAY)),
    'the only endpoint of the firewall does not': through(cutOut, firewall(AWAY)),
    'the subnet stands in a zone without the firewall': through(cutOut, firewall(NEAR, AWAY), 'eu-west-1c'),
  },
  unknown: {
    'it may be any endpoint of the firewall': through(cutOut, firewall(NEAR, AWAY)),
    'a parameter names its subnet': through(attribute, association({ Ref: 'Open' })),
  },
  notApplicable: {
    'the endpoint is of a gateway load balancer': through(ENDPOINT, gateway(AWAY)),
    'the app has no firewall': { Resources: { Subject: subnet('eu-west-1a') } },
  },
  equivalent: EXCUSES,
});
