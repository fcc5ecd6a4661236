import { subnetsIn, type TestTemplate } from './graph';

type Resources = TestTemplate['Resources'];

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const attribute = (logicalId: string, name: string) => ({ 'Fn::GetAtt': [logicalId, name] });

const LETTERS = 'ABCDEFGH';

/** References to subnets by letter: `subnets('AB')`. */
export const subnets = (letters: string) => [...letters].map((letter) => ref(`Subnet${letter}`));

/** A network with a subnet in each of the zones; without gateways every way out leads to the internet. */
export function network(
  zones: readonly string[],
  nat: readonly string[] = [],
  gateways: Resources = {},
): Resources {
  const routes = zones.flatMap((_, index) => {
    const letter = LETTERS[index] ?? 'A';
    const gateway = nat[index];
    const target = gateway === undefined ? { GatewayId: ref('Internet') } : { NatGatewayId: ref(gateway) };
    return [
      [`Table${letter}`, { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } }],
      [
        `Join${letter}`,
        {
          Type: 'AWS::EC2::SubnetRouteTableAssociation',
          Properties: { RouteTableId: ref(`Table${letter}`), SubnetId: ref(`Subnet${letter}`) },
        },
      ],
      [
        `Route${letter}`,
        {
          Type: 'AWS::EC2::Route',
          Properties: { RouteTableId: ref(`Table${letter}`), DestinationCidrBlock: '0.0.0.0/0', ...target },
        },
      ],
    ];
  });
  return {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Internet: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
    ...inVpc(subnetsIn(...zones)),
    ...Object.fromEntries(routes),
    ...gateways,
  };
}

function inVpc(found: Record<string, unknown>): Resources {
  return Object.fromEntries(
    Object.entries(found).map(([id, subnet]) => {
      const { Type, Properties } = subnet as { Type: string; Properties: object };
      return [id, { Type, Properties: { ...Properties, VpcId: ref('Vpc') } }];
    }),
  );
}

/** A NAT gateway with a subnet of its own in a zone, which leads to the internet. */
export function natIn(id: string, zone: string): Resources {
  return {
    [`${id}Subnet`]: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: ref('Vpc'), AvailabilityZone: zone },
    },
    [`${id}Join`]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { RouteTableId: ref(`${id}Table`), SubnetId: ref(`${id}Subnet`) },
    },
    [`${id}Table`]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
    [`${id}Route`]: {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: ref(`${id}Table`),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('Internet'),
      },
    },
    [id]: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: ref(`${id}Subnet`) } },
  };
}

/** Tasks on Fargate in some subnets. */
export function tasks(count: number, letters: string, properties: object = {}): Resources {
  return {
    Tasks: {
      Type: 'AWS::ECS::Service',
      Properties: {
        LaunchType: 'FARGATE',
        DesiredCount: count,
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets(letters) } },
        ...properties,
      },
    },
  };
}

/** What scales tasks with their load. */
export function scaled(id: string, least: number, most: number): Resources {
  return {
    [`${id}Scaling`]: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        MinCapacity: least,
        MaxCapacity: most,
        ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', attribute(id, 'Name')]] },
        ScalableDimension: 'ecs:service:DesiredCount',
        ServiceNamespace: 'ecs',
      },
    },
    [`${id}Policy`]: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: { PolicyType: 'TargetTrackingScaling', ScalingTargetId: ref(`${id}Scaling`) },
    },
  };
}

/** A load balancer in some subnets that sends everything to one target group, `Targets`. */
export function balancer(letters: string, properties: object = {}): Resources {
  return {
    Front: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Type: 'application', Subnets: subnets(letters), ...properties },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: ref('Front'),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
      },
    },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} },
  };
}

/** What registers tasks with `Targets`. */
export const REGISTERED = { LoadBalancers: [{ TargetGroupArn: ref('Targets') }] };

/** A DNS record of the name `www.example.com`. */
export function record(properties: object): Resources[string] {
  return {
    Type: 'AWS::Route53::RecordSet',
    Properties: { Name: 'www.example.com', Type: 'A', HostedZoneId: 'Z1', ...properties },
  };
}

/** An alias of a load balancer or another resource with a DNS name. */
export function alias(target: unknown, evaluates: boolean): object {
  return { AliasTarget: { DNSName: target, HostedZoneId: 'Z2', EvaluateTargetHealth: evaluates } };
}
