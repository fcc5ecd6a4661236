import { backupsAreRecent } from '../../../lib/audit/rules/bkp-age';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks } from '../../support/rule-cases';

const TABLE = 'AWS::DynamoDB::Table';
const SELECTION = {
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
};
const backedUp = (Properties: object, ...rules: readonly object[]) => ({
  Parameters: { Given: { Type: 'String' }, ...MAYBE_REBUILDABLE.template.Parameters },
  Resources: {
    Subject: { Type: TABLE, Properties },
    Selection: SELECTION,
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanRule: rules } },
    },
  },
});
const WEEKLY = { ScheduleExpression: 'cron(0 5 ? * SUN *)' };

checks(backupsAreRecent, {
  passes: {
    'there is a backup every day': backedUp({}, { ScheduleExpression: 'cron(0 5 * * ? *)' }),
    'there are continuous backups': backedUp({}, { ...WEEKLY, EnableContinuousBackup: true }),
  },
  fails: {
    'there is a backup every week': backedUp({}, WEEKLY),
    'there is a backup every two days': backedUp({}, { ScheduleExpression: 'rate(2 days)' }),
  },
  unknown: {
    'the schedule is a parameter without a default': backedUp({}, { ScheduleExpression: { Ref: 'Given' } }),
    'whether backups are continuous is a parameter': backedUp(
      {},
      { ...WEEKLY, EnableContinuousBackup: { Ref: 'Given' } },
    ),
    'whether it is rebuildable is known only at deploy': backedUp(MAYBE_REBUILDABLE.Properties, WEEKLY),
  },
  notApplicable: {
    'no plan selects it': { Resources: { Subject: { Type: TABLE } } },
    'it is declared rebuildable': backedUp(REBUILDABLE, WEEKLY),
  },
  equivalent: {
    'Selection.*': 'what nothing backs up is told by the rules on coverage',
    'Plan.BackupPlan.BackupPlanRule.0.ScheduleExpression': 'beside continuous backups no schedule matters',
  },
});
