import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A multi-Region key as AWS makes it. */
export function primaryKeyArn(region: string): string {
  return `arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
}

/** A role of the stack. */
export function roleIn(stack: Construct, id: string): Role {
  return new Role(stack, id, { assumedBy: new AccountRootPrincipal() });
}
