import { defaultRouteOf, type Route, routesOf, routeTablesOf } from '../../../lib/assembly/network/routes';
import { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

const NETWORK = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const SUBNET = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Network' } } };
const ASSOCIATION = {
  Type: 'AWS::EC2::SubnetRouteTableAssociation',
  Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
};
const ASSOCIATED = {
  Network: NETWORK,
  Subnet: SUBNET,
  Table: { Type: 'AWS::EC2::RouteTable' },
  Association: ASSOCIATION,
  Nat: { Type: 'AWS::EC2::NatGateway' },
  Internet: { Type: 'AWS::EC2::InternetGateway' },
  Private: { Type: 'AWS::EC2::VPNGateway' },
};
const UNDECIDED = {
  Parameters: { Wanted: { Type: 'String' } },
  Conditions: { IsWanted: { 'Fn::Equals': [{ Ref: 'Wanted' }, 'yes'] } },
};

const route = (target: Record<string, unknown>, destination: unknown = '0.0.0.0/0') => ({
  Type: 'AWS::EC2::Route',
  Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: destination, ...target },
});

function subnetOf(resources: Record<string, unknown>, sections: Record<string, unknown> = {}): Resource {
  const subnet = graphOf({ ...sections, Resources: resources }).resources.find(
    ({ logicalId }) => logicalId === 'Subnet',
  );
  if (!subnet) throw new Error('the case has no subnet');
  return subnet;
}

function defaultOf(resources: Record<string, unknown>, sections: Record<string, unknown> = {}) {
  return defaultRouteOf(subnetOf({ ...ASSOCIATED, ...resources }, sections));
}

function shown(found: Route | Unknown | undefined): unknown {
  if (found === undefined || found instanceof Unknown) return found;
  return [found.kind, found.target instanceof Resource ? found.target.logicalId : 'unknown'];
}

describe('the route table of a subnet', () => {
  it('is the one associated with it', () => {
    const { resources, unknowns } = routeTablesOf(subnetOf(ASSOCIATED));
    expect([resources.map(({ logicalId }) => logicalId), unknowns]).toEqual([['Table'], []]);
  });

  it('is the main one, with no route but the local one, where none is associated', () => {
    const subnet = subnetOf({ Network: NETWORK, Subnet: SUBNET });
    expect(routeTablesOf(subnet)).toEqual({ resources: [], unknowns: [] });
    expect(routesOf(subnet)).toEqual([]);
    expect(defaultRouteOf(subnet)).toBeUndefined();
  });

  it('is unknown where the main one belongs to a network outside the app', () => {
    const subnet = subnetOf({ Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1' } } });
    expect(defaultRouteOf(subnet)).toMatchObject({
      reason: 'Subnet takes the main route table of vpc-1, which is not in the app',
    });
  });

  it('is unknown where a condition decides about the association', () => {
    const subnet = subnetOf(
      { ...ASSOCIATED, Association: { ...ASSOCIATION, Condition: 'IsWanted' } },
      UNDECIDED,
    );
    expect(routeTablesOf(subnet).resources).toEqual([]);
    expect(defaultRouteOf(subnet)).toMatchObject({
      reason: expect.stringContaining('parameter Wanted') as unknown,
    });
  });

  it('is known where the association exists whenever the subnet does', () => {
    const subnet = subnetOf(
      {
        ...ASSOCIATED,
        Subnet: { ...SUBNET, Condition: 'IsWanted' },
        Association: { ...ASSOCIATION, Condition: 'IsWanted' },
      },
      UNDECIDED,
    );
    expect(routeTablesOf(subnet).resources.map(({ logicalId }) => logicalId)).toEqual(['Table']);
  });

  it('is unknown where another association names a subnet that only deploy knows', () => {
    const lost = {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: 'Wanted' }, RouteTableId: { Ref: 'Table' } },
    };
    const subnet = subnetOf(
      { Network: NETWORK, Subnet: SUBNET, Table: ASSOCIATED.Table, Lost: lost },
      UNDECIDED,
    );
    expect(defaultRouteOf(subnet)).toBeInstanceOf(Unknown);
  });

  it('is unknown where a macro may write the association', () => {
    const subnet = subnetOf({ Network: NETWORK, Subnet: SUBNET }, { Transform: 'MyMacro' });
    expect(defaultRouteOf(subnet)).toMatchObject({ reason: expect.stringContaining('MyMacro') as unknown });
  });
});

describe('the default route of a subnet', () => {
  it.each([
    ['nat', 'Nat', { NatGatewayId: { Ref: 'Nat' } }],
    ['igw', 'Internet', { GatewayId: { Ref: 'Internet' } }],
    ['vgw', 'Private', { GatewayId: { Ref: 'Private' } }],
    ['nat', 'unknown', { NatGatewayId: 'nat-1' }],
    ['igw', 'unknown', { GatewayId: 'igw-1' }],
    ['vgw', 'unknown', { GatewayId: 'vgw-1' }],
    ['tgw', 'unknown', { TransitGatewayId: 'tgw-1' }],
    ['endpoint', 'unknown', { VpcEndpointId: 'vpce-1' }],
  ])('leads to %s %s', (kind, target, properties) => {
    expect(shown(defaultOf({ Route: route(properties) }))).toEqual([kind, target]);
  });

  it('is a gateway of unknown kind where a parameter names it', () => {
    expect(shown(defaultOf({ Route: route({ GatewayId: { Ref: 'Wanted' } }) }, UNDECIDED))).toEqual([
      'gateway',
      'unknown',
    ]);
  });

  it('is none where the table has other destinations only', () => {
    expect(defaultOf({ Route: route({ TransitGatewayId: 'tgw-1' }, '10.0.0.0/8') })).toBeUndefined();
  });

  it('is asked for each address family', () => {
    const outbound = {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: { Ref: 'Table' },
        DestinationIpv6CidrBlock: '::/0',
        EgressOnlyInternetGatewayId: 'eigw-1',
      },
    };
    const subnet = subnetOf({ ...ASSOCIATED, Route: outbound });
    expect(defaultRouteOf(subnet)).toBeUndefined();
    expect(shown(defaultRouteOf(subnet, 'ipv6'))).toEqual(['egress-only', 'unknown']);
  });

  it('goes before routes that a gateway propagates', () => {
    const propagation = {
      Type: 'AWS::EC2::VPNGatewayRoutePropagation',
      Properties: { RouteTableIds: [{ Ref: 'Table' }], VpnGatewayId: { Ref: 'Private' } },
    };
    expect(defaultOf({ Propagation: propagation })).toBeInstanceOf(Unknown);
    expect(
      shown(defaultOf({ Propagation: propagation, Route: route({ NatGatewayId: { Ref: 'Nat' } }) })),
    ).toEqual(['nat', 'Nat']);
  });

  it('is unknown where a condition decides about the route or its target', () => {
    expect(
      defaultOf({ Route: { ...route({ NatGatewayId: { Ref: 'Nat' } }), Condition: 'IsWanted' } }, UNDECIDED),
    ).toBeInstanceOf(Unknown);
    const either = {
      NatGatewayId: { 'Fn::If': ['IsWanted', { Ref: 'Nat' }, { Ref: 'AWS::NoValue' }] },
      GatewayId: { 'Fn::If': ['IsWanted', { Ref: 'AWS::NoValue' }, { Ref: 'Internet' }] },
    };
    expect(defaultOf({ Route: route(either) }, UNDECIDED)).toMatchObject({
      reason: 'what Route leads to is decided by a condition at deploy',
    });
  });

  it('is unknown where its destination or another route table is', () => {
    const lost = {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: { Ref: 'Wanted' },
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: 'nat-1',
      },
    };
    expect(defaultOf({ Lost: lost }, UNDECIDED)).toBeInstanceOf(Unknown);
    expect(
      defaultOf({ Route: route({ NatGatewayId: 'nat-1' }, { Ref: 'Wanted' }) }, UNDECIDED),
    ).toBeInstanceOf(Unknown);
  });

  it('is unknown where two routes go everywhere', () => {
    const two = {
      One: route({ NatGatewayId: { Ref: 'Nat' } }),
      Two: route({ GatewayId: { Ref: 'Internet' } }),
    };
    expect(defaultOf(two)).toMatchObject({ reason: 'Subnet has several default routes' });
  });

  it('is found across stacks', () => {
    const network = {
      Resources: { ...ASSOCIATED, Association: undefined },
      Outputs: {
        Subnet: { Value: { Ref: 'Subnet' }, Export: { Name: 'subnet' } },
        Nat: { Value: { Ref: 'Nat' }, Export: { Name: 'nat' } },
      },
    };
    const routing = {
      Resources: {
        Table: { Type: 'AWS::EC2::RouteTable' },
        Association: {
          ...ASSOCIATION,
          Properties: { SubnetId: { 'Fn::ImportValue': 'subnet' }, RouteTableId: { Ref: 'Table' } },
        },
        Route: route({ NatGatewayId: { 'Fn::ImportValue': 'nat' } }),
      },
    };
    const graph = graphOf({ stacks: { network: { template: network }, routing: { template: routing } } });
    const [subnet] = graph.ofType('AWS::EC2::Subnet');
    expect(subnet && shown(defaultRouteOf(subnet))).toEqual(['nat', 'Nat']);
  });
});
