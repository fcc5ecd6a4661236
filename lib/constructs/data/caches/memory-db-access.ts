import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnACL, CfnUser } from 'aws-cdk-lib/aws-memorydb';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { sharedName } from '../../region/membership';
import { DEFAULT_ACCESS } from './cache-access';

/**
 * One user who signs in with IAM, so that there is no password to lose, and the list that names them.
 *
 * @throws ConfigurationError when another construct of the app has its name in the same account and region
 * @see https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html
 */
export class MemoryDbAccess extends Construct {
  /** Who signs in. */
  readonly user: CfnUser;

  /** What the cluster knows them by. */
  readonly acl: CfnACL;

  constructor(scope: Construct, id: string, accessString: string = DEFAULT_ACCESS) {
    super(scope, id);
    const name = sharedName(scope, 40);
    this.user = new CfnUser(this, 'User', {
      userName: name,
      accessString,
      authenticationMode: { Type: 'iam' },
    });
    this.acl = new CfnACL(this, 'Acl', { aclName: name, userNames: [this.user.ref] });
  }

  /** Lets somebody sign in as the user. */
  grantConnect(grantee: IGrantable, clusterArn: string): Grant {
    const user = Stack.of(this).formatArn({
      service: 'memorydb',
      resource: 'user',
      resourceName: this.user.ref,
    });
    return Grant.addToPrincipal({
      grantee,
      actions: ['memorydb:Connect'],
      resourceArns: [clusterArn, user],
    });
  }
}
