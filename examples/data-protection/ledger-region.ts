import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration } from 'aws-cdk-lib/core';
import {
  AirGappedVault,
  BackupKeyring,
  BackupStrategy,
  GlobalTable,
  MandatoryAlarms,
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
    const statements = new ReplicatedBucket(this, 'Statements', {
      dataClass: 'statements',
      // Nobody takes back a statement that a customer has got, not even with all rights in the account.
      objectLockRetention: ObjectLockRetention.compliance(Duration.days(365)),
    });
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
    const restores = new RestoreTesting(this, 'RestoreTests', { restores: true });

    // An alarm that nobody hears of is none. What cannot be delivered is kept.
    const onCall = new EmailSubscription('on-call@example.com', { deadLetterQueue: keyring.deadLetters });
    const alarms = MandatoryAlarms.of(this).noticesOf(this);
    for (const topic of [keyring.noticeTopic, restores.noticeTopic, alarms]) topic?.addSubscription(onCall);
  }
}
