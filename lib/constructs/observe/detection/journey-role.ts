import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeInlinePolicy, acknowledgeNag, acknowledgeWildcard } from '../../governance/nag';

/**
 * What a canary may do: write what it saw, its log and its metrics, in every region that it runs in. It reads objects only
 * to compare pictures with earlier ones, which a journey does not.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html
 * @internal
 */
export function journeyRole(scope: Construct, canaryName: string, artifacts: Bucket): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Walks the journey ${scope.node.path}`,
  });
  const objects = artifacts.arnForObjects('*');
  const logs = Stack.of(scope).formatArn({
    service: 'logs',
    region: '*',
    resource: 'log-group',
    resourceName: `/aws/lambda/cwsyn-${canaryName}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  allow(role, ['s3:PutObject'], objects);
  allow(role, ['s3:GetBucketLocation'], artifacts.bucketArn);
  allow(role, ['s3:ListAllMyBuckets'], '*');
  allow(role, ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:CreateLogGroup'], logs);
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
    }),
  );
  artifacts.encryptionKey?.grant(role, 'kms:GenerateDataKey', 'kms:Decrypt');
  acknowledgeInlinePolicy(role);
  acknowledgeNag(
    role,
    'IAM5[Resource::*]',
    'CloudWatch and the list of buckets know no resources; the namespace is bound.',
  );
  acknowledgeWildcard(
    role,
    objects,
    'Each run writes objects of its own, and the bucket holds nothing else.',
  );
  acknowledgeWildcard(
    role,
    logs,
    'Synthetics makes up the end of the name, and a log in each region of the journey.',
  );
  return role;
}

function allow(role: Role, actions: string[], resource: string): void {
  role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [resource] }));
}
