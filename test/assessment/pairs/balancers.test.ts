import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { balancer, network, REGISTERED, ref, subnets, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const NODE = 'resource:west/Front';

type Resources = TestTemplate['Resources'];

function web(...parts: readonly Resources[]) {
  const resources = Object.assign({}, network(ZONES), ...parts);
  return assessed({ stacks: { west: { region: 'eu-west-1', template: { Resources: resources } } } });
}

const down = ({ availability }: ReturnType<typeof web>) => availability.unavailability;
const own = ({ availability }: ReturnType<typeof web>, id: string) =>
  availability.shares.find(({ event }) => event.id === id)?.event.likelihood.unavailability ?? 0;

describe('a load balancer', () => {
  const whole = web(balancer('ABC'), tasks(6, 'ABC', REGISTERED));

  it('over three zones stops with none of them', () => {
    expect(singlePoints(whole)).toEqual([NODE, 'region:eu-west-1', 'software:app']);
    expect(own(whole, NODE)).toBeCloseTo(1 - (1 - 1e-4) / (1 - 1e-5), 12);
  });

  it('in one zone stops with it, wherever its targets are', () => {
    const narrow = web(balancer('A'), tasks(6, 'ABC', REGISTERED));
    expect(singlePoints(narrow)).toContain('zone:eu-west-1a');
    expect(own(narrow, NODE)).toBeCloseTo(1 - (1 - 1e-3) / (1 - 1e-4), 12);
    expect(down(narrow)).toBeGreaterThan(down(whole) * 5);
  });

  it('gives nothing to targets in a zone where it has no node', () => {
    const [some, all] = ['AB', 'ABC'].map((letters) => web(balancer(letters), tasks(3, 'BC', REGISTERED)));
    if (!some || !all) throw new Error('two designs');
    expect(assumptionsOf(some)).toContain('targets in eu-west-1c get nothing: west/Front has no node there');
    expect(assumptionsOf(all)).not.toContain('get nothing');
    expect(singlePoints(some)).toContain('zone:eu-west-1b');
    expect(singlePoints(all)).not.toContain('zone:eu-west-1b');
    expect(down(some) - down(all)).toBeGreaterThan(1e-4 * 0.9);
  });

  it('serves nobody where it has no node at any target', () => {
    const apart = web(balancer('AB'), tasks(3, 'C', REGISTERED));
    expect(assumptionsOf(apart)).toContain('all of its targets stand in eu-west-1c, where it has no node');
    expect(down(apart)).toBe(1);
  });

  it('is the one way in to what is behind it', () => {
    expect(whole.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Front']);
  });
});

describe('a network load balancer', () => {
  const crossing = (on: boolean) => ({
    Type: 'network',
    LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: String(on) }],
  });

  it('that does not cross zones serves only where it has targets', () => {
    const [on, off] = [true, false].map((crosses) =>
      web(balancer('ABC', crossing(crosses)), tasks(2, 'A', REGISTERED)),
    );
    if (!on || !off) throw new Error('two designs');
    expect(assumptionsOf(off)).toMatch(/Front serves in eu-west-1a only: it does not cross zones/);
    expect(own(off, NODE)).toBeGreaterThan(own(on, NODE) * 8);
    expect(down(off)).toBeGreaterThan(down(on) * 1.5);
  });

  it('gives nothing to targets where it has no node, whether it crosses zones or not', () => {
    const [on, off] = [true, false].map((crosses) =>
      web(balancer('AB', crossing(crosses)), tasks(6, 'ABC', REGISTERED)),
    );
    if (!on || !off) throw new Error('two designs');
    expect(assumptionsOf(off)).toMatch(/serves in eu-west-1a, eu-west-1b only/);
    expect(assumptionsOf(on)).toMatch(/targets in eu-west-1c get nothing/);
    const whole = web(balancer('ABC', crossing(true)), tasks(6, 'ABC', REGISTERED));
    expect(down(off)).toBeCloseTo(down(on), 15);
    expect(down(on)).toBeGreaterThan(down(whole));
  });

  it('that does not cross zones loses nothing where every zone has targets', () => {
    const [on, off] = [true, false].map((crosses) =>
      web(balancer('ABC', crossing(crosses)), tasks(6, 'ABC', REGISTERED)),
    );
    if (!on || !off) throw new Error('two designs');
    expect(down(off)).toBe(down(on));
  });
});

describe('a Classic Load Balancer', () => {
  const classic = (crosses: boolean): Resources => ({
    Front: {
      Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
      Properties: { Subnets: subnets('ABC'), CrossZone: crosses, Listeners: [] },
    },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        MinSize: '4',
        MaxSize: '4',
        LoadBalancerNames: [ref('Front')],
        VPCZoneIdentifier: subnets('A'),
      },
    },
  });

  it('crosses zones only when it is told to', () => {
    const [on, off] = [web(classic(true)), web(classic(false))];
    expect(own(off, NODE)).toBeGreaterThan(own(on, NODE) * 8);
    expect(down(off)).toBeGreaterThan(down(on));
  });
});

describe('target groups', () => {
  const second = (count: number): Resources => {
    const [only] = Object.values(tasks(count, 'ABC', { LoadBalancers: [{ TargetGroupArn: ref('Others') }] }));
    return {
      Others: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} },
      OtherTasks: only,
    };
  };
  const rule = (actions: readonly object[]): Resources => ({
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: { ListenerArn: ref('Listener'), Priority: 1, Conditions: [], Actions: actions },
    },
  });
  const one = web(balancer('ABC'), tasks(6, 'ABC', REGISTERED));
  const forward = (weight: number) => [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: ref('Targets'), Weight: 1 },
          { TargetGroupArn: ref('Others'), Weight: weight },
        ],
      },
    },
  ];

  it('of several rules each serve a path', () => {
    const two = web(
      balancer('ABC'),
      tasks(6, 'ABC', REGISTERED),
      second(1),
      rule([{ Type: 'forward', TargetGroupArn: ref('Others') }]),
    );
    expect(singlePoints(two)).toContain('resource:west/OtherTasks#task 1');
    expect(down(two)).toBeGreaterThan(down(one) * 10);
  });

  it('of a weight each get some users, and of weight 0 none', () => {
    const designs = [1, 0].map((weight) =>
      web(balancer('ABC'), tasks(6, 'ABC', REGISTERED), second(1), rule(forward(weight))),
    );
    const [both, blue] = designs;
    if (!both || !blue) throw new Error('two designs');
    expect(singlePoints(both)).toContain('resource:west/OtherTasks#task 1');
    expect(down(blue)).toBeCloseTo(down(one), 12);
    expect(blue.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Front']);
  });

  it('that name a function need it', () => {
    const toFunction = web(balancer('ABC'), {
      Targets: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { TargetType: 'lambda', Targets: [{ Id: { 'Fn::GetAtt': ['Handler', 'Arn'] } }] },
      },
      Handler: { Type: 'AWS::Lambda::Function', Properties: {} },
    });
    expect(singlePoints(toFunction)).toContain('service:lambda@eu-west-1');
    expect(eventIds(toFunction).filter((id) => id.startsWith('zone:'))).toHaveLength(3);
  });

  it('that list instances need them in more than one zone', () => {
    const instances = (letters: string) => {
      const named = [...letters].map((letter, index) => [
        `Server${index}`,
        { Type: 'AWS::EC2::Instance', Properties: { SubnetId: ref(`Subnet${letter}`) } },
      ]);
      return web(balancer('ABC'), {
        ...Object.fromEntries(named),
        Targets: {
          Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
          Properties: { Targets: named.map(([id]) => ({ Id: ref(String(id)) })) },
        },
      });
    };
    const [spread, together, single] = [instances('AB'), instances('AA'), instances('A')];
    expect(singlePoints(together)).toContain('zone:eu-west-1a');
    expect(singlePoints(spread).some((id) => id.startsWith('zone:'))).toBe(false);
    expect(singlePoints(single)).toContain('resource:west/Server0');
    expect(down(together)).toBeGreaterThan(down(spread));
    expect(down(single)).toBeGreaterThan(down(together) * 10);
  });
});

describe('security appliances in the way', () => {
  const inspected = (kind: 'GatewayLoadBalancer' | 'none'): Resources =>
    kind === 'none'
      ? tasks(6, 'ABC')
      : {
          ...tasks(6, 'ABC'),
          Inspect: {
            Type: 'AWS::EC2::VPCEndpoint',
            Properties: { VpcEndpointType: kind, VpcId: ref('Vpc'), SubnetIds: subnets('A') },
          },
          ...Object.fromEntries(
            ['A', 'B', 'C'].map((letter) => [
              `Route${letter}`,
              {
                Type: 'AWS::EC2::Route',
                Properties: {
                  RouteTableId: ref(`Table${letter}`),
                  DestinationCidrBlock: '0.0.0.0/0',
                  VpcEndpointId: ref('Inspect'),
                },
              },
            ]),
          ),
        };

  it('cannot be done without', () => {
    const [with_, without] = [web(inspected('GatewayLoadBalancer')), web(inspected('none'))];
    expect(singlePoints(with_)).toContain('resource:west/Inspect');
    expect(singlePoints(with_)).toContain('zone:eu-west-1a');
    expect(down(with_)).toBeGreaterThan(down(without) * 5);
  });
});

describe('a service of VPC Lattice', () => {
  it('needs what its listeners lead to', () => {
    const lattice = web({
      Service: { Type: 'AWS::VpcLattice::Service', Properties: {} },
      Listen: {
        Type: 'AWS::VpcLattice::Listener',
        Properties: {
          ServiceIdentifier: ref('Service'),
          DefaultAction: { Forward: { TargetGroups: [{ TargetGroupIdentifier: ref('Group') }] } },
        },
      },
      Group: {
        Type: 'AWS::VpcLattice::TargetGroup',
        Properties: { Type: 'LAMBDA', Targets: [{ Id: { 'Fn::GetAtt': ['Handler', 'Arn'] } }] },
      },
      Handler: { Type: 'AWS::Lambda::Function', Properties: {} },
    });
    expect(lattice.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Service']);
    expect(singlePoints(lattice)).toContain('service:lambda@eu-west-1');
  });
});
