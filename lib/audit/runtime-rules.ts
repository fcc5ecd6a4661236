import type { RuleKind } from './rule';

/** A requirement that no template shows: only a running account does. */
export interface RuntimeRule {
  /** Stable for ever, from the same union as the ids of rules. */
  readonly id: string;

  /** What should hold, as a sentence. */
  readonly title: string;

  readonly kind: RuleKind;

  /** Why no template decides it. */
  readonly why: string;

  /** The managed rules of AWS Config that watch it. @default - none does, and `watch` says what else can be done */
  readonly configRules?: readonly string[];

  /** The part of it that a template shows, which a rule of the same id judges. @default - none */
  readonly shown?: string;

  /** How to watch it where AWS Config does not, in the imperative. @default - by the rules of AWS Config */
  readonly watch?: string;
}

/** Every requirement of the union that is decided at run time. */
export const RUNTIME_RULES: readonly RuntimeRule[] = [
  {
    id: 'API-05',
    title: 'Certificates, APIs and their deployments are created anew before the old ones are deleted.',
    kind: 'protection',
    why: 'It is a setting of Terraform. CloudFormation always creates the new resource first, so there is nothing to decide.',
    watch: 'leave it to CloudFormation, which creates before it deletes',
  },
  {
    id: 'BKP-10',
    title: 'The last recovery point of each resource is recent.',
    kind: 'backup',
    why: 'A template shows the plan; whether its last run succeeded is known in the account only.',
    shown: 'whether a plan covers the resource, and runs often enough',
    configRules: [
      'AURORA_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'DYNAMODB_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'EBS_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'EC2_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'EFS_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'FSX_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'RDS_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'S3_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'STORAGEGATEWAY_LAST_BACKUP_RECOVERY_POINT_CREATED',
      'VIRTUALMACHINE_LAST_BACKUP_RECOVERY_POINT_CREATED',
    ],
  },
  {
    id: 'DDB-06',
    title: 'Provisioned throughput stays well below the quota of the account.',
    kind: 'capacity',
    why: 'The quota belongs to the account and the region, and all its tables share it, those of other apps too.',
    configRules: ['DYNAMODB_THROUGHPUT_LIMIT_CHECK'],
  },
  {
    id: 'DRS-01',
    title: 'Elastic Disaster Recovery replicates the servers that it is there for.',
    kind: 'backup',
    why: 'CloudFormation has no type for it: servers are added by an agent that runs on them.',
    watch:
      'list the source servers and the recovery jobs of the service, and alarm on the lag of replication',
  },
  {
    id: 'EBS-04',
    title: 'New volumes are encrypted by default.',
    kind: 'compliance',
    why: 'It is a setting of the account in a region, for which CloudFormation has no type.',
    configRules: ['EC2_EBS_ENCRYPTION_BY_DEFAULT'],
  },
  {
    id: 'HSM-01',
    title: 'Clusters of CloudHSM have modules in two zones.',
    kind: 'redundancy',
    why: 'CloudFormation has no type for clusters and modules.',
    watch: 'read the check of Trusted Advisor on CloudHSM clusters in one zone',
  },
  {
    id: 'MSK-02',
    title: 'Brokers hold no more partitions than is recommended for their size.',
    kind: 'capacity',
    why: 'Topics and their partitions are made by clients at run time.',
    watch: 'alarm on the metric PartitionCount of each broker',
  },
  {
    id: 'R53-07',
    title: 'Registered domains are locked against transfer.',
    kind: 'protection',
    why: 'Domains are registered outside CloudFormation, which has no type for them.',
    watch:
      'switch the transfer lock on at the registrar, and ask the API of Route 53 Domains for it regularly',
  },
  {
    id: 'RDS-21',
    title: 'Snapshots of databases, and what is copied or restored from them, are encrypted.',
    kind: 'compliance',
    why: 'A template names a snapshot; whether it is encrypted stands in the account only.',
    configRules: ['RDS_SNAPSHOT_ENCRYPTED'],
  },
  {
    id: 'S3-05',
    title: 'Versions of objects are deleted with a second factor only.',
    kind: 'protection',
    why: 'Only the root user can ask for it, by the API; CloudFormation has no property for it.',
    configRules: ['S3_BUCKET_MFA_DELETE_ENABLED'],
  },
  {
    id: 'SGW-01',
    title: 'Storage gateways do not hang on a single host.',
    kind: 'redundancy',
    why: 'CloudFormation has no type for gateways: they are activated from the host that they run on.',
    watch: 'run the gateway on a cluster of hypervisors, and alarm on its availability',
  },
  {
    id: 'SSM-01',
    title: 'Managed instances have the patches and the associations that they should.',
    kind: 'compliance',
    why: 'A template shows what was asked for; whether instances comply, they report at run time.',
    configRules: [
      'EC2_MANAGEDINSTANCE_ASSOCIATION_COMPLIANCE_STATUS_CHECK',
      'EC2_MANAGEDINSTANCE_PATCH_COMPLIANCE_STATUS_CHECK',
    ],
  },
  {
    id: 'STS-01',
    title: 'Tokens come from the endpoint of the own region.',
    kind: 'redundancy',
    why: 'The endpoint is chosen by the configuration of the SDK inside the programs.',
    watch:
      'set AWS_STS_REGIONAL_ENDPOINTS to regional, and look in CloudTrail for calls to the global endpoint',
  },
  {
    id: 'VPN-01',
    title: 'Both tunnels of each VPN connection are up.',
    kind: 'redundancy',
    why: 'A connection always has two tunnels; whether the other side uses both is seen at run time.',
    configRules: ['VPC_VPN_2_TUNNELS_UP'],
  },
];
