import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { VaultLock } from '../../objectives/policy/backup';
import type { TieredProps } from '../governance/tier-choices';
import type { BackupKeyring } from './backup-keyring';

/** A class of data that is backed up in a way of its own. Its stores have the tag `resilience:data-class`. */
export interface BackupClass {
  /** The class by the name that the service gives it. */
  readonly dataClass: string;

  /**
   * Time between two snapshots: a number of hours that divides a day.
   *
   * @default - as for all data
   */
  readonly snapshotInterval?: Duration;

  /**
   * How long snapshots are kept, in whole days.
   *
   * @default - as for all data
   */
  readonly backupRetention?: Duration;

  /**
   * Whether there are continuous backups too.
   *
   * @default - as for all data
   */
  readonly continuousBackup?: boolean;

  /**
   * Whether its stores replicate to another region, so that backups do not stand for the loss of this one.
   *
   * @default - as for all data
   */
  readonly replicated?: boolean;
}

/** Properties of a {@link BackupStrategy}. */
export interface BackupStrategyProps extends TieredProps {
  /**
   * Whether backups are made here, beside the vault that takes copies of others. Turn it on in a standby whose own stores
   * hold data, and after a failover. Turning it off where the service serves needs a `weakening`.
   *
   * @default - in regions that serve; a standby or a witness only takes copies
   */
  readonly backsUp?: boolean;

  /**
   * Classes of data that are backed up in a way of their own.
   *
   * @default - all data of the service alike
   */
  readonly dataClasses?: readonly BackupClass[];

  /**
   * Time between two snapshots: a number of hours that divides a day.
   *
   * @default - 1 h, 6 h, 12 h, 24 h at tiers 0, 1, 2, 3; shorter where the data is owed a recovery point that needs it
   */
  readonly snapshotInterval?: Duration;

  /**
   * How long snapshots are kept, in whole days.
   *
   * @default - 35 days, at tier 3 14 at least; 7 days where the stage is not production
   */
  readonly backupRetention?: Duration;

  /**
   * How long one snapshot of each month is kept, in whole days.
   *
   * @default - 366 days at tier 0; none is kept below, nor where the stage is not production
   */
  readonly monthlyBackupRetention?: Duration;

  /**
   * When the snapshots of the month move to cold storage, 90 days before they are deleted at the latest.
   *
   * @default - never: not every type can, and a restore takes hours longer
   */
  readonly moveToColdStorageAfter?: Duration;

  /**
   * Whether there are continuous backups too, of the types that have them: Aurora, RDS, S3.
   *
   * @default - at tiers 0, 1 and 2
   */
  readonly continuousBackup?: boolean;

  /**
   * How long a backup takes at most, for the reckoning of what is lost.
   *
   * @default Duration.hours(2) assumed
   */
  readonly longestBackup?: Duration;

  /**
   * After how long AWS Backup gives up a backup.
   *
   * @default Duration.hours(24) the first one of a large store is a full one
   */
  readonly completionWindow?: Duration;

  /**
   * Whether the stores replicate to another region, so that backups do not stand for the loss of this one.
   *
   * @default - at tiers 0 and 1, which owe replication, and where copies of backups come back later than is owed
   */
  readonly replicated?: boolean;

  /**
   * The ARNs of vaults that take a copy of each snapshot; one in another region at least.
   *
   * @default - the vault of this construct in the first other region of the service
   */
  readonly copyVaultArns?: string[];

  /**
   * Whether each snapshot is also in a logically air-gapped vault.
   *
   * @default - at tier 0, in production
   */
  readonly airGappedCopy?: boolean;

  /**
   * The ARN of that vault. In another account, such as the backup account, it takes copies; in this account and region
   * it is filled directly.
   *
   * @default - one is made in this account, where `airGappedCopy` asks for it
   */
  readonly airGappedVaultArn?: string;

  /**
   * Who may shorten the life of backups.
   *
   * @default - compliance mode at tier 0, which is final after 7 days; governance mode at tier 1; no lock below
   */
  readonly vaultLock?: VaultLock;

  /**
   * The key of the vault, with those who may administer it.
   *
   * @default - a keyring of its own
   */
  readonly keyring?: BackupKeyring;

  /**
   * The roles that may change the policy of the vault, by ARN, `*` allowed: those that deploy.
   *
   * @default - the roles that the CDK's bootstrap gives to CloudFormation in this account and region
   */
  readonly deployerArns?: string[];

  /**
   * Where failed backups, copies and restores are told.
   *
   * @default - the notice topic of the keyring
   */
  readonly noticeTopic?: ITopic;

  /**
   * Whether AWS Backup Audit Manager evaluates the backups. It needs AWS Config to record in this account and region.
   *
   * @default true
   */
  readonly auditFramework?: boolean;
}
