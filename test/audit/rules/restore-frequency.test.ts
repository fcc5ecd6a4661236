import { restoresAreTestedOften } from '../../../lib/audit/rules/restore-frequency';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks } from '../../support/rule-cases';

const tested = (schedule: unknown, table: object = {}, more: object = {}) => ({
  Parameters: { Given: { Type: 'String' }, ...MAYBE_REBUILDABLE.template.Parameters },
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: table },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
    },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'Vault' } }] } },
    },
    Vault: { Type: 'AWS::Backup::BackupVault' },
    Drill: {
      Type: 'AWS::Backup::RestoreTestingPlan',
      Properties: { ScheduleExpression: schedule, RecoveryPointSelection: { IncludeVaults: ['*'] } },
    },
    Tests: {
      Type: 'AWS::Backup::RestoreTestingSelection',
      Properties: {
        RestoreTestingPlanName: { Ref: 'Drill' },
        ProtectedResourceType: 'DynamoDB',
        ProtectedResourceArns: ['*'],
      },
    },
    ...more,
  },
});
const WEEKLY = 'cron(0 5 ? * SUN *)';
const YEARLY = 'cron(0 5 1 1 ? *)';

checks(restoresAreTestedOften, {
  passes: {
    'backups are restored every week': tested(WEEKLY),
    'backups are restored every month': tested('cron(0 5 1 * ? *)'),
  },
  fails: {
    'backups are restored once a year': tested(YEARLY),
    'tables are not restored': tested(
      WEEKLY,
      {},
      {
        Tests: { Type: 'AWS::Backup::RestoreTestingSelection', Properties: { ProtectedResourceType: 'EFS' } },
      },
    ),
    'there is no test': tested(WEEKLY, {}, { Tests: { Type: 'AWS::SNS::Topic' } }),
  },
  unknown: {
    'the schedule is a parameter without a default': tested({ Ref: 'Given' }),
    'the schedule cannot be read': tested('now and then'),
    'whether it is rebuildable is known only at deploy': tested(YEARLY, MAYBE_REBUILDABLE.Properties),
  },
  notApplicable: {
    'nothing backs it up': { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } },
    'it is declared rebuildable': tested(YEARLY, REBUILDABLE),
  },
  equivalent: {
    'Selection.*': 'what nothing backs up has nothing to restore',
    '*TargetBackupVault': 'all vaults are read',
  },
});
