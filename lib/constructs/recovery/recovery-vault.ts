import { BackupVault, BackupVaultEvents, type LockConfiguration } from 'aws-cdk-lib/aws-backup';
import { AccountPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { VaultLock } from '../../objectives/policy/backup';
import type { TierChoices } from '../governance/tier-choices';
import { deployerArns } from './key-statements';

/** What a vault is like. */
interface RecoveryVault {
  readonly name: string;
  readonly key: IKeyRef;
  readonly lock: VaultLock;

  /** The least that a backup is kept, in days. */
  readonly leastDays: number;

  /** Other accounts that copy into it. */
  readonly accounts: readonly string[];
  readonly deployerArns: string[] | undefined;
  readonly notices: ITopic | undefined;
}

/** A vault whose backups nobody deletes by hand. @internal */
export function recoveryVault(scope: Construct, choices: TierChoices, vault: RecoveryVault): BackupVault {
  const lockConfiguration = lockOf(vault);
  return new BackupVault(scope, 'Vault', {
    backupVaultName: vault.name,
    encryptionKey: vault.key,
    removalPolicy: choices.removalPolicy,
    accessPolicy: new PolicyDocument({
      statements: [...copiesFrom(vault), ...(choices.nonProduction ? [] : denials(scope, vault))],
    }),
    ...(lockConfiguration && { lockConfiguration }),
    ...(vault.notices && {
      notificationTopic: vault.notices,
      notificationEvents: FAILURES,
    }),
  });
}

/** What somebody must hear of. */
const FAILURES = [
  BackupVaultEvents.BACKUP_JOB_FAILED,
  BackupVaultEvents.BACKUP_JOB_EXPIRED,
  BackupVaultEvents.COPY_JOB_FAILED,
  BackupVaultEvents.RESTORE_JOB_FAILED,
];

/** A lock in compliance mode cannot be undone after this time, not even by AWS: long enough to see what it does. */
const CHANGEABLE_DAYS = 7;

/** No maximum: once the lock is final, a longer retention could never be asked for again. */
function lockOf({ lock, leastDays }: RecoveryVault): LockConfiguration | undefined {
  const minRetention = Duration.days(leastDays);
  if (lock === VaultLock.NONE) return undefined;
  if (lock === VaultLock.GOVERNANCE) return { minRetention };
  return { minRetention, changeableFor: Duration.days(CHANGEABLE_DAYS) };
}

function copiesFrom({ accounts }: RecoveryVault): PolicyStatement[] {
  if (accounts.length === 0) return [];
  return [
    new PolicyStatement({
      sid: 'CopiesFromOtherRegions',
      principals: accounts.map((account) => new AccountPrincipal(account)),
      actions: ['backup:CopyIntoBackupVault'],
      resources: ['*'],
    }),
  ];
}

/**
 * `blockRecoveryPointDeletion()` of the CDK leaves the policy itself open: whoever may change it deletes afterwards. So
 * does this, but for those who deploy.
 */
function denials(scope: Construct, vault: RecoveryVault): PolicyStatement[] {
  const deny = (sid: string, actions: string[]) =>
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions,
      resources: ['*'],
    });
  const policy = deny('OnlyDeploysChangeTheVault', [
    'backup:DeleteBackupVault',
    'backup:DeleteBackupVaultAccessPolicy',
    'backup:DeleteBackupVaultLockConfiguration',
    'backup:PutBackupVaultAccessPolicy',
  ]);
  policy.addCondition('ArnNotLike', { 'aws:PrincipalArn': vault.deployerArns ?? deployerArns(scope) });
  return [
    deny('NobodyDeletesBackups', [
      'backup:DeleteRecoveryPoint',
      'backup:DisassociateRecoveryPoint',
      'backup:UpdateRecoveryPointLifecycle',
    ]),
    policy,
  ];
}
