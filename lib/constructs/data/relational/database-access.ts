import type { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Endpoint } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** How an application reaches a relational database in its region. */
export interface DatabaseAccess extends IConnectable {
  /** Where writes go; undefined in a region that takes none. */
  readonly writerEndpoint: Endpoint | undefined;

  /** Where reads may go; undefined where the database has no readers in this region. */
  readonly readerEndpoint: Endpoint | undefined;

  /** The administrator; undefined where there is none in this region. */
  readonly secret: ISecret | undefined;

  /** Who may connect. */
  readonly connections: Connections;

  /** Lets somebody sign in as a user of the database with IAM. */
  grantConnect(grantee: IGrantable, user: string): Grant;
}
