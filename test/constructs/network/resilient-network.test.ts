import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { App, Stack, Token } from 'aws-cdk-lib/core';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { Tier } from '../../../lib/objectives/tier';
import {
  ACCOUNT,
  catalogued,
  networkIn,
  refusal,
  shopStack,
  WEAKENING,
  witnessStack,
  ZONES,
} from '../fixtures';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** The zone of the NAT gateway that each private subnet leaves by, by the zone of the subnet. */
function exits(stack: Stack): Record<string, string> {
  const resources: Record<string, Resource> = Template.fromStack(stack).toJSON().Resources;
  const of = (type: string): [string, Resource['Properties']][] =>
    Object.entries(resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => [id, Properties]);
  const ref = (value: unknown): string => (value as { Ref: string }).Ref;
  const zoneOf = (subnet: string): string => String(resources[subnet]!.Properties.AvailabilityZone);
  const natZones = new Map(of('AWS::EC2::NatGateway').map(([id, nat]) => [id, zoneOf(ref(nat.SubnetId))]));
  const subnetOf = new Map(
    of('AWS::EC2::SubnetRouteTableAssociation').map(([, each]) => [
      ref(each.RouteTableId),
      ref(each.SubnetId),
    ]),
  );
  const routes = of('AWS::EC2::Route').filter(([, route]) => route.NatGatewayId !== undefined);
  return Object.fromEntries(
    routes.map(([, route]) => [
      zoneOf(subnetOf.get(ref(route.RouteTableId))!),
      natZones.get(ref(route.NatGatewayId))!,
    ]),
  );
}

describe('the zones of a ResilientNetwork', () => {
  test('are the named ones, each with a public, a private and an isolated subnet', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const { vpc } = networkIn(stack);
    for (const subnetType of [
      SubnetType.PUBLIC,
      SubnetType.PRIVATE_WITH_EGRESS,
      SubnetType.PRIVATE_ISOLATED,
    ]) {
      expect(vpc.selectSubnets({ subnetType }).availabilityZones).toEqual(ZONES);
    }
  });

  test('are not looked up in the account, also in a stack that does not know them', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    networkIn(stack);
    const assembly = (stack.node.root as App).synth();
    expect(assembly.manifest.missing).toBeUndefined();
  });

  test('are three in a stack without an environment, for which the CDK would choose two', () => {
    const stack = new Stack(new App(), 'Anywhere');
    new ResilientNetwork(stack, 'Network', { tier: Tier.BUSINESS_CRITICAL, availabilityZones: ZONES });
    expect(new Set(Object.keys(exits(stack)))).toEqual(new Set(ZONES));
  });

  test('fails when they are fewer than the tier owes', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const { message } = refusal(
      () => new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES.slice(0, 2) }),
    );
    expect(message).toMatch(/^Shop\/Network: availabilityZones is 2, but the tier owes 3 .*\n {2}fix: use 3/);
  });

  test('may be fewer when somebody answers for it, which the catalogue keeps', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new ResilientNetwork(stack, 'Network', {
      availabilityZones: ZONES.slice(0, 2),
      weakening: WEAKENING,
    });
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Network.availabilityZones' }]);
    expect(exits(stack)).toEqual({ 'eu-west-1a': 'eu-west-1a', 'eu-west-1b': 'eu-west-1b' });
  });

  test('may be two at tier 2, which owes no more', () => {
    const stack = shopStack(Tier.IMPORTANT);
    new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES.slice(0, 2) });
    expect(catalogued(stack).weakenings).toEqual([]);
  });

  test('fails when none is named and no region stack knows them', () => {
    expect(refusal(() => new ResilientNetwork(shopStack(Tier.STANDARD), 'Network')).message).toBe(
      'Shop/Network: the zones are not known: 2 are needed at tier 3, none is named\n' +
        '  fix: set availabilityZones to 2 names, or build the stack with a RegionSet',
    );
  });

  test('fails in a witness region, which more zones would not help', () => {
    const stack = witnessStack();
    expect(refusal(() => new ResilientNetwork(stack, 'Network'))).toMatchObject({
      problem: 'a witness region serves nobody, and has no zones',
      fix: 'build it in the other regions only',
    });
    expect(new ResilientNetwork(stack, 'Named', { availabilityZones: ZONES }).availabilityZones).toEqual(
      ZONES,
    );
  });

  test('fails when they are those of another region', () => {
    const availabilityZones = ['us-east-1a', 'us-east-1b'];
    expect(
      refusal(() => new ResilientNetwork(shopStack(Tier.STANDARD), 'Network', { availabilityZones })),
    ).toMatchObject({
      path: 'Shop/Network',
      problem: 'availabilityZones names "us-east-1a", "us-east-1b", but the stack is in eu-west-1',
      fix: 'name zones of eu-west-1, such as eu-west-1a',
    });
  });

  test.each([
    [1, 'availabilityZones is 1, which is no list'],
    ['eu-west-1a', 'availabilityZones is "eu-west-1a", which is no list'],
    [['eu-west-1a', 'eu-west-1x'], 'availabilityZones names "eu-west-1x", but the stack is in eu-west-1'],
    [['eu-west-1a', 1], 'availabilityZones names 1, but the stack is in eu-west-1'],
  ])('fails in words where no compiler looked: %j', (zones, problem) => {
    const availabilityZones = zones as never;
    expect(
      refusal(() => new ResilientNetwork(shopStack(Tier.STANDARD), 'Network', { availabilityZones })),
    ).toMatchObject({ path: 'Shop/Network', problem, fix: expect.stringContaining('eu-west-1a') });
  });

  test('fails when one is named twice, which would count as two', () => {
    const availabilityZones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1b'];
    expect(
      refusal(() => new ResilientNetwork(shopStack(Tier.STANDARD), 'Network', { availabilityZones })).problem,
    ).toBe('availabilityZones names eu-west-1b twice: 2 zones, not 3');
  });
});

describe('the way out of a ResilientNetwork', () => {
  test.each([Tier.MISSION_CRITICAL, Tier.BUSINESS_CRITICAL])(
    'at tier %i is the NAT gateway of the own zone',
    (tier) => {
      const stack = shopStack(tier);
      networkIn(stack);
      expect(exits(stack)).toEqual({
        'eu-west-1a': 'eu-west-1a',
        'eu-west-1b': 'eu-west-1b',
        'eu-west-1c': 'eu-west-1c',
      });
    },
  );

  test('has a NAT gateway in a fourth zone as well', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    new ResilientNetwork(stack, 'Network', { availabilityZones: [...ZONES, 'eu-west-1d'] });
    expect(exits(stack)['eu-west-1d']).toBe('eu-west-1d');
  });

  test.each([
    [Tier.IMPORTANT, 3],
    [Tier.STANDARD, 1],
  ])('at tier %i has %i NAT gateways', (tier, count) => {
    const stack = shopStack(tier);
    networkIn(stack);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', count);
  });

  test('fails when there are fewer NAT gateways than zones at tier 1', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    expect(
      refusal(() => new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES, natGateways: 1 }))
        .message,
    ).toMatch(/natGateways is 1, but the tier owes 3 .*\n {2}fix: use 3/);
  });

  test.each([0, 4, -1, 2.5, Number.NaN])(
    'fails when %d NAT gateways are asked for in three zones',
    (natGateways) => {
      const stack = shopStack(Tier.STANDARD);
      const props = { availabilityZones: ZONES, natGateways, weakening: WEAKENING };
      expect(refusal(() => new ResilientNetwork(stack, 'Network', props))).toMatchObject({
        path: 'Shop/Network',
        problem: `natGateways is ${natGateways}, but there are 3 zones to put them in`,
        fix: 'set natGateways to a whole number from 1 to 3',
      });
    },
  );

  test('fails when the number of NAT gateways is known at deployment only', () => {
    const stack = shopStack(Tier.STANDARD);
    const natGateways = Token.asNumber({ Ref: 'Gateways' });
    const props = { availabilityZones: ZONES, natGateways };
    expect(refusal(() => new ResilientNetwork(stack, 'Network', props)).problem).toBe(
      'natGateways is known at deployment only',
    );
  });
});

describe('the addresses of a ResilientNetwork', () => {
  test('leave room for six zones', () => {
    const stack = new Stack(new App(), 'Virginia', { env: { account: ACCOUNT, region: 'us-east-1' } });
    const availabilityZones = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `us-east-1${letter}`);
    new ResilientNetwork(stack, 'Network', { tier: Tier.STANDARD, availabilityZones, cidr: '10.8.0.0/21' });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::Subnet', 18);
  });

  test.each(['10.0.0.0/22', '10.0.0.0/8', '10.0.0.0'])('fails when they are %s', (cidr) => {
    const stack = shopStack(Tier.STANDARD);
    expect(
      refusal(() => new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES, cidr })).problem,
    ).toBe(`cidr is ${cidr}, which is no network between /16 and /21`);
  });
});

test.each([
  ['10.0.300.0/16', 'cidr is 10.0.300.0/16, which is no IPv4 network'],
  ['10.0.1.0/16', 'cidr is 10.0.1.0/16, which is an address within a network'],
])('the addresses of a ResilientNetwork fail when they are %s', (cidr, problem) => {
  const stack = shopStack(Tier.STANDARD);
  const act = () => new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES, cidr });
  expect(refusal(act).problem).toBe(problem);
});

describe('the flow logs of a ResilientNetwork', () => {
  test('hold all traffic and outlive the stack', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    networkIn(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: { RetentionInDays: 365 },
    });
  });

  test('go with the stack where the stage is not production', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, { nonProduction: true });
    networkIn(stack);
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });
});
