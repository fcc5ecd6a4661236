import {
  CfnDBCluster,
  CfnDBClusterParameterGroup,
  CfnDBInstance,
  CfnDBSubnetGroup,
  CfnGlobalCluster,
} from 'aws-cdk-lib/aws-docdb';
import type { Connections, IConnectable, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../calculus/store-facts';
import { acknowledgeNag } from '../governance/nag';
import { TierChoices } from '../governance/tier-choices';
import { regionalName, sharedName } from '../region/membership';
import { clusterArns } from './document-graph-arns';
import { exportedLogs } from './document-graph-logs';
import { type ClusterPlan, planCluster } from './document-graph-plan';
import type { ClusteredDatabaseProps } from './document-graph-props';
import { administrator, attachTo, documentSecret, secretCopy } from './document-secret';
import { regionalKey } from './regional-key';
import { placeStore, type StoreNetwork } from './store-network';

/** Properties of a {@link DocumentDatabase}. */
export interface DocumentDatabaseProps extends ClusteredDatabaseProps {}

/**
 * A DocumentDB cluster that survives the loss of a zone: its volume is in three zones, its instances in as many as the
 * tier owes; in private subnets, encrypted at rest and on the way, with continuous backups and an audit log.
 *
 * In several regions of one account it is a global cluster: this region's part writes or follows. A region that follows
 * names the global cluster and reads nothing of the region that writes. The failover itself is a call, for people or for
 * a Region switch plan: CloudFormation does not know of it.
 *
 * @throws ConfigurationError when the data is owed more than the cluster can keep, or the values do not fit together
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html
 */
export class DocumentDatabase extends Construct implements IConnectable {
  readonly cluster: CfnDBCluster;
  readonly instances: readonly CfnDBInstance[];

  /** What joins the regions; made in the region that writes only. */
  readonly globalCluster: CfnGlobalCluster | undefined;

  /** The name of the global cluster, the same in all regions. */
  readonly globalClusterIdentifier: string | undefined;

  /** The clusters of all regions by region, for a Region switch plan; with an `identifier` of your own only this one. */
  readonly clusterArns: Readonly<Record<string, string>>;

  readonly connections: Connections;
  readonly securityGroup: SecurityGroup;
  readonly encryptionKey: IKey;

  /** Name and password of the administrator; in a region that follows, the copy of them. */
  readonly secret: ISecret;

  /** Where its logs go: `audit` and `profiler`. */
  readonly logs: Readonly<Record<string, LogGroup>>;

  readonly port: number;

  /** Where writes go. Takes none in a region that follows. */
  readonly endpoint: string;

  /** Where reads may go. */
  readonly readerEndpoint: string;

  constructor(scope: Construct, id: string, props: DocumentDatabaseProps) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    this.port = props.port ?? 27017;
    const network = placeStore(this, choices, props, this.port);
    this.connections = network.connections;
    this.securityGroup = network.securityGroup;
    const plan = planCluster(this, choices, props, STORES);
    const identifier = props.identifier ?? regionalName(this, Stack.of(this).region);
    this.globalClusterIdentifier = plan.isGlobal ? sharedName(this) : undefined;
    this.clusterArns = clusterArns(this, plan, props.identifier);
    this.encryptionKey = regionalKey(this, choices, props.encryptionKey);
    this.logs = exportedLogs(this, choices, `/aws/docdb/${identifier}`, {
      exports: EXPORTS,
      retention: props.logRetention,
    });
    const copies = plan.isGlobal ? plan.place.others.map(({ region }) => region) : [];
    this.secret = plan.follows ? secretCopy(this) : documentSecret(this, choices, this.encryptionKey, copies);
    this.cluster = this.createCluster(identifier, plan, props, network);
    this.cluster.applyRemovalPolicy(choices.removalPolicy);
    this.instances = this.createInstances(plan, props, network);
    this.globalCluster = plan.isGlobal && !plan.follows ? this.createGlobalCluster(choices, plan) : undefined;
    this.endpoint = this.cluster.attrEndpoint;
    this.readerEndpoint = this.cluster.attrReadEndpoint;
  }

  private createCluster(
    dbClusterIdentifier: string,
    plan: ClusterPlan,
    props: DocumentDatabaseProps,
    network: StoreNetwork,
  ): CfnDBCluster {
    const version = props.engineVersion ?? '5.0.0';
    const cluster = new CfnDBCluster(this, 'Cluster', {
      dbClusterIdentifier,
      engineVersion: version,
      dbClusterParameterGroupName: this.createParameters(version).ref,
      dbSubnetGroupName: new CfnDBSubnetGroup(this, 'Subnets', {
        dbSubnetGroupDescription: this.node.path,
        subnetIds: network.subnets.map(({ subnetId }) => subnetId),
      }).ref,
      vpcSecurityGroupIds: [network.securityGroup.securityGroupId],
      port: this.port,
      storageEncrypted: true,
      kmsKeyId: this.encryptionKey.keyArn,
      backupRetentionPeriod: plan.retentionDays,
      preferredBackupWindow: props.backupWindow ?? '01:00-02:00',
      preferredMaintenanceWindow: props.maintenanceWindow ?? 'sun:03:00-sun:04:00',
      copyTagsToSnapshot: true,
      deletionProtection: plan.isProtected,
      enableCloudwatchLogsExports: EXPORTS,
      ...(this.secret instanceof Secret
        ? administrator(this)
        : { globalClusterIdentifier: this.globalClusterIdentifier }),
    });
    for (const logs of Object.values(this.logs)) cluster.node.addDependency(logs);
    if (this.secret instanceof Secret) attachTo(this.secret, cluster);
    acknowledgeCluster(cluster, plan.follows);
    return cluster;
  }

  private createParameters(version: string): CfnDBClusterParameterGroup {
    return new CfnDBClusterParameterGroup(this, 'Parameters', {
      description: this.node.path,
      family: `docdb${version.split('.').slice(0, 2).join('.')}`,
      parameters: { tls: 'enabled', audit_logs: 'enabled', profiler: 'enabled' },
    });
  }

  /** Each in the next zone, so that no two are lost together while there are as many zones. */
  private createInstances(
    { instances }: ClusterPlan,
    { instanceClass, maintenanceWindow }: DocumentDatabaseProps,
    { zones }: StoreNetwork,
  ): CfnDBInstance[] {
    return Array.from({ length: instances }, (_, index) => {
      const zone = zones[index % zones.length];
      return new CfnDBInstance(this, `Instance${index + 1}`, {
        dbClusterIdentifier: this.cluster.ref,
        dbInstanceClass: instanceClass ?? 'db.r6g.large',
        preferredMaintenanceWindow: maintenanceWindow ?? 'sun:03:00-sun:04:00',
        ...(zone !== undefined && { availabilityZone: zone }),
      });
    });
  }

  /** From the cluster that is there, so that a database can become global without being replaced. */
  private createGlobalCluster(choices: TierChoices, plan: ClusterPlan): CfnGlobalCluster {
    const globalCluster = new CfnGlobalCluster(this, 'Global', {
      globalClusterIdentifier: sharedName(this),
      sourceDbClusterIdentifier: Stack.of(this).formatArn({
        service: 'rds',
        resource: `cluster:${this.cluster.ref}`,
      }),
      deletionProtection: plan.isProtected,
    });
    // It joins what is ready to be replicated.
    for (const instance of this.instances) globalCluster.node.addDependency(instance);
    globalCluster.applyRemovalPolicy(choices.removalPolicy);
    return globalCluster;
  }
}

const EXPORTS = ['audit', 'profiler'];

const STORES = {
  global: 'a DocumentDB global cluster',
  inOneRegion: STORE_FACTS.documentDb,
  alone: STORE_FACTS.documentDbAlone,
  inSeveral: STORE_FACTS.documentDbGlobal,
  headless: STORE_FACTS.documentDbGlobalHeadless,
};

function acknowledgeCluster(cluster: CfnDBCluster, follows: boolean): void {
  acknowledgeNag(
    cluster,
    'DOC2',
    'The security group decides who may connect; another port keeps nobody out.',
  );
  for (const event of ['authenticate', 'createIndex', 'dropCollection']) {
    acknowledgeNag(
      cluster,
      `DOC5[LogExport::${event}]`,
      'The rule looks for names of events; the export is called audit, is on, and has these events.',
    );
  }
  if (!follows) return;
  acknowledgeNag(
    cluster,
    'DOC3',
    'A cluster that follows has the administrator of the one that writes, and names none.',
  );
}
