import type { Connections, IConnectable, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnDBCluster,
  CfnDBClusterParameterGroup,
  CfnDBInstance,
  CfnDBSubnetGroup,
  CfnGlobalCluster,
} from 'aws-cdk-lib/aws-neptune';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../calculus/store-facts';
import { TierChoices } from '../governance/tier-choices';
import { regionalName, sharedName } from '../region/membership';
import { clusterArns } from './document-graph-arns';
import { exportedLogs } from './document-graph-logs';
import { type ClusterPlan, planCluster } from './document-graph-plan';
import type { ClusteredDatabaseProps } from './document-graph-props';
import { regionalKey } from './regional-key';
import { placeStore, type StoreNetwork } from './store-network';

/** Properties of a {@link GraphDatabase}. */
export interface GraphDatabaseProps extends ClusteredDatabaseProps {}

/**
 * A Neptune cluster that survives the loss of a zone: its volume is in three zones, its instances in as many as the tier
 * owes; in private subnets, encrypted at rest and on the way, for who signs requests with IAM, with continuous backups
 * and an audit log.
 *
 * In several regions of one account it is a global database: this region's part writes or follows. A region that follows
 * names the global database and reads nothing of the region that writes. A lost instance takes Neptune up to two minutes,
 * which is more than tier 0 owes.
 *
 * @throws ConfigurationError when the data is owed more than the cluster can keep, or the values do not fit together
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/neptune-global-database.html
 */
export class GraphDatabase extends Construct implements IConnectable {
  readonly cluster: CfnDBCluster;
  readonly instances: readonly CfnDBInstance[];

  /** What joins the regions; made in the region that writes only. */
  readonly globalCluster: CfnGlobalCluster | undefined;

  /** The name of the global database, the same in all regions. */
  readonly globalClusterIdentifier: string | undefined;

  /** The clusters of all regions by region, for a Region switch plan; with an `identifier` of your own only this one. */
  readonly clusterArns: Readonly<Record<string, string>>;

  readonly connections: Connections;
  readonly securityGroup: SecurityGroup;
  readonly encryptionKey: IKey;

  /** Where its logs go: `audit` and `slowquery`. */
  readonly logs: Readonly<Record<string, LogGroup>>;

  readonly port: number;

  /** Where writes go. Takes none in a region that follows. */
  readonly endpoint: string;

  /** Where reads may go. */
  readonly readerEndpoint: string;

  constructor(scope: Construct, id: string, props: GraphDatabaseProps) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    this.port = props.port ?? 8182;
    const network = placeStore(this, choices, props, this.port);
    this.connections = network.connections;
    this.securityGroup = network.securityGroup;
    const plan = planCluster(this, choices, props, STORES);
    const identifier = props.identifier ?? regionalName(this, Stack.of(this).region);
    this.globalClusterIdentifier = plan.isGlobal ? sharedName(this) : undefined;
    this.clusterArns = clusterArns(this, plan, props.identifier);
    this.encryptionKey = regionalKey(this, choices, props.encryptionKey);
    this.logs = exportedLogs(this, choices, `/aws/neptune/${identifier}`, {
      exports: EXPORTS,
      retention: props.logRetention,
    });
    this.cluster = this.createCluster(identifier, plan, props, network);
    this.cluster.applyRemovalPolicy(choices.removalPolicy);
    this.instances = this.createInstances(plan, props, network);
    this.globalCluster = plan.isGlobal && !plan.follows ? this.createGlobalCluster(choices, plan) : undefined;
    this.endpoint = this.cluster.attrEndpoint;
    this.readerEndpoint = this.cluster.attrReadEndpoint;
  }

  /** Lets somebody query and change the data, with requests signed by IAM. */
  grantDataAccess(grantee: IGrantable): Grant {
    const { attrClusterResourceId } = this.cluster;
    return Grant.addToPrincipal({
      grantee,
      actions: ['Read', 'Write', 'Delete']
        .map((what) => `neptune-db:${what}DataViaQuery`)
        .concat('neptune-db:GetQueryStatus', 'neptune-db:CancelQuery'),
      resourceArns: [
        Stack.of(this).formatArn({
          service: 'neptune-db',
          resource: attrClusterResourceId,
          resourceName: '*',
        }),
      ],
    });
  }

  private createCluster(
    dbClusterIdentifier: string,
    plan: ClusterPlan,
    props: GraphDatabaseProps,
    network: StoreNetwork,
  ): CfnDBCluster {
    const version = props.engineVersion ?? '1.4.5.0';
    const cluster = new CfnDBCluster(this, 'Cluster', {
      dbClusterIdentifier,
      engineVersion: version,
      dbClusterParameterGroupName: this.createParameters(version).ref,
      dbSubnetGroupName: new CfnDBSubnetGroup(this, 'Subnets', {
        dbSubnetGroupDescription: this.node.path,
        subnetIds: network.subnets.map(({ subnetId }) => subnetId),
      }).ref,
      vpcSecurityGroupIds: [network.securityGroup.securityGroupId],
      dbPort: this.port,
      storageEncrypted: true,
      kmsKeyId: this.encryptionKey.keyArn,
      iamAuthEnabled: true,
      backupRetentionPeriod: plan.retentionDays,
      preferredBackupWindow: props.backupWindow ?? '01:00-02:00',
      preferredMaintenanceWindow: props.maintenanceWindow ?? 'sun:03:00-sun:04:00',
      copyTagsToSnapshot: true,
      deletionProtection: plan.isProtected,
      enableCloudwatchLogsExports: EXPORTS,
      ...(plan.follows &&
        this.globalClusterIdentifier && { globalClusterIdentifier: this.globalClusterIdentifier }),
    });
    if (plan.follows) leaveOut(cluster, 'E3002');
    for (const logs of Object.values(this.logs)) cluster.node.addDependency(logs);
    return cluster;
  }

  private createParameters(version: string): CfnDBClusterParameterGroup {
    return new CfnDBClusterParameterGroup(this, 'Parameters', {
      description: this.node.path,
      family: `neptune${version.split('.').slice(0, 2).join('.')}`,
      parameters: { neptune_enable_audit_log: '1', neptune_enable_slow_query_log: 'info' },
    });
  }

  /** Each in the next zone, so that no two are lost together while there are as many zones. */
  private createInstances(
    { instances }: ClusterPlan,
    { instanceClass, maintenanceWindow }: GraphDatabaseProps,
    { zones }: StoreNetwork,
  ): CfnDBInstance[] {
    return Array.from({ length: instances }, (_, index) => {
      const zone = zones[index % zones.length];
      return new CfnDBInstance(this, `Instance${index + 1}`, {
        dbClusterIdentifier: this.cluster.ref,
        dbInstanceClass: instanceClass ?? 'db.r6g.large',
        autoMinorVersionUpgrade: true,
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
    leaveOut(globalCluster, 'E3006');
    globalCluster.applyRemovalPolicy(choices.removalPolicy);
    return globalCluster;
  }
}

/** For what CloudFormation knows and cfn-lint 1.51.0 does not yet: the type and the property of a global database. */
function leaveOut(resource: CfnResource, check: string): void {
  resource.addMetadata('cfn-lint', { config: { ignore_checks: [check] } });
}

const EXPORTS = ['audit', 'slowquery'];

const STORES = {
  global: 'a Neptune global database',
  inOneRegion: STORE_FACTS.neptune,
  alone: STORE_FACTS.neptuneAlone,
  inSeveral: STORE_FACTS.neptuneGlobal,
  headless: STORE_FACTS.neptuneGlobalHeadless,
};
