import { largestWallClockGap, oldestNewestBackup } from '../../../lib/assembly/backup/backup-interval';
import { planRulesOf } from '../../../lib/assembly/backup/backup-plan';
import { graphOf } from '../../support/graph';

const HOUR = 3600;
const DAY = 24 * HOUR;

function rules(...entries: readonly object[]) {
  const [plan] = graphOf({
    Resources: {
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: { BackupPlan: { BackupPlanRule: entries } },
      },
    },
  }).resources;
  if (!plan) throw new Error('no plan');
  return planRulesOf(plan).rules;
}

const at = (schedule: string, more: object = {}) => ({ ScheduleExpression: schedule, ...more });

describe('the gap between the backups of rules', () => {
  it('is that of their schedules together', () => {
    expect(largestWallClockGap(rules(at('cron(0 0 * * ? *)'), at('cron(0 18 * * ? *)')))).toEqual({
      seconds: 18 * HOUR,
    });
  });

  it('is a day where no schedule is set', () => {
    expect(largestWallClockGap(rules({}))).toEqual({ seconds: DAY });
  });

  it('has no bound without rules', () => {
    expect(largestWallClockGap([]).seconds).toBe(Number.POSITIVE_INFINITY);
  });

  it('is a bound with a reason where a schedule is not understood', () => {
    const gap = largestWallClockGap(rules(at('rate(2 days)'), at('sometimes')));
    expect(gap.seconds).toBe(2 * DAY);
    expect(gap.unknown?.reason).toContain('sometimes');
  });
});

describe('the age of the newest backup', () => {
  it('adds the start window, eight hours where none is set', () => {
    expect(oldestNewestBackup(rules(at('rate(1 day)'))).seconds).toBe(32 * HOUR);
    expect(oldestNewestBackup(rules(at('rate(1 day)', { StartWindowMinutes: 60 }))).seconds).toBe(25 * HOUR);
  });

  it('leaves rules with long windows out where the others do better alone', () => {
    const slow = at('cron(0 12 * * ? *)', { StartWindowMinutes: 1440 });
    const prompt = at('cron(0 0 * * ? *)', { StartWindowMinutes: 60 });
    expect(oldestNewestBackup(rules(slow, prompt)).seconds).toBe(25 * HOUR);
  });

  it('grows by the hour that the clocks skip', () => {
    const summer = at('cron(0 12 * * ? *)', {
      StartWindowMinutes: 60,
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
    expect(oldestNewestBackup(rules(summer)).seconds).toBe(26 * HOUR);
  });

  it('is a bound with a reason where rules follow different time zones', () => {
    const age = oldestNewestBackup(
      rules(at('cron(0 0 * * ? *)'), at('cron(0 12 * * ? *)', { ScheduleExpressionTimezone: 'Asia/Tokyo' })),
    );
    expect(age).toMatchObject({
      seconds: 32 * HOUR,
      unknown: { reason: expect.stringContaining('time zones') },
    });
  });
});
