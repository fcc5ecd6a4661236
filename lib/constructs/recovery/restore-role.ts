import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeNag } from '../governance/nag';
import { RestoreTestType } from './restore-test-type';

/** What AWS Backup restores as, with the right to restore buckets where there are any. @internal */
export function restoreRole(scope: Construct, types: readonly RestoreTestType[]): Role {
  const policies = [
    'service-role/AWSBackupServiceRolePolicyForRestores',
    ...(types.includes(RestoreTestType.S3) ? ['AWSBackupServiceRolePolicyForS3Restore'] : []),
  ];
  const role = new Role(scope, 'Role', {
    description: 'Restores backups as a test',
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: policies.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  for (const name of policies) {
    acknowledgeNag(
      role,
      `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
      'AWS keeps this policy in step with what a restore needs for each type; a copy of it would fail with the next type.',
    );
  }
  return role;
}
