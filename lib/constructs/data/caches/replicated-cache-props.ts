import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Duration } from 'aws-cdk-lib/core';
import type { DataProps } from '../data-choice';
import type { StoreNetworkProps } from '../store-network';

/** Properties of a {@link ReplicatedCache}. */
export interface ReplicatedCacheProps extends DataProps, StoreNetworkProps {
  /**
   * Whether the caches of all regions are one Global Datastore: the home region writes, the others follow. Without it
   * each region has a cache of its own, which is empty when that region takes over.
   *
   * @default false
   */
  readonly globalDatastore?: boolean;

  /**
   * The region that makes the Global Datastore, the same in all regions. Set it to the old primary when another region
   * has taken over for good.
   *
   * @default - the primary; where all regions serve there is none, and it must be set
   */
  readonly homeRegion?: string;

  /**
   * The id of the Global Datastore that the other regions follow, where AWS does not say beforehand what it will be. The
   * home region makes the Global Datastore all the same.
   *
   * @default - the prefix that AWS gives in the home region, with the name of this construct
   */
  readonly globalDatastoreId?: string;

  /**
   * The type of all nodes.
   *
   * @default 'cache.r7g.large'
   */
  readonly nodeType?: string;

  /**
   * How many replicas follow each primary, 1 to 5. With several shards ElastiCache changes it only by replacement, so
   * there it stays 2 at all tiers.
   *
   * @default - 2 at tiers 0 and 1, else 1; 2 with several shards
   */
  readonly replicas?: number;

  /**
   * How many shards the keys are spread over. More than one needs clients that know clusters.
   *
   * @default 1
   */
  readonly shards?: number;

  /**
   * The version of Valkey, `8.0`.
   *
   * @default '8.0'
   */
  readonly engineVersion?: string;

  /**
   * What to throw out when memory is full.
   *
   * @default 'volatile-lru'
   */
  readonly evictionPolicy?: string;

  /**
   * How long daily snapshots are kept, up to 35 days.
   *
   * @default - 35 days
   */
  readonly snapshotRetention?: Duration;

  /**
   * When snapshots are made, an hour or more, in UTC.
   *
   * @default '01:00-02:00'
   */
  readonly snapshotWindow?: string;

  /**
   * When ElastiCache may change nodes, in UTC. Replicas are changed first, and each primary hands over.
   *
   * @default 'sun:03:00-sun:05:00'
   */
  readonly maintenanceWindow?: string;

  /**
   * What the user may do, in the words of an access control list.
   *
   * @default 'on ~* &* +@all -@dangerous +info'
   */
  readonly accessString?: string;

  /**
   * A user group of your own.
   *
   * @default - one with one user, who signs in with IAM
   */
  readonly userGroupId?: string;

  /**
   * The port.
   *
   * @default 6379
   */
  readonly port?: number;

  /**
   * A key of your own for the data at rest.
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
