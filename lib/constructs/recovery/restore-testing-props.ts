import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { TieredProps } from '../governance/tier-choices';
import type { BackupKeyring } from './backup-keyring';
import type { RestoreTestType } from './restore-test-type';

/** Properties of a {@link RestoreTesting}. */
export interface RestoreTestingProps extends TieredProps {
  /**
   * Whether backups are restored here. Turn it on in a standby that makes backups. Turning it off where the service
   * serves needs a `weakening`.
   *
   * @default - in regions that serve, and where `resourceTypes` are named
   */
  readonly restores?: boolean;

  /**
   * The types that may be restored; those of which the service keeps nothing in this region are left out. A store of a
   * type that is not named is refused.
   *
   * @default - all that the service keeps in this region and AWS Backup restores as a test
   */
  readonly resourceTypes?: readonly RestoreTestType[];

  /**
   * Time between two tests; they run daily, weekly, monthly, quarterly or yearly, whichever is the rarest within it.
   *
   * @default - weekly, monthly, quarterly, yearly at tiers 0, 1, 2, 3
   */
  readonly interval?: Duration;

  /**
   * The vaults that backups are taken from.
   *
   * @default - all of this account and region
   */
  readonly vaults?: IBackupVault[];

  /**
   * How old the backup may be that is taken at random, in whole days, 1 to 365.
   *
   * @default Duration.days(30)
   */
  readonly selectionWindow?: Duration;

  /**
   * After how long a test that has not started is given up, in whole hours, 1 to 168.
   *
   * @default Duration.hours(24)
   */
  readonly startWindow?: Duration;

  /**
   * How long a restored copy lives at most, for those who look at it, in whole hours, 1 to 168.
   *
   * @default Duration.hours(8)
   */
  readonly validationWindow?: Duration;

  /**
   * Looks into what was restored: rows, sums, a query of the application. It gets the detail of the event of AWS Backup
   * (`resourceType`, `createdResourceArn`, `restoreJobId` …) and answers `{ valid: boolean, message: string }`. To reach a
   * database it must be in the isolated network itself.
   *
   * @default - none: only that the resource is there and can be used is looked at
   */
  readonly contentCheck?: IFunction;

  /**
   * A network whose isolated subnets take the copies.
   *
   * @default - one of its own, without any way in or out, where a type needs one
   */
  readonly vpc?: IVpc;

  /**
   * The security group of the copies in that `vpc`.
   *
   * @default - one that lets nothing in or out
   */
  readonly securityGroup?: ISecurityGroup;

  /**
   * The zones of a network of its own, two by name.
   *
   * @default - the first of the enclosing region stack
   */
  readonly availabilityZones?: string[];

  /**
   * What else AWS Backup is told about a restore, by type: `{ RDS: { dbInstanceClass: 'db.t4g.medium' } }`. FSx needs more
   * than a network, depending on the kind of file system.
   *
   * @default - only where copies go
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
   */
  readonly restoreMetadata?: Readonly<Partial<Record<RestoreTestType, Readonly<Record<string, string>>>>>;

  /**
   * What AWS Backup restores as.
   *
   * @default - a role of its own
   */
  readonly role?: IRole;

  /**
   * The key of the backups, where copies of snapshots are restored: those of RDS, EBS and their kin are encrypted with it.
   *
   * @default - none: what is restored where it was backed up needs no more than AWS Backup has
   */
  readonly keyring?: BackupKeyring;

  /**
   * Where overdue tests and unhandled events are told.
   *
   * @default - a topic of its own, to which somebody must subscribe
   */
  readonly noticeTopic?: ITopic;
}
