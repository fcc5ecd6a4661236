import type { Connections } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  type CfnDBCluster,
  type CfnDBClusterParameterGroup,
  type CfnDBClusterProps,
  type CfnDBInstance,
  CfnGlobalCluster,
  Endpoint,
  type IClusterEngine,
  type IDatabaseCluster,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { refuse } from '../../../objectives/mistakes';
import { RecoveryApproach } from '../../../objectives/policy/regions';
import { refuseLeftOpen } from '../../governance/left-open';
import { membershipOf, requireMembership, sharedName } from '../../region/membership';
import { clusterArns } from '../cluster-arns';
import { holdStore } from '../data-choice';
import { type DatabasePlace, placeOfDatabase } from '../database-place';
import { passwordCopies } from '../password-copies';
import type { ReplicatedPasswordProps } from '../replicated-password-props';
import { chooseAuroraCapacity } from './aurora-capacity';
import { type AuroraParts, type AuroraProps, asCluster, auroraParts } from './aurora-parts';
import type { DatabaseAccess } from './database-access';
import { auroraEngine, DatabaseEngine } from './database-engine';
import { type DatabaseFoundation, layFoundation } from './database-foundation';
import { ADMINISTRATOR, attachSecret, replicatedSecret, secretCopy } from './database-secret';
import { globalMistakes, headlessMistakes } from './global-aurora-mistakes';
import { chooseGlobalRpo, type GlobalRpo, globalStore } from './global-aurora-rpo';

/** Properties of a {@link GlobalAurora}, the same in all regions. */
export interface GlobalAuroraProps extends AuroraProps, ReplicatedPasswordProps {
  /**
   * The region that takes the writes when the database is created, the same in all regions. Leave it as it is after a
   * switchover: the template says where the database was made, RDS knows where it writes.
   *
   * @default - the primary; must be said where several regions serve
   */
  readonly homeRegion?: string;

  /**
   * Whether another region has taken over for good, the same in all regions. The primary, or the only region that is
   * left, then takes the writes; each part keeps what it was made with, since a cluster of which that changes is replaced.
   * `homeRegion` stays the region that wrote first, also where the service has left it.
   *
   * @default false
   */
  readonly promoted?: boolean;

  /**
   * The name of the global database. For one that exists already.
   *
   * @default - the service and the path of the construct: `shop-orders`
   */
  readonly globalClusterIdentifier?: string;

  /**
   * Whether the other regions keep the data only: an instance is created there before the region can be promoted.
   *
   * @default - true where the approach is a pilot light
   */
  readonly headless?: boolean;

  /**
   * Whether the other regions take writes and send them on to the writer.
   *
   * @default - true where all regions serve
   */
  readonly writeForwarding?: boolean;

  /**
   * The most that the other regions may be behind, with Aurora PostgreSQL: while all are further behind, commits wait.
   *
   * @default - the recovery point that its data is owed, where that is under a minute; else nothing waits
   */
  readonly globalDbRpo?: Duration;
}

/**
 * One region's part of an Aurora Global Database: in one region the global database with its writer, in each other a
 * cluster that follows and can be promoted within minutes. Built with the same id and properties in the stack of each
 * region; the parts know each other by name, so that none needs another at deployment once all are there.
 *
 * @throws ConfigurationError when it cannot keep what its data is owed, or Aurora does not take a value
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export class GlobalAurora extends Construct implements DatabaseAccess {
  /** The global database, in the region that took the writes when it was created. */
  readonly globalCluster: CfnGlobalCluster | undefined;

  /** Its name, in all regions. */
  readonly globalClusterIdentifier: string;

  /** This region's cluster. */
  readonly cluster: CfnDBCluster;

  /** The clusters of all regions by region, for a plan of a `RegionSwitch`; with an `identifier` of your own, this one's. */
  readonly clusterArns: Readonly<Record<string, string>>;

  /** This region's instances; none where it is headless. */
  readonly instances: readonly CfnDBInstance[];

  /** This region's cluster, to pass on. */
  readonly database: IDatabaseCluster;
  readonly parameterGroup: CfnDBClusterParameterGroup;
  readonly encryptionKey: IKey;
  readonly notifications: ITopic;

  /** Name and password of the administrator; in another region the copy, where there are copies. */
  readonly secret: ISecret | undefined;

  readonly connections: Connections;
  readonly writerEndpoint: Endpoint | undefined;
  readonly readerEndpoint: Endpoint;

  constructor(scope: Construct, id: string, props: GlobalAuroraProps) {
    super(scope, id);
    requireMembership(this);
    const place = placeOfDatabase(this, props ?? {});
    const engine = props?.engine ?? auroraEngine(DatabaseEngine.POSTGRESQL);
    refuseLeftOpen(this.node.path, props);
    refuse(this.node.path, globalMistakes({ place, engine, props }));
    const foundation = layFoundation(this, props, engine);
    const { choices, key, port, connections, alerts } = foundation;
    const capacity = chooseAuroraCapacity(this.node.path, choices, props);
    const isHeadless = this.isHeadless(props);
    refuse(this.node.path, headlessMistakes(place, props, isHeadless));
    const rpo = chooseGlobalRpo({ construct: this, choices, props, engine });
    const isAlone = place.others.length === 0;
    holdStore(this, choices, props, isAlone ? STORE_FACTS.auroraCluster : globalStore(rpo, isHeadless));
    this.globalClusterIdentifier = props.globalClusterIdentifier ?? sharedName(this);
    this.globalCluster = this.createGlobalCluster(place, engine, foundation);
    this.encryptionKey = key;
    this.notifications = alerts.topic;
    this.connections = connections;
    const own = this.createSecret(place, foundation, props);
    this.secret = own ?? secretCopy(this, props);
    const part = {
      foundation,
      engine,
      capacity,
      props,
      headless: isHeadless && !place.writes,
      parameters: rpo.parameters,
      own: own ? primaryOnly(this, own, props) : secondaryOnly(this, place, props, isHeadless),
    };
    const parts = auroraParts(this, part);
    this.cluster = parts.cluster;
    this.clusterArns = clusterArns(this, { isGlobal: true, place }, props.identifier);
    this.instances = parts.instances;
    this.parameterGroup = parts.parameterGroup;
    if (this.globalCluster) this.cluster.addResourceDependency(this.globalCluster);
    const { cluster: database, instances } = parts;
    if (own) attachSecret(this, foundation, props, { secret: own, database, instances });
    if (!place.writes) this.watchLag(parts, foundation, rpo);
    this.database = asCluster(this, parts, part, this.secret);
    this.writerEndpoint = place.writes ? new Endpoint(this.cluster.attrEndpointAddress, port) : undefined;
    this.readerEndpoint = new Endpoint(this.cluster.attrReadEndpointAddress, port);
  }

  /** Lets somebody sign in to this region's cluster with IAM. */
  grantConnect(grantee: IGrantable, user: string): Grant {
    return this.database.grantConnect(grantee, user);
  }

  private isHeadless({ headless }: GlobalAuroraProps): boolean {
    return headless ?? membershipOf(this)?.approach === RecoveryApproach.PILOT_LIGHT;
  }

  private createGlobalCluster(
    { isFirst }: DatabasePlace,
    engine: IClusterEngine,
    { choices, operation }: DatabaseFoundation,
  ): CfnGlobalCluster | undefined {
    if (!isFirst) return undefined;
    const global = new CfnGlobalCluster(this, 'Global', {
      globalClusterIdentifier: this.globalClusterIdentifier,
      engine: engine.engineType,
      ...(engine.engineVersion?.fullVersion && { engineVersion: engine.engineVersion.fullVersion }),
      storageEncrypted: true,
      deletionProtection: operation.deletionProtection,
    });
    global.applyRemovalPolicy(choices.removalPolicy);
    return global;
  }

  private createSecret(
    place: DatabasePlace,
    foundation: DatabaseFoundation,
    props: GlobalAuroraProps,
  ): ISecret | undefined {
    if (!place.isFirst) return undefined;
    const copies = passwordCopies(this, foundation.choices, props, place.others);
    return replicatedSecret(this, foundation, props, copies);
  }

  /** Half of what may be lost, so that there is time to act before the recovery point is broken. */
  private watchLag({ cluster }: AuroraParts, { alerts }: DatabaseFoundation, rpo: GlobalRpo): void {
    const lag = {
      dimensions: { DBClusterIdentifier: cluster.ref },
      threshold: (rpo.seconds * 1000) / 2,
      silenceIsBad: true,
    };
    alerts.alarm('GlobalLag', {
      ...lag,
      metricName: 'AuroraGlobalDBReplicationLag',
      meaning: `${this.node.path} is behind the region that takes the writes by half of what may be lost`,
    });
    if (!rpo.managed) return;
    alerts.alarm('RpoLag', {
      ...lag,
      metricName: 'AuroraGlobalDBRPOLag',
      meaning: `Commits wait for ${this.node.path} soon: it is behind by half of rds.global_db_rpo`,
    });
  }
}

function primaryOnly(
  { globalClusterIdentifier }: GlobalAurora,
  secret: ISecret,
  { masterUsername = ADMINISTRATOR, databaseName }: GlobalAuroraProps,
): Partial<CfnDBClusterProps> {
  return {
    globalClusterIdentifier,
    masterUsername,
    masterUserPassword: secret.secretValueFromJson('password').unsafeUnwrap(),
    ...(databaseName !== undefined && { databaseName }),
  };
}

/** Administrator and databases come with the data. */
function secondaryOnly(
  { globalClusterIdentifier }: GlobalAurora,
  { first, allServe }: DatabasePlace,
  props: GlobalAuroraProps,
  isHeadless: boolean,
): Partial<CfnDBClusterProps> {
  const { writeForwarding: enableGlobalWriteForwarding = allServe && !isHeadless } = props;
  return { globalClusterIdentifier, sourceRegion: first.region, enableGlobalWriteForwarding };
}
