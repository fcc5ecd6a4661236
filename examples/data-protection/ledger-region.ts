import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import {
  AirGappedVault,
  BackupKeyring,
  BackupStrategy,
  GlobalTable,
  RegionRole,
  RegionStack,
  type RegionStackProps,
  ReplicatedBucket,
  RestoreTesting,
  tagDataClass,
} from 'cdk-nines';
import type { Construct } from 'constructs';
import { BACKUP_ACCOUNT, VAULT_NAME } from './places';

/** The data of the ledger in one region, and whatever brings it back. */
export class LedgerRegion extends RegionStack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);

    const entries = new GlobalTable(this, 'Entries', {
      dataClass: 'entries',
      partitionKey: { name: 'account', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
    });
    tagDataClass(entries, 'entries');
    const statements = new ReplicatedBucket(this, 'Statements', { dataClass: 'statements' });
    tagDataClass(statements, 'statements');

    // Replicas repeat what a bad release or an intruder does to the data. Backups do not.
    const keyring = new BackupKeyring(this, 'Keyring');
    new BackupStrategy(this, 'Backup', {
      keyring,
      backsUp: true,
      airGappedCopy: this.place.role === RegionRole.PRIMARY,
      airGappedVaultArn: AirGappedVault.arnOf(BACKUP_ACCOUNT, 'eu-west-1', VAULT_NAME),
    });

    // A backup that nobody has restored is a hope.
    new RestoreTesting(this, 'RestoreTests', { restores: true });
  }
}
