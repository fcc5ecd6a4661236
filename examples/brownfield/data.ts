import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { CfnFileSystem as FsxFileSystem } from 'aws-cdk-lib/aws-fsx';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { BrownfieldNetwork } from './network';

export interface BrownfieldDataProps extends StackProps {
  readonly network: BrownfieldNetwork;
}

/** The data of the company, one accident away from being gone. */
export class BrownfieldData extends Stack {
  constructor(scope: Construct, id: string, props: BrownfieldDataProps) {
    super(scope, id, props);
    const { vpc, privateSubnets } = props.network;

    // 10: a table without backups or protection.
    const table = new TableV2(this, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });

    // 11: an Aurora cluster of one instance.
    new DatabaseCluster(this, 'Database', {
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_6 }),
      vpc,
      writer: ClusterInstance.provisioned('Writer'),
    });

    // 12: a weekly backup that is gone after a day, in a vault that anybody may empty.
    const plan = new BackupPlan(this, 'Weekly', { backupVault: new BackupVault(this, 'Vault') });
    plan.addRule(
      new BackupPlanRule({
        scheduleExpression: Schedule.cron({ weekDay: 'SUN', hour: '3', minute: '0' }),
        deleteAfter: Duration.days(1),
      }),
    );
    plan.addSelection('Selection', { resources: [BackupResource.fromDynamoDbTable(table)] });

    // 13: a file system in one zone.
    new CfnFileSystem(this, 'Files', { availabilityZoneName: 'eu-west-1a', encrypted: true });

    // 14: a Windows file server without a standby.
    new FsxFileSystem(this, 'Shares', {
      fileSystemType: 'WINDOWS',
      storageCapacity: 300,
      subnetIds: privateSubnets.slice(0, 1).map(({ subnetId }) => subnetId),
      windowsConfiguration: { deploymentType: 'SINGLE_AZ_2', throughputCapacity: 32 },
    });
  }
}
