import { desktopsSpanZones } from '../../../lib/audit/rules/wsp';
import { checks } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const subnet = (zone: unknown, rest: object = {}) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityZone: zone },
  ...rest,
});
const used = (id: string, property: string, target: unknown) => ({
  [`Use${id}`]: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: id }, RouteTableId: { Ref: `Table${id}` } },
  },
  [`Table${id}`]: { Type: 'AWS::EC2::RouteTable' },
  [`Route${id}`]: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { Ref: `Table${id}` },
      DestinationCidrBlock: '0.0.0.0/0',
      [property]: target,
    },
  },
});
const BASE = {
  Desk: { Type: 'AWS::WorkSpaces::Workspace', Properties: { DirectoryId: { Ref: 'Directory' } } },
  Directory: {
    Type: 'AWS::DirectoryService::MicrosoftAD',
    Properties: { VpcSettings: { VpcId: { Ref: 'Vpc' } } },
  },
  Vpc: { Type: 'AWS::EC2::VPC' },
};
const app = (more: object) => ({ ...OPEN, Resources: { ...BASE, ...more } });
const viaNat = (id: string, zone: unknown) => ({ [id]: subnet(zone), ...used(id, 'NatGatewayId', 'nat-1') });

checks(desktopsSpanZones, {
  passes: {
    'private subnets are in two zones': app({ ...viaNat('A', 'eu-west-1a'), ...viaNat('B', 'eu-west-1b') }),
    'a simple directory is used': {
      Resources: {
        ...BASE,
        Directory: { ...BASE.Directory, Type: 'AWS::DirectoryService::SimpleAD' },
        ...viaNat('A', 'eu-west-1a'),
        ...viaNat('B', 'eu-west-1c'),
      },
    },
  },
  fails: {
    'they are in one zone': app({ ...viaNat('A', 'eu-west-1a'), ...viaNat('B', 'eu-west-1a') }),
    'the second is public': app({
      ...viaNat('A', 'eu-west-1a'),
      B: subnet('eu-west-1b'),
      ...used('B', 'GatewayId', 'igw-1'),
    }),
    'the second has no way out': app({ ...viaNat('A', 'eu-west-1a'), B: subnet('eu-west-1b') }),
  },
  unknown: {
    'the directory is elsewhere': {
      Resources: { Desk: { ...BASE.Desk, Properties: { DirectoryId: 'd-1' } } },
    },
    'the directory names no network': {
      Resources: { ...BASE, Directory: { Type: 'AWS::DirectoryService::MicrosoftAD' } },
    },
    'no directory is named': { Resources: { Desk: { Type: 'AWS::WorkSpaces::Workspace' } } },
    'the app has no subnet of the network': app({}),
    'a condition may leave the second out': app({
      ...viaNat('A', 'eu-west-1a'),
      ...viaNat('B', 'eu-west-1b'),
      B: subnet('eu-west-1b', { Condition: 'Wanted' }),
    }),
    'a parameter names the zones': app({ ...viaNat('A', { Ref: 'Open' }), ...viaNat('B', 'eu-west-1a') }),
    'a route cannot be followed': app({
      ...viaNat('A', 'eu-west-1a'),
      B: subnet('eu-west-1b'),
      Use: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: 'B' }, RouteTableId: { Ref: 'Open' } },
      },
    }),
  },
  notApplicable: { 'there is no desktop': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
  equivalent: {
    'Desk.DirectoryId': 'a directory that is not in the app makes it unknown',
    'Directory.VpcSettings.VpcId': 'a network that is not in the app makes it unknown',
    'Use*.RouteTableId': 'a table that is not in the app leaves it open',
    'Route*.NatGatewayId': 'a route that leads nowhere known leaves it open',
  },
});
