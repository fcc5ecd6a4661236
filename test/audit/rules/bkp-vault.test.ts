import {
  nobodyDeletesBackups,
  plansHaveTheirOwnVault,
  vaultHasItsOwnKey,
} from '../../../lib/audit/rules/bkp-vault';
import { checks, outcomeOf } from '../../support/rule-cases';

const plan = (target: unknown) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: target }] } },
});
const VAULT = { Type: 'AWS::Backup::BackupVault', Properties: {} };
const named = (name: string, type = 'AWS::Backup::BackupVault') => ({
  Type: type,
  Properties: { BackupVaultName: name },
});

checks(plansHaveTheirOwnVault, {
  passes: {
    'the plan fills a vault of the app': { Resources: { Plan: plan({ Ref: 'Vault' }), Vault: VAULT } },
    'the plan names a vault of the app': { Resources: { Plan: plan('archive'), Vault: named('archive') } },
    'the vault is that of another stack': {
      stacks: {
        Vaults: { template: { Resources: { Vault: named('archive') } }, region: 'eu-west-1' },
        Shop: { template: { Resources: { Plan: plan('archive') } }, region: 'eu-west-1' },
      },
    },
  },
  fails: {
    'the plan fills the default vault': { Resources: { Plan: plan('Default'), Vault: VAULT } },
    'a second plan fills the default vault': {
      Resources: { Plan: plan({ Ref: 'Vault' }), Other: plan('Default'), Vault: VAULT },
    },
    'no vault is named': {
      Resources: { Plan: { ...plan(''), Properties: { BackupPlan: { BackupPlanRule: [{}] } } } },
    },
  },
  unknown: {
    'the vault is not in the app': { Resources: { Plan: plan('archive') } },
    'the vault is a parameter without a default': {
      Parameters: { Vault: { Type: 'String' } },
      Resources: { Plan: plan({ Ref: 'Vault' }) },
    },
    'a condition may leave the vault out': {
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } },
      Resources: { Plan: plan({ Ref: 'Vault' }), Vault: { ...VAULT, Condition: 'Some' } },
    },
    'the rules come from a transform': {
      Resources: {
        Plan: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: { 'Fn::Transform': {} } } },
        },
      },
    },
  },
  notApplicable: 'every plan fills a vault; an app without plans has nothing to judge',
  equivalent: { '*Vault.BackupVaultName': 'a vault of another name may yet exist, so the answer is unknown' },
});

checks(vaultHasItsOwnKey, {
  passes: {
    'a key of the app is set': {
      Resources: {
        Vault: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        },
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
      },
    },
    'a key is given by ARN': { EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' },
  },
  fails: { 'no key is set': {}, 'the key is an empty text': { EncryptionKeyArn: '' } },
  unknown: {
    'a condition may leave the key out': {
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } },
      Resources: {
        Vault: {
          Type: 'AWS::Backup::BackupVault',
          Properties: {
            EncryptionKeyArn: { 'Fn::If': ['Some', 'arn:aws:kms:::key/1', { Ref: 'AWS::NoValue' }] },
          },
        },
      },
    },
  },
  notApplicable: 'every vault is encrypted with some key',
});

const ALL = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];
const TO_EVERYBODY = { Effect: 'Deny', Principal: '*', Resource: '*' };
const statement = (overrides: object = {}) => ({ ...TO_EVERYBODY, Action: ALL, ...overrides });
const policy = (...statements: readonly unknown[]) => ({ AccessPolicy: { Statement: statements } });

checks(nobodyDeletesBackups, {
  passes: {
    'the vault is locked': { LockConfiguration: { MinRetentionDays: 35 } },
    'the policy denies all three actions to everybody': policy(statement()),
    'the policy denies every action': policy(statement({ Action: 'backup:*', Principal: { AWS: ['*'] } })),
    'the denial is spread over statements': policy(
      statement({ Action: ALL.slice(0, 2) }),
      statement({ Action: 'Backup:PutBackupVault*' }),
    ),
    'a condition lets one role in': policy(
      statement({ Condition: { StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } } }),
    ),
    'all principals but one are denied': policy({
      Effect: 'Deny',
      NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: ALL,
      Resource: '*',
    }),
    'all actions but reading are denied': policy({
      ...TO_EVERYBODY,
      NotAction: ['backup:List*', 'backup:Get*'],
    }),
  },
  fails: {
    'there is neither lock nor policy': {},
    'the policy only allows': policy(statement({ Effect: 'Allow' })),
    'the lock is empty': { LockConfiguration: {} },
    'one action is left': policy(statement({ Action: ALL.slice(0, 2) })),
    'one action is left out of a denial of all others': policy({
      ...TO_EVERYBODY,
      NotAction: ['backup:PutBackupVaultAccessPolicy'],
    }),
    'one person is denied': policy(statement({ Principal: { AWS: 'arn:aws:iam::111122223333:user/eve' } })),
    'a condition lets everybody in at times': policy(
      statement({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
    ),
    'the denial holds for one backup': policy(statement({ Resource: 'arn:aws:rds:::snapshot:1' })),
  },
  unknown: {
    'the policy comes from a transform': { AccessPolicy: { 'Fn::Transform': {} } },
    'a statement comes from a transform': policy({ 'Fn::Transform': {} }),
    'the actions come from a transform': policy(statement({ Action: { 'Fn::Transform': {} } })),
    'the policy is a text that is no JSON': { AccessPolicy: 'see the wiki' },
  },
  notApplicable: 'every vault can be deleted from',
  equivalent: {
    '*NotPrincipal.AWS': 'whoever is let in, everybody else is denied',
    '*Condition.StringNotLike.aws:PrincipalArn': 'whoever is let in, everybody else is denied',
  },
});

describe('BKP-07', () => {
  it('passes when the policy is JSON in a text', () => {
    const text = JSON.stringify(policy(statement()).AccessPolicy);
    const app = {
      Resources: { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { AccessPolicy: text } } },
    };
    expect(outcomeOf(nobodyDeletesBackups, app)).toBe('pass');
  });
});
