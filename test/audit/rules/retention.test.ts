import { dataIsKeptAsLongAsOwed } from '../../../lib/audit/rules/retention';
import { REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const PARAMETERS = { Given: { Type: 'String' } };
const one = (Type: string, Properties: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Resources: { Data: { Type, Properties }, ...more },
});
const database = (BackupRetentionPeriod: unknown) => one('AWS::RDS::DBInstance', { BackupRetentionPeriod });
const table = (RecoveryPeriodInDays: number) =>
  one('AWS::DynamoDB::Table', {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays },
  });
const bucket = (NoncurrentDays: unknown, more: object = {}) =>
  one('AWS::S3::Bucket', {
    VersioningConfiguration: { Status: 'Enabled' },
    LifecycleConfiguration: {
      Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays }, ...more }],
    },
  });
const planned = (DeleteAfterDays: unknown) =>
  one(
    'AWS::EFS::FileSystem',
    {},
    {
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
      },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: { BackupPlan: { BackupPlanRule: [{ Lifecycle: { DeleteAfterDays } }] } },
      },
    },
  );

checks(dataIsKeptAsLongAsOwed, {
  passes: {
    'backups of a database reach back 35 days': database(35),
    'point-in-time recovery reaches back 35 days': table(35),
    'old versions are kept for 90 days': bucket(90),
    'a plan keeps backups for 35 days': planned(35),
  },
  fails: {
    'backups of a database reach back a week': database(7),
    'backups of a database reach back a day by default': one('AWS::RDS::DBInstance', {}),
    'point-in-time recovery reaches back a week': table(7),
    'old versions are kept for a week': bucket(7),
    'a plan keeps backups for a week': planned(7),
  },
  unknown: {
    'the days are a parameter without a default': database({ Ref: 'Given' }),
    'the days of versions are a parameter without a default': bucket({ Ref: 'Given' }),
    'the database is restored': one('AWS::RDS::DBInstance', { DBSnapshotIdentifier: 'snap-1' }),
    'a macro may write plans': {
      Transform: 'Plans',
      Resources: { Data: { Type: 'AWS::EFS::FileSystem' } },
    },
  },
  notApplicable: {
    'nothing keeps older states': one('AWS::DynamoDB::Table', {}),
    'it is declared rebuildable': one('AWS::RDS::DBInstance', REBUILDABLE),
  },
  equivalent: {
    '*PointInTimeRecoveryEnabled': 'what keeps nothing is told by another rule',
    '*VersioningConfiguration.Status': 'what keeps nothing is told by another rule',
    'Data.LifecycleConfiguration.Rules.0.Status': 'a rule that is off ends nothing',
    'Selection.*': 'what keeps nothing is told by another rule',
  },
});

describe('X-87', () => {
  const config = {
    services: [],
    rules: { 'X-87': { parameters: { maximumDays: 400 } } },
  } as unknown as Parameters<typeof outcomeOf>[3];
  const judge = (app: Parameters<typeof outcomeOf>[1]) =>
    outcomeOf(dataIsKeptAsLongAsOwed, app, undefined, config);

  it('holds what is kept to the most days that are allowed', () => {
    expect(judge(planned(300))).toBe('pass');
    expect(judge(planned(500))).toBe('fail');
    expect(judge(one('AWS::Logs::LogGroup', { RetentionInDays: 731 }))).toBe('fail');
    expect(judge(one('AWS::Logs::LogGroup', {}))).toBe('fail');
  });

  it('counts the versions of all rules for the whole bucket only', () => {
    expect(judge(bucket(7, { Prefix: 'tmp/' }))).toBe('fail');
    expect(outcomeOf(dataIsKeptAsLongAsOwed, bucket(7, { Prefix: 'tmp/' }))).toBe('pass');
  });

  it('counts the replicas of a global table', () => {
    const replica = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
    const global = one('AWS::DynamoDB::GlobalTable', { Replicas: [replica] });
    expect(outcomeOf(dataIsKeptAsLongAsOwed, global)).toBe('pass');
  });
});
