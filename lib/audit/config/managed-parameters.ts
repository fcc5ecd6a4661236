import type { TimeSpan } from '../../calculus/time-span';
import type { TierPolicy } from '../../objectives/tier-policy';
import type { ParameterValue } from '../rule';

/** What decides the parameters of a managed rule. */
export interface Owed {
  /** What the tier decides. */
  readonly policy: TierPolicy;

  /** The parameters of our rule: what the configuration sets, else their defaults. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

type Parameters = Readonly<Record<string, string | number>>;

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** The default of Security Hub, which our rules on databases take too. */
const DATABASE_DAYS = 7;

const whole = (span: TimeSpan, unit: number): number => Math.ceil(span.toSeconds() / unit);

/** One backup may fail before it is told: two intervals, as long as the rule can count. */
const recent = ({ policy }: Owed): Parameters => ({
  recoveryPointAgeUnit: 'hours',
  recoveryPointAgeValue: Math.min(744, 2 * whole(policy.snapshotInterval.value, HOUR)),
});

const restored = ({ policy }: Owed): Parameters => ({
  maxRestoreTime: whole(policy.recovery.dataRepair.rto.value, 60),
});

const kept = ({ policy }: Owed): Parameters => ({
  requiredRetentionDays: whole(policy.minimumBackupRetention.value, DAY),
});

const databaseDays = (): Parameters => ({ minimumBackupRetentionPeriod: DATABASE_DAYS });

const ofServices = (
  services: readonly string[],
  rule: string,
  parameters: (owed: Owed) => Parameters,
): Readonly<Record<string, (owed: Owed) => Parameters>> =>
  Object.fromEntries(services.map((service) => [`${service}_${rule}`, parameters]));

const STORES = ['AURORA', 'DYNAMODB', 'EBS', 'EC2', 'EFS', 'FSX', 'RDS', 'S3'] as const;

/** The parameters that a tier or our own rule decides. Any other rule keeps its defaults. */
const PARAMETERS: Readonly<Record<string, (owed: Owed) => Parameters>> = {
  ACM_CERTIFICATE_EXPIRATION_CHECK: () => ({ daysToExpiration: 30 }),
  APPCONFIG_DEPLOYMENT_STRATEGY_MINIMUM_FINAL_BAKE_TIME: ({ parameters }) => ({
    minBakeTime: Number(parameters.minimumMinutes),
  }),
  APPRUNNER_SERVICE_MAX_UNHEALTHY_THRESHOLD: ({ parameters }) => ({
    maxUnhealthyThreshold: Number(parameters.maximumChecks),
  }),
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: (owed) => ({
    requiredFrequencyUnit: 'hours',
    requiredFrequencyValue: whole(owed.policy.snapshotInterval.value, HOUR),
    ...kept(owed),
  }),
  BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: kept,
  CLOUDWATCH_ALARM_ACTION_CHECK: () => ({
    alarmActionRequired: 'true',
    insufficientDataActionRequired: 'false',
    okActionRequired: 'false',
  }),
  CW_LOGGROUP_RETENTION_PERIOD_CHECK: ({ parameters }) => ({
    MinRetentionTime: Number(parameters.minimumDays),
  }),
  DB_INSTANCE_BACKUP_ENABLED: () => ({ backupRetentionMinimum: DATABASE_DAYS }),
  DOCDB_CLUSTER_BACKUP_RETENTION_CHECK: databaseDays,
  DYNAMODB_THROUGHPUT_LIMIT_CHECK: () => ({
    accountRCUThresholdPercentage: 80,
    accountWCUThresholdPercentage: 80,
  }),
  ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK: ({ parameters }) => ({
    snapshotRetentionPeriod: Number(parameters.minimumDays),
  }),
  FSX_ONTAP_DEPLOYMENT_TYPE_CHECK: () => ({ deploymentTypes: 'MULTI_AZ_1,MULTI_AZ_2' }),
  FSX_OPENZFS_DEPLOYMENT_TYPE_CHECK: () => ({ deploymentTypes: 'MULTI_AZ_1' }),
  FSX_WINDOWS_DEPLOYMENT_TYPE_CHECK: () => ({ deploymentTypes: 'MULTI_AZ_1' }),
  KINESIS_STREAM_BACKUP_RETENTION_CHECK: ({ parameters }) => ({
    minimumBackupRetentionPeriod: Number(parameters.minimumHours),
  }),
  KINESIS_VIDEO_STREAM_MINIMUM_DATA_RETENTION: ({ parameters }) => ({
    minDataRetentionInHours: Number(parameters.minimumHours),
  }),
  NEPTUNE_CLUSTER_BACKUP_RETENTION_CHECK: databaseDays,
  REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK: () => ({
    allowVersionUpgrade: 'true',
    automatedSnapshotRetentionPeriod: 1,
  }),
  ...ofServices(
    [...STORES, 'STORAGEGATEWAY', 'VIRTUALMACHINE'],
    'LAST_BACKUP_RECOVERY_POINT_CREATED',
    recent,
  ),
  ...ofServices(['AURORA', 'EBS', 'EC2', 'EFS', 'S3'], 'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT', recent),
  ...ofServices(STORES, 'MEETS_RESTORE_TIME_TARGET', restored),
};

/** What a managed rule is told, as AWS Config takes it: texts. */
export function managedParameters(identifier: string, owed: Owed): Readonly<Record<string, string>> {
  const parameters = PARAMETERS[identifier]?.(owed) ?? {};
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}
