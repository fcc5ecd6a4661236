import {
  coldBackupsLiveLongEnough,
  planRunsDailyAndKeepsLong,
  recoveryPointsAreKept,
} from '../../../lib/audit/rules/bkp-plan';
import { Tier } from '../../../lib/objectives/tier';
import { checks, outcomeOf } from '../../support/rule-cases';

const plan = (...rules: readonly unknown[]) => ({ BackupPlan: { BackupPlanRule: rules } });
const kept = (days: unknown) => ({ Lifecycle: { DeleteAfterDays: days } });
const daily = { ScheduleExpression: 'cron(0 5 * * ? *)' };
const weekly = { ScheduleExpression: 'cron(0 5 ? * SUN *)' };
const parameter = (type: string) => ({ Parameters: { P: { Type: type } } });

checks(planRunsDailyAndKeepsLong, {
  passes: {
    'a daily rule keeps its backups for 35 days': plan({ ...daily, ...kept(35) }),
    'the schedule is written as a rate': plan({ ScheduleExpression: 'rate(12 hours)', ...kept('90') }),
    'backups are kept for ever': plan(daily),
    'no schedule is set, so that the rule runs daily': plan(kept(35)),
    'a daily rule has weekly and short-lived ones beside it': plan(
      { ...daily, ...kept(35) },
      { ...weekly, ...kept(365) },
      { ScheduleExpression: 'rate(1 hour)', ...kept(2) },
    ),
    'two rules share the days': plan(
      { ScheduleExpression: 'cron(0 5 ? * MON,WED,FRI,SUN *)', ...kept(35) },
      { ScheduleExpression: 'cron(0 5 ? * TUE,THU,SAT *)', ...kept(35) },
    ),
    'the days are those of a time zone whose clocks change': plan({
      ...daily,
      ScheduleExpressionTimezone: 'Europe/Berlin',
    }),
  },
  fails: {
    'the rule runs weekly': plan({ ...weekly, ...kept(35) }),
    'the rule runs every other day': plan({ ScheduleExpression: 'rate(2 days)', ...kept(35) }),
    'backups are deleted after a week': plan({ ...daily, ...kept(7) }),
    'daily backups are short-lived and long-lived ones weekly': plan(
      { ...daily, ...kept(7) },
      { ...weekly, ...kept(365) },
    ),
    'the plan has no rule': plan(),
  },
  unknown: {
    'the retention is a parameter without a default': {
      ...parameter('Number'),
      Resources: {
        Plan: { Type: 'AWS::Backup::BackupPlan', Properties: plan({ ...daily, ...kept({ Ref: 'P' }) }) },
      },
    },
    'the schedule is a parameter without a default': {
      ...parameter('String'),
      Resources: {
        Plan: { Type: 'AWS::Backup::BackupPlan', Properties: plan({ ScheduleExpression: { Ref: 'P' } }) },
      },
    },
    'the schedule is not documented': plan({ ScheduleExpression: 'daily' }),
    'the rules come from a transform': { BackupPlan: { BackupPlanRule: { 'Fn::Transform': {} } } },
  },
  notApplicable: 'every plan runs at some time and keeps what it makes',
  equivalent: {
    '*BackupPlanRule.1.*': 'beside a daily rule, further rules may run and keep as they like',
    '*BackupPlanRule.2.*': 'beside a daily rule, further rules may run and keep as they like',
    '*ScheduleExpressionTimezone': 'a day is a day in every time zone',
  },
});

checks(planRunsDailyAndKeepsLong, {
  tier: Tier.STANDARD,
  passes: {
    'a daily rule keeps its backups for two weeks': plan({ ...daily, ...kept(14) }),
    'a rule of every twelve hours does': plan({ ScheduleExpression: 'rate(12 hours)', ...kept(14) }),
  },
  fails: {
    'backups are deleted a day before': plan({ ...daily, ...kept(13) }),
    'the rule runs weekly': plan({ ...weekly, ...kept(14) }),
  },
  unknown: { 'the rules come from a transform': { BackupPlan: { BackupPlanRule: { 'Fn::Transform': {} } } } },
  notApplicable: 'every plan runs at some time and keeps what it makes',
});

describe('BKP-01', () => {
  it('does not let an unknown rule hide that no rule can comply', () => {
    const app = {
      ...parameter('String'),
      Resources: {
        Plan: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: plan({ ScheduleExpression: { Ref: 'P' }, ...kept(7) }, { ...daily, ...kept(7) }),
        },
      },
    };
    expect(outcomeOf(planRunsDailyAndKeepsLong, app)).toBe('fail');
  });

  it.each([
    [Tier.IMPORTANT, 'fail'],
    [Tier.STANDARD, 'pass'],
  ] as const)('judges two weeks at tier %i as %s', (tier, outcome) => {
    const Properties = plan({ ...daily, ...kept(14) });
    const app = { Resources: { Plan: { Type: 'AWS::Backup::BackupPlan', Properties } } };
    expect(outcomeOf(planRunsDailyAndKeepsLong, app, tier)).toBe(outcome);
  });
});

const vault = (properties: object) => ({
  Resources: { Vault: { Type: 'AWS::Backup::BackupVault', Properties: properties } },
});
const copied = (days: unknown) => ({
  CopyActions: [days === undefined ? {} : kept(days)],
});

checks(recoveryPointsAreKept, {
  passes: {
    'each rule keeps its backups for 35 days': plan(kept(35), kept('40')),
    'backups are kept for ever': plan({ Lifecycle: {} }, kept(35)),
    'a copy is kept long too': plan({ ...kept(35), ...copied(35) }),
    'the lock of the vault asks for 35 days': vault({ LockConfiguration: { MinRetentionDays: 35 } }),
  },
  fails: {
    'one rule keeps its backups for a week': plan(kept(35), kept(7)),
    'a copy is kept for a week': plan({ ...kept(35), ...copied(7) }),
    'the lock of the vault asks for a week': vault({ LockConfiguration: { MinRetentionDays: '7' } }),
    'the lock has no minimum': vault({ LockConfiguration: { MaxRetentionDays: 90 } }),
  },
  unknown: {
    'the retention is a parameter without a default': {
      ...parameter('Number'),
      Resources: { Plan: { Type: 'AWS::Backup::BackupPlan', Properties: plan(kept({ Ref: 'P' })) } },
    },
    'a rule comes from a transform': plan(kept(35), { 'Fn::Transform': {} }),
    'the copies come from a transform': plan({ ...kept(35), CopyActions: { 'Fn::Transform': {} } }),
    'the lock comes from a transform': vault({ LockConfiguration: { 'Fn::Transform': {} } }),
  },
  notApplicable: { 'a vault has no lock': vault({}) },
});

checks(recoveryPointsAreKept, {
  tier: Tier.STANDARD,
  passes: {
    'a rule keeps its backups for two weeks': plan(kept(14)),
    'a lock asks for two weeks': vault({ LockConfiguration: { MinRetentionDays: 14 } }),
  },
  fails: {
    'a rule keeps its backups for a week': plan(kept(7)),
    'a lock asks for a week': vault({ LockConfiguration: { MinRetentionDays: 7 } }),
  },
  unknown: { 'the rules come from a transform': { BackupPlan: { BackupPlanRule: { 'Fn::Transform': {} } } } },
  notApplicable: { 'a vault has no lock': vault({}) },
});

const lifecycle = (cold: unknown, deleted?: unknown) => ({
  Lifecycle: {
    MoveToColdStorageAfterDays: cold,
    ...(deleted === undefined ? {} : { DeleteAfterDays: deleted }),
  },
});

checks(coldBackupsLiveLongEnough, {
  passes: {
    'backups live 90 days longer': plan(lifecycle(30, 120)),
    'numbers are written as text': plan(lifecycle('0', '90')),
    'backups of one rule are kept for ever': plan(lifecycle(30), lifecycle(30, 120)),
    'copies live 90 days longer': plan({ CopyActions: [lifecycle(7, 97)] }),
  },
  fails: {
    'backups are deleted a day early': plan(lifecycle(30, 119)),
    'copies are deleted early': plan({ CopyActions: [lifecycle(30, 60)] }),
    'the second rule deletes early': plan(lifecycle(30, 120), lifecycle(100, 120)),
  },
  unknown: {
    'the retention is a parameter without a default': {
      ...parameter('Number'),
      Resources: {
        Plan: { Type: 'AWS::Backup::BackupPlan', Properties: plan(lifecycle(30, { Ref: 'P' })) },
      },
    },
    'the days until cold storage are a parameter without a default': {
      ...parameter('Number'),
      Resources: {
        Plan: { Type: 'AWS::Backup::BackupPlan', Properties: plan(lifecycle({ Ref: 'P' }, 120)) },
      },
    },
  },
  notApplicable: 'a plan that moves nothing to cold storage keeps the rule',
  equivalent: {
    'Subject.BackupPlan.BackupPlanRule.0.Lifecycle.MoveToColdStorageAfterDays':
      'backups that are kept for ever may move whenever',
  },
});

describe('BKP-12', () => {
  it('passes when nothing moves to cold storage', () => {
    const app = { Resources: { Plan: { Type: 'AWS::Backup::BackupPlan', Properties: plan(kept(35)) } } };
    expect(outcomeOf(coldBackupsLiveLongEnough, app)).toBe('pass');
  });
});
