import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Duration } from 'aws-cdk-lib/core';
import type { DataProps } from '../data-choice';
import type { StoreNetworkProps } from '../store-network';

/** Properties of a {@link DurableCache}. */
export interface DurableCacheProps extends DataProps, StoreNetworkProps {
  /**
   * Whether the clusters of all regions are one Multi-Region cluster, of which every region takes writes. MemoryDB makes
   * a cluster a part of one when it creates it and never later, so neither the tier nor the number of regions decides:
   * say it from the start.
   *
   * @default false
   */
  readonly multiRegion?: boolean;

  /**
   * The region that makes the Multi-Region cluster, the same in all regions. Set it to the old primary when another
   * region has taken over for good.
   *
   * @default - the primary; where all regions serve there is none, and it must be set
   */
  readonly homeRegion?: string;

  /**
   * The name of the Multi-Region cluster that the other regions join, where it is not the prefix that ElastiCache gives
   * in the home region, with the name of this construct. The home region makes it all the same.
   *
   * @default - that prefix and that name
   */
  readonly multiRegionClusterName?: string;

  /**
   * The type of all nodes. A Multi-Region cluster needs R7g of xlarge or more.
   *
   * @default - 'db.r7g.large'; 'db.r7g.xlarge' with `multiRegion`
   */
  readonly nodeType?: string;

  /**
   * How many replicas follow the primary of each shard, 1 to 5.
   *
   * @default - 2 at tiers 0 and 1, else 1
   */
  readonly replicas?: number;

  /**
   * How many shards the keys are spread over.
   *
   * @default 1
   */
  readonly shards?: number;

  /**
   * The version of Valkey, `7.3`.
   *
   * @default '7.3'
   */
  readonly engineVersion?: string;

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
   * When MemoryDB may change nodes, in UTC. Replicas are changed first, and each primary hands over.
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
   * An access control list of your own.
   *
   * @default - one with one user, who signs in with IAM
   */
  readonly aclName?: string;

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
}
