import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import {
  type CfnDBInstanceProps,
  CfnDBParameterGroup,
  type IInstanceEngine,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import type { StoreFact } from '../../../calculus/stores/store';
import type { Mistake } from '../../../objectives/mistakes';
import type { DatabasePlace } from '../database-place';
import type { DatabaseFoundation } from './database-foundation';
import type { RdsMultiAzInstance, RdsMultiAzInstanceProps } from './rds-multi-az-instance';
import { RegionCopy } from './rds-region-copy';

/** Storage to start with, in GiB. @internal */
export const DEFAULT_STORAGE = 100;

/** What source and replica have alike, so that the promoted replica is run as its source was. @internal */
export function commonProps(
  { parameterGroup }: RdsMultiAzInstance,
  { choices, engine, identifier, key, operation, ...foundation }: DatabaseFoundation,
  props: RdsMultiAzInstanceProps,
): CfnDBInstanceProps {
  const { allocatedStorage = DEFAULT_STORAGE, storageType = StorageType.GP3 } = props;
  const { instanceType = InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE) } = props;
  return {
    dbInstanceIdentifier: identifier,
    dbInstanceClass: `db.${instanceType.toString()}`,
    multiAz: true,
    publiclyAccessible: false,
    port: String(foundation.port),
    dbSubnetGroupName: foundation.subnetGroup.subnetGroupName,
    vpcSecurityGroups: [...foundation.securityGroups],
    dbParameterGroupName: parameterGroup.ref,
    storageType,
    maxAllocatedStorage: props.maxAllocatedStorage ?? allocatedStorage * 10,
    backupRetentionPeriod: operation.backupDays,
    deleteAutomatedBackups: choices.nonProduction,
    copyTagsToSnapshot: true,
    deletionProtection: operation.deletionProtection,
    enableIamDatabaseAuthentication: true,
    enableCloudwatchLogsExports: [...engine.logs],
    autoMinorVersionUpgrade: operation.autoMinorVersionUpgrade,
    ...(props.preferredMaintenanceWindow && { preferredMaintenanceWindow: props.preferredMaintenanceWindow }),
    monitoringInterval: operation.monitoringSeconds,
    monitoringRoleArn: foundation.monitoringRole.roleArn,
    enablePerformanceInsights: true,
    performanceInsightsKmsKeyId: key.keyArn,
    performanceInsightsRetentionPeriod: operation.insightsDays,
    databaseInsightsMode: operation.insightsMode,
  };
}

/** @internal */
export function createParameterGroup(
  scope: Construct,
  engine: IInstanceEngine,
  { parameters }: DatabaseFoundation,
): CfnDBParameterGroup {
  return new CfnDBParameterGroup(scope, 'Parameters', {
    family: engine.parameterGroupFamily ?? engine.engineType,
    description: `Parameters of ${scope.node.path}`,
    parameters,
  });
}

/** Storage that RDS does not allocate. @internal */
export function storageMistakes({
  allocatedStorage,
  maxAllocatedStorage,
}: RdsMultiAzInstanceProps): Mistake[] {
  const first = allocatedStorage ?? DEFAULT_STORAGE;
  const mistakes: Mistake[] = [];
  if (!Token.isUnresolved(first) && !(Number.isInteger(first) && first >= 20 && first <= 65536))
    mistakes.push({
      problem: `allocatedStorage is ${first} GiB, but RDS allocates whole GiB between 20 and 65536`,
      fix: 'set allocatedStorage between 20 and 65536',
    });
  else if (maxAllocatedStorage !== undefined && maxAllocatedStorage * 10 < first * 11)
    mistakes.push({
      problem: `maxAllocatedStorage is ${maxAllocatedStorage} GiB, less than a tenth above the ${first} GiB it starts with`,
      fix: `set maxAllocatedStorage to ${Math.ceil((first * 11) / 10)} or more`,
    });
  return mistakes;
}

/** What this region's part is made of. @internal */
export interface RdsInstancePart {
  readonly foundation: DatabaseFoundation;
  readonly place: DatabasePlace;
  readonly copy: RegionCopy;
  readonly props: RdsMultiAzInstanceProps;
  readonly engine: IInstanceEngine;

  /** The password that is ours and not managed by RDS. */
  readonly secret: ISecret | undefined;
}

const STORES = {
  [RegionCopy.READ_REPLICA]: STORE_FACTS.rdsMultiAzInstanceWithReadReplica,
  [RegionCopy.AUTOMATED_BACKUPS]: STORE_FACTS.rdsMultiAzInstanceWithBackupReplication,
  [RegionCopy.NONE]: STORE_FACTS.rdsMultiAzInstance,
};

/** What an instance keeps with this copy in another region. @internal */
export function storeWith(copy: RegionCopy): StoreFact {
  return STORES[copy];
}
