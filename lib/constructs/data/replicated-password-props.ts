import type { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Duration } from 'aws-cdk-lib/core';

/** What a database takes whose administrator has a password that AWS does not keep by itself: one in several regions. */
export interface ReplicatedPasswordProps {
  /**
   * Whether a function of AWS changes the password of the administrator. RDS itself changes none of a database that is
   * replicated to another region. To leave it off needs `weakening`, but not in a stage that is not production.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
   */
  readonly rotatePassword?: boolean;

  /**
   * How often the password is changed, in whole days. More than 90 days need `weakening`.
   *
   * @default Duration.days(30)
   */
  readonly passwordRotation?: Duration;

  /**
   * Where the function runs that changes the password: it must reach the database and Secrets Manager, by a way out or by
   * an endpoint of the network.
   *
   * @default - the private subnets with a way out
   */
  readonly rotationSubnets?: SubnetSelection;

  /**
   * Whether the other regions hold a copy of the password, each under the key of that region. The keys must be there
   * before the copies: in the first deployment of the region that writes say false, with a `weakening` that ends within
   * days; deploy the other regions, then that one again without it. It is the same in all regions. Without copies, who
   * needs the administrator after the loss of the region gives the promoted database a new password. In a stage that is
   * not production it may be false for good.
   *
   * @default true
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
   */
  readonly passwordCopies?: boolean;

  /**
   * The keys of the other regions by region, for copies of the password where `encryptionKey` is given.
   *
   * @default - those that this construct makes there
   */
  readonly peerKeyArns?: Readonly<Record<string, string>>;
}
