import {
  accountOf,
  arnsOf,
  block,
  boundMistakes,
  DATABASE_CLUSTER,
  DATABASE_INSTANCE,
  type SwitchBlock,
  SwitchPhase,
} from '../switch-block';
import type { AuroraProvisionedScalingStepProps, AuroraServerlessScalingStepProps } from './scaling-steps';

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_aurora_provisioned_scaling.html @internal */
export function scaleAuroraProvisioned(props: AuroraProvisionedScalingStepProps): SwitchBlock {
  const { globalCluster, clusterArns, instanceArns } = props;
  const arns = [...arnsOf(clusterArns), ...arnsOf(instanceArns)];
  const account = accountOf(arns[0]);
  return block(props, {
    type: 'AuroraProvisionedScaling',
    phase: SwitchPhase.SCALING,
    usualMinutes: 20,
    arns: {
      clusterArns: { arns: clusterArns, ...DATABASE_CLUSTER },
      instanceArns: { arns: instanceArns, ...DATABASE_INSTANCE },
    },
    permissions: (site) => [
      {
        actions: [
          'rds:DescribeDBInstances',
          'rds:DescribeDBClusters',
          'rds:DescribeGlobalClusters',
          'rds:CreateDBInstance',
          'rds:ModifyDBInstance',
        ],
        resources: [
          ...arns,
          `arn:${site.partition}:rds::${account ?? site.account}:global-cluster:${globalCluster}`,
        ],
        account,
      },
      {
        actions: ['rds:DescribeOrderableDBInstanceOptions', 'ec2:DescribeInstanceTypes'],
        resources: ['*'],
        account,
      },
    ],
    render: (site, timeoutMinutes) => ({
      auroraProvisionedScalingConfig: {
        globalClusterIdentifier: globalCluster,
        regionDatabaseClusterArns: { ...clusterArns },
        instanceArns: { ...instanceArns },
        timeoutMinutes,
        ...site.access(account),
      },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_aurora_serverless_scaling.html @internal */
export function scaleAuroraServerless(props: AuroraServerlessScalingStepProps): SwitchBlock {
  const { globalCluster, clusterArns, targetPercent = 100 } = props;
  const arns = arnsOf(clusterArns);
  const account = accountOf(arns[0]);
  return block(props, {
    type: 'AuroraServerlessScaling',
    phase: SwitchPhase.SCALING,
    usualMinutes: 10,
    arns: { clusterArns: { arns: clusterArns, ...DATABASE_CLUSTER } },
    extraMistakes: boundMistakes(`${props.name}: targetPercent`, targetPercent, { least: 1 }),
    permissions: (site) => [
      {
        actions: [
          'rds:DescribeDBInstances',
          'rds:DescribeDBClusters',
          'rds:DescribeGlobalClusters',
          'rds:ModifyDBCluster',
          'rds:RebootDBInstance',
        ],
        resources: [
          ...arns,
          // The instances of the clusters: their names are not asked for.
          ...arns.map((arn) => `${arn.split(':').slice(0, 5).join(':')}:db:*`),
          `arn:${site.partition}:rds::${account ?? site.account}:global-cluster:${globalCluster}`,
        ],
        account,
      },
      {
        actions: ['cloudwatch:GetMetricData', 'ec2:DescribeInstanceTypes'],
        resources: ['*'],
        account,
      },
    ],
    render: (site, timeoutMinutes) => ({
      auroraServerlessScalingConfig: {
        globalClusterIdentifier: globalCluster,
        regionDatabaseClusterArns: { ...clusterArns },
        targetPercent,
        timeoutMinutes,
        ...site.access(account),
      },
    }),
  });
}
