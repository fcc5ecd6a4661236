import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { DataProps } from '../data-choice';
import type { StoreNetworkProps } from '../store-network';

/** Properties of a {@link SearchDomain}. */
export interface SearchDomainProps extends DataProps, StoreNetworkProps {
  /**
   * Whether the nodes of one of three zones stand by, each with a copy of every shard, and take over when a zone is lost.
   *
   * @default - true where the tier owes the peak after the loss of a zone: at tiers 0 and 1
   */
  readonly standby?: boolean;

  /**
   * How many nodes hold data, a multiple of the zones. With a standby a third of them wait.
   *
   * @default - as many in each zone, and three at least; at tier 3 one in each
   */
  readonly dataNodes?: number;

  /**
   * The type of the nodes that hold data.
   *
   * @default 'r7g.large.search'
   */
  readonly dataNodeType?: string;

  /**
   * The type of the three nodes that lead.
   *
   * @default 'm7g.large.search'
   */
  readonly masterNodeType?: string;

  /**
   * The room of each data node, in GiB.
   *
   * @default 100
   */
  readonly volumeSizeGiB?: number;

  /**
   * The version of OpenSearch, `2.19`.
   *
   * @default '2.19'
   */
  readonly engineVersion?: string;

  /**
   * A role that may do everything. All requests are signed with IAM.
   *
   * @default - a role of its own, which those of the account may take whose policies say so
   */
  readonly administrator?: IRole;

  /**
   * Whether the administrator is one of the domain itself, whose password is in `secret`, for tools that do not sign with
   * IAM. Nothing rotates such a password, so it needs `weakening`, but not in a stage that is not production.
   *
   * @default false
   */
  readonly passwordAdministrator?: boolean;

  /**
   * The hour at which OpenSearch may begin to change nodes, 0 to 23 in UTC; it has ten hours.
   *
   * @default 1
   */
  readonly offPeakStartHour?: number;

  /**
   * The name of the domain, 28 characters at most.
   *
   * @default - service and construct: `shop-search`
   */
  readonly domainName?: string;

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
