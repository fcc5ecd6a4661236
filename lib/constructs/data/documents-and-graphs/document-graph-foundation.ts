import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct, IConstruct, IDependable } from 'constructs';
import { logRetention } from '../../governance/log-retention';
import { TierChoices } from '../../governance/tier-choices';
import { regionalName, sharedName } from '../../region/membership';
import { clusterArns } from '../cluster-arns';
import { regionalKey } from '../regional-key';
import { placeStore, type StoreNetwork } from '../store-network';
import { exportedLogs } from './document-graph-logs';
import { type ClusterPlan, type ClusterStores, planCluster } from './document-graph-plan';
import type { ClusteredDatabaseProps } from './document-graph-props';

/** What tells one engine from the other. @internal */
export interface ClusterKind extends ClusterStores {
  /** As in the names of its log groups. */
  readonly service: 'docdb' | 'neptune';

  /** The logs that it exports. */
  readonly exports: string[];

  readonly port: number;
  readonly engineVersion: string;
}

/** What the cluster of this region stands on, whatever its engine. @internal */
export interface ClusterFoundation {
  readonly kind: ClusterKind;
  readonly choices: TierChoices;
  readonly plan: ClusterPlan;
  readonly network: StoreNetwork;
  readonly identifier: string;
  readonly globalClusterIdentifier: string | undefined;
  readonly clusterArns: Readonly<Record<string, string>>;
  readonly key: IKey;
  readonly logs: Readonly<Record<string, LogGroup>>;
  readonly port: number;
  readonly engineVersion: string;
  readonly maintenanceWindow: string;
}

/** Decides what the cluster of this region is, and lays what it stands on. @internal */
export function layCluster(
  construct: Construct,
  props: ClusteredDatabaseProps,
  kind: ClusterKind,
): ClusterFoundation {
  const choices = new TierChoices(construct, props, { known: ['instances'] });
  const port = props.port ?? kind.port;
  const network = placeStore(construct, choices, props, port);
  const plan = planCluster(construct, choices, props, kind);
  const identifier = props.identifier ?? regionalName(construct, Stack.of(construct).region);
  return {
    kind,
    choices,
    plan,
    network,
    identifier,
    globalClusterIdentifier: plan.isGlobal ? sharedName(construct) : undefined,
    clusterArns: clusterArns(construct, plan, props.identifier),
    key: regionalKey(construct, choices, props.encryptionKey),
    logs: exportedLogs(construct, choices, `/aws/${kind.service}/${identifier}`, {
      exports: kind.exports,
      retention: logRetention(construct, choices, props.logRetention),
    }),
    port,
    engineVersion: props.engineVersion ?? kind.engineVersion,
    maintenanceWindow: props.maintenanceWindow ?? 'sun:03:00-sun:04:00',
  };
}

/** The properties that clusters of both engines have under one name. @internal */
export function clusterProps(foundation: ClusterFoundation, { backupWindow }: ClusteredDatabaseProps) {
  const { identifier, engineVersion, network, key, plan, kind, maintenanceWindow } = foundation;
  return {
    dbClusterIdentifier: identifier,
    engineVersion,
    vpcSecurityGroupIds: [network.securityGroup.securityGroupId],
    storageEncrypted: true,
    kmsKeyId: key.keyArn,
    backupRetentionPeriod: plan.retentionDays,
    preferredBackupWindow: backupWindow ?? '01:00-02:00',
    preferredMaintenanceWindow: maintenanceWindow,
    copyTagsToSnapshot: true,
    deletionProtection: plan.isProtected,
    enableCloudwatchLogsExports: kind.exports,
  };
}

/** The subnets of a cluster. @internal */
export function subnetGroupProps(construct: Construct, { network }: ClusterFoundation) {
  return {
    dbSubnetGroupDescription: construct.node.path,
    subnetIds: network.subnets.map(({ subnetId }) => subnetId),
  };
}

/** The family of parameters of a version: `docdb5.0`. @internal */
export function familyOf({ kind, engineVersion }: ClusterFoundation): string {
  return `${kind.service}${engineVersion.split('.').slice(0, 2).join('.')}`;
}

/** The instances, each in the next zone, so that no two are lost together while there are as many zones. @internal */
export function createInstances<Instance>(
  { plan, network, maintenanceWindow }: ClusterFoundation,
  { instanceClass }: ClusteredDatabaseProps,
  create: (
    id: string,
    props: { dbInstanceClass: string; preferredMaintenanceWindow: string; availabilityZone?: string },
  ) => Instance,
): Instance[] {
  return Array.from({ length: plan.instances }, (_, index) => {
    const availabilityZone = network.zones[index % network.zones.length];
    return create(`Instance${index + 1}`, {
      dbInstanceClass: instanceClass ?? 'db.r6g.large',
      preferredMaintenanceWindow: maintenanceWindow,
      ...(availabilityZone !== undefined && { availabilityZone }),
    });
  });
}

/** A global cluster of the cluster that is there, so that a database can become global without being replaced. @internal */
export function globalClusterProps(
  construct: Construct,
  { plan }: ClusterFoundation,
  clusterIdentifier: string,
) {
  return {
    globalClusterIdentifier: sharedName(construct),
    sourceDbClusterIdentifier: Stack.of(construct).formatArn({
      service: 'rds',
      resource: 'cluster',
      resourceName: clusterIdentifier,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
    deletionProtection: plan.isProtected,
  };
}

/** Has one wait for others. @internal */
export function waitFor(one: IConstruct, others: readonly IDependable[]): void {
  for (const other of others) one.node.addDependency(other);
}
