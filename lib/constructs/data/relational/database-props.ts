import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { DataProps } from '../data-choice';

/** What every relational database takes that stands in a network. */
export interface DatabaseProps extends DataProps {
  /** The network of this region, with subnets that are not public. */
  readonly vpc: IVpc;

  /**
   * The subnets that it stands in.
   *
   * @default - the isolated subnets, in all zones; the private ones where there are none
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * A security group beside its own, whose rules are yours.
   *
   * @default - only its own, which lets nobody in until `connections` says who may
   */
  readonly securityGroup?: ISecurityGroup;

  /**
   * The physical name. For a database that exists already; it cannot be changed without replacing the database.
   *
   * @default - the service, the path of the construct and the region: `shop-orders-eu-west-1`
   */
  readonly identifier?: string;

  /**
   * The database that is created with it. It cannot be changed without replacing the database.
   *
   * @default - none
   */
  readonly databaseName?: string;

  /**
   * The name of the administrator. It cannot be changed without replacing the database.
   *
   * @default 'dbadmin'
   */
  readonly masterUsername?: string;

  /**
   * The key of this region that encrypts storage, backups, secrets and notices. It must let `events.rds.amazonaws.com`
   * and `cloudwatch.amazonaws.com` use it.
   *
   * @default - a key of its own, which is rotated every year
   */
  readonly encryptionKey?: IKey;

  /**
   * The port on which it listens.
   *
   * @default - that of the engine: 5432 for PostgreSQL, 3306 for MySQL and MariaDB
   */
  readonly port?: number;

  /**
   * Parameters of the engine, beside those set here: connections must be encrypted, and slow queries are logged to files.
   *
   * @default - none
   */
  readonly parameters?: Record<string, string>;

  /**
   * How far back it can be restored to any point in time, in whole days.
   *
   * @default - 35 d at tiers 0, 1 and 2, 14 d at tier 3
   */
  readonly backupRetention?: Duration;

  /**
   * Whether deleting it is refused until the protection is taken off.
   *
   * @default - true; false in a stage that is not production
   */
  readonly deletionProtection?: boolean;

  /**
   * Whether it takes minor versions by itself, in the maintenance window.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;

  /**
   * The weekly window of maintenance, in UTC: `sun:03:00-sun:04:00`.
   *
   * @default - AWS chooses one
   */
  readonly preferredMaintenanceWindow?: string;

  /**
   * Time between two readings of the operating system.
   *
   * @default - 15 s at tiers 0 and 1, 60 s below
   */
  readonly monitoringInterval?: Duration;

  /**
   * Whether Database Insights runs in its advanced mode, which keeps 465 days of queries and locks.
   *
   * @default - true at tiers 0 and 1
   */
  readonly advancedInsights?: boolean;

  /**
   * Who is told of failovers, failures, maintenance and alarms.
   *
   * @default - a topic of its own, to subscribe to
   */
  readonly notifications?: ITopic;
}
