import { Match, Template } from 'aws-cdk-lib/assertions';
import { TargetGroupLoadBalancingAlgorithmType, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import {
  HealthCheckedLoadBalancer,
  type HealthCheckedLoadBalancerProps,
} from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, certificateIn, entryIn, only, refusal, shopOf, shopStack, WEAKENING } from '../fixtures';

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

describe('the health check of a HealthCheckedLoadBalancer', () => {
  test.each([
    [Tier.MISSION_CRITICAL, { interval: 5, timeout: 3, unhealthy: 2, healthy: 2, drain: '60' }],
    [Tier.BUSINESS_CRITICAL, { interval: 10, timeout: 5, unhealthy: 2, healthy: 2, drain: '60' }],
    [Tier.IMPORTANT, { interval: 15, timeout: 5, unhealthy: 3, healthy: 3, drain: '120' }],
    [Tier.STANDARD, { interval: 30, timeout: 5, unhealthy: 3, healthy: 5, drain: '300' }],
  ])('at tier %i goes at the pace %j', (tier, { interval, timeout, unhealthy, healthy, drain }) => {
    const stack = shopStack(tier);
    entryIn(stack);
    const group = only(stack, TARGET_GROUP);
    expect(group).toMatchObject({
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: interval,
      HealthCheckTimeoutSeconds: timeout,
      UnhealthyThresholdCount: unhealthy,
      HealthyThresholdCount: healthy,
      Matcher: { HttpCode: '200' },
    });
    expect(group.TargetGroupAttributes).toContainEqual({
      Key: 'deregistration_delay.timeout_seconds',
      Value: drain,
    });
  });

  test('may be faster than the tier owes', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack, { healthCheckInterval: Duration.seconds(5) });
    expect(only(stack, TARGET_GROUP)).toMatchObject({
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 4,
    });
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Entry.healthCheckInterval', value: '5 s', source: 'override' }),
    );
  });

  test('fails when it is slower than the tier owes', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    expect(refusal(() => entryIn(stack, { healthCheckInterval: Duration.seconds(30) })).problem).toMatch(
      /^healthCheckInterval is 30 s, but the tier owes 10 s/,
    );
  });

  test.each(['/', '', 'health', '/?deep'])(
    "fails when it asks for '%s', which says nothing about the application",
    (healthCheckPath) => {
      const { message } = refusal(() => entryIn(shopStack(Tier.STANDARD), { healthCheckPath }));
      expect(message).toContain(`Shop/Entry: the health check asks for '${healthCheckPath}'`);
      expect(message).toContain("fix: answer on a path of its own, such as '/health'");
    },
  );

  test('fails when it waits as long as its interval', () => {
    const props = { healthCheckInterval: Duration.seconds(10), healthCheckTimeout: Duration.seconds(10) };
    expect(refusal(() => entryIn(shopStack(Tier.BUSINESS_CRITICAL), props)).problem).toBe(
      'healthCheckTimeout is 10 s, but it must be from 2 to 9 s',
    );
  });

  test.each([0, 1])('fails when it is made every %d s, which is too often', (interval) => {
    const props = { healthCheckInterval: Duration.seconds(interval) };
    expect(refusal(() => entryIn(shopStack(Tier.MISSION_CRITICAL), props))).toMatchObject({
      problem: `healthCheckInterval is ${interval} s, but it must be from 5 to 300 s`,
      fix: 'set healthCheckInterval to 5 s',
    });
  });

  test('fails when a threshold is one that Elastic Load Balancing does not take', () => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { unhealthyThreshold: 1 })).message).toMatch(
      /unhealthyThreshold is 1, but it must be from 2 to 10\n {2}fix: set unhealthyThreshold to 2/,
    );
  });
});

describe('a HealthCheckedLoadBalancer', () => {
  test('stands in all zones, lets zones be shifted away and sends requests across zones', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    const { Subnets, LoadBalancerAttributes, Scheme } = only(stack, LOAD_BALANCER);
    expect(Subnets).toHaveLength(3);
    expect(Scheme).toBe('internet-facing');
    expect(LoadBalancerAttributes).toEqual(
      expect.arrayContaining([
        { Key: 'zonal_shift.config.enabled', Value: 'true' },
        { Key: 'deletion_protection.enabled', Value: 'true' },
        { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
        { Key: 'access_logs.s3.enabled', Value: 'true' },
      ]),
    );
    expect(only(stack, TARGET_GROUP).TargetGroupAttributes).toContainEqual({
      Key: 'load_balancing.cross_zone.enabled',
      Value: 'true',
    });
  });

  test('with a certificate speaks HTTPS and sends plain HTTP there', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties(LISTENER, {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: Match.stringLikeRegexp('TLS13'),
      DefaultActions: [Match.objectLike({ Type: 'forward' })],
    });
    template.hasResourceProperties(LISTENER, {
      Port: 80,
      DefaultActions: [{ Type: 'redirect', RedirectConfig: Match.objectLike({ Protocol: 'HTTPS' }) }],
    });
  });

  test('fails when there is no certificate', () => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { certificate: undefined })).problem).toMatch(
      /^certificate is missing, but the tier owes one/,
    );
  });

  test('may speak plain HTTP when somebody answers for it', () => {
    const stack = shopStack(Tier.STANDARD);
    entryIn(stack, { certificate: undefined, weakening: WEAKENING });
    expect(only(stack, LISTENER)).toMatchObject({ Port: 80, Protocol: 'HTTP' });
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Entry.certificate' }]);
  });

  test('inside the network stands in private subnets and admits the network only', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack, { internetFacing: false });
    expect(only(stack, LOAD_BALANCER).Scheme).toBe('internal');
    const cidrs = only(stack, 'AWS::EC2::SecurityGroup').SecurityGroupIngress.map(
      ({ CidrIp }: { CidrIp: string }) => CidrIp,
    );
    expect(new Set(cidrs)).toEqual(new Set(['10.0.0.0/16']));
  });

  test('admits the callers that are named', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack, { allowedCidrs: ['192.0.2.0/24'] });
    expect(only(stack, 'AWS::EC2::SecurityGroup').SecurityGroupIngress).toEqual([
      expect.objectContaining({ CidrIp: '192.0.2.0/24', FromPort: 443 }),
      expect.objectContaining({ CidrIp: '192.0.2.0/24', FromPort: 80 }),
    ]);
  });

  test('fails when it has no network', () => {
    const props: Partial<HealthCheckedLoadBalancerProps> = { network: undefined };
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), props))).toMatchObject({
      path: 'Shop/Entry',
      problem: 'network is missing',
    });
  });

  test('fails when nobody may call it', () => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { allowedCidrs: [] }))).toMatchObject({
      path: 'Shop/Entry',
      problem: 'allowedCidrs is empty, so nobody may call it',
    });
  });

  test.each(['zonalShift', 'deletionProtection'] as const)(
    'fails when %s is turned off and nobody answers for it',
    (what) => {
      expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { [what]: false })).problem).toMatch(
        new RegExp(`^${what} is false, but the tier owes true`),
      );
    },
  );

  test('can be torn down where the stage is not production, and so can its logs', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, { nonProduction: true });
    entryIn(stack);
    expect(only(stack, LOAD_BALANCER).LoadBalancerAttributes).toContainEqual({
      Key: 'deletion_protection.enabled',
      Value: 'false',
    });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
  });
});

describe('what is no construct where one is asked for', () => {
  test.each([
    [
      { certificate: 'arn:aws:acm:eu-west-1:1:certificate/1' as never },
      'certificate is "arn:aws:acm:eu-west-1:1:certificate/1", which is no ICertificate',
      "write Certificate.fromCertificateArn(this, 'Certificate', arn)",
    ],
    [
      { network: { id: 'vpc-1' } as never },
      'network is no ResilientNetwork',
      "make it with new ResilientNetwork(this, 'Network'), or write { vpc } for one that is there",
    ],
  ])('is refused of a HealthCheckedLoadBalancer: %j', (props, problem, fix) => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), props))).toMatchObject({ problem, fix });
  });
});

describe('what Elastic Load Balancing does not take', () => {
  test.each([
    [{ targetPort: 0 }, 'targetPort is 0, but it must be a whole number from 1 to 65535'],
    [
      { deregistrationDelay: Duration.hours(2), weakening: WEAKENING },
      'deregistrationDelay is 7200 s, but it must be from 0 to 3600 s',
    ],
  ])('is refused of a HealthCheckedLoadBalancer: %j', (props, problem) => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), props)).problem).toBe(problem);
  });

  test('is refused where the region of the stack is open', () => {
    const stack = new Stack(new App(), 'Open');
    declareService(stack, shopOf(Tier.STANDARD));
    const network = new ResilientNetwork(stack, 'Network', { availabilityZones: ['a', 'b', 'c'] });
    const act = () =>
      new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate: certificateIn(stack) });
    expect(refusal(act)).toMatchObject({
      problem:
        'the region of its stack is known at deployment only, so nobody can be let write its access logs',
      fix: 'set env.region of the stack',
    });
  });
});

describe('the access logs of a HealthCheckedLoadBalancer', () => {
  test('are private, encrypted, kept when deleted, cleared after a year, and outlive the stack', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    Template.fromStack(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 365, Status: 'Enabled' })] },
      },
    });
  });

  test.each([
    [Duration.seconds(0), '0 s'],
    [Duration.hours(36), '36 h'],
  ])('fails when they are kept for no whole days', (accessLogRetention, words) => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { accessLogRetention }))).toMatchObject({
      path: 'Shop/Entry',
      problem: `accessLogRetention is ${words}, but S3 keeps for whole days`,
    });
  });

  test('travel over TLS only', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    entryIn(stack);
    expect(only(stack, 'AWS::S3::BucketPolicy').PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});

describe('the targets of a HealthCheckedLoadBalancer', () => {
  const { ROUND_ROBIN, WEIGHTED_RANDOM } = TargetGroupLoadBalancingAlgorithmType;

  test('may be instances', () => {
    const stack = shopStack(Tier.IMPORTANT);
    entryIn(stack, { targetType: TargetType.INSTANCE });
    expect(only(stack, TARGET_GROUP)).toMatchObject({ TargetType: 'instance', Protocol: 'HTTP' });
  });

  test('may be a function, which has nothing to set but its health check', () => {
    const stack = shopStack(Tier.IMPORTANT);
    entryIn(stack, { targetType: TargetType.LAMBDA });
    const {
      TargetType: type,
      HealthCheckEnabled,
      HealthCheckPath,
      Port,
      TargetGroupAttributes,
    } = only(stack, TARGET_GROUP);
    expect({ type, HealthCheckEnabled, HealthCheckPath, Port }).toEqual({
      type: 'lambda',
      HealthCheckEnabled: true,
      HealthCheckPath: '/health',
    });
    expect(TargetGroupAttributes ?? []).not.toContainEqual(
      expect.objectContaining({ Key: expect.stringMatching(/cross_zone|deregistration/) }),
    );
  });

  test('may be shared out by weight, away from those that fail more', () => {
    const stack = shopStack(Tier.IMPORTANT);
    entryIn(stack, { algorithm: WEIGHTED_RANDOM, anomalyMitigation: true });
    expect(only(stack, TARGET_GROUP).TargetGroupAttributes).toEqual(
      expect.arrayContaining([
        { Key: 'load_balancing.algorithm.type', Value: 'weighted_random' },
        { Key: 'load_balancing.algorithm.anomaly_mitigation', Value: 'on' },
      ]),
    );
  });

  test('may start slowly where requests go round in turns', () => {
    const stack = shopStack(Tier.IMPORTANT);
    entryIn(stack, { algorithm: ROUND_ROBIN, slowStart: Duration.seconds(60) });
    expect(only(stack, TARGET_GROUP).TargetGroupAttributes).toContainEqual({
      Key: 'slow_start.duration_seconds',
      Value: '60',
    });
  });

  test.each<[Partial<HealthCheckedLoadBalancerProps>, string]>([
    [
      { slowStart: Duration.seconds(60), algorithm: WEIGHTED_RANDOM },
      'slowStart is set, but requests are shared out by weighted_random, which knows no slow start',
    ],
    [
      {
        slowStart: Duration.seconds(60),
        algorithm: TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      },
      'slowStart is set, but requests are shared out by least_outstanding_requests, which knows no slow start',
    ],
    [{ anomalyMitigation: true }, 'anomalyMitigation is on, but requests are shared out by round_robin'],
    [{ slowStart: Duration.seconds(10) }, 'slowStart is 10 s, but it must be from 30 to 900 s'],
    [
      { targetType: TargetType.ALB },
      'targetType is alb, but an application load balancer sends nothing to another one',
    ],
    [
      { targetType: TargetType.LAMBDA, deregistrationDelay: Duration.seconds(5) },
      'deregistrationDelay is set, but a function as a target has none',
    ],
    [
      { targetType: TargetType.LAMBDA, slowStart: Duration.seconds(60) },
      'slowStart is set, but a function as a target has none',
    ],
  ])('fails for %j', (props, problem) => {
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), props)).problem).toBe(problem);
  });

  test('fails when users stay with one target, unless somebody answers for it', () => {
    const stickiness = Duration.hours(1);
    expect(refusal(() => entryIn(shopStack(Tier.STANDARD), { stickiness })).problem).toMatch(
      /^stickiness is 1 h, but the tier owes 0 s .*session store/,
    );
    const stack = shopStack(Tier.STANDARD);
    entryIn(stack, { stickiness, weakening: WEAKENING });
    expect(only(stack, TARGET_GROUP).TargetGroupAttributes).toContainEqual({
      Key: 'stickiness.enabled',
      Value: 'true',
    });
  });
});

describe('the web ACL of a HealthCheckedLoadBalancer', () => {
  test('is attached', () => {
    const stack = shopStack(Tier.IMPORTANT);
    const webAcl = new CfnWebACL(stack, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'shop', sampledRequestsEnabled: true },
    });
    entryIn(stack, { webAcl });
    expect(only(stack, 'AWS::WAFv2::WebACLAssociation')).toEqual({
      ResourceArn: { Ref: expect.stringContaining('EntryLoadBalancer') },
      WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
    });
  });
});
