import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Endpoint } from 'aws-cdk-lib/aws-rds';
import { Annotations, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import type { Replication } from '../../../objectives/replication';
import { TierChoices } from '../../governance/tier-choices';
import type { ReplicatedPasswordProps } from '../replicated-password-props';
import { AuroraCluster } from './aurora-cluster';
import type { DatabaseAccess } from './database-access';
import { auroraEngine, DatabaseEngine, instanceEngine } from './database-engine';
import type { DatabaseProps } from './database-props';
import { DsqlCluster } from './dsql-cluster';
import { GlobalAurora } from './global-aurora';
import { RdsMultiAzCluster } from './rds-multi-az-cluster';
import { RdsMultiAzInstance } from './rds-multi-az-instance';
import { RegionCopy } from './rds-region-copy';
import { DatabaseBackEnd } from './replicated-database-back-end';
import { chooseBackEnd } from './replicated-database-choice';

/** Properties of a {@link ReplicatedDatabase}, the same in all regions. */
export interface ReplicatedDatabaseProps extends DatabaseProps, ReplicatedPasswordProps {
  /**
   * The dialect that the application speaks.
   *
   * @default DatabaseEngine.POSTGRESQL
   */
  readonly engine?: DatabaseEngine;

  /**
   * The version of the engine as AWS counts it for the store: `17.9`, `8.4.8`, `8.0.mysql_aurora.3.10.4`. Pin it before
   * you upgrade this package.
   *
   * @default - one that AWS supports
   */
  readonly engineVersion?: string;

  /**
   * How writes reach the other region.
   *
   * @default - what its data is owed: asynchronously within its recovery point, synchronously where that is 0, and by
   * copies of backups where the tier owes no more
   */
  readonly replication?: Replication;

  /**
   * The store. Set it once the database is deployed: another choice is another, empty database, and another tier or promise
   * may choose another. In production synth warns while it is left out. One that does more than is owed is taken.
   *
   * @default - the first that keeps what is owed: RDS Multi-AZ instance, RDS Multi-AZ cluster, Aurora cluster, Aurora
   * Global Database, Aurora DSQL
   */
  readonly backEnd?: DatabaseBackEnd;

  /**
   * The region that takes the writes, the same in all regions. Aurora DSQL writes in all.
   *
   * @default - the primary; must be said where several regions serve
   */
  readonly homeRegion?: string;

  /**
   * Whether another region has taken over for good, the same in all regions, while `homeRegion` stays the region that wrote
   * first; see `GlobalAurora` and `RdsMultiAzInstance`. Other stores take no notice of it.
   *
   * @default false
   */
  readonly promoted?: boolean;

  /**
   * How far an Aurora MySQL cluster of one region can be rewound; see `AuroraCluster`. Such a cluster can never join a global
   * database. Other stores take no notice of it.
   *
   * @default - as `AuroraCluster`
   */
  readonly backtrackWindow?: Duration;

  /**
   * The third region of Aurora DSQL.
   *
   * @default - the witness of the set of regions
   */
  readonly witnessRegion?: string;

  /**
   * Both clusters of Aurora DSQL, as the output `ClusterArn` of each stack says after the first deployment.
   *
   * @default - none: they wait to be linked
   */
  readonly clusterArns?: readonly string[];
}

/**
 * A relational database whose store is chosen by what its data is owed: which dialect, how it is replicated to the other
 * region, how soon it must be back. The choice and its reason are recorded; what no store can keep is refused with the
 * mode that would. A thin chooser: each store can be used by itself, with all its own properties.
 *
 * @throws ConfigurationError when no store speaks the dialect and replicates as asked, or keeps what is owed
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
 */
export class ReplicatedDatabase extends Construct {
  /** The store that was chosen. */
  readonly backEnd: DatabaseBackEnd;

  /** What was built, for what is special about it. */
  readonly store: RdsMultiAzInstance | RdsMultiAzCluster | AuroraCluster | GlobalAurora | DsqlCluster;

  /** RDS instances by region, for a plan of a `RegionSwitch`; none where the store is another, which has ARNs of its own. */
  readonly instanceArns: Readonly<Record<string, string>>;

  /** How applications reach it in a network; undefined for Aurora DSQL, which is reached by IAM alone. */
  readonly access: DatabaseAccess | undefined;

  /** Where writes go; undefined in a region that takes none. */
  readonly writerEndpoint: Endpoint | undefined;

  /** Where reads may go; undefined where there are no readers in this region. */
  readonly readerEndpoint: Endpoint | undefined;

  constructor(scope: Construct, id: string, props: ReplicatedDatabaseProps) {
    super(scope, id);
    const choices = new TierChoices(this, props, { known: ['engineVersion'] });
    this.backEnd = chooseBackEnd(this, choices, props);
    if (!props.backEnd && !choices.nonProduction) this.warnOfChoice();
    this.store = this.build(props);
    this.access = this.store instanceof DsqlCluster ? undefined : this.store;
    this.instanceArns = this.store instanceof RdsMultiAzInstance ? this.store.instanceArns : {};
    const isDsql = this.store instanceof DsqlCluster;
    this.writerEndpoint = isDsql ? this.store.endpoint : this.store.writerEndpoint;
    this.readerEndpoint = isDsql ? this.store.endpoint : this.store.readerEndpoint;
  }

  /** Lets somebody sign in with IAM; with Aurora DSQL as the users that are mapped to its role. */
  grantConnect(grantee: IGrantable, user: string): Grant {
    return this.store.grantConnect(grantee, user);
  }

  /** What the tier chose, another tier may choose otherwise: then the data stays behind in what it leaves. */
  private warnOfChoice(): void {
    const names = Object.entries(DatabaseBackEnd);
    const [name = ''] = names.find(([, value]) => value === this.backEnd) ?? [];
    Annotations.of(this).addWarningV2(
      'cdk-nines:database-back-end',
      `Its store is chosen by what is owed: ${this.backEnd}. When that changes, another, empty database may be made and this one left behind: set backEnd: DatabaseBackEnd.${name} before it is deployed`,
    );
  }

  private build(props: ReplicatedDatabaseProps): ReplicatedDatabase['store'] {
    const { engine = DatabaseEngine.POSTGRESQL, engineVersion, replication: _, backEnd: __, ...rest } = props;
    const { RDS_MULTI_AZ_INSTANCE, RDS_MULTI_AZ_CLUSTER, AURORA_CLUSTER, GLOBAL_AURORA } = DatabaseBackEnd;
    const rds = { ...rest, engine: instanceEngine(engine, engineVersion) };
    const aurora = { ...rest, engine: auroraEngine(engine, engineVersion) };
    if (this.backEnd === RDS_MULTI_AZ_INSTANCE)
      return new RdsMultiAzInstance(this, 'Instance', { ...rds, ...replicaOf(props) });
    if (this.backEnd === RDS_MULTI_AZ_CLUSTER) return new RdsMultiAzCluster(this, 'MultiAzCluster', rds);
    if (this.backEnd === AURORA_CLUSTER) return new AuroraCluster(this, 'Aurora', aurora);
    if (this.backEnd === GLOBAL_AURORA)
      return new GlobalAurora(this, 'GlobalAurora', { ...aurora, ...managedRpoOf(props) });
    return new DsqlCluster(this, 'Dsql', { ...rest, ...(props.replication && { multiRegion: true }) });
  }
}

/** Whoever asks for replication gets a replica, whatever the tier owes. */
function replicaOf({ replication }: ReplicatedDatabaseProps): { regionCopy?: RegionCopy; maxLag?: Duration } {
  if (!replication) return {};
  return { regionCopy: RegionCopy.READ_REPLICA, maxLag: Duration.seconds(replication.lag.toSeconds()) };
}

/** Below what one reckons with, commits wait. */
function managedRpoOf({ replication }: ReplicatedDatabaseProps): { globalDbRpo?: Duration } {
  const seconds = replication?.lag.toSeconds() ?? Number.POSITIVE_INFINITY;
  const needed = seconds < STORE_FACTS.auroraGlobal.region.rpoSeconds;
  return needed ? { globalDbRpo: Duration.seconds(seconds) } : {};
}
