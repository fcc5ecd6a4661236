import { CfnFramework, CfnReportPlan } from 'aws-cdk-lib/aws-backup';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logBucket } from '../governance/log-bucket';
import { letRoleIn, logKeyOf } from '../governance/log-key';
import type { TierChoices } from '../governance/tier-choices';
import { sharedName } from '../region/membership';

/** What AWS Backup Audit Manager holds backups against. @internal */
export interface BackupControls {
  readonly service: string;
  readonly intervalHours: number;
  readonly retentionDays: number;

  /** The oldest that the newest backup may be. */
  readonly oldestHours: number;
  readonly copied: boolean;
  readonly locked: boolean;
  readonly airGapped: boolean;
}

/** Whether backups are made as they should be, evaluated by AWS Backup Audit Manager, and a daily report of the jobs. @internal */
export class BackupReports extends Construct {
  readonly framework: CfnFramework | undefined;
  readonly reportPlan: CfnReportPlan;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, choices: TierChoices, controls: BackupControls | undefined) {
    super(scope, id);
    const name = sharedName(this, 200).replaceAll('-', '_');
    this.framework = controls && this.createFramework(name, controls);
    this.bucket = this.createBucket(choices);
    this.reportPlan = new CfnReportPlan(this, 'Jobs', {
      reportPlanName: `${name}_jobs`,
      reportPlanDescription: 'Backup jobs of the last day',
      reportDeliveryChannel: { S3BucketName: this.bucket.bucketName, Formats: ['CSV', 'JSON'] },
      reportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    });
  }

  private createFramework(name: string, controls: BackupControls): CfnFramework {
    return new CfnFramework(this, 'Framework', {
      frameworkName: name,
      frameworkDescription: `What the backups of ${controls.service} are owed`,
      frameworkControls: controlsFor(controls),
    });
  }

  private createBucket(choices: TierChoices): Bucket {
    const key = logKeyOf(this, choices);
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/create-report-plan-api.html
    letRoleIn(key, 'DeliveryOfBackupReports', reportingRoleArn(this));
    const bucket = logBucket(this, 'Bucket', choices, {
      retention: Duration.days(400),
      accessLists: true,
      key,
      whyOneRegion:
        'Each region reports on its own backups; the reports of a lost region bring nothing back.',
      whyNotLogged:
        'It holds reports; who reads them is of no consequence, and logs of that would grow without end.',
    });
    bucket.addToResourcePolicy(deliveryOfReports(bucket));
    return bucket;
  }
}

/**
 * The service-linked role that delivers reports is made with the first of them: as a principal it would be refused until
 * then, so it is named in a condition.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-report-plan-console.html
 */
function deliveryOfReports(bucket: Bucket): PolicyStatement {
  return new PolicyStatement({
    sid: 'DeliveryOfReports',
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('*')],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': reportingRoleArn(bucket) },
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
    },
  });
}

function reportingRoleArn(scope: Construct): string {
  const role = 'role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports';
  return `arn:${Aws.PARTITION}:iam::${Stack.of(scope).account}:${role}`;
}

type Control = CfnFramework.FrameworkControlProperty;

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html */
function controlsFor(owed: BackupControls): Control[] {
  const ofService = { Tags: [{ Key: 'resilience:service', Value: owed.service }] };
  return [
    control('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', ofService, {
      requiredFrequencyUnit: 'hours',
      requiredFrequencyValue: owed.intervalHours,
      requiredRetentionDays: owed.retentionDays,
    }),
    control('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', ofService, {
      requiredRetentionDays: owed.retentionDays,
    }),
    control('BACKUP_RECOVERY_POINT_ENCRYPTED', ofService),
    control('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', ofService),
    control('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', ofService),
    control('BACKUP_LAST_RECOVERY_POINT_CREATED', ofService, {
      recoveryPointAgeUnit: 'hours',
      recoveryPointAgeValue: owed.oldestHours,
    }),
    ...(owed.copied ? [control('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', ofService)] : []),
    ...(owed.locked
      ? [
          control('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK', ofService, {
            minRetentionDays: owed.retentionDays,
          }),
        ]
      : []),
    ...(owed.airGapped
      ? [
          control('RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT', ofService, {
            recoveryPointAgeUnit: 'days',
            recoveryPointAgeValue: 1,
          }),
        ]
      : []),
  ];
}

function control(
  controlName: string,
  controlScope: object,
  parameters: Record<string, unknown> = {},
): Control {
  const inputs = Object.entries(parameters).map(([parameterName, value]) => ({
    parameterName,
    parameterValue: String(value),
  }));
  return { controlName, controlScope, ...(inputs.length > 0 && { controlInputParameters: inputs }) };
}
