import { Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceClass, InstanceSize, InstanceType, type IVpc, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Fn, type Stack, Token } from 'aws-cdk-lib/core';
import { StatelessInstances } from '../../../lib/constructs/compute/stateless-instances';
import { StatelessService } from '../../../lib/constructs/compute/stateless-service';
import type { HostNetwork } from '../../../lib/constructs/network/placed-network';
import {
  HealthCheckedLoadBalancer,
  type HealthCheckedLoadBalancerProps,
} from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { HealthCheckedNetworkLoadBalancer } from '../../../lib/constructs/traffic/health-checked-network-load-balancer';
import type { Tier } from '../../../lib/objectives/tier';
import { certificateIn, refusal, shopStack, WEAKENING, ZONES } from '../fixtures';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

type Built = { readonly zones?: number; readonly kinds?: readonly string[]; readonly cidr?: boolean };

/** A network of another app, two public and two private subnets to a zone. */
function existing(stack: Stack, { zones = 3, kinds = ['public', 'private'], cidr = true }: Built = {}): IVpc {
  const names = ZONES.slice(0, zones);
  const ids = (kind: string) => [...names, ...names].map((zone, index) => `subnet-${kind}${index}-${zone}`);
  const groups = (kind: string) => [`${kind}1`, `${kind}2`];
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0abc',
    availabilityZones: names,
    ...(cidr && { vpcCidrBlock: '10.1.0.0/16' }),
    ...(kinds.includes('public') && { publicSubnetIds: ids('public'), publicSubnetNames: groups('public') }),
    ...(kinds.includes('private') && {
      privateSubnetIds: ids('private'),
      privateSubnetNames: groups('private'),
    }),
    ...(kinds.includes('isolated') && {
      isolatedSubnetIds: ids('isolated'),
      isolatedSubnetNames: groups('isolated'),
    }),
  });
}

function entry(stack: Stack, network: HostNetwork, props: Partial<HealthCheckedLoadBalancerProps> = {}) {
  return new HealthCheckedLoadBalancer(stack, 'Entry', {
    network,
    certificate: certificateIn(stack),
    ...props,
  });
}

function broker(stack: Stack, network: HostNetwork, props: object = {}) {
  return new HealthCheckedNetworkLoadBalancer(stack, 'Entry', {
    network,
    port: 8883,
    healthCheckPort: 8080,
    certificate: certificateIn(stack),
    ...props,
  });
}

const ENTRIES = { HealthCheckedLoadBalancer: entry, HealthCheckedNetworkLoadBalancer: broker };

describe.each(Object.entries(ENTRIES))('a %s in a network that is there', (_, build) => {
  const refused = (tier: Tier, network: (stack: Stack) => HostNetwork, props: object = {}) => {
    const stack = shopStack(tier);
    const { problem, fix } = refusal(() => build(stack, network(stack), props));
    return [problem, fix];
  };

  it('stands in one public subnet of each zone', () => {
    const stack = shopStack(1);
    const { network } = build(stack, { vpc: existing(stack) });
    expect(network.availabilityZones).toEqual(ZONES);
    Template.fromStack(stack).hasResourceProperties(BALANCER, {
      Scheme: 'internet-facing',
      Subnets: ZONES.map((zone, index) => `subnet-public${index}-${zone}`),
    });
  });

  it('stands in isolated subnets where it is internal and there are no others', () => {
    const stack = shopStack(1);
    build(stack, { vpc: existing(stack, { kinds: ['isolated'] }) }, { internetFacing: false });
    Template.fromStack(stack).hasResourceProperties(BALANCER, {
      Subnets: ZONES.map((zone, index) => `subnet-isolated${index}-${zone}`),
    });
  });

  it('stands in the zones that are named', () => {
    const stack = shopStack(2);
    const zones = ZONES.slice(1);
    const { network } = build(stack, { vpc: existing(stack), availabilityZones: zones });
    expect(network.availabilityZones).toEqual(zones);
  });

  it('is refused in fewer zones than the tier owes', () => {
    expect(refused(1, (stack) => ({ vpc: existing(stack, { zones: 2 }) }))[0]).toMatch(
      /^zones is 2, but the tier owes 3/,
    );
  });

  it('is built in fewer zones where somebody answers for it', () => {
    const stack = shopStack(1);
    const vpc = existing(stack, { zones: 2 });
    expect(build(stack, { vpc }, { weakening: WEAKENING }).network.availabilityZones).toHaveLength(2);
  });

  it('is refused in a zone without a subnet', () => {
    expect(refused(2, (stack) => ({ vpc: existing(stack, { zones: 2 }), availabilityZones: ZONES }))).toEqual(
      [
        'the network has no public subnet in "eu-west-1c"',
        'add one in each zone, or name in availabilityZones only zones that have one',
      ],
    );
  });

  it('is refused without subnets of its kind', () => {
    expect(refused(2, (stack) => ({ vpc: existing(stack, { kinds: ['private'] }) }))).toEqual([
      'the network has no public subnets',
      'set internetFacing to false, or add public subnets',
    ]);
    const open = (stack: Stack) => ({ vpc: existing(stack, { kinds: ['public'] }) });
    expect(refused(2, open, { internetFacing: false })).toEqual([
      'the network has no private subnets',
      'add private or isolated subnets',
    ]);
  });

  it('is refused where it opens to addresses that nobody knows', () => {
    const nameless = (stack: Stack) => ({ vpc: existing(stack, { cidr: false }) });
    expect(refused(2, nameless, { internetFacing: false })).toEqual([
      'the addresses of the network are not known, so nothing can be opened to them alone',
      'import it with vpcCidrBlock, or look it up with Vpc.fromLookup',
    ]);
  });

  it('is refused in subnets whose number only deployment knows', () => {
    const open = (stack: Stack) => ({
      vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-0abc',
        availabilityZones: Fn.split(',', Token.asString({ Ref: 'Zones' })),
        publicSubnetIds: Fn.split(',', Token.asString({ Ref: 'Subnets' })),
      }),
    });
    expect(refused(2, open)[0]).toMatch(/^the subnets of the network are known at deployment only/);
  });

  it('judges nothing before the CDK has looked the network up', () => {
    const stack = shopStack(1);
    const { network } = build(stack, { vpc: Vpc.fromLookup(stack, 'Vpc', { vpcName: 'landing-zone' }) });
    expect(network.isPending).toBe(true);
    expect(network.availabilityZones).toHaveLength(3);
  });
});

const SERVICES = {
  StatelessService: (stack: Stack, loadBalancer: HealthCheckedLoadBalancer) =>
    new StatelessService(stack, 'App', {
      loadBalancer,
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27'),
      port: 8080,
      peakTasks: 4,
      requestsPerTaskPerMinute: 600,
    }),
  StatelessInstances: (stack: Stack, loadBalancer: HealthCheckedLoadBalancer) =>
    new StatelessInstances(stack, 'App', {
      loadBalancer,
      machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-0abc' }),
      rootDeviceName: '/dev/xvda',
      instanceTypes: [InstanceClass.M7G, InstanceClass.M6G].map((each) =>
        InstanceType.of(each, InstanceSize.LARGE),
      ),
      peakInstances: 4,
      requestsPerInstancePerMinute: 600,
    } as never),
};

describe.each(Object.entries(SERVICES))('a %s in a network that is there', (name, build) => {
  const targetType = name === 'StatelessService' ? TargetType.IP : TargetType.INSTANCE;

  it('runs in one private subnet of each zone of its entry', () => {
    const stack = shopStack(2);
    build(stack, entry(stack, { vpc: existing(stack) }, { targetType }));
    const ids = ZONES.map((zone, index) => `subnet-private${index}-${zone}`);
    const [type, where] =
      name === 'StatelessService'
        ? [
            'AWS::ECS::Service',
            { NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ Subnets: ids }) } },
          ]
        : ['AWS::AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: ids }];
    Template.fromStack(stack).hasResourceProperties(type as string, where);
  });

  it('is refused where a zone of its entry has no private subnet', () => {
    const stack = shopStack(2);
    const loadBalancer = entry(stack, { vpc: existing(stack, { kinds: ['public'] }) }, { targetType });
    expect(refusal(() => build(stack, loadBalancer)).problem).toMatch(
      /^the network has no private subnet in/,
    );
  });
});
