import { type Connections, InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnDBCluster,
  CfnDBClusterParameterGroup,
  Endpoint,
  type IInstanceEngine,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { ConfigurationError } from '../../../errors';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { holdStore } from '../data-choice';
import type { DatabaseAccess } from './database-access';
import { DatabaseEngine, instanceEngine } from './database-engine';
import { type DatabaseFoundation, layFoundation } from './database-foundation';
import { acknowledgeDatabase } from './database-nag';
import type { DatabaseProps } from './database-props';
import { ADMINISTRATOR, managedSecret } from './database-secret';

/** Properties of an {@link RdsMultiAzCluster}. */
export interface RdsMultiAzClusterProps extends DatabaseProps {
  /**
   * The engine with its version: PostgreSQL or MySQL. Pin it before you upgrade this package.
   *
   * @default - PostgreSQL 17
   */
  readonly engine?: IInstanceEngine;

  /**
   * The size of all three instances, of a class with local storage (`d` in its name).
   *
   * @default - m6gd.large
   */
  readonly instanceType?: InstanceType;

  /**
   * Storage of each instance, in GiB. It does not grow by itself.
   *
   * @default 100
   */
  readonly allocatedStorage?: number;

  /**
   * The type of storage: `IO1`, or general purpose where AWS offers it in the region.
   *
   * @default StorageType.IO1
   */
  readonly storageType?: StorageType;

  /**
   * Requests that the storage carries each second.
   *
   * @default 1000
   */
  readonly iops?: number;
}

/**
 * A database on RDS with a writer and two readable standbys in three zones: PostgreSQL or MySQL. A write is acknowledged
 * once a standby has it, and a standby takes over typically in 35 s. AWS replicates neither it nor its automated backups
 * to another region: see `RdsMultiAzInstance` and `GlobalAurora`.
 *
 * @throws ConfigurationError when it cannot keep what its data is owed, or RDS does not take a value
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html
 */
export class RdsMultiAzCluster extends Construct implements DatabaseAccess {
  readonly cluster: CfnDBCluster;
  readonly parameterGroup: CfnDBClusterParameterGroup;
  readonly encryptionKey: IKey;
  readonly notifications: ITopic;
  readonly secret: ISecret;
  readonly connections: Connections;
  readonly writerEndpoint: Endpoint;
  readonly readerEndpoint: Endpoint;

  constructor(scope: Construct, id: string, props: RdsMultiAzClusterProps) {
    super(scope, id);
    const engine = props?.engine ?? instanceEngine(DatabaseEngine.POSTGRESQL);
    refuse(this.node.path, clusterMistakes(engine, props));
    const foundation = layFoundation(this, props, engine);
    refuse(this.node.path, zoneMistakes(foundation.zones));
    holdStore(this, foundation.choices, props, STORE_FACTS.rdsMultiAzCluster);
    this.encryptionKey = foundation.key;
    this.notifications = foundation.alerts.topic;
    this.connections = foundation.connections;
    this.parameterGroup = new CfnDBClusterParameterGroup(this, 'Parameters', {
      family: engine.parameterGroupFamily ?? engine.engineType,
      description: `Parameters of ${this.node.path}`,
      parameters: foundation.parameters,
    });
    this.cluster = this.createCluster(engine, foundation, props);
    foundation.alerts.tellOf('ClusterEvents', 'db-cluster', [this.cluster]);
    foundation.alerts.tellOfAllParameterGroups();
    this.secret = managedSecret(this, this.cluster.attrMasterUserSecretSecretArn, this.encryptionKey);
    this.writerEndpoint = new Endpoint(this.cluster.attrEndpointAddress, foundation.port);
    this.readerEndpoint = new Endpoint(this.cluster.attrReadEndpointAddress, foundation.port);
  }

  /**
   * Lets somebody read the password of the administrator: signing in with IAM is not set up here.
   *
   * @throws ConfigurationError for any other user than the administrator
   */
  grantConnect(grantee: IGrantable, user: string): Grant {
    const administrator = this.cluster.masterUsername ?? ADMINISTRATOR;
    if (user === administrator) return this.secret.grantRead(grantee);
    throw new ConfigurationError({
      path: this.node.path,
      problem: `${user} cannot be let in by IAM: a Multi-AZ cluster is signed in to with passwords here`,
      fix: `make a secret for ${user} and grant it to be read, or use AuroraCluster`,
    });
  }

  private createCluster(
    engine: IInstanceEngine,
    foundation: DatabaseFoundation,
    props: RdsMultiAzClusterProps,
  ): CfnDBCluster {
    const { choices, operation, key } = foundation;
    const { storageType = StorageType.IO1, preferredMaintenanceWindow, databaseName } = props;
    const { instanceType = InstanceType.of(InstanceClass.M6GD, InstanceSize.LARGE) } = props;
    const cluster = new CfnDBCluster(this, 'Cluster', {
      dbClusterIdentifier: foundation.identifier,
      engine: engine.engineType,
      ...(engine.engineVersion?.fullVersion && { engineVersion: engine.engineVersion.fullVersion }),
      dbClusterInstanceClass: `db.${instanceType.toString()}`,
      allocatedStorage: props.allocatedStorage ?? DEFAULT_STORAGE,
      storageType,
      iops: props.iops ?? DEFAULT_IOPS,
      port: foundation.port,
      publiclyAccessible: false,
      dbSubnetGroupName: foundation.subnetGroup.subnetGroupName,
      vpcSecurityGroupIds: [...foundation.securityGroups],
      dbClusterParameterGroupName: this.parameterGroup.ref,
      ...(databaseName !== undefined && { databaseName }),
      masterUsername: props.masterUsername ?? ADMINISTRATOR,
      manageMasterUserPassword: true,
      masterUserSecret: { kmsKeyId: key.keyArn },
      storageEncrypted: true,
      kmsKeyId: key.keyArn,
      backupRetentionPeriod: operation.backupDays,
      deleteAutomatedBackups: choices.nonProduction,
      copyTagsToSnapshot: true,
      deletionProtection: operation.deletionProtection,
      // The audit plug-in of MySQL needs an option group, which such a cluster cannot have.
      enableCloudwatchLogsExports: foundation.engine.logs.filter((log) => log !== 'audit'),
      autoMinorVersionUpgrade: operation.autoMinorVersionUpgrade,
      ...(preferredMaintenanceWindow && { preferredMaintenanceWindow }),
      monitoringInterval: operation.monitoringSeconds,
      monitoringRoleArn: foundation.monitoringRole.roleArn,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: key.keyArn,
      performanceInsightsRetentionPeriod: operation.insightsDays,
      databaseInsightsMode: operation.insightsMode,
    });
    cluster.applyRemovalPolicy(choices.removalPolicy);
    acknowledgeDatabase(cluster, foundation);
    return cluster;
  }
}

const DEFAULT_STORAGE = 100;
const DEFAULT_IOPS = 1000;

/** A Multi-AZ cluster stands in three zones, no fewer. */
const ZONES = 3;

function clusterMistakes({ engineType }: IInstanceEngine, props: RdsMultiAzClusterProps): Mistake[] {
  const { allocatedStorage = DEFAULT_STORAGE, iops = DEFAULT_IOPS } = props ?? {};
  const mistakes: Mistake[] = [];
  if (engineType !== 'postgres' && engineType !== 'mysql')
    mistakes.push({
      problem: `the engine is ${engineType}, but Multi-AZ clusters run postgres and mysql only`,
      fix: 'use PostgreSQL or MySQL, or an RdsMultiAzInstance',
    });
  if (!Number.isInteger(allocatedStorage) || allocatedStorage < 100 || allocatedStorage > 65536)
    mistakes.push({
      problem: `allocatedStorage is ${allocatedStorage} GiB, but a Multi-AZ cluster takes whole GiB between 100 and 65536`,
      fix: 'set allocatedStorage between 100 and 65536',
    });
  if (!Number.isInteger(iops) || iops < 1000 || iops > 256000)
    mistakes.push({
      problem: `iops is ${iops}, but a Multi-AZ cluster takes 1000 to 256000`,
      fix: 'set iops between 1000 and 256000',
    });
  return mistakes;
}

function zoneMistakes(zones: readonly string[]): Mistake[] {
  if (zones.length >= ZONES) return [];
  return [
    {
      problem: `its subnets stand in ${zones.length} zones, but a Multi-AZ cluster needs ${ZONES}`,
      fix: `give the network ${ZONES} zones (availabilityZones), or use an RdsMultiAzInstance`,
    },
  ];
}
