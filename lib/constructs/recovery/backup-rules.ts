import type { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';

/** How one kind of data is backed up. @internal */
export interface BackupSchedule {
  readonly intervalHours: number;
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
  readonly retentionDays: number;
  readonly continuous: boolean;

  /** `undefined` where no snapshot of the month is kept. */
  readonly monthlyDays: number | undefined;

  /** `undefined` where the snapshots of the month stay warm. */
  readonly monthlyColdDays: number | undefined;
}

/** Where backups go. @internal */
export interface BackupPlaces {
  readonly vaultName: string;
  readonly copyArns: readonly string[];

  /** The tags of the backups themselves, by which AWS Backup Audit Manager finds them. */
  readonly tags: Readonly<Record<string, string>>;

  /** A logically air-gapped vault of the same account and region. */
  readonly airGappedArn: string | undefined;
}

type Rule = CfnBackupPlan.BackupRuleResourceTypeProperty;

/** Point-in-time recovery reaches no further back. */
const LONGEST_CONTINUOUS_DAYS = 35;

/**
 * Snapshots that are copied, continuous backups beside them, and one snapshot of each month. Continuous backups cannot be
 * copied as such, and of all types only S3 has them in an air-gapped vault, so they are a rule of their own.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
 * @internal
 */
export function backupRules(schedule: BackupSchedule, places: BackupPlaces): Rule[] {
  const { retentionDays, continuous, monthlyDays, monthlyColdDays } = schedule;
  const common = {
    targetBackupVault: places.vaultName,
    startWindowMinutes: schedule.startWindowMinutes,
    completionWindowMinutes: schedule.completionWindowMinutes,
    scheduleExpressionTimezone: 'UTC',
    recoveryPointTags: places.tags,
  };
  const kept = (deleteAfterDays: number, moveToColdStorageAfterDays?: number) => {
    const lifecycle = {
      deleteAfterDays,
      ...(moveToColdStorageAfterDays !== undefined && { moveToColdStorageAfterDays }),
    };
    return {
      lifecycle,
      copyActions: places.copyArns.map((destinationBackupVaultArn) => ({
        destinationBackupVaultArn,
        lifecycle,
      })),
      ...(places.airGappedArn !== undefined && {
        targetLogicallyAirGappedBackupVaultArn: places.airGappedArn,
      }),
    };
  };
  const rules: Rule[] = [
    {
      ...common,
      ruleName: 'Snapshots',
      scheduleExpression: snapshotSchedule(schedule.intervalHours),
      ...kept(retentionDays),
    },
  ];
  if (continuous) {
    rules.push({
      ...common,
      ruleName: 'Continuous',
      scheduleExpression: 'cron(30 3 * * ? *)',
      enableContinuousBackup: true,
      lifecycle: { deleteAfterDays: Math.min(retentionDays, LONGEST_CONTINUOUS_DAYS) },
    });
  }
  if (monthlyDays !== undefined) {
    const scheduleExpression = 'cron(30 1 1 * ? *)';
    rules.push({ ...common, ruleName: 'Monthly', scheduleExpression, ...kept(monthlyDays, monthlyColdDays) });
  }
  return rules;
}

/** At full hours, from midnight on. @internal */
export function snapshotSchedule(intervalHours: number): string {
  if (intervalHours === 24) return 'cron(0 0 * * ? *)';
  return intervalHours === 1 ? 'cron(0 * * * ? *)' : `cron(0 0/${intervalHours} * * ? *)`;
}
