import { fewServicesShareFate } from '../../../lib/audit/rules/shared-fate';
import { RegionRole } from '../../../lib/objectives/region-role';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const tagged = (service: string) => [
  { Key: 'resilience:service', Value: service },
  { Key: 'resilience:tier', Value: '1' },
];

/** A database, and a function of each service that uses it. */
const database = (...services: readonly string[]) => ({
  Resources: {
    Database: { Type: 'AWS::RDS::DBInstance' },
    ...Object.fromEntries(
      services.map((service, index) => [
        `Fn${index}`,
        {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Environment: { Variables: { HOST: att('Database', 'Endpoint.Address') } },
            Tags: tagged(service),
          },
        },
      ]),
    ),
  },
});

const cluster = (...services: readonly string[]) => ({
  Resources: {
    Cluster: { Type: 'AWS::ECS::Cluster' },
    ...Object.fromEntries(
      services.map((service, index) => [
        `Service${index}`,
        { Type: 'AWS::ECS::Service', Properties: { Cluster: { Ref: 'Cluster' }, Tags: tagged(service) } },
      ]),
    ),
  },
});

/** A queue and functions that poll it, each of the cell given; the queue is of the first one's stack. */
const polled = (...cells: readonly unknown[]) => ({
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    ...Object.fromEntries(
      cells.map((cell, index) => [
        `Poll${index}`,
        {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: att('Queue', 'Arn'),
            Tags: [{ Key: 'resilience:cell', Value: cell }],
          },
        },
      ]),
    ),
  },
});

checks(fewServicesShareFate, {
  passes: {
    'one cell uses the queue': polled('one', 'one'),
    'three services use the database': database('a', 'a', 'b', 'b', 'c', 'c'),
    'three services run on the cluster': cluster('a', 'a', 'b', 'b', 'c', 'c'),
  },
  fails: {
    'two cells use the queue': polled('one', 'two'),
    'a cell uses the key of another': {
      stacks: {
        one: {
          tags: { 'resilience:cell': 'one' },
          template: {
            Resources: { Key: { Type: 'AWS::KMS::Key' } },
            Outputs: { Key: { Value: att('Key', 'Arn'), Export: { Name: 'key' } } },
          },
        },
        two: {
          tags: { 'resilience:cell': 'two' },
          template: {
            Resources: {
              Topic: {
                Type: 'AWS::SNS::Topic',
                Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'key' } },
              },
            },
          },
        },
      },
    },
    'four services use the database': database('a', 'b', 'c', 'd'),
    'four services run on the cluster': cluster('a', 'b', 'c', 'd'),
    'four services have a key': {
      Resources: {
        Key: { Type: 'AWS::KMS::Key' },
        ...Object.fromEntries(
          ['a', 'b', 'c', 'd'].map((service) => [
            `Topic${service}`,
            {
              Type: 'AWS::SNS::Topic',
              Properties: { KmsMasterKeyId: att('Key', 'Arn'), Tags: tagged(service) },
            },
          ]),
        ),
      },
    },
  },
  unknown: {
    'the cell is given at deploy': { ...polled('one', { Ref: 'Cell' }), Parameters: { Cell: {} } },
    'a macro may write more': { ...database('a'), Transform: ['Own'] },
  },
  notApplicable: {
    'nobody is seen to use it': { Resources: { Database: { Type: 'AWS::RDS::DBInstance' } } },
    'what uses it belongs to no service': {
      Resources: {
        Database: { Type: 'AWS::RDS::DBInstance' },
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Environment: { Variables: { HOST: att('Database', 'Endpoint.Address') } } },
        },
      },
    },
  },
  equivalent: {
    'Poll*.EventSourceArn': 'who does not poll the queue does not share it',
    '*.Tags.*.Key': 'who belongs to no service adds none',
    '*.Tags.1.Value': 'the tier decides nothing',
    'Fn*.Environment.*': 'who does not use it adds no service',
    'Service*.Cluster': 'who does not run there adds no service',
  },
});

describe('X-54', () => {
  const inAccounts = (account: string, other: string) => ({
    stacks: {
      main: placeOf(
        { role: RegionRole.PRIMARY, region: 'eu-west-1', account },
        { Queue: { Type: 'AWS::SQS::Queue' } },
      ),
      other: placeOf(
        { role: RegionRole.STANDBY, region: 'eu-central-1', account: other },
        { Queue: { Type: 'AWS::SQS::Queue' } },
      ),
    },
  });
  const config = { services: [], rules: { 'X-54': { parameters: { separateAccounts: true } } } };

  it('keeps primary and standby in accounts of their own where the policy wants it', () => {
    const judge = (other: string, ...more: (typeof config)[]) =>
      outcomeOf(fewServicesShareFate, inAccounts('111122223333', other), 1, ...more);
    expect(judge('111122223333', config)).toBe('fail');
    expect(judge('444455556666', config)).toBe('pass');
    expect(judge('111122223333')).toBe('notApplicable');
  });

  it('counts what goes out through a NAT gateway', () => {
    const services = ['a', 'b', 'c', 'd'];
    const resources = {
      Nat: { Type: 'AWS::EC2::NatGateway' },
      Table: { Type: 'AWS::EC2::RouteTable' },
      Route: {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: { Ref: 'Table' }, NatGatewayId: { Ref: 'Nat' } },
      },
      Subnet: { Type: 'AWS::EC2::Subnet' },
      Association: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { RouteTableId: { Ref: 'Table' }, SubnetId: { Ref: 'Subnet' } },
      },
      ...Object.fromEntries(
        services.map((service) => [
          `Fn${service}`,
          {
            Type: 'AWS::Lambda::Function',
            Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }] }, Tags: tagged(service) },
          },
        ]),
      ),
    };
    expect(outcomeOf(fewServicesShareFate, { Resources: resources })).toBe('fail');
  });
});
