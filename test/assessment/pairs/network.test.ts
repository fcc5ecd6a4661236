import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { attribute, natIn, network, ref, subnets, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const NATS = ['NatA', 'NatB', 'NatC'];

function inside(resources: Resources) {
  return assessed({ stacks: { west: { region: 'eu-west-1', template: { Resources: resources } } } });
}

const down = ({ availability }: ReturnType<typeof inside>) => availability.unavailability;

const perZone = (what: Resources) =>
  inside({
    ...network(ZONES, NATS, Object.assign({}, ...NATS.map((nat, index) => natIn(nat, ZONES[index] ?? '')))),
    ...what,
  });
const shared = (what: Resources, gateway: object = {}) => {
  const nat = natIn('NatA', 'eu-west-1a');
  return inside({
    ...network(ZONES, ['NatA', 'NatA', 'NatA'], nat),
    ...(Object.keys(gateway).length > 0 && { NatA: { Type: 'AWS::EC2::NatGateway', Properties: gateway } }),
    ...what,
  });
};

describe('a NAT gateway', () => {
  const [each, one] = [perZone(tasks(6, 'ABC')), shared(tasks(6, 'ABC'))];

  it('that all zones share stops them all, with its zone', () => {
    expect(singlePoints(one)).toContain('resource:west/NatA');
    expect(singlePoints(one)).toContain('zone:eu-west-1a');
    expect(singlePoints(each)).toEqual(['software:app', 'region:eu-west-1'].sort());
    expect(down(one)).toBeGreaterThan(down(each) * 5);
  });

  it('of its own zone is not waited for by who starts again in another one, which has its own', () => {
    const [own, only] = [perZone(tasks(1, 'ABC')), shared(tasks(1, 'ABC'))].map(({ recovery }) => recovery);
    expect(own?.availabilityZone.rtoSeconds).toBe(own?.instance.rtoSeconds);
    expect(own?.availabilityZone.because).not.toContain('Nat');
    expect(only?.availabilityZone.rtoSeconds).toBeGreaterThan(3600);
    expect(only?.availabilityZone.because).toMatch(/NatA is back .* fix: use a NAT gateway in each zone/);
  });

  it('of a region stops none of them with a zone', () => {
    const regional = shared(tasks(6, 'ABC'), { AvailabilityMode: 'regional', VpcId: ref('Vpc') });
    expect(singlePoints(regional)).toContain('resource:west/NatA');
    expect(singlePoints(regional)).not.toContain('zone:eu-west-1a');
    expect(down(regional)).toBeLessThan(down(one));
  });

  it('is not needed by what its security groups keep inside', () => {
    const group = (egress: readonly object[]) => ({
      ...tasks(6, 'ABC', {
        NetworkConfiguration: {
          AwsvpcConfiguration: { Subnets: subnets('ABC'), SecurityGroups: [attribute('Group', 'GroupId')] },
        },
      }),
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { VpcId: ref('Vpc'), SecurityGroupEgress: egress },
      },
    });
    const open = shared(group([{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]));
    const closed = shared(
      group([{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '10.0.0.0/16' }]),
    );
    expect(singlePoints(open)).toContain('resource:west/NatA');
    expect(eventIds(closed)).not.toContain('resource:west/NatA');
    expect(assumptionsOf(closed)).toMatch(/Tasks needs no way out of its network/);
    expect(down(closed)).toBeLessThan(down(open) / 5);
  });

  it('is needed by a function in its subnets too', () => {
    const handler = (letters: string): Resources => ({
      Handler: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: subnets(letters) } } },
    });
    expect(singlePoints(shared(handler('ABC')))).toContain('resource:west/NatA');
    expect(singlePoints(perZone(handler('ABC')))).not.toContain('resource:west/NatA');
    expect(singlePoints(perZone(handler('A')))).toContain('resource:west/NatA');
  });
});

describe('other ways out', () => {
  const routed = (target: object, others: Resources) =>
    inside({
      ...network(ZONES),
      ...others,
      ...tasks(6, 'ABC'),
      ...Object.fromEntries(
        ['A', 'B', 'C'].map((letter) => [
          `Route${letter}`,
          {
            Type: 'AWS::EC2::Route',
            Properties: { RouteTableId: ref(`Table${letter}`), DestinationCidrBlock: '0.0.0.0/0', ...target },
          },
        ]),
      ),
    });
  const open = inside({ ...network(ZONES), ...tasks(6, 'ABC') });

  it.each([
    [
      'an instance that translates',
      { InstanceId: ref('Way') },
      { Type: 'AWS::EC2::Instance', Properties: { SubnetId: ref('SubnetA'), SourceDestCheck: false } },
      'zone:eu-west-1a',
    ],
    [
      'a network interface',
      { NetworkInterfaceId: ref('Way') },
      { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: ref('SubnetA') } },
      'zone:eu-west-1a',
    ],
    [
      'a transit gateway',
      { TransitGatewayId: ref('Way') },
      { Type: 'AWS::EC2::TransitGateway', Properties: {} },
      'region:eu-west-1',
    ],
    [
      'a firewall',
      { VpcEndpointId: { 'Fn::Select': [0, attribute('Way', 'EndpointIds')] } },
      {
        Type: 'AWS::NetworkFirewall::Firewall',
        Properties: { SubnetMappings: [{ SubnetId: ref('SubnetA') }] },
      },
      'region:eu-west-1',
    ],
  ])('%s stops what leaves through it', (_, target, way, domain) => {
    const through = routed(target, { Way: way });
    expect(singlePoints(through)).toContain(domain);
    expect(eventIds(through).filter((id) => id.startsWith('resource:west/Way'))).toHaveLength(1);
    expect(down(through)).toBeGreaterThan(down(open));
  });

  it('what leads to something that is not in the app counts, and is said', () => {
    const elsewhere = routed({ NatGatewayId: 'nat-0123456789abcdef0' }, {});
    expect(assumptionsOf(elsewhere)).toMatch(/leaves its network through what is not in the app/);
    expect(down(elsewhere)).toBeGreaterThan(down(open));
  });
});

describe('an endpoint of the network', () => {
  const sender: Resources = {
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {},
        Policies: [
          {
            PolicyName: 'send',
            PolicyDocument: {
              Statement: [
                { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: attribute('Queue', 'Arn') },
              ],
            },
          },
        ],
      },
    },
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: attribute('Role', 'Arn'),
        Environment: { Variables: { QUEUE: ref('Queue') } },
        VpcConfig: { SubnetIds: subnets('ABC') },
      },
    },
  };
  const endpoint = (letters: string, more: object = {}): Resources => ({
    Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcEndpointType: 'Interface',
        VpcId: ref('Vpc'),
        ServiceName: 'com.amazonaws.eu-west-1.sqs',
        SubnetIds: subnets(letters),
        ...more,
      },
    },
  });
  const none = perZone(sender);
  const one = perZone({ ...sender, ...endpoint('A') });
  const three = perZone({ ...sender, ...endpoint('ABC') });

  it('is what calls to its service go through', () => {
    expect(eventIds(none)).not.toContain('resource:west/Endpoint');
    expect(singlePoints(three)).toContain('resource:west/Endpoint');
    expect(singlePoints(one)).toContain('zone:eu-west-1a');
    expect(down(one)).toBeGreaterThan(down(three) + 8e-4);
  });

  it('does not make the way out needless, and that is said', () => {
    expect(eventIds(three)).toContain('resource:west/NatA');
    expect(assumptionsOf(three)).toMatch(/all calls of west\/Handler that are seen go to endpoints/);
    expect(assumptionsOf(none)).not.toMatch(/go to endpoints/);
  });

  it('without the usual name of the service is not what calls go through', () => {
    const other = perZone({ ...sender, ...endpoint('A', { PrivateDnsEnabled: false }) });
    expect(eventIds(other)).not.toContain('resource:west/Endpoint');
  });
});
