import { CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { sharedName } from '../../region/membership';

/** What a user of a cache may do, unless it is said otherwise: all but what halts or empties the whole cache. @internal */
export const DEFAULT_ACCESS = 'on ~* &* +@all -@dangerous +info';

/**
 * One user who signs in with IAM, so that there is no password to lose, and their group.
 *
 * @throws ConfigurationError when another construct of the app has its name in the same account and region
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
export class CacheAccess extends Construct {
  /** Who signs in. */
  readonly user: CfnUser;

  /** What the cache knows them by. */
  readonly group: CfnUserGroup;

  constructor(scope: Construct, id: string, accessString: string = DEFAULT_ACCESS) {
    super(scope, id);
    const name = sharedName(scope, 40);
    this.user = new CfnUser(this, 'User', {
      userId: name,
      // IAM users have one name for both.
      userName: name,
      engine: 'valkey',
      accessString,
      authenticationMode: { Type: 'iam' },
    });
    this.group = new CfnUserGroup(this, 'Group', {
      userGroupId: name,
      engine: 'valkey',
      userIds: [this.user.ref],
    });
  }

  /** Lets somebody sign in as the user. */
  grantConnect(grantee: IGrantable, replicationGroupId: string): Grant {
    const arn = (resource: string, resourceName: string): string =>
      Stack.of(this).formatArn({ service: 'elasticache', resource: `${resource}:${resourceName}` });
    return Grant.addToPrincipal({
      grantee,
      actions: ['elasticache:Connect'],
      resourceArns: [arn('replicationgroup', replicationGroupId), arn('user', this.user.ref)],
    });
  }
}
