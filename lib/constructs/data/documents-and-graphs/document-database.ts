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
import { HostedRotationType, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { refuse } from '../../../objectives/mistakes';
import { acknowledgeNag } from '../../governance/nag';
import { copyKeyMistakes, passwordCopies } from '../password-copies';
import { intervalMistakes, rotate } from '../password-rotation';
import type { ReplicatedPasswordProps } from '../replicated-password-props';
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
import { administrator, attachTo, documentSecret, secretCopy } from './document-secret';

/** Properties of a {@link DocumentDatabase}. */
export interface DocumentDatabaseProps extends ClusteredDatabaseProps, ReplicatedPasswordProps {}

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

  /** Name and password of the administrator; in a region that follows, the copy, where there are copies. */
  readonly secret: ISecret | undefined;

  /** Where its logs go: `audit` and `profiler`. */
  readonly logs: Readonly<Record<string, LogGroup>>;

  readonly port: number;

  /** Where writes go. Takes none in a region that follows. */
  readonly endpoint: string;

  /** Where reads may go. */
  readonly readerEndpoint: string;

  constructor(scope: Construct, id: string, props: DocumentDatabaseProps) {
    super(scope, id);
    refuse(this.node.path, intervalMistakes(props ?? {}));
    const foundation = layCluster(this, props, KIND);
    refuse(this.node.path, copyKeyMistakes(props, foundation.plan.place.others));
    const { plan, network } = foundation;
    this.port = foundation.port;
    this.connections = network.connections;
    this.securityGroup = network.securityGroup;
    this.globalClusterIdentifier = foundation.globalClusterIdentifier;
    this.clusterArns = foundation.clusterArns;
    this.encryptionKey = foundation.key;
    this.logs = foundation.logs;
    this.secret = plan.followed ? secretCopy(this, props) : this.createSecret(foundation, props);
    this.cluster = this.createCluster(foundation, props);
    this.instances = createInstances(
      foundation,
      props,
      (name, instance) =>
        new CfnDBInstance(this, name, { ...instance, dbClusterIdentifier: this.cluster.ref }),
    );
    this.rotatePassword(foundation, props);
    this.globalCluster = plan.makesGlobal ? this.createGlobalCluster(foundation) : undefined;
    this.endpoint = this.cluster.attrEndpoint;
    this.readerEndpoint = this.cluster.attrReadEndpoint;
  }

  private createSecret({ choices, plan, key }: ClusterFoundation, props: DocumentDatabaseProps): Secret {
    const others = plan.isGlobal ? plan.place.others : [];
    return documentSecret(this, choices, key, passwordCopies(this, choices, props, others));
  }

  private rotatePassword({ choices, key }: ClusterFoundation, props: DocumentDatabaseProps): void {
    const { secret, connections, instances } = this;
    if (!(secret instanceof Secret)) return;
    const attachment = attachTo(secret, this.cluster);
    const type = HostedRotationType.MONGODB_SINGLE_USER;
    rotate(this, choices, props, { secret, key, type, connections, after: [attachment, ...instances] });
  }

  private createCluster(foundation: ClusterFoundation, props: DocumentDatabaseProps): CfnDBCluster {
    const parameters = new CfnDBClusterParameterGroup(this, 'Parameters', {
      description: this.node.path,
      family: familyOf(foundation),
      parameters: { tls: 'enabled', audit_logs: 'enabled', profiler: 'enabled' },
    });
    const subnets = new CfnDBSubnetGroup(this, 'Subnets', subnetGroupProps(this, foundation));
    const { secret, globalClusterIdentifier } = this;
    const cluster = new CfnDBCluster(this, 'Cluster', {
      ...clusterProps(foundation, props),
      port: this.port,
      dbClusterParameterGroupName: parameters.ref,
      dbSubnetGroupName: subnets.ref,
      ...(secret instanceof Secret && administrator(this)),
      ...(foundation.plan.joins && globalClusterIdentifier !== undefined && { globalClusterIdentifier }),
    });
    waitFor(cluster, Object.values(this.logs));
    if (secret?.node.defaultChild) cluster.node.addDependency(secret.node.defaultChild);
    acknowledgeCluster(cluster, secret instanceof Secret);
    cluster.applyRemovalPolicy(foundation.choices.removalPolicy);
    return cluster;
  }

  private createGlobalCluster(foundation: ClusterFoundation): CfnGlobalCluster {
    const props = globalClusterProps(this, foundation, this.cluster.ref);
    const globalCluster = new CfnGlobalCluster(this, 'Global', props);
    // It joins what is ready to be replicated.
    waitFor(globalCluster, this.instances);
    globalCluster.applyRemovalPolicy(foundation.choices.removalPolicy);
    return globalCluster;
  }
}

const KIND: ClusterKind = {
  service: 'docdb',
  exports: ['audit', 'profiler'],
  port: 27017,
  engineVersion: '5.0.0',
  global: 'a DocumentDB global cluster',
  inOneRegion: STORE_FACTS.documentDb,
  alone: STORE_FACTS.documentDbAlone,
  inSeveral: STORE_FACTS.documentDbGlobal,
  headless: STORE_FACTS.documentDbGlobalHeadless,
};

function acknowledgeCluster(cluster: CfnDBCluster, namesAdministrator: boolean): void {
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
  if (namesAdministrator) return;
  acknowledgeNag(
    cluster,
    'DOC3',
    'A cluster that follows, or did, has the administrator of the one that wrote first, and names none.',
  );
}
