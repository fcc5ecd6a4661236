import { mayReach } from '../../../lib/assembly/network/reachability';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

type Resources = Record<string, unknown>;

const group = (properties: Resources = {}) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: 'g', ...properties },
});

const ref = (id: string) => ({ Ref: id });
const idOf = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });

/** A function and a database in one network, in two subnets. */
const NETWORK: Resources = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  AppSubnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' } },
  DataSubnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24' } },
  DataSubnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: [ref('DataSubnet')] } },
  App: {
    Type: 'AWS::Lambda::Function',
    Properties: { VpcConfig: { SubnetIds: [ref('AppSubnet')], SecurityGroupIds: [idOf('AppGroup')] } },
  },
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBSubnetGroupName: ref('DataSubnets'), VPCSecurityGroups: [idOf('DataGroup')] },
  },
  AppGroup: group(),
  DataGroup: group(),
};

const ingress = (properties: Resources) => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId: idOf('DataGroup'), IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, ...properties },
});

const FROM_APP = ingress({ SourceSecurityGroupId: idOf('AppGroup') });

function reaches(resources: Resources, port = 5432): boolean | 'unknown' {
  const graph = graphOf({ Resources: { ...NETWORK, ...resources } });
  const [app] = graph.ofType('AWS::Lambda::Function');
  const [database] = graph.ofType('AWS::RDS::DBInstance');
  if (!app || !database) throw new Error('both are needed');
  const truth = mayReach(app, database, port);
  return truth instanceof Unknown ? 'unknown' : truth;
}

describe('a function reaches a database', () => {
  const cases: Readonly<Record<string, readonly [boolean | 'unknown', Resources, number?]>> = {
    'when its group is let in': [true, { In: FROM_APP }],
    'not on another port': [false, { In: FROM_APP }, 3306],
    'not without a rule': [false, {}],
    'not by a rule for another group': [
      false,
      { In: ingress({ SourceSecurityGroupId: idOf('Other') }), Other: group() },
    ],
    'not by a rule of another protocol': [
      false,
      { In: ingress({ IpProtocol: 'udp', SourceSecurityGroupId: idOf('AppGroup') }) },
    ],
    'when all protocols are let in': [
      true,
      { In: ingress({ IpProtocol: '-1', SourceSecurityGroupId: idOf('AppGroup') }) },
    ],
    'by the port that the database hands out': [
      true,
      {
        In: ingress({
          SourceSecurityGroupId: idOf('AppGroup'),
          FromPort: { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] },
          ToPort: { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] },
        }),
      },
    ],
    'when its addresses are let in': [true, { In: ingress({ CidrIp: '10.0.0.0/16' }) }],
    'when the addresses of the network are let in': [
      true,
      { In: ingress({ CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }) },
    ],
    'not when other addresses are let in': [false, { In: ingress({ CidrIp: '10.0.9.0/24' }) }],
    'perhaps when a part of its addresses is let in': ['unknown', { In: ingress({ CidrIp: '10.0.1.7/32' }) }],
    'perhaps when a prefix list is let in': ['unknown', { In: ingress({ SourcePrefixListId: 'pl-1' }) }],
    'when the rule stands in the group': [
      true,
      {
        DataGroup: group({
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: idOf('AppGroup') },
          ],
        }),
      },
    ],
    'not when its own group lets nothing out': [
      false,
      {
        In: FROM_APP,
        AppGroup: group({
          SecurityGroupEgress: [
            { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' },
          ],
        }),
      },
    ],
    'when its own group lets it out to the other': [
      true,
      {
        In: FROM_APP,
        AppGroup: group({
          SecurityGroupEgress: [
            { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' },
          ],
        }),
        Out: {
          Type: 'AWS::EC2::SecurityGroupEgress',
          Properties: {
            GroupId: idOf('AppGroup'),
            IpProtocol: 'tcp',
            FromPort: 5432,
            ToPort: 5432,
            DestinationSecurityGroupId: idOf('DataGroup'),
          },
        },
      },
    ],
    'perhaps when a condition leaves the rule out': [
      'unknown',
      { In: { ...FROM_APP, Condition: 'SomeCondition' } },
    ],
    'perhaps when its groups are imported': [
      'unknown',
      {
        In: FROM_APP,
        App: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            VpcConfig: { SubnetIds: [ref('AppSubnet')], SecurityGroupIds: [{ 'Fn::ImportValue': 'group' }] },
          },
        },
      },
    ],
    'not from another network that leads nowhere': [
      false,
      {
        In: FROM_APP,
        OtherVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
        AppSubnet: {
          Type: 'AWS::EC2::Subnet',
          Properties: { VpcId: ref('OtherVpc'), CidrBlock: '10.1.1.0/24' },
        },
      },
    ],
    'perhaps when it stands in no network that is told': [
      'unknown',
      {
        In: FROM_APP,
        App: {
          Type: 'AWS::Lambda::Function',
          Properties: { VpcConfig: { SecurityGroupIds: [idOf('AppGroup')] } },
        },
      },
    ],
  };
  for (const [name, [expected, resources, port]] of Object.entries(cases)) {
    it(name, () => expect(reaches(resources, port)).toBe(expected));
  }

  it('as far as network ACLs let it', () => {
    const acl = (...entries: Resources[]): Resources => ({
      In: FROM_APP,
      Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } },
      Association: {
        Type: 'AWS::EC2::SubnetNetworkAclAssociation',
        Properties: { SubnetId: ref('DataSubnet'), NetworkAclId: ref('Acl') },
      },
      ...Object.fromEntries(
        entries.map((properties, index) => [
          `Entry${index}`,
          {
            Type: 'AWS::EC2::NetworkAclEntry',
            Properties: { NetworkAclId: ref('Acl'), Protocol: 6, RuleAction: 'allow', ...properties },
          },
        ]),
      ),
    });
    const inward = {
      Egress: false,
      CidrBlock: '10.0.1.0/24',
      PortRange: { From: 5432, To: 5432 },
      RuleNumber: 100,
    };
    const back = {
      Egress: true,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 1024, To: 65535 },
      RuleNumber: 100,
    };
    expect(reaches(acl())).toBe(false);
    expect(reaches(acl(inward))).toBe(false);
    expect(reaches(acl(inward, back))).toBe(true);
    const refused = { ...inward, CidrBlock: '0.0.0.0/0', RuleAction: 'deny', RuleNumber: 50 };
    expect(reaches(acl(inward, back, refused))).toBe(false);
    expect(reaches(acl(inward, back, { ...refused, RuleNumber: 200 }))).toBe(true);
  });
});
