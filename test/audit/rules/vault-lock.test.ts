import { nobodyHoldsDataAndBackups } from '../../../lib/audit/rules/vault-lock';
import { Tier } from '../../../lib/objectives/tier';
import { checks, outcomeOf } from '../../support/rule-cases';

const VAULT = 'AWS::Backup::BackupVault';
const lock = (LockConfiguration: object) => ({
  Resources: { Vault: { Type: VAULT, Properties: { LockConfiguration } } },
});
const GOVERNANCE = lock({ MinRetentionDays: 35 });
const COMPLIANCE = lock({ MinRetentionDays: 35, ChangeableForDays: 3 });
const role = (Action: unknown, more: object = {}) => ({
  Parameters: { Given: { Type: 'String' } },
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table' },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }] } }],
      },
    },
  },
});

checks(nobodyHoldsDataAndBackups, {
  passes: {
    'the vault is locked': GOVERNANCE,
    'the vault is locked for good': COMPLIANCE,
    'a role deletes tables only': role(['dynamodb:DeleteTable', 'backup:ListBackupJobs']),
    'a role deletes backups only': role(['dynamodb:GetItem', 'backup:DeleteRecoveryPoint']),
  },
  fails: {
    'the vault has no lock': { Resources: { Vault: { Type: VAULT } } },
    'a role deletes both': role(['dynamodb:DeleteTable', 'backup:DeleteRecoveryPoint']),
    'a role does everything': role('*'),
  },
  unknown: {
    'the actions are a parameter without a default': role(['dynamodb:*', { Ref: 'Given' }]),
    'the lock comes from a transform': {
      Resources: { Vault: { Type: VAULT, Properties: { LockConfiguration: { 'Fn::Transform': {} } } } },
    },
  },
  notApplicable: {
    'there is no data to delete': {
      Resources: { Role: { Type: 'AWS::IAM::Role', Properties: {} } },
    },
  },
  equivalent: {
    '*ChangeableForDays': 'at this tier a lock of any kind is enough',
    'Role.*Effect': 'a denial gives no leave',
    'Role.*Resource': 'leave for one table is leave to delete data',
  },
});

describe('X-37', () => {
  it.each([
    [Tier.MISSION_CRITICAL, GOVERNANCE, 'fail'],
    [Tier.MISSION_CRITICAL, COMPLIANCE, 'pass'],
    [Tier.STANDARD, lock({}), 'notApplicable'],
  ])('asks at tier %s for the lock that it owes', (tier, app, outcome) => {
    expect(outcomeOf(nobodyHoldsDataAndBackups, app, tier)).toBe(outcome);
  });
});
