import type { Connections, IConnectable, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CfnGlobalReplicationGroup,
  CfnParameterGroup,
  CfnReplicationGroup,
  type CfnReplicationGroupProps,
  CfnSubnetGroup,
} from 'aws-cdk-lib/aws-elasticache';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { ConfigurationError } from '../../../errors';
import { refuse } from '../../../objectives/mistakes';
import { keptLogs } from '../../governance/log-group';
import { logRetention } from '../../governance/log-retention';
import { acknowledgeNag } from '../../governance/nag';
import { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import { holdStore } from '../data-choice';
import { type GlobalHome, globalHome } from '../home-region';
import { regionalKey } from '../regional-key';
import { chooseReplicas, chooseRetentionDays } from '../store-choices';
import { placeStore, type StoreNetwork } from '../store-network';
import { CacheAccess } from './cache-access';
import { globalId, unknownIdMistakes } from './cache-global-id';
import { cacheMistakes } from './replicated-cache-mistakes';
import type { ReplicatedCacheProps } from './replicated-cache-props';

/**
 * A Valkey cache that survives the loss of a zone: a primary with replicas in other zones, which take over by
 * themselves, in private subnets, encrypted at rest and on the way, for users who sign in with IAM.
 *
 * What is in a cache can be lost: replicas follow asynchronously. Name a `dataClass` that is `rebuildable` at tiers 0
 * and 1, or keep the data in a {@link DurableCache}. Each region has a cache of its own; with `globalDatastore` the
 * other regions follow the home region, and somebody promotes one of them when that is lost.
 *
 * @throws ConfigurationError when the data is owed more than a cache can keep, or the values do not fit together
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
 */
export class ReplicatedCache extends Construct implements IConnectable {
  readonly replicationGroup: CfnReplicationGroup;

  /** What joins the regions; made in the home region only. */
  readonly globalGroup: CfnGlobalReplicationGroup | undefined;

  /** The id of the Global Datastore; the home region learns it at deployment, the others know it before. */
  readonly globalDatastoreId: string | undefined;

  readonly connections: Connections;
  readonly securityGroup: SecurityGroup;
  readonly encryptionKey: IKey;

  /** Where its logs go. */
  readonly logs: LogGroup;

  /** Who may sign in; `undefined` with a user group of your own. */
  readonly access: CacheAccess | undefined;

  readonly port: number;

  /** Where writes go; with several shards the configuration endpoint. Takes no writes where a Global Datastore follows. */
  readonly endpoint: string;

  /** Where reads may go; with several shards the configuration endpoint. */
  readonly readerEndpoint: string;

  constructor(scope: Construct, id: string, props: ReplicatedCacheProps) {
    super(scope, id);
    const choices = new TierChoices(this, props, { known: ['engineVersion', 'shards'] });
    this.port = props.port ?? 6379;
    const network = placeStore(this, choices, props, this.port);
    this.connections = network.connections;
    this.securityGroup = network.securityGroup;
    refuse(this.node.path, cacheMistakes(props));
    const home = props.globalDatastore ? globalHome(this, 'a Global Datastore', props.homeRegion) : undefined;
    const followed =
      home?.isHere === false ? this.datastoreToFollow(home, props.globalDatastoreId) : undefined;
    holdStore(this, choices, props, home?.spans ? STORE_FACTS.elastiCacheGlobal : STORE_FACTS.elastiCache);
    this.encryptionKey = regionalKey(this, choices, props.encryptionKey);
    this.access =
      props.userGroupId === undefined ? new CacheAccess(this, 'Access', props.accessString) : undefined;
    this.logs = keptLogs(this, 'Logs', choices, {
      retention: logRetention(this, choices, props.logRetention),
    });
    this.replicationGroup = new CfnReplicationGroup(this, 'Group', {
      ...this.everywhere(choices, props, network),
      ...(followed === undefined ? this.ofItsOwn(props) : { globalReplicationGroupId: followed }),
    });
    this.replicationGroup.applyRemovalPolicy(choices.removalPolicy);
    this.acknowledge(followed !== undefined);
    this.globalGroup = home?.isHere ? this.createGlobalGroup(choices) : undefined;
    this.globalDatastoreId = followed ?? this.globalGroup?.attrGlobalReplicationGroupId;
    [this.endpoint, this.readerEndpoint] = endpointsOf(this.replicationGroup, props.shards ?? 1);
  }

  /**
   * Lets somebody sign in as the user of this cache.
   *
   * @throws ConfigurationError with a user group of your own, whose users are not known here
   */
  grantConnect(grantee: IGrantable): Grant {
    if (this.access) return this.access.grantConnect(grantee, this.replicationGroup.ref);
    throw new ConfigurationError({
      path: this.node.path,
      problem: 'the users of its user group are not known here',
      fix: 'grant elasticache:Connect on your own users, or leave userGroupId out',
    });
  }

  /** What each region decides for its own part. */
  private everywhere(
    choices: TierChoices,
    props: ReplicatedCacheProps,
    network: StoreNetwork,
  ): CfnReplicationGroupProps {
    return {
      replicationGroupDescription: this.node.path,
      ...this.size(choices, props),
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      autoMinorVersionUpgrade: true,
      cacheSubnetGroupName: this.createSubnetGroup(network).ref,
      securityGroupIds: [network.securityGroup.securityGroupId],
      port: this.port,
      kmsKeyId: this.encryptionKey.keyArn,
      userGroupIds: [props.userGroupId ?? this.access?.group.ref ?? ''],
      snapshotRetentionLimit: chooseRetentionDays(choices, 'snapshotRetention', props.snapshotRetention),
      snapshotWindow: props.snapshotWindow ?? '01:00-02:00',
      preferredMaintenanceWindow: props.maintenanceWindow ?? 'sun:03:00-sun:05:00',
      logDeliveryConfigurations: ['engine-log', 'slow-log'].map((logType) => ({
        logType,
        logFormat: 'json',
        destinationType: 'cloudwatch-logs',
        destinationDetails: { cloudWatchLogsDetails: { logGroup: this.logs.logGroupName } },
      })),
    };
  }

  /** What a part that follows another region takes over from it, and must not say itself. */
  private ofItsOwn(props: ReplicatedCacheProps): Partial<CfnReplicationGroupProps> {
    const version = props.engineVersion ?? '8.0';
    const parameters = new CfnParameterGroup(this, 'Parameters', {
      cacheParameterGroupFamily: `valkey${version.split('.')[0]}`,
      description: this.node.path,
      properties: {
        'cluster-enabled': (props.shards ?? 1) > 1 ? 'yes' : 'no',
        'maxmemory-policy': props.evictionPolicy ?? 'volatile-lru',
      },
    });
    return {
      engine: 'valkey',
      engineVersion: version,
      cacheNodeType: props.nodeType ?? 'cache.r7g.large',
      cacheParameterGroupName: parameters.ref,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      ...((props.shards ?? 1) > 1 && { numNodeGroups: props.shards }),
    };
  }

  /** With several shards ElastiCache replaces the cache when the replicas change: there the tier has no say. */
  private size(
    choices: TierChoices,
    { shards = 1, replicas }: ReplicatedCacheProps,
  ): Partial<CfnReplicationGroupProps> {
    const chosen = chooseReplicas(choices, replicas, shards > 1 ? 2 : undefined);
    return shards > 1 ? { replicasPerNodeGroup: chosen } : { numCacheClusters: chosen + 1 };
  }

  private createSubnetGroup({ subnets }: StoreNetwork): CfnSubnetGroup {
    return new CfnSubnetGroup(this, 'Subnets', {
      description: this.node.path,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
    });
  }

  /** Its id, as a text: a part that follows must be deployable when the home region is gone. */
  private datastoreToFollow(home: GlobalHome, given: string | undefined): string {
    const id = given ?? globalId(home.region, sharedName(this, 40));
    refuse(this.node.path, unknownIdMistakes(id, 'globalDatastoreId', home.region));
    return id ?? '';
  }

  /** Its first member makes it; the others join by its id. */
  private createGlobalGroup(choices: TierChoices): CfnGlobalReplicationGroup {
    const group = new CfnGlobalReplicationGroup(this, 'Global', {
      globalReplicationGroupIdSuffix: sharedName(this, 40),
      globalReplicationGroupDescription: this.node.path,
      automaticFailoverEnabled: true,
      members: [
        {
          replicationGroupId: this.replicationGroup.ref,
          replicationGroupRegion: Stack.of(this).region,
          role: 'PRIMARY',
        },
      ],
    });
    group.applyRemovalPolicy(choices.removalPolicy);
    return group;
  }

  private acknowledge(follows: boolean): void {
    const group = this.replicationGroup;
    acknowledgeNag(
      group,
      'AEC6',
      'Users sign in with IAM through a user group, which takes the place of one password for all.',
    );
    acknowledgeNag(
      group,
      'AEC5',
      'The security group decides who may connect; another port keeps nobody out.',
    );
    if (!follows) return;
    acknowledgeNag(
      group,
      'AEC3',
      'A part that follows another region takes its encryption from there, where both kinds are on, and may not say it.',
    );
  }
}

/** Where writes and reads go: several shards have one endpoint that tells clients about all nodes. */
function endpointsOf(group: CfnReplicationGroup, shards: number): [writes: string, reads: string] {
  return shards > 1
    ? [group.attrConfigurationEndPointAddress, group.attrConfigurationEndPointAddress]
    : [group.attrPrimaryEndPointAddress, group.attrReaderEndPointAddress];
}
