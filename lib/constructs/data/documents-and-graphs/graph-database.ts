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
import { STORE_FACTS } from '../../../calculus/store-facts';
import {
  type ClusterFoundation,
  type ClusterKind,
  clusterProps,
  createInstances,
  familyOf,
  globalClusterProps,
  layCluster,
  subnetGroupProps,
  waitFor,
} from './document-graph-foundation';
import type { ClusteredDatabaseProps } from './document-graph-props';

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
    const foundation = layCluster(this, props, KIND);
    const { plan, network } = foundation;
    this.port = foundation.port;
    this.connections = network.connections;
    this.securityGroup = network.securityGroup;
    this.globalClusterIdentifier = foundation.globalClusterIdentifier;
    this.clusterArns = foundation.clusterArns;
    this.encryptionKey = foundation.key;
    this.logs = foundation.logs;
    this.cluster = this.createCluster(foundation, props);
    this.instances = createInstances(
      foundation,
      props,
      (name, instance) =>
        new CfnDBInstance(this, name, {
          ...instance,
          dbClusterIdentifier: this.cluster.ref,
          autoMinorVersionUpgrade: true,
        }),
    );
    this.globalCluster = plan.makesGlobal ? this.createGlobalCluster(foundation) : undefined;
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

  private createCluster(foundation: ClusterFoundation, props: GraphDatabaseProps): CfnDBCluster {
    const { plan, choices } = foundation;
    const parameters = new CfnDBClusterParameterGroup(this, 'Parameters', {
      description: this.node.path,
      family: familyOf(foundation),
      parameters: { neptune_enable_audit_log: '1', neptune_enable_slow_query_log: 'info' },
    });
    const subnets = new CfnDBSubnetGroup(this, 'Subnets', subnetGroupProps(this, foundation));
    const { globalClusterIdentifier } = this;
    const cluster = new CfnDBCluster(this, 'Cluster', {
      ...clusterProps(foundation, props),
      dbPort: this.port,
      iamAuthEnabled: true,
      dbClusterParameterGroupName: parameters.ref,
      dbSubnetGroupName: subnets.ref,
      ...(plan.joins && globalClusterIdentifier !== undefined && { globalClusterIdentifier }),
    });
    if (plan.joins) leaveOut(cluster, 'E3002');
    waitFor(cluster, Object.values(this.logs));
    cluster.applyRemovalPolicy(choices.removalPolicy);
    return cluster;
  }

  private createGlobalCluster(foundation: ClusterFoundation): CfnGlobalCluster {
    const props = globalClusterProps(this, foundation, this.cluster.ref);
    const globalCluster = new CfnGlobalCluster(this, 'Global', props);
    // It joins what is ready to be replicated.
    waitFor(globalCluster, this.instances);
    leaveOut(globalCluster, 'E3006');
    globalCluster.applyRemovalPolicy(foundation.choices.removalPolicy);
    return globalCluster;
  }
}

/** For what CloudFormation knows and cfn-lint 1.51.0 does not yet: the type and the property of a global database. */
function leaveOut(resource: CfnResource, check: string): void {
  resource.addMetadata('cfn-lint', { config: { ignore_checks: [check] } });
}

const KIND: ClusterKind = {
  service: 'neptune',
  exports: ['audit', 'slowquery'],
  port: 8182,
  engineVersion: '1.4.5.0',
  global: 'a Neptune global database',
  inOneRegion: STORE_FACTS.neptune,
  alone: STORE_FACTS.neptuneAlone,
  inSeveral: STORE_FACTS.neptuneGlobal,
  headless: STORE_FACTS.neptuneGlobalHeadless,
};
