import type { Connections, IConnectable, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnCluster,
  type CfnClusterProps,
  CfnMultiRegionCluster,
  CfnParameterGroup,
  CfnSubnetGroup,
} from 'aws-cdk-lib/aws-memorydb';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { ConfigurationError } from '../../../errors';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import { holdStore } from '../data-choice';
import { type GlobalHome, globalHome } from '../home-region';
import { regionalKey } from '../regional-key';
import { chooseReplicas, chooseRetentionDays, nodeCountMistakes } from '../store-choices';
import { placeStore, type StoreNetwork } from '../store-network';
import { globalId, unknownIdMistakes } from './cache-global-id';
import type { DurableCacheProps } from './durable-cache-props';
import { MemoryDbAccess } from './memory-db-access';

/**
 * A store in memory that loses nothing at the loss of a zone: MemoryDB acknowledges a write when the logs of several
 * zones have it. Clients speak to it as to Valkey, over TLS, and sign in with IAM.
 *
 * With `multiRegion`, the regions are one Multi-Region cluster: each takes writes and sends them to the others, which are
 * seconds behind; two writes to one key in two regions end with the later one. Only some data types may be used then.
 *
 * @throws ConfigurationError when the data is owed more than the cluster can keep, or the values do not fit together
 * @see https://docs.aws.amazon.com/memorydb/latest/devguide/autofailover.html
 * @see https://docs.aws.amazon.com/memorydb/latest/devguide/multi-region.prereq.html
 */
export class DurableCache extends Construct implements IConnectable {
  readonly cluster: CfnCluster;

  /** What joins the regions; made in the home region only. */
  readonly multiRegionCluster: CfnMultiRegionCluster | undefined;

  readonly connections: Connections;
  readonly securityGroup: SecurityGroup;
  readonly encryptionKey: IKey;

  /** Who may sign in; `undefined` with an access control list of your own. */
  readonly access: MemoryDbAccess | undefined;

  readonly port: number;

  /** Where clients connect: it tells them about all nodes. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: DurableCacheProps) {
    super(scope, id);
    const choices = new TierChoices(this, props, { known: ['engineVersion'] });
    this.port = props.port ?? 6379;
    const network = placeStore(this, choices, props, this.port);
    this.connections = network.connections;
    this.securityGroup = network.securityGroup;
    refuse(this.node.path, [...nodeCountMistakes(props), ...multiRegionMistakes(props)]);
    const home = props.multiRegion ? globalHome(this, 'a Multi-Region cluster', props.homeRegion) : undefined;
    holdStore(this, choices, props, home?.spans ? STORE_FACTS.memoryDbMultiRegion : STORE_FACTS.memoryDb);
    this.encryptionKey = regionalKey(this, choices, props.encryptionKey);
    this.access =
      props.aclName === undefined ? new MemoryDbAccess(this, 'Access', props.accessString) : undefined;
    this.multiRegionCluster = home?.isHere ? this.createMultiRegionCluster(choices, props) : undefined;
    this.cluster = new CfnCluster(this, 'Cluster', {
      ...this.shape(choices, props, network),
      ...(home ? { multiRegionClusterName: this.nameToJoin(home, props) } : this.parameters(props)),
    });
    this.cluster.applyRemovalPolicy(choices.removalPolicy);
    this.endpoint = this.cluster.attrClusterEndpointAddress;
  }

  /**
   * Lets somebody sign in as the user of this cluster.
   *
   * @throws ConfigurationError with an access control list of your own, whose users are not known here
   */
  grantConnect(grantee: IGrantable): Grant {
    if (this.access) return this.access.grantConnect(grantee, this.cluster.attrArn);
    throw new ConfigurationError({
      path: this.node.path,
      problem: 'the users of its access control list are not known here',
      fix: 'grant memorydb:Connect on your own users, or leave aclName out',
    });
  }

  private shape(choices: TierChoices, props: DurableCacheProps, network: StoreNetwork): CfnClusterProps {
    return {
      clusterName: sharedName(this, 40),
      description: this.node.path,
      engine: 'valkey',
      engineVersion: props.engineVersion ?? '7.3',
      nodeType: nodeTypeOf(props),
      numShards: props.shards ?? 1,
      numReplicasPerShard: chooseReplicas(choices, props.replicas),
      aclName: props.aclName ?? this.access?.acl.ref ?? '',
      tlsEnabled: true,
      kmsKeyId: this.encryptionKey.keyArn,
      subnetGroupName: this.createSubnetGroup(network).ref,
      securityGroupIds: [network.securityGroup.securityGroupId],
      port: this.port,
      autoMinorVersionUpgrade: true,
      snapshotRetentionLimit: chooseRetentionDays(choices, 'snapshotRetention', props.snapshotRetention),
      snapshotWindow: props.snapshotWindow ?? '01:00-02:00',
      maintenanceWindow: props.maintenanceWindow ?? 'sun:03:00-sun:05:00',
    };
  }

  /** A part of a Multi-Region cluster has the parameters of that. */
  private parameters(props: DurableCacheProps): Partial<CfnClusterProps> {
    const [major] = (props.engineVersion ?? '7.3').split('.');
    const group = new CfnParameterGroup(this, 'Parameters', {
      parameterGroupName: sharedName(this, 40),
      description: this.node.path,
      family: `memorydb_valkey${major}`,
    });
    return { parameterGroupName: group.ref };
  }

  private createSubnetGroup({ subnets }: StoreNetwork): CfnSubnetGroup {
    return new CfnSubnetGroup(this, 'Subnets', {
      subnetGroupName: sharedName(this, 40),
      description: this.node.path,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
    });
  }

  /** Without a version: another one would replace it, so MemoryDB takes that of its first member. */
  private createMultiRegionCluster(choices: TierChoices, props: DurableCacheProps): CfnMultiRegionCluster {
    const cluster = new CfnMultiRegionCluster(this, 'MultiRegion', {
      multiRegionClusterNameSuffix: sharedName(this, 40),
      description: this.node.path,
      engine: 'valkey',
      nodeType: nodeTypeOf(props),
      numShards: props.shards ?? 1,
      tlsEnabled: true,
      // All regions change together, so that none is left behind with too little room.
      updateStrategy: 'COORDINATED',
    });
    cluster.applyRemovalPolicy(choices.removalPolicy);
    return cluster;
  }

  /** As a text in all regions but the home: a part must be deployable when the home region is gone. */
  private nameToJoin(home: GlobalHome, props: DurableCacheProps): string {
    if (this.multiRegionCluster) return this.multiRegionCluster.attrMultiRegionClusterName;
    const name = props.multiRegionClusterName ?? globalId(home.region, sharedName(this, 40));
    refuse(this.node.path, unknownIdMistakes(name, 'multiRegionClusterName', home.region));
    return name ?? '';
  }
}

function nodeTypeOf({ nodeType, multiRegion }: DurableCacheProps): string {
  return nodeType ?? (multiRegion ? 'db.r7g.xlarge' : 'db.r7g.large');
}

function multiRegionMistakes(props: DurableCacheProps): Mistake[] {
  const { multiRegion, homeRegion, multiRegionClusterName, nodeType } = props;
  const mistakes: Mistake[] = [];
  if (!multiRegion && (homeRegion !== undefined || multiRegionClusterName !== undefined)) {
    const what = homeRegion === undefined ? 'multiRegionClusterName' : 'homeRegion';
    mistakes.push({
      problem: `${what} is set, but there is no Multi-Region cluster`,
      fix: `set multiRegion: true, or leave ${what} out`,
    });
  }
  if (multiRegion && nodeType !== undefined && !/^db\.r7g\.\d*xlarge$/.test(nodeType)) {
    mistakes.push({
      problem: `nodeType is ${nodeType}, but a Multi-Region cluster needs R7g nodes of xlarge or more`,
      fix: "set nodeType to 'db.r7g.xlarge' or larger",
    });
  }
  return mistakes;
}
