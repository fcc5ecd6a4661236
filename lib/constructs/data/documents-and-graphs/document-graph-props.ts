import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Duration } from 'aws-cdk-lib/core';
import type { DataProps } from '../data-choice';
import type { StoreNetworkProps } from '../store-network';

/** What a {@link DocumentDatabase} and a {@link GraphDatabase} have in common. */
export interface ClusteredDatabaseProps extends DataProps, StoreNetworkProps {
  /**
   * Whether the clusters of all regions are one global cluster: one region writes, the others follow.
   *
   * @default - true in several regions of one account
   */
  readonly global?: boolean;

  /**
   * The region whose cluster was the first one, which writes, the same in all regions. Set it to the old primary when
   * another region has taken over for good: its stack still has the global cluster.
   *
   * @default - the primary; where all regions serve there is none, and it must be set
   */
  readonly homeRegion?: string;

  /**
   * Whether another region has taken over for good, the same in all regions. The primary, or the only region that is
   * left, then writes; each part keeps what it was made with, since a cluster of which that changes is replaced.
   * `homeRegion` stays the region that wrote first, also where the service has left it.
   *
   * @default false
   */
  readonly promoted?: boolean;

  /**
   * How many instances this region has, each in the next zone: one that writes, the others read and take over. None is
   * a pilot light, for a region that follows.
   *
   * @default - 3, 3, 2, 1 at tiers 0, 1, 2, 3; in a region that follows 3, 2, 1, 1, and none where the approach is a pilot
   * light, or backup and restore
   */
  readonly instances?: number;

  /**
   * The class of all instances.
   *
   * @default 'db.r6g.large'
   */
  readonly instanceClass?: string;

  /**
   * The version of the engine.
   *
   * @default - '5.0.0' of DocumentDB, '1.4.5.0' of Neptune
   */
  readonly engineVersion?: string;

  /**
   * The name of the cluster of this region.
   *
   * @default - service, construct and region: `shop-orders-eu-west-1`
   */
  readonly identifier?: string;

  /**
   * How far back continuous backups reach, up to 35 days.
   *
   * @default - 35 days
   */
  readonly backupRetention?: Duration;

  /**
   * When the daily snapshot is made, half an hour or more, in UTC.
   *
   * @default '01:00-02:00'
   */
  readonly backupWindow?: string;

  /**
   * When AWS may change the cluster, half an hour or more, in UTC.
   *
   * @default 'sun:03:00-sun:04:00'
   */
  readonly maintenanceWindow?: string;

  /**
   * Whether the cluster cannot be deleted until somebody has allowed it.
   *
   * @default - true in production
   */
  readonly deletionProtection?: boolean;

  /**
   * The port.
   *
   * @default - 27017 of DocumentDB, 8182 of Neptune
   */
  readonly port?: number;

  /**
   * A key of your own for the data at rest, of this region.
   *
   * @default - a key that is made
   */
  readonly encryptionKey?: IKey;

  /**
   * How long its logs are kept. Less than a year needs `weakening`, but not in a stage that is not
   * production; for ever is refused.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;
}
