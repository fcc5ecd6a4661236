/**
 * Where the policy's numbers come from. A number that no page gives is our own decision and says so:
 * it is a considered default, not a standard.
 */
export const OWN_DECISION = 'own decision of cdk-nines: a default to start from, not a standard';

/** @internal */
export const DR_WHITEPAPER =
  'https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html';

/** @internal */
export const STATIC_STABILITY =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html';

/** @internal */
export const RELIABILITY_PILLAR =
  'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/availability.html';

/** @internal */
export const ROUTE53_HEALTH_CHECKS =
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html';

/** @internal */
export const ROUTE53_TTL =
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-shared.html';

/** @internal */
export const ELB_HEALTH_CHECKS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html';

/** @internal */
export const ELB_TARGET_GROUPS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html';

/** @internal */
export const NAT_GATEWAYS = 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html';

/** @internal */
export const BACKUP_PITR =
  'https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html';

/** @internal */
export const BACKUP_PLANS =
  'https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html';

/** @internal */
export const BACKUP_VAULT_LOCK = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html';

/** @internal */
export const BACKUP_CONFIG_RULE =
  'https://docs.aws.amazon.com/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html';

/** @internal */
export const RESTORE_TESTING = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html';

/** @internal */
export const ZONAL_AUTOSHIFT = 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.html';

/** @internal */
export const REGION_SWITCH = 'https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html';

/** @internal */
export const SRE_WORKBOOK = 'https://sre.google/workbook/alerting-on-slos/';

/** @internal */
export const SQS_DEAD_LETTERS =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html';

/** @internal */
export const STREAM_RETENTION =
  'https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html';

/** @internal */
export const EVENT_ARCHIVE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html';
