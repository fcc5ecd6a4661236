import type { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import {
  type AccessPoint,
  CfnFileSystem,
  FileSystem,
  LifecyclePolicy,
  OutOfInfrequentAccessPolicy,
  ReplicationOverwriteProtection,
  ThroughputMode,
} from 'aws-cdk-lib/aws-efs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { missing, refuse } from '../../../objectives/mistakes';
import { RegionRole } from '../../../objectives/region-role';
import { acknowledgeControls } from '../../governance/nag';
import { TierChoices } from '../../governance/tier-choices';
import { type DataProps, holdStore } from '../data-choice';
import { regionalKey } from '../regional-key';
import { placeStore, type StoreNetworkProps } from '../store-network';
import { type Twins, twinsOf } from '../twin';
import { destinationOf, fileSystemMistakes, guard, replicateTo } from './replicated-file-system-rules';

/** Properties of a {@link ReplicatedFileSystem}. */
export interface ReplicatedFileSystemProps extends DataProps, StoreNetworkProps {
  /**
   * Whether the primary replicates to its standby.
   *
   * @default - true where there is one
   */
  readonly replicate?: boolean;

  /**
   * The id of the standby's file system, which AWS makes up: `fs-0123456789abcdef0`. Its stack has it as output. Used in
   * the primary only.
   *
   * @default - the primary's stack asks for it by a parameter without default
   */
  readonly peerFileSystemId?: string;

  /**
   * The directory that services mount, by the access point of each region.
   *
   * @default '/data'
   */
  readonly path?: string;

  /**
   * The user that owns what is written by the access point.
   *
   * @default '1000'
   */
  readonly uid?: string;

  /**
   * The group that owns what is written by the access point.
   *
   * @default '1000'
   */
  readonly gid?: string;

  /**
   * How throughput is paid for.
   *
   * @default ThroughputMode.ELASTIC
   */
  readonly throughputMode?: ThroughputMode;

  /**
   * When files that nobody reads move to cheaper storage, from which they return when they are read.
   *
   * @default LifecyclePolicy.AFTER_30_DAYS
   */
  readonly lifecyclePolicy?: LifecyclePolicy;

  /**
   * Whether AWS Backup makes a backup each day, by its default plan. Replication copies damage: only backups undo it.
   *
   * @default true
   */
  readonly automaticBackups?: boolean;

  /**
   * The key of this region.
   *
   * @default - one of its own, with rotation
   */
  readonly encryptionKey?: IKey;
}

/**
 * This region's part of an EFS file system: in all zones, with a mount target in each, an access point and a key of its
 * own. The primary replicates to that of its standby, which can be read only until the replication is deleted.
 *
 * @throws ConfigurationError when less than 15 minutes may be lost with the region or less than 4 hours to damage, which only
 * snapshots undo, or several regions serve
 * @see https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html
 */
export class ReplicatedFileSystem extends Construct implements IConnectable {
  readonly fileSystem: FileSystem;

  /** What services of this region mount. */
  readonly accessPoint: AccessPoint;

  /** The key of this region. */
  readonly key: IKey;

  /** Who may mount it: nobody until somebody is allowed to. */
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: ReplicatedFileSystemProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'vpc'));
    const choices = new TierChoices(this, props);
    const twins = twinsOf(this);
    refuse(this.node.path, fileSystemMistakes(twins, props));
    const isReplicated = (props.replicate ?? true) && twins.others.length > 0;
    const { efsFileSystem, efsFileSystemReplicated } = STORE_FACTS;
    holdStore(this, choices, props, isReplicated ? efsFileSystemReplicated : efsFileSystem);
    const { subnets, securityGroup, connections } = placeStore(this, choices, props, FileSystem.DEFAULT_PORT);
    this.connections = connections;
    this.key = regionalKey(this, choices, props.encryptionKey);
    this.fileSystem = new FileSystem(this, 'FileSystem', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [...subnets] },
      securityGroup,
      encrypted: true,
      kmsKey: this.key,
      // Who has no leave of IAM is kept out by the policy below, which allows nobody else. With `false` the CDK would let
      // everybody who may read write as well.
      allowAnonymousAccess: true,
      throughputMode: props.throughputMode ?? ThroughputMode.ELASTIC,
      lifecyclePolicy: props.lifecyclePolicy ?? LifecyclePolicy.AFTER_30_DAYS,
      outOfInfrequentAccessPolicy: OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
      enableAutomaticBackups: choices.on({
        what: 'automaticBackups',
        owed: AUTOMATIC_BACKUPS,
        chosen: props.automaticBackups,
      }),
      removalPolicy: choices.removalPolicy,
      replicationOverwriteProtection: isReplica(twins, isReplicated)
        ? ReplicationOverwriteProtection.DISABLED
        : ReplicationOverwriteProtection.ENABLED,
    });
    guard(this.fileSystem, twins);
    this.accessPoint = this.addAccessPoint(props);
    this.replicate(twins, props, isReplicated);
    acknowledgeControls(this.fileSystem, ['EFSInBackupPlan'], BACKED_UP);
  }

  private addAccessPoint({
    path = '/data',
    uid = '1000',
    gid = '1000',
  }: ReplicatedFileSystemProps): AccessPoint {
    return this.fileSystem.addAccessPoint('AccessPoint', {
      path,
      posixUser: { uid, gid },
      createAcl: { ownerUid: uid, ownerGid: gid, permissions: '750' },
    });
  }

  private replicate(twins: Twins, props: ReplicatedFileSystemProps, isReplicated: boolean): void {
    const { own } = twins;
    const { fileSystem } = this;
    const peer = destinationOf(twins, isReplicated);
    const { defaultChild } = fileSystem.node;
    if (peer && defaultChild instanceof CfnFileSystem) {
      const id = props.peerFileSystemId;
      defaultChild.replicationConfiguration = replicateTo(this, { own, peer, id, fileSystem });
    }
    if (isReplica(twins, isReplicated)) {
      new CfnOutput(this, 'FileSystemId', {
        value: fileSystem.fileSystemId,
        description: 'What the primary replicates to: its peerFileSystemId',
      });
    }
  }
}

function isReplica({ own }: Twins, isReplicated: boolean): boolean {
  return isReplicated && own.role === RegionRole.STANDBY;
}

const AUTOMATIC_BACKUPS = {
  value: true,
  because: 'replication copies damage, and files have no versions: only backups undo it',
  source: 'https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html',
};

const BACKED_UP =
  'EFS has AWS Backup make a backup each day by its default plan, which this rule does not see; other plans select it by tag.';
