import type { Connections, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnDBInstance,
  type CfnDBInstanceProps,
  type CfnDBParameterGroup,
  DatabaseInstance,
  Endpoint,
  type IDatabaseInstance,
  type IInstanceEngine,
  type StorageType,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { missing, refuse } from '../../../objectives/mistakes';
import { acknowledgeControls, acknowledgeNag } from '../../governance/nag';
import { regionalName } from '../../region/membership';
import { holdStore } from '../data-choice';
import { type DatabasePlace, placeOfDatabase } from '../database-place';
import { copyKeyMistakes, passwordCopies } from '../password-copies';
import { intervalMistakes } from '../password-rotation';
import { twinKeyArn } from '../regional-key';
import type { ReplicatedPasswordProps } from '../replicated-password-props';
import { formerHomeMistakes } from '../takeover';
import { partitionOf } from '../twin';
import type { DatabaseAccess } from './database-access';
import { DatabaseEngine, instanceEngine } from './database-engine';
import { layFoundation } from './database-foundation';
import { acknowledgeDatabase } from './database-nag';
import type { DatabaseProps } from './database-props';
import { ADMINISTRATOR, attachSecret, managedSecret, replicatedSecret, secretCopy } from './database-secret';
import { instanceArns } from './instance-arns';
import { watchInstance } from './rds-instance-alarms';
import {
  commonProps,
  createParameterGroup,
  DEFAULT_STORAGE,
  type RdsInstancePart,
  storageMistakes,
  storeWith,
} from './rds-instance-parts';
import { chooseRegionCopy, RegionCopy } from './rds-region-copy';

/** Properties of an {@link RdsMultiAzInstance}. */
export interface RdsMultiAzInstanceProps extends DatabaseProps, ReplicatedPasswordProps {
  /**
   * The engine with its version: PostgreSQL, MySQL or MariaDB. Pin it before you upgrade this package.
   *
   * @default - PostgreSQL 17
   */
  readonly engine?: IInstanceEngine;

  /**
   * The size of the instance, of its standby and of its replica.
   *
   * @default - m7g.large
   */
  readonly instanceType?: InstanceType;

  /**
   * Storage to start with, in GiB.
   *
   * @default 100
   */
  readonly allocatedStorage?: number;

  /**
   * Storage that it may grow to by itself, in GiB.
   *
   * @default - ten times what it starts with
   */
  readonly maxAllocatedStorage?: number;

  /**
   * The type of storage.
   *
   * @default StorageType.GP3
   */
  readonly storageType?: StorageType;

  /**
   * What the other region gets.
   *
   * @default - a read replica at tiers 0 and 1, the automated backups below; nothing where there is no other region
   */
  readonly regionCopy?: RegionCopy;

  /**
   * How late a read replica may be before somebody is told.
   *
   * @default - the recovery point that its data is owed when the region is lost
   */
  readonly maxLag?: Duration;

  /**
   * The key that encrypts automated backups in the other region, by its ARN there.
   *
   * @default - the key that this construct makes there, by its alias
   */
  readonly backupReplicationKeyArn?: string;

  /**
   * The region that takes the writes when the database is created, the same in all regions. Leave it as it is after a
   * replica was promoted.
   *
   * @default - the primary; must be said where several regions serve
   */
  readonly homeRegion?: string;

  /**
   * Whether a read replica was promoted for good, the same in all regions. The primary, or the only region that is left,
   * then takes the writes; each part keeps what it was made with, since an instance of which that changes is replaced.
   * `homeRegion` stays the region that wrote first, also where the service has left it.
   *
   * @default false
   */
  readonly promoted?: boolean;
}

/**
 * A database on RDS with a synchronous standby in another zone: PostgreSQL, MySQL or MariaDB. Built in the stack of each
 * region, it is the source in one and, as the tier owes, a read replica in the other, or there the place into which its
 * backups are restored. A failover takes up to two minutes, which tier 0 does not leave: see `AuroraCluster`.
 *
 * @throws ConfigurationError when it cannot keep what its data is owed, or RDS does not take a value
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
 */
export class RdsMultiAzInstance extends Construct implements DatabaseAccess {
  /** The source or the replica; undefined in a region that only receives backups. */
  readonly instance: CfnDBInstance | undefined;

  /** The source and its replica by region, for a plan of a `RegionSwitch`; a region that only receives backups has none. */
  readonly instanceArns: Readonly<Record<string, string>>;

  /** The same as `instance`, to pass on. */
  readonly database: IDatabaseInstance | undefined;
  readonly parameterGroup: CfnDBParameterGroup;
  readonly encryptionKey: IKey;
  readonly notifications: ITopic;
  readonly secret: ISecret | undefined;
  readonly connections: Connections;
  readonly writerEndpoint: Endpoint | undefined;
  readonly readerEndpoint: Endpoint | undefined;

  constructor(scope: Construct, id: string, props: RdsMultiAzInstanceProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'vpc'));
    refuse(this.node.path, [...storageMistakes(props), ...intervalMistakes(props)]);
    const place = placeOfDatabase(this, props);
    refuse(this.node.path, [
      ...formerHomeMistakes(props, place.writer.region),
      ...copyKeyMistakes(props, place.others),
    ]);
    const engine = props.engine ?? instanceEngine(DatabaseEngine.POSTGRESQL);
    const foundation = layFoundation(this, props, engine);
    const { choices, connections, key, alerts } = foundation;
    const copy = chooseRegionCopy(this, choices, place, props);
    holdStore(this, choices, props, storeWith(copy));
    this.connections = connections;
    this.encryptionKey = key;
    this.notifications = alerts.topic;
    this.parameterGroup = createParameterGroup(this, engine, foundation);
    const given = { foundation, place, copy, props, engine };
    const part = { ...given, secret: this.createSecret(given) };
    this.instanceArns = instanceArns(this, part);
    this.instance = place.isFirst ? this.createSource(part) : this.createReplica(part);
    alerts.tellOf('ParameterEvents', 'db-parameter-group', [this.parameterGroup]);
    if (!this.instance) return;
    this.instance.applyRemovalPolicy(choices.removalPolicy);
    acknowledgeDatabase(this.instance, foundation);
    alerts.tellOf('InstanceEvents', 'db-instance', [this.instance]);
    watchInstance(this, this.instance, part);
    this.secret = this.secretOf(this.instance, part);
    this.database = this.asDatabase(this.instance, part);
    const endpoint = new Endpoint(this.instance.attrEndpointAddress, foundation.port);
    if (place.writes) this.writerEndpoint = endpoint;
    else this.readerEndpoint = endpoint;
  }

  /** Lets somebody sign in with IAM; nothing to grant in a region that only receives backups. */
  grantConnect(grantee: IGrantable, user: string): Grant {
    return (
      this.database?.grantConnect(grantee, user) ?? Grant.drop(grantee, `no database in ${this.node.path}`)
    );
  }

  private createSource(part: RdsInstancePart): CfnDBInstance {
    const { foundation, props, engine } = part;
    const { key } = foundation;
    const { allocatedStorage = DEFAULT_STORAGE, databaseName } = props;
    return new CfnDBInstance(this, 'Instance', {
      ...commonProps(this, foundation, props),
      engine: engine.engineType,
      ...(engine.engineVersion?.fullVersion && { engineVersion: engine.engineVersion.fullVersion }),
      allocatedStorage: String(allocatedStorage),
      ...(databaseName !== undefined && { dbName: databaseName }),
      ...this.credentials(part),
      ...this.copiedBackups(part),
      storageEncrypted: true,
      kmsKeyId: key.keyArn,
    });
  }

  /** Where it writes: what follows is copied from there. */
  private copiedBackups({ foundation, place, copy, props }: RdsInstancePart): Partial<CfnDBInstanceProps> {
    const [other] = place.others;
    if (copy !== RegionCopy.AUTOMATED_BACKUPS || !other || !place.writes) return {};
    return {
      automaticBackupReplicationRegion: other.region,
      automaticBackupReplicationKmsKeyId: props.backupReplicationKeyArn ?? twinKeyArn(this, other),
      automaticBackupReplicationRetentionPeriod: foundation.operation.backupDays,
    };
  }

  /** RDS keeps and rotates the password, but not that of a source of replicas: then it is ours. */
  private credentials({ foundation, secret, props }: RdsInstancePart): Partial<CfnDBInstanceProps> {
    const { masterUsername = ADMINISTRATOR } = props;
    if (secret)
      return { masterUsername, masterUserPassword: secret.secretValueFromJson('password').unsafeUnwrap() };
    const masterUserSecret = { kmsKeyId: foundation.key.keyArn };
    return { masterUsername, manageMasterUserPassword: true, masterUserSecret };
  }

  private createSecret({
    foundation,
    place,
    copy,
    props,
  }: Omit<RdsInstancePart, 'secret'>): ISecret | undefined {
    if (!place.isFirst) return isReplica(place, copy) ? secretCopy(this, props) : undefined;
    if (copy !== RegionCopy.READ_REPLICA) return undefined;
    const copies = passwordCopies(this, foundation.choices, props, place.others);
    return replicatedSecret(this, foundation, props, copies);
  }

  /** From the source by its name there: this region can be deployed while that one is down, once the replica exists. */
  private createReplica(part: RdsInstancePart): CfnDBInstance | undefined {
    const { foundation, place, copy, props } = part;
    if (!isReplica(place, copy)) return undefined;
    const { region, account } = place.first;
    const source = props.identifier ?? regionalName(this, region);
    const replica = new CfnDBInstance(this, 'Instance', {
      ...commonProps(this, foundation, props),
      sourceDbInstanceIdentifier: `arn:${partitionOf(this, region)}:rds:${region}:${account}:db:${source}`,
      sourceRegion: region,
      kmsKeyId: foundation.key.keyArn,
      ...this.copiedBackups(part),
    });
    const reason = 'The replica of an encrypted source is encrypted, with the key of its own region.';
    acknowledgeNag(replica, 'RDS2', reason);
    acknowledgeControls(replica, ['RDSStorageEncrypted'], reason);
    return replica;
  }

  private secretOf(instance: CfnDBInstance, part: RdsInstancePart): ISecret | undefined {
    const { foundation, place, secret, props } = part;
    if (!place.isFirst) return secret;
    if (!secret) return managedSecret(this, instance.attrMasterUserSecretSecretArn, foundation.key);
    attachSecret(this, foundation, props, { secret, database: instance, instances: [] });
    return secret;
  }

  private asDatabase(instance: CfnDBInstance, { foundation, engine }: RdsInstancePart): IDatabaseInstance {
    return DatabaseInstance.fromDatabaseInstanceAttributes(this, 'Database', {
      instanceIdentifier: instance.ref,
      instanceResourceId: instance.attrDbiResourceId,
      instanceEndpointAddress: instance.attrEndpointAddress,
      port: foundation.port,
      securityGroups: [...this.connections.securityGroups],
      engine,
    });
  }
}

/** Whether this part was made as a replica: one that writes now was one. */
function isReplica({ isFirst, writes }: DatabasePlace, copy: RegionCopy): boolean {
  return !isFirst && (writes || copy === RegionCopy.READ_REPLICA);
}
