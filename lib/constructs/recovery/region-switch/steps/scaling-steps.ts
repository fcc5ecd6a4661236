import type { Mistake } from '../../../../objectives/mistakes';
import {
  accountOf,
  arnsOf,
  block,
  boundMistakes,
  onEverything,
  perAccount,
  type RegionalArns,
  type SwitchBlock,
  SwitchPhase,
  type SwitchStepProps,
} from '../switch-block';

/** Properties of a step that scales compute in the region that takes over. */
export interface ScalingStepProps extends SwitchStepProps {
  /**
   * How much to run, in per cent of the most that the other region ran in the last 24 hours. Two regions that share the
   * load need 200 for one to carry it alone.
   *
   * @default 100
   */
  readonly targetPercent?: number;

  /**
   * With how much of that an ungraceful execution goes on, in per cent, 0 to 99. The rest is still started.
   *
   * @default - it waits for all of it
   */
  readonly minimumPercentWhenUngraceful?: number;
}

/** Properties of a step that scales Auto Scaling groups. */
export interface AutoScalingGroupStepProps extends ScalingStepProps {
  /** The ARN of the group of each region, with its id, which only AWS knows: take it from the deployed group. */
  readonly groupArns: RegionalArns;

  /**
   * Whether the step waits until the target groups find the new instances healthy.
   *
   * @default true
   */
  readonly waitForTargets?: boolean;
}

/** Properties of a step that scales ECS services. */
export interface EcsServiceStepProps extends ScalingStepProps {
  /** The ARN of the service of each region, with the name of its cluster: `arn:aws:ecs:eu-west-1:…:service/shop/web`. */
  readonly serviceArns: RegionalArns;

  /**
   * Whether the step waits until the target groups find the new tasks healthy.
   *
   * @default true
   */
  readonly waitForTargets?: boolean;
}

/** A Kubernetes resource that is scaled, the same in both clusters. */
export interface KubernetesResource {
  readonly name: string;
  readonly namespace: string;

  /**
   * The horizontal pod autoscaler that scales it.
   *
   * @default - none
   */
  readonly autoscaler?: string;
}

/** Properties of a step that scales what runs in Kubernetes. Its clusters must admit the execution role of the plan. */
export interface EksStepProps extends ScalingStepProps {
  /** The ARN of the cluster of each region. */
  readonly clusterArns: RegionalArns;

  /** What is scaled. */
  readonly resources: readonly KubernetesResource[];

  /**
   * Their kind.
   *
   * @default 'Deployment'
   */
  readonly kind?: string;

  /**
   * The version of the API that their kind is of.
   *
   * @default 'apps/v1'
   */
  readonly apiVersion?: string;
}

/** Properties of a step that gives an Aurora cluster the instances that the other region has. */
export interface AuroraProvisionedScalingStepProps extends SwitchStepProps {
  /** The identifier of the global cluster. */
  readonly globalCluster: string;

  /** The ARN of the cluster of each region. */
  readonly clusterArns: RegionalArns;

  /** The ARN of the instance of each region that is scaled. */
  readonly instanceArns: RegionalArns;
}

/** Properties of a step that gives an Aurora Serverless cluster the capacity that the other region used. */
export interface AuroraServerlessScalingStepProps extends SwitchStepProps {
  /** The identifier of the global cluster. */
  readonly globalCluster: string;

  /** The ARN of the cluster of each region. */
  readonly clusterArns: RegionalArns;

  /**
   * How much, in per cent of the most that the other region used in the last 24 hours.
   *
   * @default 100
   */
  readonly targetPercent?: number;
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_ec2_autoscaling.html @internal */
export function scaleAutoScalingGroup(props: AutoScalingGroupStepProps): SwitchBlock {
  const { groupArns, waitForTargets = true } = props;
  const arns = arnsOf(groupArns);
  return block(props, {
    type: 'EC2AutoScaling',
    phase: SwitchPhase.SCALING,
    usualMinutes: 15,
    arns: { groupArns: { arns: groupArns, service: 'autoscaling', resource: 'autoScalingGroup:' } },
    extraMistakes: percentMistakes(props),
    permissions: () => [
      ...onEverything(arns, [
        'autoscaling:DescribeAutoScalingGroups',
        'cloudwatch:GetMetricStatistics',
        ...targetReads(waitForTargets),
      ]),
      ...perAccount(arns, ['autoscaling:UpdateAutoScalingGroup']),
    ],
    render: (site, timeoutMinutes) => ({
      ec2AsgCapacityIncreaseConfig: {
        asgs: arns.map((arn) => ({ arn, ...site.access(accountOf(arn)) })),
        capacityMonitoringApproach: 'sampledMaxInLast24Hours',
        ...scaling(props),
        ...waiting(waitForTargets),
        timeoutMinutes,
      },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_ecs.html @internal */
export function scaleEcsService(props: EcsServiceStepProps): SwitchBlock {
  const { serviceArns, waitForTargets = true } = props;
  const arns = arnsOf(serviceArns);
  return block(props, {
    type: 'ECSServiceScaling',
    phase: SwitchPhase.SCALING,
    usualMinutes: 10,
    arns: { serviceArns: { arns: serviceArns, service: 'ecs', resource: 'service/' } },
    extraMistakes: [...percentMistakes(props), ...arns.flatMap((arn) => clusterMistakes(props.name, arn))],
    permissions: () => [
      ...perAccount(arns, ['ecs:DescribeServices', 'ecs:UpdateService']),
      ...perAccount(arns.map(clusterOf), ['ecs:DescribeClusters']),
      ...onEverything(arns, [
        'ecs:ListServices',
        'application-autoscaling:DescribeScalableTargets',
        'application-autoscaling:RegisterScalableTarget',
        'cloudwatch:GetMetricStatistics',
        ...targetReads(waitForTargets),
      ]),
    ],
    render: (site, timeoutMinutes) => ({
      ecsCapacityIncreaseConfig: {
        services: arns.map((serviceArn) => ({
          serviceArn,
          clusterArn: clusterOf(serviceArn),
          ...site.access(accountOf(serviceArn)),
        })),
        capacityMonitoringApproach: 'sampledMaxInLast24Hours',
        ...scaling(props),
        ...waiting(waitForTargets),
        timeoutMinutes,
      },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_eks.html @internal */
export function scaleEksResources(props: EksStepProps): SwitchBlock {
  const { clusterArns, resources, kind = 'Deployment', apiVersion = 'apps/v1' } = props;
  const arns = arnsOf(clusterArns);
  return block(props, {
    type: 'EKSResourceScaling',
    phase: SwitchPhase.SCALING,
    usualMinutes: 10,
    arns: { clusterArns: { arns: clusterArns, service: 'eks', resource: 'cluster/' } },
    extraMistakes: [...percentMistakes(props), ...kubernetesMistakes(props)],
    permissions: () => [
      ...perAccount(arns, ['eks:DescribeCluster']),
      ...perAccount(
        arns.map((arn) => `${arn.replace(':cluster/', ':access-entry/')}/*`),
        ['eks:ListAssociatedAccessPolicies'],
      ),
    ],
    render: (site, timeoutMinutes) => ({
      eksResourceScalingConfig: {
        eksClusters: arns.map((clusterArn) => ({ clusterArn, ...site.access(accountOf(clusterArn)) })),
        kubernetesResourceType: { apiVersion, kind },
        scalingResources: resources.map(({ name, namespace, autoscaler }) => ({
          [name]: Object.fromEntries(
            site.regions.map((region) => [
              region,
              { name, namespace, ...(autoscaler !== undefined && { hpaName: autoscaler }) },
            ]),
          ),
        })),
        capacityMonitoringApproach: 'sampledMaxInLast24Hours',
        ...scaling(props),
        timeoutMinutes,
      },
    }),
  });
}

function scaling({ targetPercent = 100, minimumPercentWhenUngraceful }: ScalingStepProps): {
  targetPercent: number;
  ungraceful?: { minimumSuccessPercentage: number };
} {
  return {
    targetPercent,
    ...(minimumPercentWhenUngraceful !== undefined && {
      ungraceful: { minimumSuccessPercentage: minimumPercentWhenUngraceful },
    }),
  };
}

function waiting(waits: boolean): { waitElbTargetGroupHealthy: string } {
  return { waitElbTargetGroupHealthy: waits ? 'enabled' : 'disabled' };
}

/** Reckoned: the pages name no permission for the wait, and nothing else tells whether a target is healthy. */
function targetReads(waits: boolean): string[] {
  return waits
    ? ['elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth']
    : [];
}

/** A service of the long ARN format says its cluster. */
function clusterOf(serviceArn: string): string {
  return serviceArn.replace(/:service\/([^/]+)\/.*$/, ':cluster/$1');
}

function clusterMistakes(name: string, arn: string): Mistake[] {
  if (clusterOf(arn) !== arn) return [];
  return [
    {
      problem: `${name}: ${arn} does not say the cluster of the service`,
      fix: 'write arn:aws:ecs:<region>:<account>:service/<cluster>/<service>, in words: nothing is read from the other region',
    },
  ];
}

function percentMistakes({ name, targetPercent, minimumPercentWhenUngraceful }: ScalingStepProps): Mistake[] {
  return [
    ...boundMistakes(`${name}: targetPercent`, targetPercent, { least: 1 }),
    ...boundMistakes(`${name}: minimumPercentWhenUngraceful`, minimumPercentWhenUngraceful, {
      least: 0,
      most: 99,
    }),
  ];
}

function kubernetesMistakes({ name, resources }: EksStepProps): Mistake[] {
  if (resources.length === 0) {
    return [{ problem: `${name}: it scales nothing`, fix: 'name the deployments in resources' }];
  }
  return resources
    .filter(({ namespace }) => !/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/.test(namespace))
    .map(({ namespace }) => ({
      problem: `${name}: ${JSON.stringify(namespace)} is no Kubernetes namespace`,
      fix: 'use 2 to 63 lower-case letters, digits and hyphens',
    }));
}
