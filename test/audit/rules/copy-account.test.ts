import { criticalDataLeavesAccount } from '../../../lib/audit/rules/copy-account';
import { Tier } from '../../../lib/objectives/tier';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: {} };
const SELECTION = {
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
};
const plan = (...rules: readonly object[]) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanRule: rules } },
});
const copyTo = (arn: unknown) => ({ CopyActions: [{ DestinationBackupVaultArn: arn }] });
const inAccount = (rule: object, more: object = {}) => ({
  stacks: {
    Data: {
      account: '111122223333',
      region: 'eu-west-1',
      template: { Resources: { Table: TABLE, Selection: SELECTION, Plan: plan(rule), ...more } },
    },
  },
});
const GAP = {
  Gap: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: {} },
};
const bucket = (destination: object, Status = 'Enabled') => ({
  stacks: {
    Data: {
      account: '111122223333',
      region: 'eu-west-1',
      template: {
        Resources: {
          Bucket: {
            Type: 'AWS::S3::Bucket',
            Properties: { ReplicationConfiguration: { Rules: [{ Status, Destination: destination }] } },
          },
        },
      },
    },
  },
});

checks(criticalDataLeavesAccount, {
  tier: Tier.MISSION_CRITICAL,
  passes: {
    'backups are copied to another account': inAccount(
      copyTo('arn:aws:backup:eu-west-1:444455556666:backup-vault:safe'),
    ),
    'backups are copied to an air-gapped vault': inAccount(
      copyTo({ 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] }),
      GAP,
    ),
    'objects are replicated to another account': bucket({
      Bucket: 'arn:aws:s3:::copies',
      Account: '444455556666',
    }),
  },
  fails: {
    'nothing backs it up': { Resources: { Table: TABLE } },
    'nothing is copied': inAccount({}),
    'backups are copied within the account': inAccount(
      copyTo({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }),
      { Vault: { Type: 'AWS::Backup::BackupVault', Properties: {} } },
    ),
    'objects are replicated within the account': bucket({
      Bucket: 'arn:aws:s3:::copies',
      Account: '111122223333',
    }),
    'the replication is off': bucket({ Bucket: 'arn:aws:s3:::copies', Account: '444455556666' }, 'Disabled'),
  },
  unknown: {
    'the copies come from a transform': inAccount({ CopyActions: { 'Fn::Transform': {} } }),
    'whether it is rebuildable is known only at deploy': {
      ...MAYBE_REBUILDABLE.template,
      Resources: { Table: { ...TABLE, Properties: MAYBE_REBUILDABLE.Properties } },
    },
  },
  notApplicable: {
    'it is declared rebuildable': { Resources: { Table: { ...TABLE, Properties: REBUILDABLE } } },
  },
  equivalent: {
    '*CopyActions.0.DestinationBackupVaultArn': 'a vault that is not in the app may be anywhere',
    '*Destination.Bucket': 'the account decides, not the name',
  },
});

describe('X-33', () => {
  it('does not apply below tier 0', () => {
    expect(outcomeOf(criticalDataLeavesAccount, inAccount({}), Tier.BUSINESS_CRITICAL)).toBe('notApplicable');
  });
});
