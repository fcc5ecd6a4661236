import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  StatelessInstances,
  type StatelessInstancesProps,
} from '../../../lib/constructs/compute/stateless-instances';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, entryIn, only, refusal, shopStack, WEAKENING } from '../fixtures';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const AMI = { 'eu-west-1': 'ami-12c6146b' };

function webIn(stack: Stack, props: Partial<StatelessInstancesProps> = {}): StatelessInstances {
  return new StatelessInstances(stack, 'Web', {
    loadBalancer: props.loadBalancer ?? entryIn(stack, { targetType: TargetType.INSTANCE }),
    machineImage: MachineImage.latestAmazonLinux2023(),
    instanceTypes: ['m7i.large', 'm6i.large'].map((each) => new InstanceType(each)),
    peakInstances: 4,
    requestsPerInstancePerMinute: 6000,
    ...props,
  });
}

function group(tier: Tier, props: Partial<StatelessInstancesProps> = {}, role?: RegionRole) {
  const stack = shopStack(tier, role === undefined ? {} : { role });
  webIn(stack, props);
  return only(stack, GROUP);
}

test('StatelessInstances hand out the ARN of their group with the id that AWS makes', () => {
  const stack = shopStack(Tier.BUSINESS_CRITICAL);
  const { group: made, groupArn } = webIn(stack);
  expect(stack.resolve(groupArn)).toEqual({
    'Fn::GetAtt': [stack.resolve(made.autoScalingGroupName).Ref, 'AutoScalingGroupARN'],
  });
});

describe('the capacity of StatelessInstances', () => {
  test.each([
    [Tier.MISSION_CRITICAL, ['6', '12'], 'carries the peak in two of three zones'],
    [Tier.BUSINESS_CRITICAL, ['6', '12'], 'carries the peak in two of three zones'],
    [Tier.IMPORTANT, ['3', '12'], 'carries the average in two of three zones'],
    [Tier.STANDARD, ['1', '8'], 'is a single instance that scales'],
  ])('at tier %i, %j: %s', (tier, expected) => {
    const { MinSize, MaxSize, DesiredCapacity } = group(tier);
    expect([MinSize, MaxSize]).toEqual(expected);
    // A deploy leaves what scaling started.
    expect(DesiredCapacity).toBeUndefined();
  });

  test.each([
    [Tier.MISSION_CRITICAL, '6'],
    [Tier.BUSINESS_CRITICAL, '3'],
    [Tier.IMPORTANT, '2'],
    [Tier.STANDARD, '1'],
  ])('in a standby region at tier %i is %s at the least', (tier, expected) => {
    expect(group(tier, {}, RegionRole.STANDBY).MinSize).toBe(expected);
  });

  test('follows requests and processors, and leaves room for the load of a lost zone', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    const policies = Template.fromStack(stack).findResources('AWS::AutoScaling::ScalingPolicy');
    const targets = Object.values(policies).map(({ Properties }) => {
      const config = Properties.TargetTrackingConfiguration;
      return [config.PredefinedMetricSpecification.PredefinedMetricType, config.TargetValue];
    });
    expect(Object.fromEntries(targets)).toEqual({
      ALBRequestCountPerTarget: 4000,
      ASGAverageCPUUtilization: 60,
    });
  });

  test('fails when fewer are asked for than carry the peak after a zone is lost', () => {
    expect(refusal(() => group(Tier.BUSINESS_CRITICAL, { minInstances: 4 })).message).toMatch(
      /^Shop\/Web: minInstances is 4, but the tier owes 6 .*\n {2}fix: use 6, or give a weakening/,
    );
    expect(group(Tier.BUSINESS_CRITICAL, { minInstances: 4, weakening: WEAKENING }).MinSize).toBe('4');
  });

  test('fails when processors may be so busy that a lost zone has no room', () => {
    expect(refusal(() => group(Tier.BUSINESS_CRITICAL, { targetCpuPercent: 80 })).problem).toMatch(
      /^targetCpuPercent is 80, but the tier owes 60/,
    );
  });

  test('is declared in the catalogue', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    expect(catalogued(stack).decisions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'Web.peakInstances', value: 4 }),
        expect.objectContaining({ what: 'Web.minInstances', value: '6' }),
      ]),
    );
  });
});

describe('StatelessInstances', () => {
  test('may grow to what runs when a zone is lost, however much that is', () => {
    expect(group(Tier.BUSINESS_CRITICAL, { minInstances: 10 })).toMatchObject({
      MinSize: '10',
      MaxSize: '15',
    });
    expect(refusal(() => group(Tier.BUSINESS_CRITICAL, { maxInstances: 7 })).problem).toMatch(
      /maxInstances is 7, but the tier owes 9/,
    );
  });

  test('run in the private subnets of all zones, elsewhere when a zone is sick', () => {
    const { VPCZoneIdentifier, AvailabilityZoneDistribution, AvailabilityZoneImpairmentPolicy } = group(
      Tier.BUSINESS_CRITICAL,
    );
    expect(VPCZoneIdentifier).toHaveLength(3);
    expect(AvailabilityZoneDistribution).toEqual({ CapacityDistributionStrategy: 'balanced-best-effort' });
    expect(AvailabilityZoneImpairmentPolicy).toEqual({
      ZonalShiftEnabled: true,
      ImpairedZoneHealthCheckBehavior: 'IgnoreUnhealthy',
    });
  });

  test('say nothing of zones where none is shifted away: Auto Scaling turns off only what was on', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const targetType = TargetType.INSTANCE;
    webIn(stack, { loadBalancer: entryIn(stack, { targetType, zonalShift: false, weakening: WEAKENING }) });
    expect(only(stack, GROUP).AvailabilityZoneImpairmentPolicy).toBeUndefined();
  });

  test('fail for a volume that is none', () => {
    expect(refusal(() => group(Tier.BUSINESS_CRITICAL, { rootVolumeGiB: 0 }))).toMatchObject({
      problem: 'rootVolumeGiB is 0 GiB, but it must be from 1 to 65536 GiB',
    });
  });

  test('start when there is a way out of their subnets', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    const [found] = Object.values(Template.fromStack(stack).findResources(GROUP));
    for (const subnet of [1, 2, 3]) {
      expect(found?.DependsOn).toContainEqual(
        expect.stringMatching(new RegExp(`PrivateSubnet${subnet}DefaultRoute`)),
      );
    }
  });

  test('are replaced when the load balancer or a volume finds them broken, once they have had time to start', () => {
    const { HealthCheckType, HealthCheckGracePeriod, DefaultInstanceWarmup } = group(Tier.BUSINESS_CRITICAL, {
      startupTime: Duration.minutes(2),
    });
    expect(HealthCheckType.split(',').sort()).toEqual(['EBS', 'ELB']);
    expect([HealthCheckGracePeriod, DefaultInstanceWarmup]).toEqual([120, 120]);
  });

  test('give way to a new version one by one, each when another serves', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack);
    const [resource] = Object.values(Template.fromStack(stack).findResources(GROUP));
    expect(resource?.Properties.InstanceMaintenancePolicy).toEqual({
      MinHealthyPercentage: 100,
      MaxHealthyPercentage: 110,
    });
    expect(resource?.UpdatePolicy.AutoScalingInstanceRefresh).toMatchObject({
      Strategy: 'Rolling',
      Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 110, InstanceWarmup: 180 },
    });
  });

  test('give no way to a version that fails requests at tier 0', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    webIn(stack);
    const [resource] = Object.values(Template.fromStack(stack).findResources(GROUP));
    expect(resource?.UpdatePolicy.AutoScalingInstanceRefresh.Preferences.AlarmSpecification).toEqual({
      Alarms: [{ Ref: expect.stringContaining('WebFailedRequests') }],
    });
    expect(refusal(() => group(Tier.MISSION_CRITICAL, { rollbackAlarms: [] })).problem).toMatch(
      /^rollbackAlarms is missing, but the tier owes one/,
    );
  });

  test('run on demand, on any of several types', () => {
    const { MixedInstancesPolicy, CapacityRebalance } = group(Tier.BUSINESS_CRITICAL);
    expect(MixedInstancesPolicy.LaunchTemplate.Overrides).toEqual([
      { InstanceType: 'm7i.large' },
      { InstanceType: 'm6i.large' },
    ]);
    expect(MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity).toBe(100);
    expect(CapacityRebalance).toBe(true);
  });

  test('keep nothing: metadata by token, an encrypted volume that goes with them, and a session to look inside', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, { rootVolumeGiB: 30 });
    const { LaunchTemplateData } = only(stack, TEMPLATE);
    expect(LaunchTemplateData.MetadataOptions).toMatchObject({ HttpTokens: 'required' });
    expect(LaunchTemplateData.KeyName).toBeUndefined();
    expect(LaunchTemplateData.BlockDeviceMappings).toEqual([
      {
        DeviceName: '/dev/xvda',
        Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 30, VolumeType: 'gp3' },
      },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: [
        {
          'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('AmazonSSMManagedInstanceCore')])],
        },
      ],
    });
  });

  test.each([
    { machineImage: MachineImage.latestAmazonLinux2(), device: '/dev/xvda', warnings: 0 },
    { machineImage: MachineImage.genericWindows(AMI), device: '/dev/sda1', warnings: 0 },
    {
      machineImage: MachineImage.resolveSsmParameterAtLaunch(
        '/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-arm64',
      ),
      device: '/dev/xvda',
      warnings: 0,
    },
    { machineImage: MachineImage.genericLinux(AMI), device: '/dev/xvda', warnings: 1 },
    {
      machineImage: MachineImage.genericLinux(AMI),
      rootDeviceName: '/dev/sdb',
      device: '/dev/sdb',
      warnings: 0,
    },
  ])('have their root volume where the image has it: %#', ({ device, warnings, ...props }) => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, props);
    expect(only(stack, TEMPLATE).LaunchTemplateData.BlockDeviceMappings[0].DeviceName).toBe(device);
    const said = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('root volume'));
    expect(said).toHaveLength(warnings);
  });

  test('tell when they start, stop, or fail to', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, { notifications: new Topic(stack, 'Operators') });
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', 1);
    const [configuration] = only(stack, GROUP).NotificationConfigurations;
    expect(configuration.NotificationTypes).toHaveLength(4);
    expect(configuration.TopicARN).toEqual({ Ref: expect.stringContaining('Operators') });
  });

  test('are called by the load balancer only, on its port', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    webIn(stack, { loadBalancer: entryIn(stack, { targetType: TargetType.INSTANCE, targetPort: 8080 }) });
    expect(only(stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({
      FromPort: 8080,
      SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining('EntrySecurityGroup'), 'GroupId'] },
    });
  });

  test.each([
    [Tier.MISSION_CRITICAL, 1],
    [Tier.BUSINESS_CRITICAL, 0],
  ])('at tier %i leave a broken zone by themselves %d times', (tier, count) => {
    const stack = shopStack(tier);
    webIn(stack);
    Template.fromStack(stack).resourceCountIs('AWS::ARCZonalShift::ZonalAutoshiftConfiguration', count);
  });

  test.each<[Partial<StatelessInstancesProps>, string]>([
    [{ peakInstances: 0 }, 'peakInstances is 0'],
    [{ requestsPerInstancePerMinute: 0 }, 'requestsPerInstancePerMinute is 0'],
    [{ averageInstances: 5 }, 'averageInstances is 5, more than the 4 peakInstances'],
    [{ standbyCapacity: 2 }, 'standbyCapacity is 2'],
    [{ minInstances: 20, maxInstances: 10 }, 'minInstances is 20, more than the 10 maxInstances'],
    [{ targetCpuPercent: 0 }, 'targetCpuPercent is 0'],
    [
      { startupTime: Duration.seconds(0) },
      'startupTime is 0 s, so an instance is replaced before it can answer',
    ],
    [
      { instanceTypes: [new InstanceType('m7i.large')] },
      'instanceTypes names 1 type: a zone that has run out of it starts nothing',
    ],
    [{ instanceTypes: [] }, 'instanceTypes names 0 types: a zone that has run out of it starts nothing'],
    [
      { instanceTypes: [new InstanceType('m7i.large'), new InstanceType('m7g.large')] },
      'instanceTypes has types of x86_64 and arm64, but there is one image',
    ],
  ])('fail for %j', (props, problem) => {
    expect(refusal(() => group(Tier.IMPORTANT, props)).problem).toBe(problem);
  });

  test.each(['machineImage', 'instanceTypes', 'peakInstances', 'requestsPerInstancePerMinute'] as const)(
    'fail when %s is missing',
    (what) => {
      expect(refusal(() => webIn(shopStack(Tier.IMPORTANT), { [what]: undefined }))).toMatchObject({
        path: 'Shop/Web',
        problem: `${what} is missing`,
      });
    },
  );

  test('fail when the load balancer sends requests to tasks', () => {
    const stack = shopStack(Tier.IMPORTANT);
    expect(refusal(() => webIn(stack, { loadBalancer: entryIn(stack) }))).toMatchObject({
      problem: 'Shop/Entry sends its requests to targets of type ip, but needs instance',
      fix: 'set targetType of Shop/Entry to TargetType.INSTANCE',
    });
  });
});
