import { AnyPrincipal, ArnPrincipal, Effect, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Aws, Fn, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { refuse } from '../../objectives/mistakes';

/** What administers a key and cannot use it. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:ListRetirableGrants',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/** What uses a key: with any of these data can be read, written, or a third party let in. */
const USE = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
] as const;

/** With any of these data that is encrypted is lost, now or later. @internal */
export const KEY_ENDING_ACTIONS = ['DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'] as const;

/** Lets principals administer a key. @internal */
export function administer(sid: string, principals: IPrincipal[]): PolicyStatement {
  return new PolicyStatement({ sid, principals, actions: ADMINISTRATION, resources: ['*'] });
}

/** Lets principals use a key. @internal */
export function use(sid: string, principals: IPrincipal[]): PolicyStatement {
  return new PolicyStatement({ sid, principals, actions: [...USE, 'kms:DescribeKey'], resources: ['*'] });
}

/** Keeps principals from using a key, whatever else allows it. @internal */
export function neverUse(sid: string, principals: IPrincipal[]): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, principals, actions: [...USE], resources: ['*'] });
}

/** Keeps principals from ending or changing a key, whatever else allows it. @internal */
export function neverEnd(sid: string, principals: IPrincipal[]): PolicyStatement {
  const actions = KEY_ENDING_ACTIONS.map((action) => `kms:${action}`);
  return new PolicyStatement({ sid, effect: Effect.DENY, principals, actions, resources: ['*'] });
}

/** Everybody, who must then be told apart by conditions. @internal */
export function everybody(): IPrincipal {
  return new AnyPrincipal();
}

/** A principal by its ARN. @internal */
export function byArn(arn: string): IPrincipal {
  return new ArnPrincipal(arn);
}

/**
 * The role that CloudFormation deploys a stack with: that of the CDK's bootstrap, whatever the qualifier, or the one that the
 * synthesizer of the stack names.
 *
 * @throws ConfigurationError when the stack is deployed with whatever credentials the CLI has
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 * @internal
 */
export function deployerArns(scope: Construct): string[] {
  const { account, region, synthesizer } = rootOf(Stack.of(scope));
  const role = 'cloudFormationExecutionRole' in synthesizer && synthesizer.cloudFormationExecutionRole;
  if (typeof role === 'string' && !/role\/cdk-.+-cfn-exec-role-/.test(role))
    return [role.includes('${') ? Fn.sub(role) : role];
  if (!role)
    refuse(scope.node.path, [
      {
        problem:
          'its stack is deployed with the credentials of whoever calls the CLI, whom its policy would shut out',
        fix: 'give deployerArns: the roles that deploy it',
      },
    ]);
  return [`arn:${Aws.PARTITION}:iam::${account}:role/cdk-*-cfn-exec-role-${account}-${region}`];
}

function rootOf(stack: Stack): Stack {
  return stack.nestedStackParent ? rootOf(stack.nestedStackParent) : stack;
}
