import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import {
  CfnDBCluster,
  CfnDBClusterParameterGroup,
  type CfnDBClusterProps,
  CfnDBInstance,
  DatabaseCluster,
  DBClusterStorageType,
  type IClusterEngine,
  type IDatabaseCluster,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeNag } from '../../governance/nag';
import type { AuroraCapacity } from './aurora-capacity';
import type { DatabaseFoundation } from './database-foundation';
import { acknowledgeDatabase } from './database-nag';
import type { DatabaseProps } from './database-props';

/** What each part of an Aurora database takes, alone or in one of several regions. */
export interface AuroraProps extends DatabaseProps {
  /**
   * The engine with its version. Pin it before you upgrade this package.
   *
   * @default - Aurora PostgreSQL 17
   */
  readonly engine?: IClusterEngine;

  /**
   * The size of all instances, so that any of them can take the writes.
   *
   * @default - r7g.large
   */
  readonly instanceType?: InstanceType;

  /**
   * Readers beside the writer, each in the next zone.
   *
   * @default - 2 at tiers 0 and 1, 1 below
   */
  readonly readers?: number;

  /**
   * The most that each instance scales to, in Aurora capacity units. With it, the instances are serverless (v2).
   *
   * @default - none: instances of `instanceType`
   */
  readonly serverlessMaxCapacity?: number;

  /**
   * The least that each serverless instance keeps, in Aurora capacity units.
   *
   * @default 2
   */
  readonly serverlessMinCapacity?: number;

  /**
   * The storage, which decides how reads and writes are paid.
   *
   * @default DBClusterStorageType.AURORA
   */
  readonly storageType?: DBClusterStorageType;
}

/** The parts of one region. @internal */
export interface AuroraParts {
  readonly cluster: CfnDBCluster;
  readonly parameterGroup: CfnDBClusterParameterGroup;

  /** The first takes the writes, or will once this region is promoted. */
  readonly instances: readonly CfnDBInstance[];
}

/** What differs between an Aurora cluster alone and one in several regions. @internal */
export interface AuroraPart {
  readonly foundation: DatabaseFoundation;
  readonly engine: IClusterEngine;
  readonly capacity: AuroraCapacity;
  readonly props: AuroraProps;

  /** Its administrator, its backtracking, its global database. */
  readonly own: Partial<CfnDBClusterProps>;

  /** No instances: only the data is here. */
  readonly headless: boolean;

  /** Parameters of the cluster beside those of every cluster. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Builds the cluster, its instances and its parameters, with the same ids in every region. @internal */
export function auroraParts(scope: Construct, part: AuroraPart): AuroraParts {
  const { foundation, engine, headless, capacity } = part;
  const parameterGroup = new CfnDBClusterParameterGroup(scope, 'Parameters', {
    family: engine.parameterGroupFamily ?? engine.engineType,
    description: `Parameters of ${scope.node.path}`,
    parameters: { ...clusterParameters(foundation), ...part.parameters },
  });
  const cluster = createCluster(scope, part, parameterGroup);
  acknowledgeDatabase(cluster, foundation);
  if (part.own.backtrackWindow === undefined) acknowledgeNag(cluster, 'RDS14', NOT_REWOUND);
  const count = headless ? 0 : capacity.readers + 1;
  const instances = Array.from({ length: count }, (_, index) =>
    createInstance(scope, { part, cluster, index }),
  );
  for (const reader of instances.slice(1)) reader.addResourceDependency(instances[0] ?? reader);
  Validations.of(scope).acknowledge({
    id: 'CloudFormation-Validate::W3010',
    reason: 'The zones are named on purpose: each instance stands in another one.',
  });
  const { alerts } = foundation;
  alerts.tellOf('ClusterEvents', 'db-cluster', [cluster]);
  alerts.tellOf('InstanceEvents', 'db-instance', instances);
  alerts.tellOfAllParameterGroups();
  return { cluster, parameterGroup, instances };
}

const NOT_REWOUND =
  'A cluster of a global database, of serverless instances or of PostgreSQL is not rewound, and of others somebody decided so; damage is undone by a restore to a point in time.';

/** The cluster for what takes one of the CDK. @internal */
export function asCluster(
  scope: Construct,
  { cluster, instances }: AuroraParts,
  { foundation, engine }: Pick<AuroraPart, 'foundation' | 'engine'>,
  secret: ISecret | undefined,
): IDatabaseCluster {
  return DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Database', {
    clusterIdentifier: cluster.ref,
    clusterResourceIdentifier: cluster.attrDbClusterResourceId,
    clusterEndpointAddress: cluster.attrEndpointAddress,
    readerEndpointAddress: cluster.attrReadEndpointAddress,
    instanceIdentifiers: instances.map(({ ref }) => ref),
    instanceEndpointAddresses: instances.map(({ attrEndpointAddress }) => attrEndpointAddress),
    port: foundation.port,
    securityGroups: [...foundation.connections.securityGroups],
    engine,
    ...(secret && { secret }),
  });
}

/** In Aurora, where logs are written is fixed: files. */
function clusterParameters({ parameters }: DatabaseFoundation): Record<string, string> {
  const { log_output: _, ...others } = parameters;
  return others;
}

function createCluster(
  scope: Construct,
  { foundation, engine, capacity, props, own }: AuroraPart,
  parameterGroup: CfnDBClusterParameterGroup,
): CfnDBCluster {
  const { choices, operation, key, identifier } = foundation;
  const { storageType = DBClusterStorageType.AURORA, preferredMaintenanceWindow } = props;
  const cluster = new CfnDBCluster(scope, 'Cluster', {
    dbClusterIdentifier: identifier,
    engine: engine.engineType,
    ...(engine.engineVersion?.fullVersion && { engineVersion: engine.engineVersion.fullVersion }),
    port: foundation.port,
    dbSubnetGroupName: foundation.subnetGroup.subnetGroupName,
    vpcSecurityGroupIds: [...foundation.securityGroups],
    dbClusterParameterGroupName: parameterGroup.ref,
    storageEncrypted: true,
    kmsKeyId: key.keyArn,
    storageType,
    backupRetentionPeriod: operation.backupDays,
    deleteAutomatedBackups: choices.nonProduction,
    copyTagsToSnapshot: true,
    deletionProtection: operation.deletionProtection,
    enableIamDatabaseAuthentication: true,
    enableCloudwatchLogsExports: [...foundation.engine.logs],
    databaseInsightsMode: operation.insightsMode,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: key.keyArn,
    performanceInsightsRetentionPeriod: operation.insightsDays,
    ...(preferredMaintenanceWindow && { preferredMaintenanceWindow }),
    ...(capacity.serverless && { serverlessV2ScalingConfiguration: capacity.serverless }),
    ...own,
  });
  cluster.applyRemovalPolicy(choices.removalPolicy);
  return cluster;
}

interface Member {
  readonly part: AuroraPart;
  readonly cluster: CfnDBCluster;
  readonly index: number;
}

/** An instance holds no data: one that is replaced is replaced at no loss. */
function createInstance(scope: Construct, { part, cluster, index }: Member): CfnDBInstance {
  const { foundation, engine, capacity, props } = part;
  const { operation, key, zones } = foundation;
  const { instanceType = InstanceType.of(InstanceClass.R7G, InstanceSize.LARGE) } = props;
  const availabilityZone = zones[index % zones.length];
  const instance = new CfnDBInstance(scope, index === 0 ? 'Writer' : `Reader${index}`, {
    dbClusterIdentifier: cluster.ref,
    engine: engine.engineType,
    dbInstanceClass: capacity.serverless ? 'db.serverless' : `db.${instanceType.toString()}`,
    ...(availabilityZone !== undefined && { availabilityZone }),
    // The first two have the highest priority: of serverless readers, only these keep up with the writer.
    promotionTier: Math.min(index, 15),
    publiclyAccessible: false,
    autoMinorVersionUpgrade: operation.autoMinorVersionUpgrade,
    monitoringInterval: operation.monitoringSeconds,
    monitoringRoleArn: foundation.monitoringRole.roleArn,
    enablePerformanceInsights: true,
    performanceInsightsKmsKeyId: key.keyArn,
    performanceInsightsRetentionPeriod: operation.insightsDays,
  });
  acknowledgeDatabase(instance, foundation);
  return instance;
}
