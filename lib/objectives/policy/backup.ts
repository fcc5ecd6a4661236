import { Span, type TimeSpan } from '../../calculus/time-span';
import { type Decided, type Rows, row, same } from './decided';
import {
  BACKUP_CONFIG_RULE,
  BACKUP_PITR,
  BACKUP_PLANS,
  BACKUP_VAULT_LOCK,
  OWN_DECISION,
  RESTORE_TESTING,
} from './sources';

/** Who may shorten the life of backups. */
export enum VaultLock {
  /** Nobody, after the cooling-off time. */
  COMPLIANCE = 'compliance',

  /** Only who has the permission to. */
  GOVERNANCE = 'governance',

  /** Anybody who may delete backups. */
  NONE = 'none',
}

/** What is kept, where, how long, and how one knows that it can be restored. */
export interface BackupPolicy {
  /** How far back point-in-time recovery reaches; `undefined` where none is owed. */
  readonly pitrRetention: Decided<TimeSpan | undefined>;

  /** Time between two snapshots. */
  readonly snapshotInterval: Decided<TimeSpan>;

  /** How long AWS Backup may wait before it starts a backup that is due. */
  readonly backupStartWindow: Decided<TimeSpan>;

  /** How long snapshots are kept. */
  readonly backupRetention: Decided<TimeSpan>;

  /** A shorter retention needs a reason. */
  readonly minimumBackupRetention: Decided<TimeSpan>;

  /** How long one snapshot of each month is kept; `undefined` where none is. */
  readonly monthlyBackupRetention: Decided<TimeSpan | undefined>;

  /** Whether each snapshot is copied to a second region. */
  readonly backupRegionCopy: Decided<boolean>;

  /** Whether each snapshot is copied to a logically air-gapped vault in the backup account. */
  readonly backupAirGappedCopy: Decided<boolean>;

  /** The lock on the vault. */
  readonly vaultLock: Decided<VaultLock>;

  /** Time between two restore tests of a random backup. */
  readonly restoreTestInterval: Decided<TimeSpan>;
}

const { days, hours } = Span;

/**
 * Backups by tier.
 *
 * @internal
 */
export const BACKUP: Rows<BackupPolicy> = {
  pitrRetention: row<TimeSpan | undefined>({
    values: [days(35), days(35), days(35), undefined],
    because: [
      'the longest that point-in-time recovery reaches',
      'the longest that point-in-time recovery reaches',
      'the longest that point-in-time recovery reaches',
      'a recovery point of two days needs daily backups only',
    ],
    source: BACKUP_PITR,
  }),
  snapshotInterval: row({
    values: [hours(1), hours(6), hours(12), hours(24)],
    because: [
      'the shortest interval of a backup plan',
      'four points a day that can be copied, where point-in-time recovery cannot',
      'with start window, duration and copy within the recovery point of a day for a lost region',
      'with start window, duration and copy within the recovery point of two days for a lost region',
    ],
    source: BACKUP_PLANS,
  }),
  backupStartWindow: row({
    values: same(hours(1)),
    because: 'the default of 8 h would be part of every recovery point; 1 h is the shortest',
    source: BACKUP_PLANS,
  }),
  backupRetention: row({
    values: same(days(35)),
    because: 'the least that the AWS Config rule for backup plans asks for',
    source: BACKUP_CONFIG_RULE,
  }),
  minimumBackupRetention: row({
    values: [days(35), days(35), days(35), days(14)],
    because: [
      'the least that the AWS Config rule for backup plans asks for',
      'the least that the AWS Config rule for backup plans asks for',
      'the least that the AWS Config rule for backup plans asks for',
      'damage is noticed within two weeks',
    ],
    source: BACKUP_CONFIG_RULE,
  }),
  monthlyBackupRetention: row<TimeSpan | undefined>({
    values: [days(366), undefined, undefined, undefined],
    because: ['damage may be found at the yearly close', 'not owed', 'not owed', 'not owed'],
    source: OWN_DECISION,
  }),
  backupRegionCopy: row({
    values: same(true),
    because: 'a backup in the lost region is lost with it; only an accepted risk at tier 3 does without',
    source: OWN_DECISION,
  }),
  backupAirGappedCopy: row({
    values: [true, false, false, false],
    because: [
      'an intruder who owns the account must not own the backups',
      'not owed',
      'not owed',
      'not owed',
    ],
    source: BACKUP_VAULT_LOCK,
  }),
  vaultLock: row({
    values: [VaultLock.COMPLIANCE, VaultLock.GOVERNANCE, VaultLock.NONE, VaultLock.NONE],
    because: [
      'nobody may delete backups early',
      'few people may delete backups early',
      'not owed',
      'not owed',
    ],
    source: BACKUP_VAULT_LOCK,
  }),
  restoreTestInterval: row({
    values: [days(7), days(31), days(92), days(366)],
    because: ['weekly, a random backup', 'monthly', 'quarterly', 'yearly'],
    source: RESTORE_TESTING,
  }),
};
