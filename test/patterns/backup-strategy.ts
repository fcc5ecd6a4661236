import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { BackupStrategy } from '../../lib/constructs/recovery/backup-strategy';
import type { BackupStrategyProps } from '../../lib/constructs/recovery/backup-strategy-props';
import { RestoreTesting } from '../../lib/constructs/recovery/restore-testing';
import { VaultLock } from '../../lib/objectives/policy/backup';
import { keepsOrders, servedOrdersIn } from '../constructs/recovery/fixtures';
import type { Pattern } from '../support/pattern';

export const backupStrategy: Pattern<Partial<BackupStrategyProps>> = {
  construct: 'BackupStrategy',
  build: (stack) => {
    servedOrdersIn(stack);
    const backsUp = keepsOrders(stack);
    // minimal
    new BackupStrategy(stack, 'Backup', { backsUp });
    // end
    new RestoreTesting(stack, 'RestoreTests');
  },
  options: fc.record(
    {
      backsUp: fc.boolean(),
      copyVaultArns: fc.constantFrom(
        ['arn:aws:backup:eu-west-3:111122223333:backup-vault:far'],
        ['arn:aws:backup:eu-west-1:111122223333:backup-vault:near'],
        [],
      ),
      deployerArns: fc.constant(['arn:aws:iam::111122223333:role/deployer']),
      snapshotInterval: hours(1, 2, 5, 6, 24),
      backupRetention: days(1, 14, 35, 90),
      monthlyBackupRetention: days(31, 366, 3000),
      moveToColdStorageAfter: days(7, 30, 300),
      continuousBackup: fc.boolean(),
      longestBackup: hours(1, 2, 12),
      completionWindow: hours(1, 2, 48),
      replicated: fc.boolean(),
      airGappedCopy: fc.boolean(),
      airGappedVaultArn: fc.constantFrom(
        'arn:aws:backup:eu-west-1:999988887777:backup-vault:shop-air-gapped',
        'not an ARN',
      ),
      vaultLock: fc.constantFrom(VaultLock.COMPLIANCE, VaultLock.GOVERNANCE, VaultLock.NONE),
      auditFramework: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    servedOrdersIn(stack);
    const { plans } = new BackupStrategy(stack, 'Backup', {
      backsUp: keepsOrders(stack),
      ...options,
    });
    if (plans.length > 0) new RestoreTesting(stack, 'RestoreTests', { restores: true });
  },
};

function hours(...counts: number[]): fc.Arbitrary<Duration> {
  return fc.constantFrom(...counts).map((count) => Duration.hours(count));
}

function days(...counts: number[]): fc.Arbitrary<Duration> {
  return fc.constantFrom(...counts).map((count) => Duration.days(count));
}
