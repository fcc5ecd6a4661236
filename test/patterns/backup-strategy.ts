import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { BackupStrategy } from '../../lib/constructs/recovery/backup-strategy';
import type { BackupStrategyProps } from '../../lib/constructs/recovery/backup-strategy-props';
import { MultiRegionKey } from '../../lib/constructs/recovery/multi-region-key';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { VaultLock } from '../../lib/objectives/policy/backup';
import { RegionRole } from '../../lib/objectives/region-role';
import type { Pattern, Surroundings } from '../support/pattern';

export const backupStrategy: Pattern<Partial<BackupStrategyProps>> = {
  construct: 'BackupStrategy',
  build: (stack, around) => {
    addOrders(stack, around);
    // minimal
    new BackupStrategy(stack, 'Backup');
    // end
  },
  notItsFault: {
    'BKP-11': 'backups are restored as a test by RestoreTesting, which stands beside it',
    'DDB-02': 'the table around it is a plain one: the replicas of a region are those of GlobalTable',
  },
  options: fc.record(
    {
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
  buildWith: (stack, options, around) => {
    addOrders(stack, around);
    new BackupStrategy(stack, 'Backup', options);
  },
};

/** Something to back up where the service serves. */
function addOrders(stack: RegionStack, { nonProduction = false }: Surroundings): void {
  if (stack.place.role === RegionRole.STANDBY) return;
  const table = new TableV2(stack, 'Orders', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryptionV2.customerManagedKey(new MultiRegionKey(stack, 'Key').key),
    deletionProtection: !nonProduction,
    removalPolicy: nonProduction ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  for (const pack of ['NIST.800.53.R5', 'HIPAA.Security']) {
    Validations.of(table).acknowledge({
      id: `${pack}::${pack}-DynamoDBInBackupPlan`,
      reason: 'it is selected by its tags',
    });
  }
}

function hours(...counts: number[]): fc.Arbitrary<Duration> {
  return fc.constantFrom(...counts).map((count) => Duration.hours(count));
}

function days(...counts: number[]): fc.Arbitrary<Duration> {
  return fc.constantFrom(...counts).map((count) => Duration.days(count));
}
