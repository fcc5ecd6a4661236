import {
  delegationListsAllNameServers,
  publicZoneLogsQueries,
  resolverEndpointSpansZones,
} from '../../../lib/audit/rules/r53-zones';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const zone = (name: unknown) => ({ Type: 'AWS::Route53::HostedZone', Properties: { Name: name } });
const ZONES = { Parent: zone('example.com'), Child: zone('shop.example.com') };
const NAME_SERVERS = { 'Fn::GetAtt': ['Child', 'NameServers'] };
const nameServer = (position: number) => ({ 'Fn::Select': [position, NAME_SERVERS] });
const delegation = (servers: unknown, name = 'shop.example.com.') => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { HostedZoneId: { Ref: 'Parent' }, Name: name, Type: 'NS', ResourceRecords: servers },
});
const delegated = (servers: unknown) => ({ Resources: { ...ZONES, Delegation: delegation(servers) } });

checks(delegationListsAllNameServers, {
  passes: {
    'the parent lists them by reference': delegated(NAME_SERVERS),
    'the parent lists each of the four': delegated([0, 1, 2, 3].map(nameServer)),
  },
  fails: {
    'the parent lists two of the four': delegated([0, 1].map(nameServer)),
    'the parent lists one of them twice': delegated([0, 1, 2, 2].map(nameServer)),
    'the parent lists those of another zone': delegated({ 'Fn::GetAtt': ['Parent', 'NameServers'] }),
    'the parent has no record for it': {
      Resources: { ...ZONES, Other: delegation(NAME_SERVERS, 'other.example.com') },
    },
    'the parent lists three literal name servers': delegated([
      'ns-1.example.',
      'ns-2.example.',
      'ns-3.example.',
    ]),
  },
  unknown: {
    'the parent lists four literal name servers': delegated([
      'a.example',
      'b.example',
      'c.example',
      'd.example',
    ]),
    'the name servers are a parameter': {
      ...delegated({ Ref: 'Servers' }),
      Parameters: { Servers: { Type: 'CommaDelimitedList' } },
    },
    'a custom resource delegates it': {
      Resources: {
        ...ZONES,
        Delegation: {
          Type: 'Custom::CrossAccountZoneDelegation',
          Properties: { DelegatedZoneNameServers: NAME_SERVERS },
        },
      },
    },
    'a macro may write the record': { Transform: 'Records', Resources: ZONES },
  },
  notApplicable: {
    'the parent is not in the app': { Name: 'shop.example.com' },
    'the zone is private': {
      Resources: {
        Parent: zone('example.com'),
        Child: {
          Type: 'AWS::Route53::HostedZone',
          Properties: { Name: 'shop.example.com', VPCs: [{ VPCId: 'vpc-1' }] },
        },
      },
    },
  },
  equivalent: {
    '*.HostedZoneId': 'a record of that name and type delegates from wherever it stands',
    'Parent.Name': 'the record delegates whatever the name of its zone is',
  },
});

checks(publicZoneLogsQueries, {
  passes: {
    'queries go to a log group': {
      QueryLoggingConfig: { CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:dns' },
    },
    'queries go to a log group of the app': {
      Resources: {
        Logs: { Type: 'AWS::Logs::LogGroup' },
        Zone: {
          Type: 'AWS::Route53::HostedZone',
          Properties: {
            QueryLoggingConfig: { CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] } },
          },
        },
      },
    },
  },
  fails: {
    'nothing is said of logging': {},
    'the configuration names no log group': { QueryLoggingConfig: {} },
    'the list of VPCs is empty': { VPCs: [] },
  },
  unknown: {
    'deploy decides whether the zone is private': {
      Parameters: { Vpcs: { Type: 'CommaDelimitedList' } },
      Resources: { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { VPCs: { Ref: 'Vpcs' } } } },
    },
    'a transform writes the configuration': { QueryLoggingConfig: { 'Fn::Transform': {} } },
  },
  notApplicable: { 'the zone is private': { VPCs: [{ VPCId: 'vpc-1' }] } },
});

const endpoint = (...subnets: readonly unknown[]) => ({
  Type: 'AWS::Route53Resolver::ResolverEndpoint',
  Properties: { IpAddresses: subnets.map((subnet) => ({ SubnetId: subnet })) },
});
const TWO = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }];

checks(resolverEndpointSpansZones, {
  passes: {
    'its addresses are in two zones': {
      Resources: { ...subnetsIn('eu-west-1a', 'eu-west-1b'), Endpoint: endpoint(...TWO) },
    },
    'its addresses are in the first and the third zone of the region': {
      Resources: {
        ...subnetsIn(
          { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
          { 'Fn::Select': [2, { 'Fn::GetAZs': '' }] },
        ),
        Endpoint: endpoint(...TWO),
      },
    },
  },
  fails: {
    'it has one address': {
      Resources: { ...subnetsIn('eu-west-1a'), Endpoint: endpoint({ Ref: 'SubnetA' }) },
    },
    'both addresses are in one zone': {
      Resources: { ...subnetsIn('eu-west-1a', 'eu-west-1a'), Endpoint: endpoint(...TWO) },
    },
    'it has no address': { IpAddresses: [] },
    'it has one address, in a subnet outside the app': { IpAddresses: [{ SubnetId: 'subnet-1' }] },
    'both addresses are in the subnet of one parameter': {
      Parameters: { Subnet: { Type: 'String' } },
      Resources: { Endpoint: endpoint({ Ref: 'Subnet' }, { Ref: 'Subnet' }) },
    },
  },
  unknown: { 'its subnets are literal ids': { Resources: { Endpoint: endpoint('subnet-1', 'subnet-2') } } },
  notApplicable: 'every endpoint has addresses in zones',
  equivalent: { '*.VpcId': 'the VPC says nothing of zones' },
});
