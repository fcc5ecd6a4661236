import type { Confidence, Fact } from './fact';

/** A length of time that varies, in seconds. The worst is what one reckons with, not a promise of the vendor. */
export interface SecondsRange {
  readonly typical: number;
  readonly worst: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DOCS = 'https://docs.aws.amazon.com';
const ROUTE53 = `${DOCS}/Route53/latest/DeveloperGuide`;
const ROUTE53_API = `${DOCS}/Route53/latest/APIReference/API_HealthCheckConfig.html`;
const ELB = `${DOCS}/elasticloadbalancing/latest/application`;
const RDS = `${DOCS}/AmazonRDS/latest/UserGuide`;
const AURORA = `${DOCS}/AmazonRDS/latest/AuroraUserGuide`;
const DYNAMODB = `${DOCS}/amazondynamodb/latest/developerguide`;
const BACKUP = `${DOCS}/aws-backup/latest/devguide`;
const CONFIG_RULE = `${DOCS}/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html`;
const CDK = 'aws-cdk-lib 2.276.0';
const ASSUMPTION = 'no page says so: an assumption of cdk-nines, to be replaced by a measurement';

const documented = <T>(value: T, source: string, asOf = '2026-04'): Fact<T> =>
  fact(value, source, asOf, 'documented');
const assumed = <T>(value: T): Fact<T> => fact(value, ASSUMPTION, '2026-11', 'assumed');

function fact<T>(value: T, source: string, asOf: string, confidence: Confidence): Fact<T> {
  return { value, source, asOf, confidence };
}

/** What is known about AWS and needed to reckon with it. Times are in seconds unless the name says otherwise. */
export const AWS_FACTS = {
  // Route 53
  route53AliasTtlSeconds: documented(60, 'https://aws.amazon.com/route53/faqs/'),
  route53RecommendedTtlSeconds: documented(60, `${ROUTE53}/resource-record-sets-values-shared.html`),
  route53HealthCheckIntervalsSeconds: documented(
    [10, 30],
    `${ROUTE53}/dns-failover-determining-health-of-endpoints.html`,
  ),
  route53DefaultHealthCheckIntervalSeconds: documented(30, ROUTE53_API),
  route53FailureThresholdRange: documented({ least: 1, most: 10 }, ROUTE53_API),
  route53DefaultFailureThreshold: documented(3, ROUTE53_API),
  route53MinimumCheckerRegions: documented(3, ROUTE53_API),
  route53CheckerRegions: documented(
    [
      'ap-northeast-1',
      'ap-southeast-1',
      'ap-southeast-2',
      'eu-west-1',
      'sa-east-1',
      'us-east-1',
      'us-west-1',
      'us-west-2',
    ],
    ROUTE53_API,
  ),
  /** An endpoint is healthy while more than this share of the checkers say so. */
  route53HealthyCheckerShare: documented(
    0.18,
    `${ROUTE53}/dns-failover-determining-health-of-endpoints.html`,
  ),
  route53MaximumChildHealthChecks: documented(255, ROUTE53_API),
  /** What the CDK gives a record that is no alias. */
  cdkDefaultRecordTtlSeconds: documented(1800, `${CDK}, aws-route53 RecordSetOptions.ttl`, '2026-11'),

  // CloudWatch
  /** Alarms with a period of a minute or more are evaluated once a minute. */
  cloudWatchEvaluationDelaySeconds: documented(
    MINUTE,
    `${DOCS}/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html`,
  ),

  // Elastic Load Balancing
  elbDefaultIntervalSeconds: documented(30, `${ELB}/target-group-health-checks.html`),
  elbDefaultTimeoutSeconds: documented(5, `${ELB}/target-group-health-checks.html`),
  elbDefaultUnhealthyThreshold: documented(2, `${ELB}/target-group-health-checks.html`),
  elbDefaultHealthyThreshold: documented(5, `${ELB}/target-group-health-checks.html`),
  elbIntervalRangeSeconds: documented({ least: 5, most: 300 }, `${ELB}/target-group-health-checks.html`),
  elbTimeoutRangeSeconds: documented({ least: 2, most: 120 }, `${ELB}/target-group-health-checks.html`),
  elbThresholdRange: documented({ least: 2, most: 10 }, `${ELB}/target-group-health-checks.html`),
  elbDefaultDeregistrationDelaySeconds: documented(300, `${ELB}/load-balancer-target-groups.html`),

  // Compute
  ecsDefaultHealthCheckGraceSeconds: documented(
    0,
    `${DOCS}/AmazonECS/latest/APIReference/API_CreateService.html`,
  ),
  autoScalingDefaultGraceSeconds: documented(
    0,
    `${DOCS}/autoscaling/ec2/userguide/health-check-grace-period.html`,
    '2023-06',
  ),
  instanceLaunchSeconds: assumed<SecondsRange>({ typical: 60, worst: 120 }),
  fargateLaunchSeconds: assumed<SecondsRange>({ typical: 60, worst: 120 }),
  bootSeconds: assumed<SecondsRange>({ typical: 60, worst: 180 }),

  // Databases: how long a failover takes
  rdsMultiAzFailoverSeconds: documented<SecondsRange>(
    { typical: 60, worst: 120 },
    `${RDS}/Concepts.MultiAZ.Failover.html`,
  ),
  rdsMultiAzClusterFailoverSeconds: documented<SecondsRange>(
    { typical: 35, worst: 35 },
    `${RDS}/multi-az-db-clusters-concepts.html`,
  ),
  auroraFailoverSeconds: documented<SecondsRange>(
    { typical: 30, worst: 60 },
    `${AURORA}/Concepts.AuroraHighAvailability.html`,
  ),
  /** Without a replica the instance is made again in its own zone; the loss of that zone needs a person. */
  auroraRecreateSeconds: documented<SecondsRange>(
    { typical: 600, worst: 600 },
    `${AURORA}/Concepts.AuroraHighAvailability.html`,
  ),
  /** The guide says "in the order of minutes". */
  auroraGlobalFailoverSeconds: assumed<SecondsRange>({ typical: 120, worst: 300 }),
  elastiCacheFailoverSeconds: assumed<SecondsRange>({ typical: 30, worst: 60 }),
  reconnectSeconds: assumed<SecondsRange>({ typical: 5, worst: 30 }),

  // Data: how far copies lag behind
  rdsPointInTimeLagSeconds: documented(300, `${RDS}/USER_PIT.html`),
  auroraPointInTimeLagSeconds: documented(300, `${AURORA}/aurora-pitr.html`),
  dynamoDbPointInTimeLagSeconds: documented(300, `${DYNAMODB}/PointInTimeRecovery_Howitworks.html`),
  s3PointInTimeLagSeconds: documented(900, `${BACKUP}/point-in-time-recovery.html`),
  rdsCrossRegionBackupLagSeconds: documented(1500, `${RDS}/USER_ReplicateBackups.html`, '2026-08'),
  auroraBacktrackMaximumSeconds: documented(
    72 * HOUR,
    `${AURORA}/AuroraMySQL.Managing.Backtrack.html`,
    '2026-11',
  ),
  /**
   * AWS names regions that lack it (repost.aws/knowledge-center/aurora-mysql-cluster-backtrack, and the page of the rule
   * aurora-mysql-backtracking-enabled of AWS Config), most of those opened since 2019 among them: these are the others.
   */
  auroraBacktrackRegions: assumed<readonly string[]>([
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ]),
  auroraGlobalLagSeconds: assumed<SecondsRange>({ typical: 1, worst: 5 }),
  dynamoDbGlobalTableLagSeconds: assumed<SecondsRange>({ typical: 1, worst: 5 }),
  rdsCrossRegionReplicaLagSeconds: assumed<SecondsRange>({ typical: 10, worst: 60 }),
  /** AWS: most objects within 15 minutes, sometimes a couple of hours or more. */
  s3ReplicationLagSeconds: assumed<SecondsRange>({ typical: 900, worst: 6 * HOUR }),
  /** The service level agreement covers 99.9 % of the objects. */
  s3ReplicationTimeControlLagSeconds: documented(
    900,
    `${DOCS}/AmazonS3/latest/userguide/replication-time-control.html`,
  ),
  efsReplicationLagSeconds: documented(900, `${DOCS}/efs/latest/ug/efs-replication.html`),

  // Backups
  backupDefaultSchedule: documented('cron(0 5 ? * * *)', `${BACKUP}/API_BackupRuleInput.html`),
  backupDefaultStartWindowSeconds: documented(8 * HOUR, `${BACKUP}/creating-a-backup-plan.html`),
  backupMinimumStartWindowSeconds: documented(HOUR, `${BACKUP}/API_BackupRuleInput.html`),
  backupDefaultCompletionWindowSeconds: documented(7 * DAY, `${BACKUP}/creating-a-backup-plan.html`),
  backupMinimumIntervalSeconds: documented(HOUR, `${BACKUP}/creating-a-backup-plan.html`),
  backupColdStorageMinimumSeconds: documented(90 * DAY, `${BACKUP}/API_Lifecycle.html`),
  backupPointInTimeMaximumRetentionSeconds: documented(35 * DAY, `${BACKUP}/point-in-time-recovery.html`),
  backupConfigRuleMaximumIntervalSeconds: documented(DAY, CONFIG_RULE),
  backupConfigRuleMinimumRetentionSeconds: documented(35 * DAY, CONFIG_RULE),
  backupDurationSeconds: assumed<SecondsRange>({ typical: 30 * MINUTE, worst: 2 * HOUR }),
  backupCopySeconds: assumed<SecondsRange>({ typical: 30 * MINUTE, worst: 2 * HOUR }),
  rdsMaximumBackupRetentionDays: documented(35, `${RDS}/USER_WorkingWithAutomatedBackups.html`),

  // People
  acknowledgeSeconds: assumed<SecondsRange>({ typical: 5 * MINUTE, worst: 15 * MINUTE }),
  decideSeconds: assumed<SecondsRange>({ typical: 5 * MINUTE, worst: 15 * MINUTE }),
  /** How long a step of an ARC Region switch plan waits for approval when nothing is set. */
  regionSwitchApprovalTimeoutSeconds: documented(
    HOUR,
    `${DOCS}/r53recovery/latest/dg/region-switch.html`,
    '2026-11',
  ),

  // Failure domains: AWS publishes no such numbers
  zoneUnavailability: assumed(1e-4),
  regionUnavailability: assumed(1e-5),
} as const;
