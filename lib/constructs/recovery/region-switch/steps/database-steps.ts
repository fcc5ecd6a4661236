import type { Mistake } from '../../../../objectives/mistakes';
import {
  accountOf,
  arnsOf,
  block,
  DATABASE_CLUSTER,
  DATABASE_INSTANCE,
  formMistakes,
  onEverything,
  perAccount,
  type RegionalArns,
  type SwitchBlock,
  type SwitchBlockType,
  SwitchMoment,
  SwitchPhase,
  type SwitchStepProps,
} from '../switch-block';

/** Properties of a step that switches a global database: Aurora, DocumentDB or Neptune. */
export interface GlobalDatabaseStepProps extends SwitchStepProps {
  /** The identifier of the global cluster. */
  readonly globalCluster: string;

  /** The ARN of the cluster of each region. */
  readonly clusterArns: RegionalArns;

  /**
   * Whether also a planned switch fails over at once and may lose what the other region has not got yet. Without it, a
   * planned switch waits until both have everything.
   *
   * @default false
   */
  readonly allowDataLoss?: boolean;

  /**
   * Whether an ungraceful execution, that is one while the old primary is lost, fails over. Without it the step fails
   * when the old primary does not answer.
   *
   * @default true
   */
  readonly failoverWhenUngraceful?: boolean;
}

/** Properties of a step for RDS instances that replicate to another region. */
export interface ReadReplicaStepProps extends SwitchStepProps {
  /** The ARN of the instance of each region. */
  readonly instanceArns: RegionalArns;
}

/** Properties of a step that swaps an Oracle instance with its replica. */
export interface SwitchoverReplicaStepProps extends ReadReplicaStepProps {
  /**
   * Whether an ungraceful execution promotes the replica, and may lose what it has not got yet. Without it the step fails
   * when the old primary does not answer.
   *
   * @default true
   */
  readonly promoteWhenUngraceful?: boolean;
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_aurora.html @internal */
export function auroraGlobalDatabase(props: GlobalDatabaseStepProps): SwitchBlock {
  return globalDatabase(props, 'AuroraGlobalDatabase', (config) => ({
    globalAuroraConfig: { ...config, databaseClusterArns: arnsOf(props.clusterArns) },
  }));
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_documentdb.html @internal */
export function documentDb(props: GlobalDatabaseStepProps): SwitchBlock {
  return globalDatabase(props, 'DocumentDb', (config) => ({
    documentDbConfig: { ...config, databaseClusterArns: arnsOf(props.clusterArns) },
  }));
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_neptune.html @internal */
export function neptuneGlobalDatabase(props: GlobalDatabaseStepProps): SwitchBlock {
  return globalDatabase(props, 'NeptuneGlobalDatabase', (config) => ({
    neptuneGlobalDatabaseConfig: { ...config, regionDatabaseClusterArns: { ...props.clusterArns } },
  }));
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_rds.html @internal */
export function promoteReadReplica(props: ReadReplicaStepProps): SwitchBlock {
  const { instanceArns } = props;
  const arns = arnsOf(instanceArns);
  return block(props, {
    type: 'RdsPromoteReadReplica',
    phase: SwitchPhase.DATABASE,
    usualMinutes: 20,
    movesData: true,
    arns: { instanceArns: { arns: instanceArns, ...DATABASE_INSTANCE } },
    extraMistakes: oneAccountMistakes(props.name, arns),
    permissions: () => [
      ...onEverything(arns, ['rds:DescribeDBInstances']),
      ...perAccount(arns, ['rds:PromoteReadReplica', 'rds:ModifyDBInstance']),
    ],
    render: (site, timeoutMinutes) => ({
      rdsPromoteReadReplicaConfig: {
        dbInstanceArnMap: { ...instanceArns },
        timeoutMinutes,
        ...site.access(accountOf(arns[0])),
      },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_rds.html @internal */
export function createCrossRegionReplica(props: ReadReplicaStepProps): SwitchBlock {
  const { instanceArns } = props;
  const arns = arnsOf(instanceArns);
  return block(props, {
    type: 'RdsCreateCrossRegionReplica',
    phase: SwitchPhase.DATABASE,
    usualMinutes: 60,
    movesData: true,
    when: SwitchMoment.AFTERWARDS,
    arns: { instanceArns: { arns: instanceArns, ...DATABASE_INSTANCE } },
    extraMistakes: oneAccountMistakes(props.name, arns),
    // A new replica also touches its option, parameter and subnet groups, whose names are not known: AWS says `*`.
    permissions: () =>
      onEverything(arns, [
        'rds:DescribeDBInstances',
        'rds:CreateDBInstanceReadReplica',
        'rds:ModifyDBInstance',
      ]),
    render: (site, timeoutMinutes) => ({
      rdsCreateCrossRegionReadReplicaConfig: {
        dbInstanceArnMap: { ...instanceArns },
        timeoutMinutes,
        ...site.access(accountOf(arns[0])),
      },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_rds_switchover_read_replica.html @internal */
export function switchoverReadReplica(props: SwitchoverReplicaStepProps): SwitchBlock {
  const { instanceArns, promoteWhenUngraceful = true } = props;
  const arns = arnsOf(instanceArns);
  return block(props, {
    type: 'RdsSwitchoverReadReplica',
    phase: SwitchPhase.DATABASE,
    usualMinutes: 20,
    movesData: true,
    arns: { instanceArns: { arns: instanceArns, ...DATABASE_INSTANCE } },
    extraMistakes: oneAccountMistakes(props.name, arns),
    permissions: () =>
      perAccount(arns, [
        'rds:DescribeDBInstances',
        'rds:SwitchoverReadReplica',
        'rds:DescribePendingMaintenanceActions',
        'rds:ModifyDBInstance',
        ...(promoteWhenUngraceful ? ['rds:PromoteReadReplica'] : []),
      ]),
    render: (site, timeoutMinutes) => ({
      rdsSwitchoverReadReplicaConfig: {
        dbInstanceArnMap: { ...instanceArns },
        timeoutMinutes,
        ...(promoteWhenUngraceful && { ungraceful: { ungraceful: 'promoteReadReplica' } }),
        ...site.access(accountOf(arns[0])),
      },
    }),
  });
}

interface GlobalDatabaseConfig {
  readonly globalClusterIdentifier: string;
  readonly behavior: string;
  readonly timeoutMinutes: number;
  readonly ungraceful?: { readonly ungraceful: string };
  readonly crossAccountRole?: string;
  readonly externalId?: string;
}

function globalDatabase(
  props: GlobalDatabaseStepProps,
  type: SwitchBlockType,
  render: (config: GlobalDatabaseConfig) => ReturnType<SwitchBlock['render']>,
): SwitchBlock {
  const { globalCluster, clusterArns, allowDataLoss = false, failoverWhenUngraceful = true } = props;
  const arns = arnsOf(clusterArns);
  const account = accountOf(arns[0]);
  const allowing = (...actions: string[]): string[] =>
    (type === 'NeptuneGlobalDatabase' ? NEPTUNE_PREFIXES : ['rds']).flatMap((prefix) =>
      actions.map((action) => `${prefix}:${action}`),
    );
  return block(props, {
    type,
    phase: SwitchPhase.DATABASE,
    usualMinutes: 15,
    movesData: true,
    arns: { clusterArns: { arns: clusterArns, ...DATABASE_CLUSTER } },
    extraMistakes: [...identifierMistakes(props), ...oneAccountMistakes(props.name, arns)],
    permissions: (site) => {
      const global = `arn:${site.partition}:rds::${account ?? site.account}:global-cluster:${globalCluster}`;
      return [
        {
          actions: allowing('DescribeGlobalClusters', 'DescribeDBClusters'),
          resources: ['*'],
          account,
        },
        {
          actions: allowing('FailoverGlobalCluster', 'SwitchoverGlobalCluster'),
          resources: [global, ...arns],
          account,
        },
      ];
    },
    render: (site, timeoutMinutes) =>
      render({
        globalClusterIdentifier: globalCluster,
        behavior: allowDataLoss ? 'failover' : 'switchoverOnly',
        timeoutMinutes,
        ...(failoverWhenUngraceful && { ungraceful: { ungraceful: 'failover' } }),
        ...site.access(account),
      }),
  });
}

/**
 * The page of Region switch says `neptune:`, and its evaluation of a plan may ask for that; Neptune itself goes by `rds:`.
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/iam-admin-policies.html
 */
const NEPTUNE_PREFIXES = ['neptune', 'rds'];

function identifierMistakes({ name, globalCluster }: GlobalDatabaseStepProps): Mistake[] {
  return formMistakes(
    `${name}: globalCluster`,
    globalCluster,
    /^[A-Za-z][0-9A-Za-z-:._]{0,254}$/,
    'a letter, then letters, digits and hyphens: shop-orders',
  );
}

/** Region switch takes one role for all instances or clusters of a step. */
function oneAccountMistakes(name: string, arns: readonly string[]): Mistake[] {
  const accounts = [...new Set(arns.map((arn) => arn.split(':')[4]))];
  if (accounts.length < 2) return [];
  return [
    {
      problem: `${name}: its databases lie in the accounts ${accounts.join(' and ')}`,
      fix: 'name databases of one account: Region switch takes one role for both',
    },
  ];
}
