import { AvailabilityZoneRebalancing } from 'aws-cdk-lib/aws-ecs';
import { HealthCheckType } from 'aws-cdk-lib/aws-route53';
import { Duration } from 'aws-cdk-lib/core';
import {
  atLeast,
  atLeastDays,
  atMost,
  atMostSeconds,
  type DefaultProperty,
  onByDefault,
  type Props,
} from './default-property';
import {
  allHealthyPercent,
  automaticBackups,
  backupDays,
  checkerSeconds,
  checkSeconds,
  checkTimeoutSeconds,
  drainSeconds,
  healthyChecks,
  locked,
  natGateways,
  pointInTime,
  rebalanced,
  ttlSeconds,
  twoZones,
  unhealthyChecks,
  units,
  versions,
  zonalShift,
} from './owed';

const INSTANCE = [
  // RDS takes a zone by name or two by itself, not both.
  onByDefault('multiAz', twoZones, { unless: ({ availabilityZone }) => availabilityZone !== undefined }),
  atLeastDays('backupRetention', backupDays, { l1: 'backupRetentionPeriod' }),
  onByDefault('deletionProtection', locked),
];

const CLUSTER = [
  atLeastDays('backup.retention', backupDays, { l1: 'backupRetentionPeriod' }),
  onByDefault('deletionProtection', locked),
];

/** Where a person set the older of two names, the newer one would contradict it. */
const tableIn = (place: string): DefaultProperty[] => [
  onByDefault('pointInTimeRecoverySpecification', pointInTime, {
    as: { pointInTimeRecoveryEnabled: true },
    insteadOf: ['pointInTimeRecovery'],
    l1: `${place}pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled`,
  }),
  onByDefault('deletionProtection', locked, { l1: `${place}deletionProtectionEnabled` }),
];

const LOAD_BALANCER = [
  onByDefault('deletionProtection', locked, { l1: 'loadBalancerAttributes=deletion_protection.enabled' }),
];

/** Functions behind a load balancer are asked in ways of their own; they alone need neither protocol nor port. */
const isForFunctions = ({ protocol, port }: Props): boolean => protocol === undefined && port === undefined;

/** The answer must be waited for shorter than until the next question. */
const setsOne = (other: string) => (props: Props) => isForFunctions(props) || at(props, other) !== undefined;

const TARGET_GROUP = [
  atMostSeconds('healthCheck.interval', checkSeconds, {
    unless: setsOne('healthCheck.timeout'),
    l1: 'healthCheckIntervalSeconds',
    defaultsTo: Duration.seconds(30),
  }),
  atMostSeconds('healthCheck.timeout', checkTimeoutSeconds, {
    unless: setsOne('healthCheck.interval'),
    l1: 'healthCheckTimeoutSeconds',
    defaultsTo: Duration.seconds(5),
  }),
  atMost('healthCheck.unhealthyThresholdCount', unhealthyChecks, {
    l1: 'unhealthyThresholdCount',
    defaultsTo: 2,
  }),
  atMost('healthCheck.healthyThresholdCount', healthyChecks, {
    l1: 'healthyThresholdCount',
    defaultsTo: 5,
    unless: isForFunctions,
  }),
  atMostSeconds('deregistrationDelay', drainSeconds, {
    l1: 'targetGroupAttributes=deregistration_delay.timeout_seconds',
    defaultsTo: Duration.seconds(300),
    unless: isForFunctions,
  }),
];

/** Another controller than that of ECS deploys in its own way. */
const isDeployedByOthers = (props: Props): boolean => {
  const type = at(props, 'deploymentController.type');
  return type !== undefined && type !== 'ECS';
};

/**
 * No circuit breaker: for that the CDK writes a deployment controller too, which has CloudFormation make the service anew.
 * `HighlyAvailable` sets it in the resource itself.
 */
const ECS_SERVICE = [
  atLeast('minHealthyPercent', allHealthyPercent, {
    unless: (props) => isDeployedByOthers(props) || Number(props.maxHealthyPercent ?? 200) <= 100,
    l1: 'deploymentConfiguration.minimumHealthyPercent',
  }),
  onByDefault('availabilityZoneRebalancing', rebalanced, {
    as: AvailabilityZoneRebalancing.ENABLED,
    unless: (props) => isDeployedByOthers(props) || Number(props.maxHealthyPercent ?? 200) <= 100,
  }),
];

const ENDPOINT_CHECKS: readonly unknown[] = [
  HealthCheckType.HTTP,
  HealthCheckType.HTTPS,
  HealthCheckType.HTTP_STR_MATCH,
  HealthCheckType.HTTPS_STR_MATCH,
  HealthCheckType.TCP,
];

/** What a tier decides of plain L2s, by the id of their class for property injection. @internal */
export const DEFAULT_PROPERTIES: Readonly<Record<string, readonly DefaultProperty[]>> = {
  'aws-cdk-lib.aws-autoscaling.AutoScalingGroup': [
    atLeast('minCapacity', units, {
      defaultsTo: 1,
      // A minimum above the maximum that a person set would be refused.
      unless: ({ maxCapacity, desiredCapacity }) =>
        maxCapacity !== undefined || desiredCapacity !== undefined,
    }),
  ],
  'aws-cdk-lib.aws-docdb.DatabaseCluster': CLUSTER,
  'aws-cdk-lib.aws-dynamodb.Table': tableIn(''),
  'aws-cdk-lib.aws-dynamodb.TableV2': tableIn('replicas[].'),
  'aws-cdk-lib.aws-ec2.Vpc': [atLeast('natGateways', natGateways, { onlyJudged: true })],
  'aws-cdk-lib.aws-ecs.Ec2Service': ECS_SERVICE,
  'aws-cdk-lib.aws-ecs.FargateService': ECS_SERVICE,
  'aws-cdk-lib.aws-efs.FileSystem': [
    onByDefault('enableAutomaticBackups', automaticBackups, { l1: 'backupPolicy.status' }),
  ],
  'aws-cdk-lib.aws-elasticloadbalancingv2.ApplicationLoadBalancer': LOAD_BALANCER,
  'aws-cdk-lib.aws-elasticloadbalancingv2.ApplicationTargetGroup': TARGET_GROUP,
  'aws-cdk-lib.aws-elasticloadbalancingv2.NetworkLoadBalancer': [
    ...LOAD_BALANCER,
    onByDefault('zonalShift', zonalShift, {
      // Across zones AWS takes it only where all target groups leave the connections of unhealthy targets alone.
      unless: ({ crossZoneEnabled }) => crossZoneEnabled === true,
      l1: 'loadBalancerAttributes=zonal_shift.config.enabled',
    }),
  ],
  'aws-cdk-lib.aws-rds.DatabaseCluster': CLUSTER,
  'aws-cdk-lib.aws-rds.DatabaseClusterFromSnapshot': CLUSTER,
  'aws-cdk-lib.aws-rds.DatabaseInstance': INSTANCE,
  'aws-cdk-lib.aws-rds.DatabaseInstanceFromSnapshot': INSTANCE,
  'aws-cdk-lib.aws-route53.HealthCheck': [
    atMostSeconds('requestInterval', checkerSeconds, {
      unless: ({ type }) => !ENDPOINT_CHECKS.includes(type),
      l1: 'healthCheckConfig.requestInterval',
      defaultsTo: Duration.seconds(30),
      replaces: true,
    }),
  ],
  // Every other record is one of these: an ARecord too.
  'aws-cdk-lib.aws-route53.RecordSet': [
    atMostSeconds('ttl', ttlSeconds, {
      defaultsTo: Duration.seconds(1800),
      unless: (props) => at(props, 'target.aliasTarget') !== undefined,
    }),
  ],
  'aws-cdk-lib.aws-s3.Bucket': [onByDefault('versioned', versions, { l1: 'versioningConfiguration.status' })],
};

/** A value of properties; `undefined` where it is not set. @internal */
export function at(props: Props, property: string): unknown {
  return property
    .split('.')
    .reduce<unknown>(
      (part, step) => (typeof part === 'object' && part !== null ? (part as Props)[step] : undefined),
      props,
    );
}
