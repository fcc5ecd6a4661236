import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledgeInlinePolicy, acknowledgeNag } from '../governance/nag';

/**
 * What a function may do before it is given anything: write to its log, trace, and have addresses in its network.
 *
 * @internal
 */
export function functionRole(scope: Construct, logs: LogGroup, inNetwork: boolean): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: inNetwork
      ? [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole')]
      : [],
  });
  logs.grantWrite(role);
  if (inNetwork) {
    acknowledgeNag(
      role,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]',
      'Network interfaces have no names before they are made; AWS keeps what Lambda needs for them up to date.',
    );
  }
  acknowledgeNag(
    role,
    'IAM5[Resource::*]',
    'X-Ray takes traces of no resource: xray:PutTraceSegments can be granted for all only.',
  );
  acknowledgeInlinePolicy(role);
  return role;
}
