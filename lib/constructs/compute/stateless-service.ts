import {
  AssetImage,
  AvailabilityZoneRebalancing,
  AwsLogDriverMode,
  Cluster,
  type ContainerDefinition,
  type ContainerImage,
  ContainerInsights,
  EcrImage,
  FargatePlatformVersion,
  FargateService,
  FargateTaskDefinition,
  type HealthCheck,
  type ICluster,
  LogDrivers,
  PropagatedTagSource,
  type ScalableTaskCount,
  type Secret,
} from 'aws-cdk-lib/aws-ecs';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { missing, refuse } from '../../objectives/mistakes';
import { keptLogs } from '../governance/log-group';
import { logRetention } from '../governance/log-retention';
import { acknowledgeInlinePolicy, acknowledgeNag } from '../governance/nag';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { serviceSubnets } from '../network/placed-network';
import type { HealthCheckedLoadBalancer } from '../traffic/health-checked-load-balancer';
import type { ZonalAutoshift } from '../traffic/zonal-autoshift';
import { imageMistakes, taskMistakes, taskSize } from './compute-limits';
import { cpuTarget, cpuTargetMistakes } from './cpu-target';
import { type DeclaredLoad, taskLoad } from './declared-load';
import { clusterNameMistakes, fixedNameOf, namedServiceArns } from './named-service';
import { chooseRollbackAlarms, type RollbackProps } from './rollback-alarms';
import { claimTargets } from './target-claims';
import { unitShare } from './unit-capacity';
import { chooseUnits, loadMistakes } from './unit-load';
import { type AutoshiftProps, shiftZones } from './zone-autoshift';

/** Properties of a {@link StatelessService}. */
export interface StatelessServiceProps extends TieredProps, DeclaredLoad, AutoshiftProps, RollbackProps {
  /** What sends it requests, and to no other service; its network is where the tasks run, in all zones. */
  readonly loadBalancer: HealthCheckedLoadBalancer;

  /** What runs. */
  readonly image: ContainerImage;

  /** The port on which the container serves requests and health checks. */
  readonly port: number;

  /**
   * How busy the processors of a task may be, in per cent, before more are started. Where tasks are to carry on without
   * a zone, more than the default needs a `weakening`.
   *
   * @default - what leaves room for the tasks of a lost zone: 60 in three zones, 45 in two; 72 at tier 3
   */
  readonly targetCpuPercent?: number;

  /**
   * CPU units of a task; 1024 are one processor.
   *
   * @default 512
   */
  readonly cpu?: number;

  /**
   * Memory of a task, in MiB. Fargate takes certain sizes for each `cpu`.
   *
   * @default - two for each CPU unit: 1024
   */
  readonly memoryLimitMiB?: number;

  /**
   * Settings that are no secret. cdk-nag asks to acknowledge each use (`AwsSolutions-ECS2`): only you know what they say.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;

  /**
   * Settings that are secret.
   *
   * @default - none
   */
  readonly secrets?: Record<string, Secret>;

  /**
   * How long a task may take from its start until it answers health checks.
   *
   * @default Duration.seconds(60)
   */
  readonly startupTime?: Duration;

  /**
   * A check that runs inside the container, beside that of the load balancer.
   *
   * @default - none
   */
  readonly containerHealthCheck?: HealthCheck;

  /**
   * Whether the container may write nowhere but to mounted volumes. Proves that it keeps no state, where the image can.
   *
   * @default false
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * How long logs are kept. Less than a year needs `weakening`, but not in a stage that is not
   * production; for ever is refused.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether the service, and the cluster of its own, have names that are known before deployment, the same in all
   * regions, for `serviceArns`. CloudFormation cannot replace a service of a fixed name within its cluster. Turned on for
   * one that is deployed, it makes a new one beside it and then deletes the old one.
   *
   * @default false
   */
  readonly fixedName?: boolean;

  /**
   * The cluster that it runs in. With `fixedName` it needs a `clusterName`, the same in all regions.
   *
   * @default - one of its own, with Container Insights
   */
  readonly cluster?: ICluster;
}

/**
 * A service without state on Fargate, behind a load balancer: spread over all zones of the network, with as many tasks
 * as carry the load that its tier owes after a zone is lost, before anything is started. A deploy takes no task away
 * until a new one serves, and rolls itself back when it fails.
 *
 * @throws ConfigurationError when fewer tasks run than carry what the tier owes, or settings contradict each other
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export class StatelessService extends Construct implements IGrantable {
  readonly cluster: ICluster;
  readonly taskDefinition: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly service: FargateService;
  readonly scaling: ScalableTaskCount;

  /** What its tasks may do: grants go to their role. */
  readonly grantPrincipal: IPrincipal;

  /** Where its logs go. */
  readonly logs: LogGroup;

  /** What sends it requests. */
  readonly loadBalancer: HealthCheckedLoadBalancer;

  /** What has AWS leave a broken zone; `undefined` where a person does. */
  readonly autoshift: ZonalAutoshift | undefined;

  private readonly isNamed: boolean;

  constructor(scope: Construct, id: string, props: StatelessServiceProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, ...REQUIRED));
    this.isNamed = props.fixedName ?? false;
    refuse(this.node.path, [
      ...loadMistakes(taskLoad(props)),
      ...cpuTargetMistakes(props.targetCpuPercent),
      ...taskMistakes(props),
      ...imageMistakes(props.image),
      ...(this.isNamed && props.cluster ? clusterNameMistakes(props.cluster) : []),
    ]);
    const choices = new TierChoices(this, props);
    claimTargets(props.loadBalancer, this, TargetType.IP);
    this.loadBalancer = props.loadBalancer;
    this.cluster = props.cluster ?? this.createCluster();
    this.logs = keptLogs(this, 'Logs', choices, {
      retention: logRetention(this, choices, props.logRetention),
    });
    this.taskDefinition = new FargateTaskDefinition(this, 'Task', taskSize(props));
    this.grantPrincipal = this.taskDefinition.taskRole.grantPrincipal;
    acknowledgeInlinePolicy(this.taskDefinition);
    this.container = this.addContainer(props);
    const units = chooseUnits(this, choices, taskLoad(props), this.zones);
    this.service = this.createService(units.desired, props.startupTime ?? Duration.seconds(60));
    this.service.attachToApplicationTargetGroup(this.loadBalancer.targetGroup);
    const alarms = chooseRollbackAlarms(this, this.loadBalancer, choices, props.rollbackAlarms);
    if (alarms.length > 0) this.service.enableDeploymentAlarms(alarms.map((each) => each.alarmRef.alarmName));
    this.scaling = this.service.autoScaleTaskCount({ minCapacity: units.min, maxCapacity: units.max });
    this.scale(choices, props);
    this.autoshift = shiftZones(this, this.loadBalancer, choices, { ...props, units });
  }

  /**
   * The services of all regions by region, for a plan of a `RegionSwitch`. Needs `fixedName`.
   *
   * @throws ConfigurationError without it, or outside a set of regions
   */
  get serviceArns(): Readonly<Record<string, string>> {
    return namedServiceArns(this, this.cluster, this.isNamed);
  }

  private createCluster(): Cluster {
    return new Cluster(this, 'Cluster', {
      ...(this.isNamed && { clusterName: fixedNameOf(this) }),
      vpc: this.loadBalancer.network.vpc,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
  }

  private addContainer(props: StatelessServiceProps): ContainerDefinition {
    const { image, port, environment, secrets, containerHealthCheck, readOnlyRootFilesystem } = props;
    const container = this.taskDefinition.addContainer('App', {
      image,
      portMappings: [{ containerPort: port }],
      // Who takes more than the task has is stopped before the task is.
      memoryLimitMiB: taskSize(props).memoryLimitMiB,
      readonlyRootFilesystem: readOnlyRootFilesystem ?? false,
      // Logs that cannot be delivered must not stop the service: the oldest of 25 MiB are given up instead.
      logging: LogDrivers.awsLogs({
        logGroup: this.logs,
        streamPrefix: 'app',
        mode: AwsLogDriverMode.NON_BLOCKING,
        maxBufferSize: Size.mebibytes(25),
      }),
      ...(environment && { environment }),
      ...(secrets && { secrets }),
      ...(containerHealthCheck && { healthCheck: containerHealthCheck }),
    });
    if (image instanceof EcrImage || image instanceof AssetImage) {
      acknowledgeNag(
        this.taskDefinition.obtainExecutionRole(),
        'IAM5[Resource::*]',
        'ecr:GetAuthorizationToken has no resource: it can be granted for all repositories only.',
      );
    }
    return container;
  }

  private createService(desiredCount: number, startupTime: Duration): FargateService {
    const { network } = this.loadBalancer;
    const subnets = network.vpc.selectSubnets({ subnets: serviceSubnets(this.node.path, network) });
    const service = new FargateService(this, 'Service', {
      ...(this.isNamed && { serviceName: fixedNameOf(this) }),
      cluster: this.cluster,
      taskDefinition: this.taskDefinition,
      desiredCount,
      platformVersion: FargatePlatformVersion.LATEST,
      vpcSubnets: { subnets: subnets.subnets },
      assignPublicIp: false,
      availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
      // New tasks serve before old ones stop, so that a deploy leaves no less than what carries the load.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      healthCheckGracePeriod: startupTime,
      enableECSManagedTags: true,
      propagateTags: PropagatedTagSource.SERVICE,
    });
    // Tasks that start before there is a way out find no image, and the circuit breaker would end the first deploy.
    service.node.findChild('Service').node.addDependency(subnets.internetConnectivityEstablished);
    return service;
  }

  /** By requests first, which show the load before the processors do. */
  private scale(choices: TierChoices, props: StatelessServiceProps): void {
    const share = unitShare(choices.policy, this.zones);
    this.scaling.scaleOnRequestCount('Requests', {
      targetGroup: this.loadBalancer.targetGroup,
      requestsPerTarget: Math.max(1, Math.floor(props.requestsPerTaskPerMinute * share)),
    });
    this.scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: cpuTarget(choices, this.zones, props.targetCpuPercent),
    });
  }

  private get zones(): number {
    return this.loadBalancer.network.availabilityZones.length;
  }
}

const REQUIRED = ['loadBalancer', 'image', 'port', 'peakTasks', 'requestsPerTaskPerMinute'] as const;
