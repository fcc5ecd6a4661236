import { Template } from 'aws-cdk-lib/assertions';
import { Port } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Protocol, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  HealthCheckedNetworkLoadBalancer,
  type HealthCheckedNetworkLoadBalancerProps,
} from '../../../lib/constructs/traffic/health-checked-network-load-balancer';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, certificateIn, networkIn, only, refusal, shopStack, WEAKENING } from '../fixtures';

/** Zones that do without each other. */
const INDEPENDENT = { crossZone: false, minimumTargets: 6 };

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

type Props = Partial<HealthCheckedNetworkLoadBalancerProps>;

function entryIn(stack: Stack, props: Props = {}): HealthCheckedNetworkLoadBalancer {
  return new HealthCheckedNetworkLoadBalancer(stack, 'Entry', {
    network: networkIn(stack),
    port: 8883,
    ...props,
  });
}

function attribute(
  resource: { TargetGroupAttributes?: unknown; LoadBalancerAttributes?: unknown },
  key: string,
) {
  const all = (resource.TargetGroupAttributes ?? resource.LoadBalancerAttributes) as {
    Key: string;
    Value: string;
  }[];
  return all.find(({ Key }) => Key === key)?.Value;
}

describe('the health check of a HealthCheckedNetworkLoadBalancer', () => {
  test.each([
    [Tier.MISSION_CRITICAL, [5, 3, 2, 2, '60']],
    [Tier.BUSINESS_CRITICAL, [10, 5, 2, 2, '60']],
    [Tier.IMPORTANT, [15, 5, 3, 3, '120']],
    [Tier.STANDARD, [30, 5, 3, 5, '300']],
  ])('at tier %i asks the application for /health at the pace %j', (tier, pace) => {
    const stack = shopStack(tier);
    entryIn(stack);
    const group = only(stack, TARGET_GROUP);
    expect(group).toMatchObject({ HealthCheckProtocol: 'HTTP', HealthCheckPath: '/health', Protocol: 'TCP' });
    expect([
      group.HealthCheckIntervalSeconds,
      group.HealthCheckTimeoutSeconds,
      group.UnhealthyThresholdCount,
      group.HealthyThresholdCount,
      attribute(group, 'deregistration_delay.timeout_seconds'),
    ]).toEqual(pace);
  });

  test('may be on a port of its own', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack, {
      ...INDEPENDENT,
      protocol: Protocol.UDP,
      healthCheckPort: 8080,
      healthCheckPath: '/ready',
    });
    expect(only(stack, TARGET_GROUP)).toMatchObject({
      Protocol: 'UDP',
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: '8080',
      HealthCheckPath: '/ready',
    });
  });

  test('fails when it finds no more than an open port, unless somebody answers for it', () => {
    const props = { healthCheckProtocol: Protocol.TCP };
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), props)).problem).toBe(
      'applicationHealthCheck is false, but the tier owes true (a TCP check finds an open port, behind which the application may be dead)',
    );
    const stack = shopStack(Tier.STANDARD);
    entryIn(stack, { ...props, weakening: WEAKENING });
    expect(only(stack, TARGET_GROUP).HealthCheckProtocol).toBe('TCP');
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Entry.applicationHealthCheck' }]);
  });

  test('fails when it waits as long as its interval, or asks for nothing of the application', () => {
    const wait = { healthCheckInterval: Duration.seconds(10), healthCheckTimeout: Duration.seconds(10) };
    expect(refusal(() => entryIn(shopStack(Tier.BUSINESS_CRITICAL), wait)).problem).toBe(
      'healthCheckTimeout is 10 s, but it must be from 2 to 9 s',
    );
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { healthCheckPath: '/' })).problem).toMatch(
      /^the health check asks for '\/'/,
    );
  });
});

describe('a HealthCheckedNetworkLoadBalancer', () => {
  test('stands in all zones, lets zones be shifted away, and sends across zones', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    const loadBalancer = only(stack, LOAD_BALANCER);
    expect(loadBalancer).toMatchObject({ Type: 'network', Scheme: 'internet-facing' });
    expect(loadBalancer.Subnets).toHaveLength(3);
    expect(loadBalancer.SecurityGroups).toHaveLength(1);
    for (const key of [
      'load_balancing.cross_zone.enabled',
      'zonal_shift.config.enabled',
      'deletion_protection.enabled',
      'access_logs.s3.enabled',
    ])
      expect([key, attribute(loadBalancer, key)]).toEqual([key, 'true']);
  });

  test('ends TLS with a certificate, and passes it on without', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack, { certificate: certificateIn(stack) });
    expect(only(stack, LISTENER)).toMatchObject({
      Port: 8883,
      Protocol: 'TLS',
      SslPolicy: expect.stringMatching('TLS13'),
    });
    const plain = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(plain);
    expect(only(plain, LISTENER)).toMatchObject({ Port: 8883, Protocol: 'TCP' });
  });

  test('shows targets who calls where it faces the Internet, and not inside', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    expect(attribute(only(stack, TARGET_GROUP), 'preserve_client_ip.enabled')).toBe('true');
    const inside = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(inside, { internetFacing: false });
    expect(attribute(only(inside, TARGET_GROUP), 'preserve_client_ip.enabled')).toBe('false');
    expect(only(inside, LOAD_BALANCER).Scheme).toBe('internal');
  });

  test('has an address of its own in each zone, kept when it is deleted', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack, { elasticIps: true });
    expect(only(stack, LOAD_BALANCER).SubnetMappings).toHaveLength(3);
    const addresses = Object.entries(Template.fromStack(stack).findResources('AWS::EC2::EIP')).filter(
      ([id]) => id.startsWith('EntryAddress'),
    );
    expect(addresses.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Retain', 'Retain', 'Retain']);
  });

  test('has the addresses that are named', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack, { allocationIds: ['eipalloc-1', 'eipalloc-2', 'eipalloc-3'] });
    expect(only(stack, LOAD_BALANCER).SubnetMappings).toContainEqual(
      expect.objectContaining({ AllocationId: 'eipalloc-2' }),
    );
  });

  test('lets zones be independent where each has targets to spare', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    entryIn(stack, { crossZone: false, minimumTargets: 6 });
    expect(attribute(only(stack, LOAD_BALANCER), 'load_balancing.cross_zone.enabled')).toBe('false');
    expect(catalogued(stack).weakenings).toEqual([]);
  });

  test('fails when zones are independent where the tier has no capacity to spare', () => {
    const props = { crossZone: false, minimumTargets: 6 };
    expect(refusal(() => entryIn(shopStack(Tier.IMPORTANT), props)).problem).toMatch(
      /^crossZone is false, but the tier owes true/,
    );
  });

  const CUTS = 'target_health_state.unhealthy.connection_termination.enabled';

  test('keeps the connections of unhealthy targets, without which AWS lets no zone be shifted away', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    expect(attribute(only(stack, LOAD_BALANCER), 'load_balancing.cross_zone.enabled')).toBe('true');
    expect(attribute(only(stack, LOAD_BALANCER), 'zonal_shift.config.enabled')).toBe('true');
    expect(attribute(only(stack, TARGET_GROUP), CUTS)).toBe('false');
  });

  test('cuts them where zones are independent, or none is shifted away', () => {
    const independent = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(independent, { crossZone: false, minimumTargets: 6 });
    expect(attribute(only(independent, TARGET_GROUP), CUTS)).toBeUndefined();
    const unshifted = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(unshifted, { zonalShift: false, weakening: WEAKENING, protocol: Protocol.UDP });
    expect(attribute(only(unshifted, TARGET_GROUP), CUTS)).toBeUndefined();
  });

  test('may have an application load balancer behind it, which sends to all zones itself', () => {
    const stack = shopStack(Tier.IMPORTANT);
    entryIn(stack, { targetType: TargetType.ALB, port: 443 });
    const group = only(stack, TARGET_GROUP);
    expect(attribute(only(stack, LOAD_BALANCER), 'load_balancing.cross_zone.enabled')).toBe('false');
    expect(catalogued(stack).weakenings).toEqual([]);
    expect(group).toMatchObject({ TargetType: 'alb', Protocol: 'TCP', Port: 443 });
    expect(attribute(group, 'preserve_client_ip.enabled')).toBeUndefined();
  });

  test('takes tasks, which see it as the only caller', () => {
    const stack = shopStack(Tier.IMPORTANT);
    const entry = entryIn(stack);
    const taskDefinition = new FargateTaskDefinition(stack, 'Task');
    const image = ContainerImage.fromRegistry('public.ecr.aws/docker/library/eclipse-mosquitto:2');
    taskDefinition.addContainer('Broker', { image, portMappings: [{ containerPort: 8883 }] });
    const cluster = new Cluster(stack, 'Cluster', { vpc: entry.network.vpc });
    const service = new FargateService(stack, 'Broker', { cluster, taskDefinition });
    service.attachToNetworkTargetGroup(entry.targetGroup);
    service.connections.allowFrom(entry.securityGroup, Port.tcp(8883));
    expect(only(stack, 'AWS::ECS::Service').LoadBalancers).toEqual([
      {
        ContainerName: 'Broker',
        ContainerPort: 8883,
        TargetGroupArn: { Ref: expect.stringContaining('EntryTargets') },
      },
    ]);
    expect(
      Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress')),
    ).toContainEqual(
      expect.objectContaining({
        Properties: expect.objectContaining({
          FromPort: 8883,
          SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining('EntrySecurityGroup'), 'GroupId'] },
        }),
      }),
    );
  });

  test('reaches nothing but the ports of its targets, inside the network', () => {
    const stack = shopStack(Tier.IMPORTANT);
    entryIn(stack, { targetPort: 1883, healthCheckPort: 8080, allowedCidrs: ['192.0.2.0/24'] });
    const group = Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'))[0]
      ?.Properties;
    expect(group.SecurityGroupIngress).toEqual([
      expect.objectContaining({ CidrIp: '192.0.2.0/24', FromPort: 8883, IpProtocol: 'tcp' }),
    ]);
    expect(group.SecurityGroupEgress).toEqual([
      expect.objectContaining({ CidrIp: '10.0.0.0/16', FromPort: 1883 }),
      expect.objectContaining({ CidrIp: '10.0.0.0/16', FromPort: 8080 }),
    ]);
  });

  test('can be torn down with its addresses where the stage is not production', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, { nonProduction: true });
    entryIn(stack, { elasticIps: true });
    expect(attribute(only(stack, LOAD_BALANCER), 'deletion_protection.enabled')).toBe('false');
    Template.fromStack(stack).allResources('AWS::EC2::EIP', {});
    const addresses = Object.entries(Template.fromStack(stack).findResources('AWS::EC2::EIP'));
    expect(addresses.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  test.each<[string, Props, string]>([
    [
      'TLS without a certificate',
      { protocol: Protocol.TLS },
      'protocol is TLS, but there is no certificate to end it with',
    ],
    ['HTTP', { protocol: Protocol.HTTP }, 'protocol is HTTP, which a network load balancer does not take'],
    ['no port', { port: 70_000 }, 'port is 70000, which is no port'],
    [
      'a function',
      { targetType: TargetType.LAMBDA },
      'targetType is lambda, but a network load balancer calls no function',
    ],
    [
      'UDP to an application load balancer',
      { targetType: TargetType.ALB, protocol: Protocol.UDP },
      'targetType is alb, but protocol is UDP',
    ],
    [
      'a check by datagram',
      { ...INDEPENDENT, protocol: Protocol.UDP, healthCheckProtocol: Protocol.UDP },
      'healthCheckProtocol is UDP, in which no target can be asked',
    ],
    [
      'a path for a port',
      { healthCheckProtocol: Protocol.TCP, healthCheckPath: '/ready' },
      "healthCheckPath is '/ready', but a TCP check asks for no path",
    ],
    [
      'a bare port of an application load balancer',
      { healthCheckProtocol: Protocol.TCP, targetType: TargetType.ALB },
      'healthCheckProtocol is TCP, but an application load balancer is asked in HTTP or HTTPS only',
    ],
    [
      'hidden senders of datagrams',
      { ...INDEPENDENT, protocol: Protocol.UDP, preserveClientIp: false },
      'preserveClientIp is false, but targets of UDP always see the client',
    ],
    [
      'datagrams that no zone can be shifted away from',
      { protocol: Protocol.UDP },
      'crossZone is on, with which no zone can be shifted away from targets of UDP',
    ],
    [
      'zones twice in front of an application load balancer',
      { targetType: TargetType.ALB, crossZone: true },
      'crossZone is on, with which no zone can be shifted away from targets of type alb',
    ],
    [
      'independent zones with too few targets',
      { crossZone: false, minimumTargets: 3 },
      'crossZone is off with 3 targets in 3 zones: a target lost leaves its zone without any',
    ],
    [
      'independent zones with who knows how many targets',
      { crossZone: false },
      'crossZone is off with an unknown number of targets in 3 zones: a target lost leaves its zone without any',
    ],
    [
      'independent zones that cannot be left',
      { crossZone: false, minimumTargets: 6, zonalShift: false },
      'crossZone and zonalShift are off, so a broken zone goes on failing its callers',
    ],
    [
      'an address for one zone of three',
      { allocationIds: ['eipalloc-1'] },
      'allocationIds has 1 addresses, but there are 3 zones',
    ],
    [
      'an address for two zones',
      { allocationIds: ['eipalloc-1', 'eipalloc-1', 'eipalloc-2'] },
      'allocationIds names eipalloc-1 twice',
    ],
    [
      'addresses old and new',
      { elasticIps: true, allocationIds: ['eipalloc-1', 'eipalloc-2', 'eipalloc-3'] },
      'allocationIds names addresses, and elasticIps asks for new ones',
    ],
    [
      'public addresses inside',
      { elasticIps: true, internetFacing: false },
      'elasticIps is set, but it does not face the Internet',
    ],
    ['nobody to call it', { allowedCidrs: [] }, 'allowedCidrs is empty, so nobody may call it'],
    [
      'logs kept for half a day',
      { accessLogRetention: Duration.hours(12) },
      'accessLogRetention is 12 h, but S3 keeps for whole days',
    ],
  ])('fails for %s', (_, props, problem) => {
    expect(refusal(() => entryIn(shopStack(Tier.MISSION_CRITICAL), props)).problem).toBe(problem);
  });

  test('fails when a certificate has nothing to end', () => {
    const stack = shopStack(Tier.STANDARD);
    const props = { protocol: Protocol.TCP, certificate: certificateIn(stack) };
    expect(refusal(() => entryIn(stack, props)).problem).toBe(
      'there is a certificate, but protocol is TCP, which is passed on unread',
    );
  });

  test.each(['network', 'port'] as const)('fails when %s is missing', (what) => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { [what]: undefined }))).toMatchObject({
      path: 'Shop/Entry',
      problem: `${what} is missing`,
    });
  });
});
