import {
  AccountRootPrincipal,
  Effect,
  type IPrincipal,
  type IRole,
  PolicyDocument,
  PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Aws, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TierChoices } from '../governance/tier-choices';
import { administer, byArn, deployerArns, everybody, neverEnd, neverUse, use } from './key-statements';

/** Who may do what with the key of backups. */
interface KeyringDuties {
  readonly administrators?: IRole[];
  readonly users?: IRole[];
  readonly breakGlassArn: string;
  readonly deployerArns?: string[];
  readonly peerAccounts: readonly string[];
}

/** @internal */
export function keyringPolicy(scope: Construct, choices: TierChoices, duties: KeyringDuties): PolicyDocument {
  const { administrators = [], users = [] } = duties;
  const statements = [
    // IAM may delegate administration, never use: whoever may do everything in the account still reads no backup by it.
    administer('Account', [new AccountRootPrincipal()]),
    ...throughBackup(scope, duties.peerAccounts),
    ...(administrators.length > 0
      ? [administer('Administrators', administrators), neverUse('AdministratorsDoNotUse', administrators)]
      : []),
    ...(users.length > 0 ? [use('Users', users)] : []),
    ...(choices.nonProduction ? [] : denials(scope, duties)),
  ];
  return new PolicyDocument({ statements });
}

/**
 * AWS Backup encrypts and decrypts for those whom IAM lets back up and restore, as with the key that AWS manages for it;
 * for a copy into this account, or from it, the other account's AWS Backup too.
 */
function throughBackup(scope: Construct, peerAccounts: readonly string[]): PolicyStatement[] {
  const { account, region } = Stack.of(scope);
  const accounts = [account, ...peerAccounts.filter((each) => each !== account)];
  const StringEquals = {
    'kms:CallerAccount': accounts,
    'kms:ViaService': [`backup.${region}.${Aws.URL_SUFFIX}`],
  };
  return [
    new PolicyStatement({
      sid: 'ThroughBackup',
      principals: [everybody()],
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions: { StringEquals },
    }),
    new PolicyStatement({
      sid: 'GrantsForBackup',
      principals: [everybody()],
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: { StringEquals, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    ...asServiceRole(accounts),
  ];
}

/**
 * Copies of snapshots of RDS, EBS and their kin are encrypted by those services, for the role that AWS Backup has in each
 * account. It may not be there yet, so it is named in a condition.
 */
function asServiceRole(accounts: readonly string[]): PolicyStatement[] {
  const roles = accounts.map((account) => `arn:${Aws.PARTITION}:iam::${account}:role/${SERVICE_ROLE}`);
  const conditions = { ArnEquals: { 'aws:PrincipalArn': roles } };
  return useAs('BackupServiceRole', [everybody()], conditions);
}

const SERVICE_ROLE = 'aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';

/** For what AWS Backup works as: use, and grants to services of AWS only. @internal */
export function useAs(
  sid: string,
  principals: IPrincipal[],
  conditions: Record<string, object> = {},
): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid,
      principals,
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions,
    }),
    new PolicyStatement({
      sid: `GrantsFor${sid}`,
      principals,
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: { ...conditions, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ];
}

/**
 * Nobody ends the key but the break-glass role, and that only with MFA. The policy can still be changed by those who
 * deploy and by the account itself: a key whose policy nobody may change is refused by KMS, and lost for good.
 */
function denials(scope: Construct, { breakGlassArn, deployerArns: given }: KeyringDuties): PolicyStatement[] {
  const root = `arn:${Aws.PARTITION}:iam::${Stack.of(scope).account}:root`;
  const deny = (sid: string, actions: string[], exempt: string[]) =>
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [everybody()],
      actions,
      resources: ['*'],
      conditions: { ArnNotLike: { 'aws:PrincipalArn': exempt } },
    });
  const withoutMfa = neverEnd('BreakGlassWithMfaOnly', [byArn(breakGlassArn)]);
  withoutMfa.addCondition('BoolIfExists', { 'aws:MultiFactorAuthPresent': 'false' });
  return [
    deny('NobodyEndsTheKey', ['kms:DisableKey', 'kms:ScheduleKeyDeletion'], [breakGlassArn]),
    deny(
      'OnlyDeploysChangeThePolicy',
      ['kms:PutKeyPolicy'],
      [breakGlassArn, root, ...(given ?? deployerArns(scope))],
    ),
    new PolicyStatement({
      sid: 'BreakGlass',
      principals: [byArn(breakGlassArn)],
      actions: ['kms:DescribeKey', 'kms:DisableKey', 'kms:EnableKey', 'kms:CancelKeyDeletion'].concat([
        'kms:ScheduleKeyDeletion',
        'kms:PutKeyPolicy',
        'kms:GetKeyPolicy',
      ]),
      resources: ['*'],
    }),
    withoutMfa,
  ];
}
