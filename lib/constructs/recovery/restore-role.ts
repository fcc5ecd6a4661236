import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeNag } from '../governance/nag';

/** What AWS Backup restores as. @internal */
export function restoreRole(scope: Construct): Role {
  const role = new Role(scope, 'Role', {
    description: 'Restores backups as a test',
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
  });
  allow(role, 'service-role/AWSBackupServiceRolePolicyForRestores');
  return role;
}

/** Lets the role restore buckets. @internal */
export function allowBuckets(role: Role): void {
  allow(role, 'AWSBackupServiceRolePolicyForS3Restore');
}

function allow(role: Role, policy: string): void {
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(policy));
  acknowledgeNag(
    role,
    `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
    'AWS keeps this policy in step with what a restore needs for each type; a copy of it would fail with the next type.',
  );
}
