import {
  AdditionalHealthCheckType,
  AutoScalingGroup,
  CapacityDistributionStrategy,
  CfnAutoScalingGroup,
  GroupMetrics,
  HealthChecks,
  InstanceRefreshStrategy,
  ScalingEvents,
  UpdatePolicy,
} from 'aws-cdk-lib/aws-autoscaling';
import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import type { LaunchTemplate, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IGrantable, IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, refuse } from '../../objectives/mistakes';
import { logDeliveries } from '../governance/delivery-logs';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { serviceSubnets } from '../network/placed-network';
import type { HealthCheckedLoadBalancer } from '../traffic/health-checked-load-balancer';
import { outside } from '../traffic/target-health-check';
import type { ZonalAutoshift } from '../traffic/zonal-autoshift';
import { startMistakes } from './compute-limits';
import { cpuTarget, cpuTargetMistakes } from './cpu-target';
import { type DeclaredInstanceLoad, instanceLoad } from './instance-load';
import { type InstanceTemplateProps, instanceTemplate } from './instance-template';
import { chooseRollbackAlarms, type RollbackProps } from './rollback-alarms';
import { claimTargets } from './target-claims';
import { unitShare } from './unit-capacity';
import { chooseUnits, loadMistakes, type UnitRange } from './unit-load';
import { type AutoshiftProps, shiftZones } from './zone-autoshift';

/** Properties of {@link StatelessInstances}. */
export interface StatelessInstancesProps
  extends TieredProps,
    DeclaredInstanceLoad,
    InstanceTemplateProps,
    AutoshiftProps,
    RollbackProps {
  /**
   * What sends them requests, and to nothing else, with `targetType` INSTANCE; its network is where they run, in all
   * zones.
   */
  readonly loadBalancer: HealthCheckedLoadBalancer;

  /**
   * How busy the processors may be, in per cent, before more instances are started. Where instances are to carry on
   * without a zone, more than the default needs a `weakening`.
   *
   * @default - what leaves room for the load of a lost zone: 60 in three zones, 45 in two; 72 at tier 3
   */
  readonly targetCpuPercent?: number;

  /**
   * How long an instance may take from its start until it answers health checks.
   *
   * @default Duration.minutes(3)
   */
  readonly startupTime?: Duration;

  /**
   * Who is told when instances start, stop, or fail to.
   *
   * @default - a topic of its own
   */
  readonly notifications?: ITopic;
}

/**
 * A service without state on instances, behind a load balancer: spread over all zones of the network, with as many
 * instances as carry the load that its tier owes after a zone is lost, before anything is started. A new version takes
 * no instance away until another one serves.
 *
 * @throws ConfigurationError when fewer instances run than carry what the tier owes, or settings contradict each
 * other
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export class StatelessInstances extends Construct implements IGrantable {
  readonly group: AutoScalingGroup;

  /**
   * This region's group by its ARN, for a plan of a `RegionSwitch`. It has an id that only AWS makes: no name tells that of
   * another region, which must be written in words once it is deployed.
   */
  readonly groupArn: string;

  readonly launchTemplate: LaunchTemplate;

  /** What the instances may do. */
  readonly role: Role;

  /** Grants go to the role of the instances. */
  readonly grantPrincipal: IPrincipal;

  readonly securityGroup: SecurityGroup;

  /** Who is told when instances start, stop, or fail to. */
  readonly notifications: ITopic;

  /** What sends them requests. */
  readonly loadBalancer: HealthCheckedLoadBalancer;

  /** What has AWS leave a broken zone; `undefined` where a person does. */
  readonly autoshift: ZonalAutoshift | undefined;

  constructor(scope: Construct, id: string, props: StatelessInstancesProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, ...REQUIRED));
    refuse(this.node.path, [
      ...loadMistakes(instanceLoad(props)),
      ...cpuTargetMistakes(props.targetCpuPercent),
      ...typeMistakes(props),
    ]);
    const choices = new TierChoices(this, props);
    claimTargets(props.loadBalancer, this, TargetType.INSTANCE);
    this.loadBalancer = props.loadBalancer;
    const { network } = props.loadBalancer;
    const { launchTemplate, role, securityGroup } = instanceTemplate(this, network, props);
    this.launchTemplate = launchTemplate;
    this.role = role;
    this.grantPrincipal = role.grantPrincipal;
    this.securityGroup = securityGroup;
    this.notifications = props.notifications ?? this.createTopic();
    const units = chooseUnits(this, choices, instanceLoad(props), this.zones);
    const alarms = chooseRollbackAlarms(this, this.loadBalancer, choices, props.rollbackAlarms);
    this.group = this.createGroup(units, props, alarms);
    this.group.attachToApplicationTargetGroup(this.loadBalancer.targetGroup);
    // Not that of the group of the CDK, which has a wildcard where a plan wants the id.
    this.groupArn = (this.group.node.defaultChild as CfnAutoScalingGroup).attrAutoScalingGroupArn;
    this.scale(choices, props);
    this.autoshift = shiftZones(this, this.loadBalancer, choices, { ...props, units });
  }

  private createTopic(): Topic {
    const topic = new Topic(this, 'Events', { enforceSSL: true });
    logDeliveries(topic);
    acknowledgeControls(
      topic,
      ['SNSEncryptedKMS'],
      'It tells which instances start and stop, and nothing of users; Auto Scaling cannot use the key that AWS keeps for SNS.',
    );
    return topic;
  }

  private createGroup(
    { min, max }: UnitRange,
    props: StatelessInstancesProps,
    alarms: IAlarmRef[],
  ): AutoScalingGroup {
    const { network } = this.loadBalancer;
    const { vpc } = network;
    const subnets = serviceSubnets(this.node.path, network);
    const startupTime = props.startupTime ?? Duration.minutes(3);
    const group = new AutoScalingGroup(this, 'Group', {
      vpc,
      vpcSubnets: { subnets },
      minCapacity: min,
      maxCapacity: max,
      mixedInstancesPolicy: {
        launchTemplate: this.launchTemplate,
        launchTemplateOverrides: props.instanceTypes.map((instanceType) => ({ instanceType })),
        // Spot Instances are taken away when a zone is short of capacity: just when they are needed.
        instancesDistribution: { onDemandPercentageAboveBaseCapacity: 100 },
      },
      capacityRebalance: true,
      // Launches that fail in a sick zone are made in a healthy one.
      azCapacityDistributionStrategy: CapacityDistributionStrategy.BALANCED_BEST_EFFORT,
      healthChecks: HealthChecks.withAdditionalChecks({
        gracePeriod: startupTime,
        additionalTypes: [AdditionalHealthCheckType.ELB, AdditionalHealthCheckType.EBS],
      }),
      defaultInstanceWarmup: startupTime,
      cooldown: startupTime,
      groupMetrics: [GroupMetrics.all()],
      notifications: [{ topic: this.notifications, scalingEvents: ScalingEvents.ALL }],
      // Whatever replaces an instance starts the new one first.
      minHealthyPercentage: 100,
      maxHealthyPercentage: HEALTHY_AT_MOST,
      updatePolicy: UpdatePolicy.instanceRefresh({
        strategy: InstanceRefreshStrategy.ROLLING,
        minHealthyPercentage: 100,
        maxHealthyPercentage: HEALTHY_AT_MOST,
        instanceWarmup: startupTime,
        ...(alarms.length > 0 && { alarms }),
      }),
    });
    const resource = group.node.defaultChild;
    if (resource instanceof CfnAutoScalingGroup) {
      // Who starts before there is a way out finds neither repositories nor Systems Manager.
      resource.node.addDependency(vpc.selectSubnets({ subnets }).internetConnectivityEstablished);
      // Auto Scaling lets nobody turn off what was never on.
      if (this.loadBalancer.zonalShift) {
        resource.availabilityZoneImpairmentPolicy = {
          zonalShiftEnabled: true,
          // While a zone is left, what looks broken there may be the network: it is not replaced over and over.
          impairedZoneHealthCheckBehavior: 'IgnoreUnhealthy',
        };
      }
      // cfn-lint 1.51.0 does not know instance refresh as an update policy yet; CloudFormation and the CDK do.
      resource.addMetadata('cfn-lint', { config: { ignore_checks: ['E3016'] } });
    }
    acknowledgeGroup(group);
    return group;
  }

  /** By requests first, which show the load before the processors do. */
  private scale(choices: TierChoices, props: StatelessInstancesProps): void {
    const share = unitShare(choices.policy, this.zones);
    this.group.scaleOnRequestCount('Requests', {
      targetRequestsPerMinute: Math.max(1, Math.floor(props.requestsPerInstancePerMinute * share)),
    });
    this.group.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: cpuTarget(choices, this.zones, props.targetCpuPercent),
    });
  }

  private get zones(): number {
    return this.loadBalancer.network.availabilityZones.length;
  }
}

/** What cdk-nag 3.0.2 does not see: launch templates of a mixed instances policy, and health checks of two types. */
function acknowledgeGroup(group: AutoScalingGroup): void {
  const inTemplate = (what: string) => `The launch template of its mixed instances policy ${what}.`;
  acknowledgeNag(group, 'EC26', inTemplate('encrypts the volume'));
  acknowledgeControls(group, ['EC2IMDSv2Enabled'], inTemplate('asks for session tokens'));
  acknowledgeControls(
    group,
    ['AutoScalingGroupELBHealthCheckRequired'],
    'It asks the load balancer, and the volumes as well: its health check types are ELB and EBS.',
  );
}

/** A tenth more than there are: as few as can be started first. */
const HEALTHY_AT_MOST = 110;

const REQUIRED = [
  'loadBalancer',
  'machineImage',
  'instanceTypes',
  'peakInstances',
  'requestsPerInstancePerMinute',
] as const;

/** @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const VOLUME = { least: 1, most: 65_536 };

function typeMistakes({ instanceTypes, startupTime, rootVolumeGiB }: StatelessInstancesProps): Mistake[] {
  const names = new Set(instanceTypes.map((each) => each.toString()));
  const mistakes: Mistake[] = [];
  if (names.size < 2) {
    mistakes.push({
      problem: `instanceTypes names ${names.size} ${names.size === 1 ? 'type' : 'types'}: a zone that has run out of it starts nothing`,
      fix: 'name two types or more, of one architecture',
    });
  }
  const known = instanceTypes.filter((each) => !Token.isUnresolved(each.toString()));
  const architectures = new Set(known.map((each) => each.architecture));
  if (architectures.size > 1) {
    mistakes.push({
      problem: `instanceTypes has types of ${[...architectures].join(' and ')}, but there is one image`,
      fix: 'name types of the architecture of machineImage',
    });
  }
  if (rootVolumeGiB !== undefined) mistakes.push(...outside('rootVolumeGiB', rootVolumeGiB, VOLUME, ' GiB'));
  return [...mistakes, ...startMistakes('startupTime', 'an instance', startupTime)];
}
