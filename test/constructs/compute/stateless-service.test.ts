import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  StatelessService,
  type StatelessServiceProps,
} from '../../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { joinRegions } from '../../../lib/constructs/region/membership';
import { HealthCheckedLoadBalancer } from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, certificateIn, entryIn, only, refusal, shopStack, WEAKENING, ZONES } from '../fixtures';

/** The web tasks of the shop: four carry the peak. */
function webIn(stack: Stack, props: Partial<StatelessServiceProps> = {}): StatelessService {
  return new StatelessService(stack, 'Web', {
    loadBalancer: props.loadBalancer ?? entryIn(stack),
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
    port: 8080,
    peakTasks: 4,
    requestsPerTaskPerMinute: 600,
    ...props,
  });
}

/** The tasks of a stack: at least, as deployed, at most. */
function tasks(stack: Stack): [min: number, desired: number, max: number] {
  const { MinCapacity, MaxCapacity } = only(stack, 'AWS::ApplicationAutoScaling::ScalableTarget');
  return [MinCapacity, only(stack, 'AWS::ECS::Service').DesiredCount, MaxCapacity];
}

/** What scaling aims at, by metric. */
function targets(stack: Stack): Record<string, number> {
  const policies = Template.fromStack(stack).findResources('AWS::ApplicationAutoScaling::ScalingPolicy');
  return Object.fromEntries(
    Object.values(policies).map(({ Properties }) => {
      const config = Properties.TargetTrackingScalingPolicyConfiguration;
      return [config.PredefinedMetricSpecification.PredefinedMetricType, config.TargetValue];
    }),
  );
}

describe('the capacity of a StatelessService', () => {
  test.each([
    [Tier.MISSION_CRITICAL, [6, 6, 12], 'carries the peak in two of three zones'],
    [Tier.BUSINESS_CRITICAL, [6, 6, 12], 'carries the peak in two of three zones'],
    [Tier.IMPORTANT, [3, 4, 12], 'carries the average in two of three zones, and deploys the peak'],
    [Tier.STANDARD, [1, 4, 8], 'is a single task that scales, and deploys the peak'],
  ])('at tier %i, %j: %s', (tier, expected) => {
    const stack = shopStack(tier);
    webIn(stack);
    expect(tasks(stack)).toEqual(expected);
  });

  test.each([
    [Tier.MISSION_CRITICAL, [6, 6, 12]],
    [Tier.BUSINESS_CRITICAL, [3, 3, 12]],
    [Tier.IMPORTANT, [2, 2, 12]],
    [Tier.STANDARD, [1, 1, 8]],
  ])('in a standby region at tier %i is %j', (tier, expected) => {
    const stack = shopStack(tier, { role: RegionRole.STANDBY });
    webIn(stack);
    expect(tasks(stack)).toEqual(expected);
  });

  test('needs twice the peak in two zones', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const network = new ResilientNetwork(stack, 'Network', {
      availabilityZones: ZONES.slice(0, 2),
      weakening: WEAKENING,
    });
    const certificate = certificateIn(stack);
    webIn(stack, { loadBalancer: new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate }) });
    expect(tasks(stack)).toEqual([8, 8, 16]);
    expect(targets(stack)).toEqual({ ALBRequestCountPerTarget: 300, ECSServiceAverageCPUUtilization: 45 });
  });

  test('is declared in the catalogue', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    expect(catalogued(stack).decisions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'Web.peakTasks', value: 4 }),
        expect.objectContaining({ what: 'Web.minTasks', value: '6' }),
      ]),
    );
  });

  test('fails when fewer tasks are asked for than carry the peak after a zone is lost', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    expect(refusal(() => webIn(stack, { minTasks: 4 })).message).toMatch(
      /^Shop\/Web: minTasks is 4, but the tier owes 6 .*\n {2}fix: use 6, or give a weakening/,
    );
  });

  test('may be smaller when somebody answers for it', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, { minTasks: 4, weakening: WEAKENING });
    expect(tasks(stack)).toEqual([4, 6, 12]);
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Web.minTasks' }]);
  });

  test('in a standby region may be a quarter of the peak, and fails below', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, { role: RegionRole.STANDBY });
    const loadBalancer = entryIn(stack);
    webIn(stack, { loadBalancer, peakTasks: 24, standbyCapacity: 0.25 });
    expect(tasks(stack)).toEqual([9, 9, 72]);
    const less = shopStack(Tier.BUSINESS_CRITICAL, { role: RegionRole.STANDBY });
    expect(refusal(() => webIn(less, { standbyCapacity: 0.2 })).problem).toMatch(
      /^standbyCapacity is 0.2, but the tier owes 0.25/,
    );
  });

  test('fails when scaling could not reach the peak', () => {
    expect(refusal(() => webIn(shopStack(Tier.BUSINESS_CRITICAL), { maxTasks: 5 })).problem).toMatch(
      /^maxTasks is 5, but the tier owes 6/,
    );
  });

  test.each([
    [{ peakTasks: 0 }, 'peakTasks is 0'],
    [{ peakTasks: 2.5 }, 'peakTasks is 2.5'],
    [{ peakTasks: Number.NaN }, 'peakTasks is NaN'],
    [{ peakTasks: Number.POSITIVE_INFINITY }, 'peakTasks is Infinity'],
    [{ peakTasks: 1e12 }, 'peakTasks is 1000000000000, but Amazon ECS runs 5000 tasks in a service'],
    [{ maxTasks: 5001 }, 'maxTasks is 5001, but Amazon ECS runs 5000 tasks in a service'],
    [{ requestsPerTaskPerMinute: 0 }, 'requestsPerTaskPerMinute is 0'],
    [{ averageTasks: 5 }, 'averageTasks is 5, more than the 4 peakTasks'],
    [{ standbyCapacity: 50 }, 'standbyCapacity is 50'],
    [{ minTasks: 20, maxTasks: 10 }, 'minTasks is 20, more than the 10 maxTasks'],
  ])('fails for %j', (props, problem) => {
    expect(refusal(() => webIn(shopStack(Tier.IMPORTANT), props)).problem).toBe(problem);
  });
});

describe('the properties of a StatelessService', () => {
  test.each(['image', 'port', 'peakTasks', 'requestsPerTaskPerMinute'] as const)(
    'fails when %s is missing',
    (what) => {
      expect(refusal(() => webIn(shopStack(Tier.IMPORTANT), { [what]: undefined }))).toMatchObject({
        path: 'Shop/Web',
        problem: `${what} is missing`,
        fix: `set ${what}`,
      });
    },
  );
});

describe('the scaling of a StatelessService', () => {
  test('follows requests and processors, and leaves room for the tasks of a lost zone', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    expect(targets(stack)).toEqual({ ALBRequestCountPerTarget: 400, ECSServiceAverageCPUUtilization: 60 });
  });

  test('starts in time where no zone is reckoned with', () => {
    const stack = shopStack(Tier.STANDARD);
    webIn(stack);
    expect(targets(stack)).toEqual({ ALBRequestCountPerTarget: 480, ECSServiceAverageCPUUtilization: 72 });
  });

  test('fails when processors may be so busy that the tasks of a lost zone have no room', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    expect(refusal(() => webIn(stack, { targetCpuPercent: 80 })).problem).toMatch(
      /^targetCpuPercent is 80, but the tier owes 60/,
    );
  });

  test('may leave less room when somebody answers for it, or where no zone is reckoned with', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, { targetCpuPercent: 80, weakening: WEAKENING });
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Web.targetCpuPercent' }]);
    const tier3 = shopStack(Tier.STANDARD);
    webIn(tier3, { targetCpuPercent: 85 });
    expect(targets(tier3).ECSServiceAverageCPUUtilization).toBe(85);
  });

  test.each([0, -5, 101, Number.NaN])('fails when processors may be busy to %d per cent', (percent) => {
    const props = { targetCpuPercent: percent, weakening: WEAKENING };
    expect(refusal(() => webIn(shopStack(Tier.STANDARD), props)).problem).toBe(
      `targetCpuPercent is ${percent}`,
    );
  });
});

describe('a StatelessService', () => {
  test('runs in the private subnets of all zones, spread again when a zone comes back', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    const { AvailabilityZoneRebalancing, NetworkConfiguration, PlatformVersion } = only(
      stack,
      'AWS::ECS::Service',
    );
    expect(AvailabilityZoneRebalancing).toBe('ENABLED');
    expect(PlatformVersion).toBe('LATEST');
    const { Subnets, AssignPublicIp } = NetworkConfiguration.AwsvpcConfiguration;
    expect(AssignPublicIp).toBe('DISABLED');
    expect(Subnets.map(({ Ref }: { Ref: string }) => Ref)).toEqual([
      expect.stringContaining('PrivateSubnet1'),
      expect.stringContaining('PrivateSubnet2'),
      expect.stringContaining('PrivateSubnet3'),
    ]);
  });

  test('keeps all its tasks during a deploy, and rolls back a bad one', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    expect(only(stack, 'AWS::ECS::Service').DeploymentConfiguration).toMatchObject({
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
    });
  });

  test('gets its requests from the load balancer, once it has had time to start', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, { startupTime: Duration.minutes(3) });
    const { LoadBalancers, HealthCheckGracePeriodSeconds } = only(stack, 'AWS::ECS::Service');
    expect(LoadBalancers).toEqual([
      {
        ContainerName: 'App',
        ContainerPort: 8080,
        TargetGroupArn: { Ref: expect.stringContaining('EntryTargets') },
      },
    ]);
    expect(HealthCheckGracePeriodSeconds).toBe(180);
  });

  test('goes on when its logs cannot be delivered', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    const [container] = only(stack, 'AWS::ECS::TaskDefinition').ContainerDefinitions;
    expect(container.LogConfiguration.Options).toMatchObject({ mode: 'non-blocking' });
  });

  test('lets its task role do nothing', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const { taskDefinition } = webIn(stack);
    const taskRole = stack.getLogicalId(taskDefinition.taskRole.node.defaultChild as never);
    const granted = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.Roles,
    );
    expect(granted).not.toContainEqual({ Ref: taskRole });
  });

  test('fails when its load balancer serves another one already', () => {
    const stack = shopStack(Tier.STANDARD);
    const loadBalancer = entryIn(stack);
    webIn(stack, { loadBalancer });
    const second = new Construct(stack, 'Second');
    const made = () =>
      new StatelessService(second, 'Api', {
        loadBalancer,
        image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
        port: 8080,
        peakTasks: 4,
        requestsPerTaskPerMinute: 600,
      });
    expect(refusal(made)).toMatchObject({
      path: 'Shop/Second/Api',
      problem: 'Shop/Entry sends its requests to Shop/Web already, and would mix them at random',
      fix: 'give Shop/Second/Api a HealthCheckedLoadBalancer of its own',
    });
  });

  test('is called by the load balancer only', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    expect(only(stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({
      FromPort: 8080,
      ToPort: 8080,
      SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining('EntrySecurityGroup'), 'GroupId'] },
    });
  });
});

describe('the zones of a StatelessService', () => {
  const AUTOSHIFT = 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration';

  test.each([
    [Tier.MISSION_CRITICAL, 1],
    [Tier.BUSINESS_CRITICAL, 0],
    [Tier.IMPORTANT, 0],
    [Tier.STANDARD, 0],
  ])('at tier %i are left by AWS itself %d times', (tier, count) => {
    const stack = shopStack(tier);
    webIn(stack);
    Template.fromStack(stack).resourceCountIs(AUTOSHIFT, count);
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Web.zonalAutoshift', value: String(count === 1) }),
    );
  });

  test('are left while an alarm watches what users see', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    webIn(stack);
    const { PracticeRunConfiguration, ResourceIdentifier } = only(stack, AUTOSHIFT);
    expect(ResourceIdentifier).toEqual({ Ref: expect.stringContaining('EntryLoadBalancer') });
    expect(PracticeRunConfiguration).toEqual({
      OutcomeAlarms: [
        {
          AlarmIdentifier: { 'Fn::GetAtt': [expect.stringContaining('WebFailedRequests'), 'Arn'] },
          Type: 'CLOUDWATCH',
        },
      ],
    });
    expect(only(stack, 'AWS::CloudWatch::Alarm')).toMatchObject({
      Threshold: 5,
      TreatMissingData: 'notBreaching',
    });
  });

  test('are left when somebody asks for it, and practised when somebody says', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders' });
    const failedOrders = new Alarm(stack, 'FailedOrders', { metric, threshold: 1, evaluationPeriods: 3 });
    webIn(stack, {
      zonalAutoshift: true,
      practiceRuns: { outcomeAlarms: [failedOrders], blockedWindows: ['Fri:18:00-Fri:20:00'] },
    });
    expect(only(stack, AUTOSHIFT).PracticeRunConfiguration).toMatchObject({
      OutcomeAlarms: [{ AlarmIdentifier: { 'Fn::GetAtt': [expect.stringMatching('^FailedOrders'), 'Arn'] } }],
      BlockedWindows: ['Fri:18:00-Fri:20:00'],
    });
  });

  test('fails when a person is to leave them at tier 0', () => {
    expect(refusal(() => webIn(shopStack(Tier.MISSION_CRITICAL), { zonalAutoshift: false })).problem).toMatch(
      /^zonalAutoshift is false, but the tier owes true \(two minutes are owed: nobody can be called/,
    );
  });

  test('fails when AWS is to leave them though the others do not carry the peak', () => {
    expect(refusal(() => webIn(shopStack(Tier.IMPORTANT), { zonalAutoshift: true }))).toMatchObject({
      path: 'Shop/Web/Autoshift',
      problem: expect.stringMatching(/^unitsAfterZoneLoss is 2, but the tier owes 4/),
    });
    const stack = shopStack(Tier.IMPORTANT);
    webIn(stack, { zonalAutoshift: true, minTasks: 6 });
    expect(only(stack, AUTOSHIFT).ZonalAutoshiftStatus).toBe('ENABLED');
  });

  test('are left by nobody where the load balancer cannot, or there is one only', () => {
    const fixed = shopStack(Tier.MISSION_CRITICAL);
    webIn(fixed, { loadBalancer: entryIn(fixed, { zonalShift: false, weakening: WEAKENING }) });
    Template.fromStack(fixed).resourceCountIs(AUTOSHIFT, 0);
    const single = shopStack(Tier.MISSION_CRITICAL);
    const network = new ResilientNetwork(single, 'Network', {
      availabilityZones: ZONES.slice(0, 1),
      weakening: WEAKENING,
    });
    const certificate = certificateIn(single);
    webIn(single, { loadBalancer: new HealthCheckedLoadBalancer(single, 'Entry', { network, certificate }) });
    Template.fromStack(single).resourceCountIs(AUTOSHIFT, 0);
  });
});

test('a StatelessService fails when its load balancer sends requests to something else', () => {
  const stack = shopStack(Tier.IMPORTANT);
  const loadBalancer = entryIn(stack, { targetType: TargetType.INSTANCE });
  expect(refusal(() => webIn(stack, { loadBalancer }))).toMatchObject({
    problem: 'Shop/Entry sends its requests to targets of type instance, but needs ip',
    fix: 'set targetType of Shop/Entry to TargetType.IP',
  });
});

describe('a bad version of a StatelessService', () => {
  const alarms = (stack: Stack) => only(stack, 'AWS::ECS::Service').DeploymentConfiguration.Alarms;

  test('is taken back when requests fail, by the alarm that watches practice runs', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    webIn(stack);
    expect(alarms(stack)).toEqual({
      AlarmNames: [{ Ref: expect.stringContaining('WebFailedRequests') }],
      Enable: true,
      Rollback: true,
    });
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 1);
  });

  test('starts when there is a way out of its subnets, else it would find no image', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    const [found] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'));
    for (const subnet of [1, 2, 3]) {
      expect(found?.DependsOn).toContainEqual(
        expect.stringMatching(new RegExp(`PrivateSubnet${subnet}DefaultRoute`)),
      );
    }
  });

  test('is taken back when an alarm of the owner fires', () => {
    const stack = shopStack(Tier.IMPORTANT);
    const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders' });
    const failedOrders = new Alarm(stack, 'FailedOrders', { metric, threshold: 1, evaluationPeriods: 3 });
    webIn(stack, { rollbackAlarms: [failedOrders] });
    expect(alarms(stack).AlarmNames).toEqual([{ Ref: expect.stringContaining('FailedOrders') }]);
  });

  test('is taken back by the circuit breaker only where the tier owes no more', () => {
    const stack = shopStack(Tier.IMPORTANT);
    webIn(stack);
    expect(alarms(stack).Enable).toBe(false);
  });

  test('fails when no alarm takes it back at tier 0, or more than can', () => {
    expect(refusal(() => webIn(shopStack(Tier.MISSION_CRITICAL), { rollbackAlarms: [] })).problem).toMatch(
      /^rollbackAlarms is missing, but the tier owes one/,
    );
    const stack = shopStack(Tier.STANDARD);
    const metric = new Metric({ namespace: 'Shop', metricName: 'FailedOrders' });
    const rollbackAlarms = Array.from(
      { length: 11 },
      (_, index) => new Alarm(stack, `Alarm${index}`, { metric, threshold: 1, evaluationPeriods: 3 }),
    );
    expect(refusal(() => webIn(stack, { rollbackAlarms })).problem).toBe('rollbackAlarms has 11 alarms');
  });
});

test('a StatelessService fails when AWS is to leave zones of a region that runs nothing', () => {
  const stack = shopStack(Tier.IMPORTANT, { role: RegionRole.STANDBY });
  const place = (role: RegionRole) => ({ region: 'eu-west-1', role, availabilityZones: ZONES });
  joinRegions(stack, {
    place: place(RegionRole.STANDBY),
    peers: [place(RegionRole.PRIMARY)],
    approach: RecoveryApproach.PILOT_LIGHT,
  });
  expect(refusal(() => webIn(stack, { zonalAutoshift: true })).problem).toMatch(
    /^unitsAfterZoneLoss is 0, but the tier owes 1/,
  );
});
