import { audit } from '../../../lib/audit/engine';
import { RULES } from '../../../lib/audit/rules';
import { natGatewayServesOwnZone, subnetLeavesInOwnZone } from '../../../lib/audit/rules/vpc';
import { Tier } from '../../../lib/objectives/tier';
import { graphOf } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const PARAMETERS = {
  Parameters: {
    Zone: { Type: 'AWS::EC2::AvailabilityZone::Name' },
    Mode: { Type: 'String' },
    Nat: { Type: 'String' },
  },
};
const placed = (Type: string, subnet: string) => ({ Type, Properties: { SubnetId: { Ref: subnet } } });
const zonal = (subnet: string) => ({
  Type: 'AWS::EC2::NatGateway',
  Properties: { SubnetId: { Ref: subnet } },
});
const regional = (more: object = {}) => ({
  Type: 'AWS::EC2::NatGateway',
  Properties: { AvailabilityMode: 'regional', ...more },
});

/** A route table of a private subnet, with a default route to a NAT gateway or what stands for one. */
function leaving(subnet: string, gateway: unknown, by = 'NatGatewayId'): Record<string, unknown> {
  const table = { Ref: `${subnet}Table` };
  return {
    [`${subnet}Table`]: { Type: 'AWS::EC2::RouteTable' },
    [`${subnet}Association`]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: subnet }, RouteTableId: table },
    },
    [`${subnet}Route`]: {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', [by]: gateway },
    },
  };
}

const azs = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
const subnet = (zone: unknown) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityZone: zone },
});
const VPC = { Vpc: { Type: 'AWS::EC2::VPC' } };
const network = (resources: object) => ({ ...PARAMETERS, Resources: { ...VPC, ...resources } });
const INSTANCES = {
  PublicA: subnet('eu-west-1a'),
  PublicB: subnet('eu-west-1b'),
  InstanceA: placed('AWS::EC2::Instance', 'PublicA'),
  InstanceB: placed('AWS::EC2::Instance', 'PublicB'),
};
const interfaceOf = (instance: string) => ({ 'Fn::GetAtt': [instance, 'PrimaryNetworkInterfaceId'] });
const toA = { Ref: 'NatA' };
const ownNats = (a: unknown, b: unknown) => ({
  PublicA: subnet(a),
  PublicB: subnet(b),
  NatA: zonal('PublicA'),
  NatB: zonal('PublicB'),
});

const CASES: Parameters<typeof checks>[1] = {
  passes: {
    'each zone has a NAT gateway of its own': network({
      ...ownNats('eu-west-1a', 'eu-west-1b'),
      PrivateA: subnet('eu-west-1a'),
      PrivateB: subnet('eu-west-1b'),
      ...leaving('PrivateA', toA),
      ...leaving('PrivateB', { Ref: 'NatB' }),
    }),
    'the zones are only symbols': network({
      ...ownNats(azs(1), azs(0)),
      PrivateA: subnet(azs(1)),
      PrivateB: subnet(azs(0)),
      ...leaving('PrivateA', toA),
      ...leaving('PrivateB', { Ref: 'NatB' }),
    }),
    'each zone has a NAT instance of its own': network({
      ...INSTANCES,
      PrivateA: subnet('eu-west-1a'),
      PrivateB: subnet('eu-west-1b'),
      ...leaving('PrivateA', { Ref: 'InstanceA' }, 'InstanceId'),
      ...leaving('PrivateB', { Ref: 'InstanceB' }, 'InstanceId'),
    }),
    'each zone leaves by the network interface of an instance of its own': network({
      ...INSTANCES,
      PrivateA: subnet('eu-west-1a'),
      PrivateB: subnet('eu-west-1b'),
      ...leaving('PrivateA', interfaceOf('InstanceA'), 'NetworkInterfaceId'),
      ...leaving('PrivateB', interfaceOf('InstanceB'), 'NetworkInterfaceId'),
    }),
    'a regional NAT gateway serves every zone': network({
      Everywhere: regional(),
      One: subnet('eu-west-1a'),
      Two: subnet('eu-west-1b'),
      ...leaving('One', { Ref: 'Everywhere' }),
      ...leaving('Two', { Ref: 'Everywhere' }),
    }),
    'a regional NAT gateway has an address in the zone': network({
      Somewhere: regional({ AvailabilityZoneAddresses: [{ AvailabilityZone: 'eu-west-1a' }] }),
      Served: subnet('eu-west-1a'),
      ...leaving('Served', { Ref: 'Somewhere' }),
    }),
  },
  fails: {
    'a NAT instance stands in another zone': network({
      ...INSTANCES,
      PrivateB: subnet('eu-west-1b'),
      ...leaving('PrivateB', { Ref: 'InstanceA' }, 'InstanceId'),
    }),
    'the network interface of a NAT instance does': network({
      PublicA: subnet('eu-west-1a'),
      Interface: placed('AWS::EC2::NetworkInterface', 'PublicA'),
      PrivateB: subnet('eu-west-1b'),
      ...leaving('PrivateB', { Ref: 'Interface' }, 'NetworkInterfaceId'),
    }),
    'one NAT gateway serves two zones': network({
      PublicA: subnet('eu-west-1a'),
      NatA: zonal('PublicA'),
      PrivateA: subnet('eu-west-1a'),
      PrivateB: subnet('eu-west-1b'),
      ...leaving('PrivateA', toA),
      ...leaving('PrivateB', toA),
    }),
    'the NAT gateways are crossed': network({
      ...ownNats(azs(0), azs(1)),
      PrivateA: subnet(azs(0)),
      ...leaving('PrivateA', { Ref: 'NatB' }),
    }),
    'a regional NAT gateway has addresses in other zones only': network({
      Somewhere: regional({ AvailabilityZoneAddresses: [{ AvailabilityZone: 'eu-west-1b' }] }),
      Served: subnet('eu-west-1a'),
      ...leaving('Served', { Ref: 'Somewhere' }),
    }),
    'the NAT gateway stands in another stack': {
      stacks: {
        Net: {
          template: {
            Resources: { ...VPC, PublicA: subnet('eu-west-1a'), NatA: zonal('PublicA') },
            Outputs: { Nat: { Value: toA, Export: { Name: 'nat' } } },
          },
        },
        App: {
          template: {
            Resources: {
              PrivateB: subnet('eu-west-1b'),
              ...leaving('PrivateB', { 'Fn::ImportValue': 'nat' }),
            },
          },
        },
      },
    },
  },
  unknown: {
    'a custom resource makes the NAT gateway': network({
      Maker: { Type: 'Custom::NatGateway', Properties: {} },
      PrivateA: subnet('eu-west-1a'),
      ...leaving('PrivateA', { 'Fn::GetAtt': ['Maker', 'NatGatewayId'] }),
    }),
    'AWS chooses where the NAT instance stands': network({
      Instance: { Type: 'AWS::EC2::Instance', Properties: {} },
      PrivateA: subnet('eu-west-1a'),
      ...leaving('PrivateA', { Ref: 'Instance' }, 'InstanceId'),
    }),
    'the zone of the subnet is a parameter': network({
      ...ownNats('eu-west-1a', 'eu-west-1b'),
      PrivateA: subnet({ Ref: 'Zone' }),
      ...leaving('PrivateA', toA),
    }),
    'the zones are named in two ways': network({
      ...ownNats('eu-west-1a', 'eu-west-1b'),
      PrivateA: subnet(azs(0)),
      ...leaving('PrivateA', toA),
    }),
    'the NAT gateway is not in the app': network({
      PrivateA: subnet('eu-west-1a'),
      ...leaving('PrivateA', { Ref: 'Nat' }),
    }),
    'the mode of the NAT gateway is a parameter': network({
      NatA: regional({ AvailabilityMode: { Ref: 'Mode' } }),
      PrivateA: subnet('eu-west-1a'),
      ...leaving('PrivateA', toA),
    }),
    'the route table is not in the app': network({
      PrivateA: subnet('eu-west-1a'),
      Association: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: 'PrivateA' }, RouteTableId: 'rtb-1' },
      },
    }),
  },
  notApplicable: {
    'the default route leads elsewhere': network({
      PrivateA: subnet('eu-west-1a'),
      ...leaving('PrivateA', undefined),
      PrivateARoute: {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: { Ref: 'PrivateATable' },
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: 'igw-1',
        },
      },
    }),
  },
  equivalent: {
    '*.VpcId': 'routes and zones decide, not the network',
    '*.DestinationCidrBlock': 'without a default route nothing leaves the subnet',
    '*Association.*': 'without its table a subnet has no way out, or one that nobody knows',
    '*Route.RouteTableId': 'a route in another table is no way out of this subnet',
    'One.AvailabilityZone': 'the gateway serves every zone',
    'Two.AvailabilityZone': 'the gateway serves every zone',
    'OneRoute.NatGatewayId': 'there is no other NAT gateway to lead to',
    'TwoRoute.NatGatewayId': 'there is no other NAT gateway to lead to',
    'ServedRoute.NatGatewayId': 'there is no other NAT gateway to lead to',
  },
};

checks(subnetLeavesInOwnZone, CASES);
checks(natGatewayServesOwnZone, CASES);

describe.each([subnetLeavesInOwnZone, natGatewayServesOwnZone])(
  '$id at a tier that owes one NAT gateway',
  (rule) => {
    const thirdZone = (...gateways: readonly ('A' | 'B')[]) => ({
      PublicA: subnet('eu-west-1a'),
      PublicB: subnet('eu-west-1b'),
      PrivateC: subnet('eu-west-1c'),
      ...Object.fromEntries(gateways.map((letter) => [`Nat${letter}`, zonal(`Public${letter}`)])),
      ...leaving('PrivateC', toA),
    });
    const twoOfThree = network(thirdZone('A', 'B'));

    it('passes when there are as many as the tier owes', () => {
      expect(outcomeOf(rule, network(thirdZone('A')), Tier.STANDARD)).toBe('pass');
    });

    it('says by which zone the subnet leaves', () => {
      const { verdicts } = audit([graphOf(twoOfThree)], { rules: [rule], assumedTier: Tier.STANDARD });
      expect(verdicts.find(({ verdict }) => verdict === 'pass')?.message).toContain(
        'by the NAT gateway of eu-west-1a; tier 3 owes 1 NAT gateway',
      );
    });

    it('fails when there are fewer', () => {
      expect(outcomeOf(rule, network(thirdZone('A')), Tier.IMPORTANT)).toBe('fail');
    });

    it('fails at tiers that owe one in each zone', () => {
      expect(outcomeOf(rule, twoOfThree, Tier.IMPORTANT)).toBe('fail');
      expect(outcomeOf(rule, twoOfThree, Tier.BUSINESS_CRITICAL)).toBe('fail');
      expect(outcomeOf(rule, twoOfThree, Tier.MISSION_CRITICAL)).toBe('fail');
    });

    it('fails when a NAT instance of another zone is the way out', () => {
      const app = network({
        ...thirdZone('A', 'B'),
        InstanceA: INSTANCES.InstanceA,
        ...leaving('PrivateC', { Ref: 'InstanceA' }, 'InstanceId'),
      });
      expect(outcomeOf(rule, app, Tier.IMPORTANT)).toBe('fail');
    });
  },
);

describe('the two names of one condition', () => {
  it('are shown as one finding', () => {
    const names = [natGatewayServesOwnZone.id, subnetLeavesInOwnZone.id];
    const app = CASES.fails['the NAT gateways are crossed'] as Parameters<typeof graphOf>[0];
    const { verdicts } = audit([graphOf(app)], { rules: RULES });
    const shown = verdicts.filter(
      ({ rule, verdict, subsumedBy }) =>
        names.includes(rule) && verdict === 'fail' && subsumedBy === undefined,
    );
    expect(shown.map(({ rule }) => rule)).toEqual(['X-13']);
    expect(shown[0]?.message).toBe(
      "found NAT gateway NatB in 1 zone (AWS::Region#1), needs a NAT gateway in the subnet's own zone, AWS::Region#0",
    );
  });
});
